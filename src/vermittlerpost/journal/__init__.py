"""What happened, by whom: append-only; audit trail and outbox at once."""
