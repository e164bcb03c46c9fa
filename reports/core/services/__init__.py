"""From rows to a document, and a document laid out.

documents  how an assessment stands, as a document
layout     a document as the HTML that becomes the PDF
roadmap    an organisation's decided steps, as a report and a picture tell them
"""
