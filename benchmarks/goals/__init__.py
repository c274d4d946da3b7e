"""The promises: each file is one, its name is its number in the list of goals."""
