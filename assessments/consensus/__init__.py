"""Where people differ, and what the group agrees on.

urls      addresses of its pages
views     pages
forms     what the group agreed on
services  what the group agreed on
queries   everybody’s answers, for the page that compares them
"""
