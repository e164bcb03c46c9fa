"""Passwords of tests: hashed as those of people are, but with the least work."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 whose hash costs a guesser nothing, and a test no fifth of a second."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
