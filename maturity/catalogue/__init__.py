"""What a model is: stages × dimensions with their descriptors, checked, published, read.

matrix       PURE: a model as frozen values; what everything else works on
checks       PURE: the rules that make a document a model
advice       PURE: what a sound model could do better
importing    PURE: from the bytes of a file to a checked document
reading      PURE: a matrix laid out for its pages
models       the published versions
queries      reads them; parses each once per process
services     publishes a version; finds the matrix a command line names
views        pages to read a model
api          endpoints to read a model; the strict reader of every body the API takes
urls         their addresses
management   the command `load_model`
migrations   the table's history
apps         names the app
"""
