"""The paper kit of a model.

urls      addresses of its pages
views     the paper kit of a model, for everybody
forms     what is asked before a paper kit is made
services  the paper kit of a model: poster, voting cards, tally sheet
sheets    PURE. A model laid out on posters and voting cards
"""
