"""How the house proceeds: its processes with their days, and its letters with their words."""
