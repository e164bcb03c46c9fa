"""What people send, cleaned to its final type.

answer       one changed field, as a script sends it, or a whole page, as a browser without script
start        the start of an assessment
framing      organisation, date, targets, weights, baseline
dates        days, and which of them can be meant
closing      which way an assessment goes on
setup        how an assessment is set up
grouping     the groups of an assessment, and a respondent's choice among them
inviting     whom to ask: members, guests, everybody by an open link; and who comes by it
claiming     where to keep what was started without an account
own_account  deleting one's own account
agreeing     what the group agreed on
mail         where to send a link
deleting     the name of what is to be deleted, typed to be sure
portfolio    what to show of the portfolio, and in which order
workbook     a filled-in workbook, as it is sent
step_feed    what a calendar is shown
webhooks     which address is told of which events
steps        what a step needs to be decided on, changed, or dropped
"""
