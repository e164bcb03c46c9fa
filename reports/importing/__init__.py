"""An assessment imported from a file of data.

urls      addresses of its pages
views     an assessment brought in from a file of data
forms     a file of data, as it is sent
services  an assessment out of a file of data
file      PURE. A file of data read back: the assessment in it, or every reason why not
"""
