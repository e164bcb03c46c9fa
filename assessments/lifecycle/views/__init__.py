"""Pages: lifecycle.

closing   stop collecting, close, reopen
deletion  deleting an assessment: asked, or refused and why
setup     a new assessment in an organisation, and how one is set up
targets   organisation, date, targets, weights, baseline
"""
