"""What a key opens, and how webhooks are signed and repeated."""
