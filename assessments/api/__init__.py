"""Assessments, their answers and placements, and roadmaps, for programs.

assessments   list, start, read, close
answers       what was answered, as far as it may be seen; one's own, read and given
placement     waymark-placement/1
roadmap       what is suggested, and the steps decided on
"""
