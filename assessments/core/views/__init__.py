"""What views of several capabilities share.

lookups  what a view looks up first: the model, what is asked, one dimension
options  the answers a statement can have, in words
"""
