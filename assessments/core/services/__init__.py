"""Changes rows: what several capabilities need.

assessments  start one in an organisation, change how it is set up
files        answers that come as a file: the matrix and the sheet in it
links        secret links: make, show, open, renew
locking      take an assessment's row for a change: none after closing
setup        the rules of how one is set up
mailing      send a link by email, as a background task
"""
