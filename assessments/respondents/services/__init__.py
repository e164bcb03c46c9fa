"""Changes rows: respondents.

open_links   the open link: make, change, join by it
reminders    mails that ask and remind
respondents  who is asked: members and guests; begin, finish, remove
"""
