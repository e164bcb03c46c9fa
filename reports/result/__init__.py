"""The result page, what if, and its pictures as files.

urls      addresses of its pages
views     pages
services  the pictures of pages as files to take along
"""
