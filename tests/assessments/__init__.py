"""Answering, and the rows it stands on."""
