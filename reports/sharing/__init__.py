"""A result shared by link.

urls      addresses of its pages
views     pages
forms     what is asked before a result is shared, or a shared one opened
services  share a result by a link: made, opened, counted, revoked
queries   the links by which results of an assessment are shared
contents  PURE. What a shared result may show
"""
