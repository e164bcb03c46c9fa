"""What can be done with answers from a shell.

answers_source   the arguments of commands that take an answers file, and reading what they name
commands         place, seed_demo
"""
