"""Short ids that name rows in addresses, and keys. They are no secrets: access is checked."""

import secrets

# Without 0, 1, i, l and o: an id can be read out loud and typed from paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Return a new id: 12 characters, about 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_key(number: int) -> bool:
    """Say whether a row could have this number as its key; no database looks for any other."""
    return 0 < number < 2**63
