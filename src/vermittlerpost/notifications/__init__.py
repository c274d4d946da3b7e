"""Who is told, when, in which bundle, and why."""
