"""Everything that reads the rows of assessments.

webhook_words  why a message was not sent, in words
"""
