"""What people send, cleaned to its final type: roadmap.

calendar_feed  what a calendar is shown
steps          what a step needs to be decided on, changed, or dropped
"""
