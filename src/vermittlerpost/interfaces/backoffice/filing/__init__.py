"""Cases: found, looked at from beginning to end, and changed with a reason."""
