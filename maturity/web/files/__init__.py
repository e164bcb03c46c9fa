"""Files that people bring and take along.

calendar   PURE: days as a file for anybody's calendar
images     pictures people upload, made anew
tables     PURE: tables as values, and rows as CSV that is safe for spreadsheets
workbooks  Excel workbooks that people fill in: written, and read with suspicion
"""
