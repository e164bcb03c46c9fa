"""Pages: sharing.

manage  links to a result, made and ended
visit   a shared result, for whoever has its link
"""
