"""The pages of workspaces.

welcome         what somebody comes for, after signing up
settings        name, clients, and the deletion of a workspace
branding        how a workspace's reports look
organisations   add, edit, archive
people          who holds which role, and inviting more
members         change a role, remove, leave, hand over
invitations     the link of an invitation; sending it again, revoking it
spots           where people hold roles: a workspace or an organisation
signing         the account's page, and what allauth's pages need around them
tokens          the tokens of a workspace: made, shown once, revoked
trail           the audit trail, and its export
"""
