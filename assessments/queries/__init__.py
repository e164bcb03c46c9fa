"""Everything that reads the rows of assessments.

sheets       the whole assessment as the answer sheet a placement is computed from
standing     how an assessment stands: the one source of figures
placements   placements as other programs read them, kept while nothing changes
agreed       what the group agreed on
voices       everybody’s answers, for the page that compares them
results      frozen results
answers      one respondent's answers, for the pages that ask
assessments  those an account may know of; the one a new one follows
respondents  who is asked, and how far they are
still_asked  which of them can still answer
claimable    where an assessment without an account may be moved to
openable     the assessments a browser can open, for the home page
links        a respondent's current link, and how often one was mailed
own_data     everything held about an account
settings     targets, weights and baseline as stored
portfolio    a workspace's organisations side by side, as plain values
portfolio_filter  which of them are wanted, and in which order
progress_of  how far an organisation's open assessments are
places       what waits for somebody in each of their places
steps        what was decided on, and what the latest figures suggest
owned_steps  the steps an account owns, wherever it may still see them
step_feeds   the steps a member's calendar is shown
step_words   how far a step is, in words
hidden_words  why nothing of an assessment may be shown, in words
webhook_words  why a message was not sent, in words
webhooks     the webhooks of a workspace, and what they were told last
outcomes     steps that were done since the result before
"""
