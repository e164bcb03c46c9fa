"""The audit log: written, read and exported.

urls      addresses of its pages
views     the audit trail, and its export
forms     narrowing the audit trail
services  record_event, the one way into the audit trail
queries   the audit trail: counting, and a page of it with names
words     PURE: the events of the trail in plain words
"""
