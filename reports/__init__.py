"""What leaves the house: the result page, the report, and its files.

apps         names the app
urls         addresses
api          endpoints: reports asked for, watched, fetched
views        the result, what if, the report page
management   commands: report, purge
forms        what is asked before a report is made
forms_kit    what is asked before a paper kit is made
forms_importing  a file of data, as it is sent
forms_sharing  what is asked before a result is shared, or a shared one opened
services     lay a report out, have it made, write it to a file
queries      the reports of an assessment
access       who may read a shared result
models       a report that was asked for; a result that is shared
rendering    the process that makes PDF files, limited in time and memory
exports      a document in other formats
pdf          HTML in, bytes out: WeasyPrint's only home
charts       value in, SVG out: matplotlib's only home
composing    PURE. A matrix and an answer sheet made into a document
comparing    PURE. Figures before and after, when some steps are taken as done
comparing_results  PURE. Two results side by side: what moved
comparing_trend    PURE. All results in a row
kit_sheets   PURE. A model laid out on posters and voting cards
documents    PURE. A report's whole content as frozen values
importing    PURE. A file of data read back: the assessment in it, or every reason why not
kinds        PURE. What a report can be had as
look         PURE. How a workspace's look travels to the process that renders
sharing      PURE. What a shared result may show
outcomes     PURE. Steps that were done, next to what they were to move
timeline     PURE. Decided steps on a line of months
tables       PURE. A report as tables, for the workbook and the CSV files
tables_answers  PURE. Those of them that hold what people answered and wrote
tables_charts   PURE. What a picture is drawn from, as a table
wording      PURE. Figures, stages, counts and answers in words
wording_overall    PURE. The whole in a few sentences
wording_dimension  PURE. Why a dimension stands where it stands
wording_overview   PURE. A result in a sentence and a half
wording_method     PURE. How a stage is reached
wording_workshop   PURE. The mail that brings the result of a workshop

From a sheet to paper, each step forward: query -> AnswerSheet -> `composing.build_document` ->
Document -> `charts` and `services.layout` -> HTML -> `rendering` -> `pdf` -> bytes.
"""
