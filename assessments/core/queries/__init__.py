"""Reads rows: the figures, and what they rest on.

agreed        what the group agreed on
answers       one respondent's answers, for the pages that ask
hidden_words  why nothing of an assessment may be shown, in words
links         a respondent's current link, and how often one was mailed
placements    placements as other programs read them, kept while nothing changes
respondents   who is asked, and how far they are
results       frozen results
settings      targets, weights and baseline as stored
sheets        the whole assessment as the answer sheet a placement is computed from
standing      how an assessment stands: the one source of figures
still_asked   which of them can still answer
"""
