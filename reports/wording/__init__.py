"""PURE. Facts in, sentences out: the one place for a report's words.

basics     PURE. Figures, stages, counts and answers in words
dimension  PURE. Why a dimension stands where it stands
method     PURE. How a stage is reached
overall    PURE. The whole in a few sentences
overview   PURE. A result in a sentence and a half
workshop   PURE. The mail that brings the result of a workshop
"""
