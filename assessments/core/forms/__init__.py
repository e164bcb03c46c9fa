"""Fields that several forms share.

dates     days, and which of them can be meant
grouping  the groups of an assessment, and a respondent's choice among them
"""
