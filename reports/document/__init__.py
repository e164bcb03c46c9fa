"""PURE. A report's content as frozen values.

composing  PURE. A matrix and an answer sheet made into a document
documents  PURE. A report's whole content as frozen values
outcomes   PURE. Steps that were done, next to what they were to move
tables     PURE: a report as tables, for the workbook and the CSV files
timeline   PURE. Decided steps on a line of months
"""
