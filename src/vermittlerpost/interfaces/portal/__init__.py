"""The intermediaries' web: cockpit, mailbox, letter, profile, administration, news, contact."""
