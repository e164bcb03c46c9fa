"""The result of a workshop by mail."""
