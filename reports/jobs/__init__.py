"""Reports made in the background: requested, followed, downloaded.

urls      addresses of its pages
views     the reports of an assessment: asked for, watched, downloaded
api       endpoints: reports asked for, watched, fetched
forms     what is asked before a report is made
services  changes rows
queries   the reports of an assessment, and how the work on them stands
kinds     PURE. What a report can be had as
"""
