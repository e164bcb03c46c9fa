"""What all capabilities of an assessment share: figures, sheets, locking, links, email.

views     what views of several capabilities share
api       waymark-placement/1
forms     fields that several forms share
services  changes rows: what several capabilities need
queries   reads rows: the figures, and what they rest on
"""
