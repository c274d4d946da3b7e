"""The worklists: what only a person can decide."""
