"""What people send, cleaned to its final type: accounts.

accounts       allauth's forms for accounts, in our words, tries counted
profile        a name, on signing up and later
second_factor  allauth's forms for second factors, in our words
"""
