"""Scoring, without a database.

models       small models made from a few letters, and sheets for them
reference    the rules again, slowly and obviously
strategies   what Hypothesis draws: models and sheets
"""
