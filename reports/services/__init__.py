"""What reports do.

asking  ask for a report as somebody does who may, with a limit
files   a report as a file of its own, made without any database
comparisons  two results side by side, written out once
documents  how an assessment stands, as a document
charts  the pictures of pages as files to take along
drawing  the pictures of web pages, drawn once for all processes
importing  an assessment out of a file of data
kit     the paper kit of a model: poster, voting cards, tally sheet
layout  a document as the HTML that becomes the PDF
papers  asks for a workshop's protocol and for a comparison, on paper
progress  how far the file of a report is, told and read
sharing  share a result by a link: made, opened, counted, revoked
roadmap  an organisation's decided steps, as a report and a picture tell them
sending  the result of a workshop by mail, one to each address
making  asks for a report, makes it in the background, notices when the work died
"""
