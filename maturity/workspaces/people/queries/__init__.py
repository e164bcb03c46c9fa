"""Reads rows: people.

invitations  an invitation by its link, and those that wait for an answer
people       who holds which role
"""
