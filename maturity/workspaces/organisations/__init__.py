"""The organisations of a workspace: add, edit, archive.

urls      addresses of its pages
views     add, edit, archive
api       list, read and add organisations
forms     an organisation's particulars
services  add, change, archive and bring back an organisation
queries   the organisations of a workspace
"""
