"""Accounts: signing in and up, second factors, the profile.

urls          addresses of its pages
views         the account's page, and what allauth's pages need around them
forms         what people send, cleaned to its final type
services      changes rows
queries       who an account is, and where it belongs
adapter       what allauth asks us
sign_in_urls  addresses of accounts
"""
