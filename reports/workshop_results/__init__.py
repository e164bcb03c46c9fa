"""A workshop's result sent by email to those who left an address.

urls      addresses of its pages
views     the result of a workshop by mail, to who left an address
services  the result of a workshop by mail, one to each address
"""
