"""Reads rows: roadmap.

calendar_feeds  the steps a member's calendar is shown
outcomes        steps that were done since the result before
owned_steps     the steps an account owns, wherever it may still see them
step_words      how far a step is, in words
steps           what was decided on, and what the latest figures suggest
"""
