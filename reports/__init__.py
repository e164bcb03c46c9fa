"""What leaves the house: the result page, the report, and its files.

apps         names the app
urls         addresses
templatetags  figures and days in templates
management   commands: report, purge
access       who may read a shared result
models       a report that was asked for; a result that is shared
rendering    the process that makes PDF files, limited in time and memory
exports      a document in other formats
charts       values in, SVG out: the pictures of pages, reports and downloads
comparing    PURE. Figures before and after, when some steps are taken as done
importing    PURE. A file of data read back: the assessment in it, or every reason why not
sharing      PURE. What a shared result may show
wording      PURE. Figures, stages, counts and answers in words
core          what the result page, reports, shares and comparisons share
document      PURE: a report's content as frozen values
jobs          reports made in the background: requested, followed, downloaded
kit           the paper kit of a model
overview      the page after signing in, and an organisation's page for each role
result        the result page, what if, and its pictures as files
workshop_results  a workshop's result sent by email to those who left an address

From a sheet to paper, each step forward: query -> AnswerSheet -> `composing.build_document` ->
Document -> `charts` and `services.layout` -> HTML -> `rendering` -> `pdf` -> bytes.
"""
