"""Commands of workspaces.

forget_second_factor   lets somebody in who lost every second factor
"""
