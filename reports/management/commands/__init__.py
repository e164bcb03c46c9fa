"""The commands, one a module.

report  write the report on an answers file
"""
