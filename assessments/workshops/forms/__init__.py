"""What people send, cleaned to its final type.

joining      the code, a name, groups, an address
voting       one person's vote
acting       the facilitator's buttons: acts, agreements, hands
"""
