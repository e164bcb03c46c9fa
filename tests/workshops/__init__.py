"""The live workshop.

room         workshops, rounds, participants and votes as rows
rounds       questions, ballots and tallies as values
"""
