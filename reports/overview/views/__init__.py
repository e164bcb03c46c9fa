"""Pages: overview.

my            where one lands after signing in
organisation  an organisation's own page, one for each role
timeline      the decided steps of an organisation over the months
"""
