"""Pages and screens of a workshop.

planning      the workshops of an assessment; make one, change its set-up, delete it
agenda        add, move, change and take out questions
rehearsal     a rehearsal of it, and its pretend participants
facilitator   the facilitator's screen
acts          what its buttons do, and what the room agreed on
deciding      the form an agreement is recorded with
hands         a show of hands typed in
wall          the wall
screen_facts  where the room is, for the facilitator's screen and the wall
door          the code, and the picture to scan
pulse         whether a screen is up to date
after         what comes after: result, protocol, addresses
join          coming in by code or by scanning
room          the phone
phone         what a phone shows, as a value
pieces        the parts of it that are the same for everybody, kept
shown         a round as every screen shows it
dots          dots as one line of SVG
clock         how long a round is still open
"""
