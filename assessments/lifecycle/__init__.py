"""An assessment from set-up to closing and deletion.

urls      addresses of its pages
views     pages
api       list, start, read, close
forms     what people send, cleaned to its final type
services  changes rows
queries   those an account may know of; the one a new one follows
"""
