"""Reads rows: answering.

claimable  where an assessment without an account may be moved to
openable   the assessments a browser can open, for the home page
"""
