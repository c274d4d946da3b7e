"""The door of the intermediaries' software: tokens by BiPRO norm 410, shipments by norm 430."""
