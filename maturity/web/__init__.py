"""What every page stands on; it imports no other app.

text         PURE: cleaning what people type
words        PURE: numbers, days and lists as sentences have them
validation   PURE: checks of a value's shape, each fault with its place
strict_json  PURE: the strict reader of every JSON file and body
ids          short ids that name rows in addresses
backoff      PURE: how long to wait before trying again
fields       form fields that use it
api          what all endpoints of the API share: errors, bodies, lists, documentation
urls         addresses of the pages for machines
views        health, readiness, robots
models       what is counted against limits
migrations   its table
rate_limits  how often something may be done
queries      what the health pages ask the database
cache        the cache in the database
checks       system check: a database mode that can lose data
apps         names the app
management   the commands `serve` and `run_worker`
files         files that people bring and take along
http          requests and answers: headers, errors, limits, redirects
net           requests the product sends itself
secrets       tokens, encryption, and secrets shown once
"""
