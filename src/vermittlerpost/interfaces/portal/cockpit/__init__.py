"""Mein Cockpit: what needs action, the mailbox, a letter, the cases."""
