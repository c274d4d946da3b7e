"""Aktuelles: the MaklerTicker."""
