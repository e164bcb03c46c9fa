"""What people send, cleaned to its final type: lifecycle.

closing   which way an assessment goes on
deletion  the name of what is to be deleted, typed to be sure
setup     how an assessment is set up
start     the start of an assessment
targets   organisation, date, targets, weights, baseline
"""
