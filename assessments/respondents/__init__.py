"""Who is asked: members, guests, the open link, reminders.

urls      addresses of its pages
views     pages
forms     whom to ask: members, guests, everybody by an open link; and who comes by it
services  changes rows
"""
