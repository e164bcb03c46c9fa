"""A document in other formats: each one function, document in, bytes out.

csv   its tables, a file each, in a zip
clock  what stands where a file would hold the hour of its making
deck  the slides of the PowerPoint deck
json  everything a report says, as waymark-report/1
pptx  a PowerPoint deck
xlsx  its tables as an Excel workbook with a chart
"""
