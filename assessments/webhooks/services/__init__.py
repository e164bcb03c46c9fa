"""Changes rows: webhooks.

delivery  what they are told: signed, sent again, given up
webhooks  addresses that are told of events: set, tested, ended
"""
