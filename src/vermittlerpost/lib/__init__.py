"""Tools without domain."""
