"""Requests and answers: headers, errors, limits, redirects.

client_address  where a request came from
errors          the error pages
middleware      headers on every answer; addresses no row can have; what is said at the API's
                door
redirects       ending a request with a redirect from below the views
"""
