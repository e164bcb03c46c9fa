"""Everything that reads the rows of workspaces.

accounts        who an account is, and where it belongs
people          who holds which role
invitations     an invitation by its link, and those that wait for an answer
organisations   the organisations of a workspace
branding        how a workspace's reports look
tokens          the tokens of a workspace
trail           the audit trail: counting, and a page of it with names
"""
