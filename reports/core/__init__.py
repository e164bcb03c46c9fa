"""What the result page, reports, shares and comparisons share.

views     pages that several capabilities show
services  from rows to a document, and a document laid out
queries   an organisation's results over time, ready to be compared
"""
