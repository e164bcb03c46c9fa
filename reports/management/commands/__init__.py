"""The commands, one a module.

report  write the report on an answers file
purge   delete for good what its time is over for, end workshops whose time is over
"""
