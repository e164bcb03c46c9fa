"""Who may do what: workspaces, organisations, roles, and the trail of what was done.

roles        PURE: the one table of who may do what
actors       PURE: who did something, as the trail keeps it
role_words   PURE: the roles in plain words
branding     PURE: a workspace's look on its reports, and which colours can be read
trail_words  PURE: the events of the trail in plain words
api_scopes   PURE: what a token may do
scopes       no query on a tenant's rows without a workspace in scope
models       accounts, workspaces, organisations, memberships, invitations, audit events
access       from a request to a row, or the end of the request
queries      reading
services     changing
forms        what people type
views        pages
api          endpoints: who a token is, organisations
management   the command `forget_second_factor`
middleware   a request starts with no workspace in scope
urls         addresses
signing_urls  addresses of accounts
adapter      what allauth asks us
apps         names the app
migrations   the tables
"""
