"""Accounts, workspaces and the people in them.

signing    signing in, for the tests of it
cast       who is who, and the addresses of their places
"""
