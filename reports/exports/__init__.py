"""A document in other formats: each one function, document in, bytes out.

json  everything a report says, as waymark-report/1
"""
