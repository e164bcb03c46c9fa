"""The roadmap: steps, their owners and dates, the calendar and the emails about them.

urls      addresses of its pages
views     pages
api       what is suggested, and the steps decided on
forms     what people send, cleaned to its final type
services  changes rows
queries   reads rows
"""
