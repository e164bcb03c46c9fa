"""What people send, cleaned to its final type.

joining      the code, a name, groups, an address
voting       one person's vote
planning     how a workshop is set up, and what goes onto its agenda
acting       the facilitator's buttons: acts, agreements, hands
"""
