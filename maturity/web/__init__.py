"""What every page stands on; no models, and it imports no other app.

text         PURE: cleaning what people type
validation   PURE: checks of a value's shape, each fault with its place
strict_json  PURE: the strict reader of every JSON file and body
tables       PURE: tables as values, and rows as CSV that is safe for spreadsheets
workbooks    Excel workbooks that people fill in: written, and read with suspicion
pictures     pictures people upload, made anew
calendar     PURE: days as a file for anybody's calendar
destinations  PURE: where a request of our own may go
outgoing     a request of our own: the only place where one goes out
ids          short ids that name rows in addresses
tokens       secret tokens in links
addresses    where a request came from
limits       how often something may be done
sealing      text only this installation can read
backoff      PURE: how long to wait before trying again
once         a secret that is shown once
elsewhere    ending a request with a redirect from below the views
fields       form fields that use it
middleware   headers on every answer; addresses no row can have; what is said at the API's door
errors       the error pages
api          what all endpoints of the API share: errors, bodies, lists, documentation
urls         addresses of the pages for machines
views        health, readiness, robots
queries      what the health pages ask the database
checks       system check: a database mode that can lose data
apps         names the app
management   the commands `serve` and `run_worker`
"""
