"""Pages: portfolio.

portfolio  every organisation by every dimension, and what needs attention
rows       its rows, drawn from pieces that each process draws once
"""
