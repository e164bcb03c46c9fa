"""A workspace's organisations side by side, and what needs attention.

urls     addresses of its pages
views    pages
forms    what to show of the portfolio, and in which order
queries  reads rows
"""
