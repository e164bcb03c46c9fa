"""PURE. A report as tables, for the workbook and the CSV files.

answers  PURE. Those of them that hold what people answered and wrote
charts   PURE. What a picture is drawn from, as a table
report   PURE. A report as tables, for the workbook and the CSV files
"""
