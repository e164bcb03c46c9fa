"""Changes rows: lifecycle.

carrying_over  begin from the last assessment's answers
closing        stop collecting, close, reopen: the result is frozen
deletion       delete an assessment with all its answers
importing      an assessment made from what another one was exported as
purging        delete for good what its time is over for
starting       start an assessment
targets        organisation, date, targets, weights, baseline
"""
