"""A person's own data: downloaded, or deleted with the account.

urls      addresses of its pages
views     one's own data: take it along, or delete the account
forms     deleting one's own account
services  delete one's own account
queries   everything held about an account
"""
