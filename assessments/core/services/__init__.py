"""Changes rows: what several capabilities need.

assessments  start one in an organisation, change how it is set up
files        answers that come as a file: the matrix and the sheet in it
links        secret links: make, show, open, renew
locking      take an assessment's row for a change: none after closing
mailing      send a link by e-mail, as a background task
"""
