"""Getting a letter to its agency, and what became of it there."""
