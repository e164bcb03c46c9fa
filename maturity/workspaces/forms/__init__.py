"""What people type about workspaces, cleaned to its final type.

workspaces      what somebody comes for; name, clients, deletion
organisations   an organisation's particulars
people          inviting, changing a role, handing over
branding        logo, colours and footer of reports
trail           narrowing the audit trail
tokens          a token for the API
accounts        allauth's forms for accounts, in our words, tries counted
second_factor   allauth's forms for second factors, in our words
signing         a name, on signing up and later
"""
