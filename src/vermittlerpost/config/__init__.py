"""Settings from the environment; the only room that knows every door."""
