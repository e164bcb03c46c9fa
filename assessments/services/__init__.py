"""Everything that changes a row of an assessment.

starting     start an assessment
locking      take an assessment's row for a change: none after closing
closing      stop collecting, close, reopen: the result is frozen
carrying_over  begin from the last assessment's answers
assessments  start one in an organisation, change how it is set up
respondents  who is asked: members and guests; begin, finish, remove
open_links   the open link: make, change, join by it
reminding    mails that ask and remind
claiming     keep in an account what was started without one
links        secret links: make, show, open, renew
mailing      send a link by e-mail, as a background task
answers      record ratings, picks and notes
answers_workbook  a respondent's questions as a workbook, and its answers taken in
agreeing     what the group agreed on
settings     organisation, date, targets, weights, baseline
step_feeds   the secret address of a member's calendar
step_mails   mails to members about the steps they own
steps        decide on a suggested step, change it, finish it, drop it
webhooks     addresses that are told of events: set, tested, ended
webhook_sending  what they are told: signed, sent again, given up
own_account  delete one's own account
purging      delete for good what its time is over for
deletion     delete an assessment with all its answers
importing    an assessment made from what another one was exported as
files        answers that come as a file: the matrix and the sheet in it
"""
