"""Pages: lifecycle.

settings  name, clients, and the deletion of a workspace
welcome   what somebody comes for, after signing up
"""
