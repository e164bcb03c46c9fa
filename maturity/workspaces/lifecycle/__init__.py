"""A workspace itself: created, named, deleted.

urls      addresses of its pages
views     pages
forms     what somebody comes for; name, clients, deletion
services  make a workspace, change it, ask for its deletion and undo that
"""
