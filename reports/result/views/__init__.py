"""Pages: result.

charts  the pictures of pages as files to take along
result  where an organisation stands and why; what if some steps were done
"""
