"""Answering: from the first page to the last, in the browser or offline.

urls      addresses of its pages
views     pages
api       what was answered, as far as it may be seen; one's own, read and given
forms     what people send, cleaned to its final type
services  changes rows
queries   reads rows
"""
