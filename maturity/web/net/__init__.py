"""Requests the product sends itself.

http_client  a request of our own: the only place where one goes out
url_guard    PURE: where a request of our own may go
"""
