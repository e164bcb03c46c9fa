"""Changes rows: answering.

answers   record ratings, picks and notes
claiming  keep in an account what was started without one
workbook  a respondent's questions as a workbook, and its answers taken in
"""
