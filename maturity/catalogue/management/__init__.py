"""What can be done with models from a shell.

commands     load_model
"""
