"""The demo: the same on every run, and made through the services like anything else.

guest       the assessment of somebody without an account, under a secret link
clients     the consultancy that carries the six organisations
marks       which rows the demo made
plans       what a story is written in
software    Kantele Software: fast
water       Otterburn Water: standing still
insurance   Lindquist Mutual: fell back after a reorganisation
hotels      Solvaria Hotels: marketing and guest service see two companies
care        Riverside Care Trust: two assessments by picks
theatre     Tallow Street Theatre: new, its first assessment half answered
answering   what each voice answers, from levels, leans and a fixed seed
accounts    the accounts and their password
history     lives one organisation's story through the services
"""
