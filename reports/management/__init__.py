"""What reports do from a shell.

commands  the commands, one a module
"""
