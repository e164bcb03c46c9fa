"""The slides of the PowerPoint deck.

base      theme and layouts: how every slide looks
parts     slides with their text, notes and tables
charts    charts of PowerPoint's own
standing  slides that say where an organisation stands, and why
roadmap   slides that say what to do next, and how a stage is reached
"""
