"""The demo: stories from fixtures/demo, made through the same services as everything else.

stories        PURE: what the files hold
checks         PURE: whether a story fits the model it is told about
reading        PURE: the files, read strictly
answers        answers and settings as the services take them
guest          the assessment of somebody without an account, under a secret link
workspace      the consultancy with its organisations
organisations  one organisation: its members, assessments and steps
accounts       the accounts and their password
marks          which rows the demo made
"""
