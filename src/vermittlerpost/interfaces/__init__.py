"""Doors: each translates one outside world into actions and queries."""
