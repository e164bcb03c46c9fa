"""The commands, one a module.

place        print the placement of an answers file
seed_demo    make the demo organisation
"""
