"""Passwords of tests: hashed by the product's own method, but without the time that shall cost whoever guesses them."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Quick(Argon2PasswordHasher):
    """Argon2 at its least."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
