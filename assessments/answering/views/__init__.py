"""Pages: answering.

begin           before the first question and after the last
blocks          statements and cells, drawn once per process and joined for each request
claim           keeping in an account what was started without one
everything      every statement, of one dimension or of all
gate_words      the sentences about gates
guided          gate by gate, with the reason why the next question is or is not needed
home            home, start, opening a link
open_link       coming by the open link
pages           the frame the answering pages share
privacy_notice  what a respondent is told before the first question
progress        the jump list after a save
quick           one dimension a page, five cells side by side
resume          where an assessment goes on
saving          one changed field from a script; a whole page without one
secret_link     the secret link, and leaving it
workbook        answering offline: a workbook to download, and the filled-in one taken in
"""
