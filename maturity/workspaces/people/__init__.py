"""Who belongs to a workspace or an organisation: roles and invitations.

urls      addresses of its pages
views     pages
forms     inviting, changing a role, handing over
services  changes rows
queries   reads rows
"""
