"""Pages: people.

invitations  the link of an invitation; sending it again, revoking it
members      change a role, remove, leave, hand over
people       who holds which role, and inviting more
spots        where people hold roles: a workspace or an organisation
"""
