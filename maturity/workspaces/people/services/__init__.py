"""Changes rows: people.

invitations  offer a role, take it up, take it back
mailing      send an invitation by e-mail, as a background task
members      give, change and take roles; LastOwner
"""
