"""Pages, and the small answers to saves.

home         home, start, opening a link
resume       where an assessment goes on
setup        a new assessment in an organisation, and how one is set up
respondents  who is asked, reminding, removing, the open link
respondent_rows  what the page of respondents shows
begin        before the first question and after the last
telling      what a respondent is told before the first question
open         coming by the open link
claim        keeping in an account what was started without one
quick        one dimension a page, five cells side by side
everything   every statement, of one dimension or of all
guided       gate by gate, with the reason why the next question is or is not needed
gate_words   the sentences about gates
saving       one changed field from a script; a whole page without one
progress     the jump list after a save
pages        the frame the answering pages share
lookups      what a view looks up first: the model, what is asked, one dimension
options      the answers a statement can have, in words
blocks       statements and cells, drawn once per process and joined for each request
consensus    where people stand and differ, and what the group agrees on
consensus_facts      who may be seen where
consensus_questions  each question with its answers, notes and decision
consensus_words      how agreement and disagreement are said
workbook     answering offline: a workbook to download, and the filled-in one taken in
targets      organisation, date, targets, weights, baseline
closing      stop collecting, close, reopen
deleting     deleting an assessment: asked, or refused and why
own_data     one's own data: take it along, or delete the account
link         the secret link, and leaving it
portfolio    every organisation by every dimension, and what needs attention
portfolio_rows  its rows, drawn from pieces that each process draws once
steps        the roadmap board: what is suggested, and what an organisation decided to do
own_steps    the steps one owns, and the mails about them
step_rows    steps as the board shows them, drawn once in each process
step_load    how much work they are, month by month
steps_calendar  their days for anybody's calendar: as a file, or at a secret address
webhooks     which addresses are told of what happens
"""
