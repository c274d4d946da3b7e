"""Vermittlerpost: letters of a motor insurer reach the right intermediary in time, exactly once, provably."""
