"""The page after signing in, and an organisation's page for each role.

urls     addresses of its pages
views    pages
queries  a frozen result in short
"""
