"""The vendors' laboratory (B9): a throw-away house in which makers of broker software try out their BiPRO client."""
