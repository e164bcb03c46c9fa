"""What reports show in a browser.

result  where an organisation stands and why; what if some steps were done
compare  an organisation over time: two results, and all of them
my      where one lands after signing in
organisation  an organisation's own page, one for each role
kit     the paper kit of a model, for everybody
report  the PDF: asked for, watched, downloaded
workshop  the result of a workshop by mail, to who left an address
"""
