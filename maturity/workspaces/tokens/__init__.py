"""API tokens, and how the API signs a program in with one.

urls        addresses of its pages
views       the tokens of a workspace: made, shown once, revoked
api         what a token is
forms       a token for the API
services    make and revoke tokens for the API, and note their use
queries     the tokens of a workspace
api_auth    from a token to the account it acts for, with the scope an endpoint asks for
api_scopes  PURE: what a token may do
"""
