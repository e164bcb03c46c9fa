"""Changes rows: accounts.

account_mail  send the mails about accounts, as a background task
accounts      what somebody does to their own account
"""
