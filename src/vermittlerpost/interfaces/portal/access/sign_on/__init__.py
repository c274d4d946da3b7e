"""How the insurer's staff come in from their own identity provider, by OpenID Connect."""
