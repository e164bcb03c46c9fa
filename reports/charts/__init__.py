"""Values in, SVG out; matplotlib draws what is downloaded as PNG.

pictures  the picture that suits the values
radar     where each dimension stands, wants to be and was
bars      the same for one or two dimensions
trend     one line over all results
lanes     the roadmap: now, next, later
timeline  decided steps over the months
emblem    the cover's quiet radar
files     a picture to download: SVG with its letters as outlines, or PNG
lettering  words as outlines of their letters
canvas    shapes and words, written as SVG
palette   colours on paper
words     how wide words are, and names broken into short lines
"""
