"""PURE. From answers to a placement, and from a placement to the next steps.

sheets            what people answered, as frozen values
answer_words      what people answered, in the words it was asked with
plan              what scoring needs of a matrix, worked out once
consensus         several respondents: the value each descriptor has, and how far people agree
rules             the three rules: gates, every, additive
confidential      what may be shown of answers that were given anonymously
placement         `place`: stage and score per dimension, and overall
spread            each one's own placement, and the answers to each question
groups            groups of respondents, and which may be shown of anonymous ones
gaps              the unmet descriptors of a gate, in the order to take them
explanation       `explain`: the facts behind each dimension's standing
shortest          `shortest_way`: the fewest steps that open a dimension's gates up to a stage
roadmap           `suggest`, `three_steps`: what to do next
scored            `score`: a sheet settled and placed once, with what follows from it
whatif            `what_if`: the same answers with some steps taken as done
targets           targets to start from
workload          how much work decided steps are, month by month
asked             `asked_of`: what everybody in an assessment is asked
guided            `guide`: which gates to ask, and why
answers_table     answers as rows to fill in offline, and read back
answers_file      waymark-answers/1, read and written
figures           how a score is written
placement_file    waymark-placement/1, written
frozen            a sheet and its placement as exact JSON, and back: a closed result

Imports the standard library, each other in this order downwards, and maturity.catalogue's pure
modules (matrix; answers_file also importing). Everything is exact: whole numbers over common
denominators inside, Fractions at the edges, floats only in placement_file.
"""
