"""Who a program is, and the organisations it may see.

auth             from a token to the account it acts for, with the scope an endpoint asks for
tokens           what a token is
organisations    list, read and add organisations
"""
