"""PURE. The rules of a workshop: no rows, no requests, no clock, no chance of their own.

codes         the code people type to join
kinds         what can be asked of a room, and what counts as an answer
tallies       what the votes of a round come to, and what of it may be shown
question_words  how a question is put to the room
answer_words  what the answers on offer are called
line_words    what was answered to one question, in a sentence
suggesting    what a room might agree on, by its votes
tally_words   what a round came to, in sentences; what others take their words from
records       one round as the protocol tells it
protocol      what happened in a workshop, with all its words
protocol_file  the same as JSON values, and back
protocol_checks  every fault of those in a file
protocol_table  the same as one table, for a spreadsheet
agenda        how the time is shared out, and what does not fit

Imports the standard library, each other in this order downwards, assessments.scoring and the
model's matrix.
"""
