"""Commands of the catalogue.

load_model   checks a model document and publishes it
"""
