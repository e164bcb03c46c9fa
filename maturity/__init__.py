"""Waymark's project package, and what everything else stands on.

settings     the one settings file; every switch from the environment
switches     reading a switch, refusing a wrong one by name
logs         the log, without the secrets in addresses
state        the state folder, its key and its SQLite file, closed to other users
urls         the only place that sees every app
wsgi         the door granian loads
asgi         the same for a host that offers nothing else
web          [app] HTTP helpers, health, error pages, text cleaning; no models
workspaces   [app] who may do what
catalogue    [app] what a model is
sign_in       how people sign in, as far as no switch changes it

Arrows between apps run one way: reports, assessments, catalogue, workspaces, web.
"""
