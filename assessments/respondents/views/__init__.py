"""Pages: respondents.

respondents  who is asked, reminding, removing, the open link
rows         what the page of respondents shows
"""
