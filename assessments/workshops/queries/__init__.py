"""Everything that reads rows of a workshop.

votes       votes of a round that may be seen; how many have voted; one's own
rounds      the agenda: rounds in their order
workshops   the workshops of an assessment
people      who is here, who waits
protocol    what happened, for the report and the file
sending     how many left an address, and how far the sending is
"""
