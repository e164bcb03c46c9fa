"""Results over time: two side by side, all in a row, and what if.

urls      addresses of its pages
views     an organisation over time: two results, and all of them
services  two results side by side, written out once
results   PURE. Two results side by side: what moved
trend     PURE. All results in a row
what_if   PURE. Figures before and after, when some steps are taken as done
"""
