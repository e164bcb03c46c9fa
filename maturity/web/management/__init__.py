"""Commands of the base.

commands     one module a command
"""
