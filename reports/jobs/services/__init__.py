"""Changes rows: jobs.

asking    ask for a report as somebody does who may, with a limit
files     a report as a file of its own, made without any database
making    asks for a report, makes it in the background, notices when the work died
papers    asks for a workshop's protocol and for a comparison, on paper
progress  how far the file of a report is, told and read
"""
