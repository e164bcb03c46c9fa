"""Everything that reads the rows of reports.

history  an organisation's results over time, ready to be compared
briefs   a frozen result in short
shares  the links by which results of an assessment are shared
stored  the reports of an assessment, and how the work on them stands
"""
