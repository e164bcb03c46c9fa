"""Who may do what: workspaces, organisations, roles, and the trail of what was done.

roles        PURE: the one table of who may do what
actors       PURE: who did something, as the trail keeps it
role_words   PURE: the roles in plain words
branding     PURE: a workspace's look on its reports, and which colours can be read
scopes       no query on a tenant's rows without a workspace in scope
models       accounts, workspaces, organisations, memberships, invitations, audit events
access       from a request to a row, or the end of the request
management   the command `forget_second_factor`
middleware   a request starts with no workspace in scope
urls         addresses
apps         names the app
migrations   the tables
accounts      accounts: signing in and up, second factors, the profile
audit         the audit log: written, read and exported
lifecycle     a workspace itself: created, named, deleted
organisations  the organisations of a workspace: add, edit, archive
people        who belongs to a workspace or an organisation: roles and invitations
tokens        API tokens, and how the API signs a program in with one
"""
