"""Tokens, encryption, and secrets shown once.

encryption  text only this installation can read
one_time    a secret that is shown once
tokens      secret tokens in links
"""
