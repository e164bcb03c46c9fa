"""Pages that several capabilities show.

hidden  the page that says a result may not be shown
"""
