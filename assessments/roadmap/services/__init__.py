"""Changes rows: roadmap.

calendar_feeds  the secret address of a member's calendar
step_mails      mails to members about the steps they own
steps           decide on a suggested step, change it, finish it, drop it
"""
