"""What all endpoints of the API share; nothing here knows a tenant's rows.

problems     the one shape every error has
body         the strict reader of bodies
fields       types of fields in request bodies, cleaned as on the pages
building     an API whose errors all have it
paging       long lists, a page at a time
described    the OpenAPI document, and the page that is read
reference    PURE: that document laid out for the page
"""
