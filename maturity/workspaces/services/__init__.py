"""Everything that changes the rows of workspaces.

workspaces      make a workspace, change it, ask for its deletion and undo that
organisations   add, change, archive and bring back an organisation
members         give, change and take roles; LastOwner
invitations     offer a role, take it up, take it back
mailing         send an invitation by e-mail, as a background task
accounts        what somebody does to their own account
account_mail    send the mails about accounts, as a background task
branding        set and take away a workspace's look on its reports
tokens          make and revoke tokens for the API, and note their use
trail           record_event, the one way into the audit trail
"""
