"""Pages: consensus.

facts      who may be seen where
pages      where people stand and differ, and what the group agrees on
questions  each question with its answers, notes and decision
words      how agreement and disagreement are said
"""
