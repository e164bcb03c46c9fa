"""Pages and screens of a workshop.

planning     the workshops of an assessment; make one, change its set-up, delete it
agenda       add, move, change and take out rounds
rehearsal    a rehearsal of it, and its pretend participants
facilitator  the facilitator's screen
acts         what its buttons do, and what the room agreed on
wall         the wall
pulse        whether a screen is up to date
hands        a show of hands typed in
after        what comes after: result, protocol, addresses
join         coming in by code or by scanning
room         the phone
"""
