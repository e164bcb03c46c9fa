"""Filters of reports' templates.

figures  figures of a document as text
"""
