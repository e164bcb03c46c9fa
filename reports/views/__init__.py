"""What reports show in a browser.

importing  an assessment brought in from a file of data
result  where an organisation stands and why; what if some steps were done
hidden  the page that says a result may not be shown
compare  an organisation over time: two results, and all of them
chart   the pictures of pages as files to take along
my      where one lands after signing in
organisation  an organisation's own page, one for each role
kit     the paper kit of a model, for everybody
report  the reports of an assessment: asked for, watched, downloaded
share   links to a result, made and ended
shared  a shared result, for whoever has its link
timeline  the decided steps of an organisation over the months
workshop  the result of a workshop by mail, to who left an address
"""
