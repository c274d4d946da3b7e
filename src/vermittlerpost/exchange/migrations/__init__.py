"""Migrations of this room, linear and short."""
