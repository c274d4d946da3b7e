"""Kontakt: the personal contact, and a message to it."""
