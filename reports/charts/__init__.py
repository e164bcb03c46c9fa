"""Value in, SVG out: matplotlib's only home, imported when a picture is drawn.

pictures  every picture by name; the same one is never drawn twice
radar     where each dimension stands, wants to be and was
bars      the same for one or two dimensions
trend     one line over all results
lanes     the roadmap: now, next, later
timeline  decided steps over the months
emblem    the cover's quiet radar
taken     a finished picture as a file: SVG with its letters as outlines, or PNG
lettering  words as outlines of their letters
canvas    shapes and words on a matplotlib Figure, handed over as a clean SVG
failure   what is raised when matplotlib warns or fails
palette   colours on paper
words     names broken into short lines
"""
