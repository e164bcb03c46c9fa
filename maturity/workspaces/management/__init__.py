"""What can be done with accounts from a shell.

commands     forget_second_factor
"""
