"""The proof that nobody reaches across from one workspace into another.

world, filling      two complete tenants, made by the services; each text names whose it is
visitors            nine kinds of visitor, each a browser that is signed in or came by a link
routes, filled      every route of the resolver, and what fills its parameters
headers             those that keep a page to itself
bodies              for each form one that is filled in right
table, table.txt    every route, visitor and method, and what has to come of it
crawl               going wherever links lead, and keeping what was read there
urls                views that are wrong on purpose

A new route needs its lines in table.txt, a new form its body, a new model a path to its workspace
or a reason in test_scopes, a new `every_workspace` a reason in test_openers: each test says so.
"""
