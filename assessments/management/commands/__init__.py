"""The commands, one a module.

place        print the placement of an answers file
purge        delete for good what its time is over for
seed_demo    make the demo organisation
"""
