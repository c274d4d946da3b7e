"""The door for the insurer's core systems: feeds in, read access, webhooks, over REST."""
