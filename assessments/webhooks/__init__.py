"""Webhooks: addresses that are notified of closed assessments and finished steps.

urls      addresses of its pages
views     which addresses are told of what happens
forms     which address is told of which events
services  changes rows
queries   the webhooks of a workspace, and the last delivery of each
words     PURE: why a delivery failed, in words
"""
