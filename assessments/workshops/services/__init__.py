"""Everything that changes a row of a workshop.

locking     take a workshop's row for a change, its revision grows
planning    make a workshop, change its set-up, delete it
agenda      add rounds to it, move them, take them out
doors       open it, lock it, end it; the code and the token people join with
joining     come in by code or by scanning, be let in, be taken out, say one is still there
voting      one person's answer to the open round
rounds      the states of a round, one after the other
hands       the show of hands the facilitator counted
agreeing    what the room decided, into the assessment
telling     workshops that were held elsewhere, as a file tells of them
rehearsing  pretend participants
sending     who gets the result by mail: each once, and then the address is forgotten
purging     end what is over, forget addresses that were not used
"""
