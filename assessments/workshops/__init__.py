"""The live workshop: one room, one question at a time, seen by everybody at once.

urls         addresses
views        the facilitator's screen, the wall, the phone, joining, set-up, and what comes after
forms        what people send, cleaned to its final type
services     everything that changes a row
queries      everything that reads rows
access       who may open which workshop, and whose phone this is
models       workshops, rounds, participants, votes
rules        PURE: codes, kinds of questions, agenda, tallies and their words
migrations   the tables
apps         names the app

State lives in the database only. Each change raises the workshop's revision in its transaction;
screens ask every two seconds whether it has grown. This app stands on `assessments`, which knows
nothing of it.
"""
