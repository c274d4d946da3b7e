"""Backups: everything that cannot be made again, with what it takes to prove that all of it is there."""
