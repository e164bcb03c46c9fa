"""Reads rows: portfolio.

filter     which of them are wanted, and in which order
places     what waits for somebody in each of their places
portfolio  a workspace's organisations side by side, as plain values
progress   how far an organisation's open assessments are
"""
