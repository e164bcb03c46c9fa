"""The API: what it answers, to which token, and that it says what its document says.

conftest     a workspace, a token for each scope, and a program that sends one
calling      that program

Whose rows a token reaches is held by tests/tenancy/test_api.py.
"""
