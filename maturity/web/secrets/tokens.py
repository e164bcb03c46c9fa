"""Secret tokens in links: 256 bits, derived from a random nonce and the installation's key.

A row keeps the nonce and the token's hash: neither opens anything without the key, and with it
the link can be shown again to who already has access. Each purpose has its own salt. Of a token
that is shown once a row keeps the hash alone.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def new_token() -> str:
    """Return a token of 256 random bits that nothing gives again: it is shown once."""
    return secrets.token_urlsafe(32)


def new_nonce() -> str:
    """Return 256 random bits."""
    return secrets.token_hex(32)


def new_token_hash(salt: str, nonce: str) -> str:
    """Return the hash of the token that the installation's current key makes of a nonce."""
    return hash_of(_token_from(salt, nonce, settings.SECRET_KEY))


def token_from(salt: str, *, nonce: str, token_hash: str) -> str | None:
    """Return the token again, or None when the key it was made with is gone."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token_from(salt, nonce, key)
        if secrets.compare_digest(hash_of(token), token_hash):
            return token
    return None


def person_key(kind: str, pk: int, *, secret: str | None = None) -> str:
    """Return what a page and its browser call the person who answers on it.

    It says nothing about them, is nobody else's, and cannot be guessed.
    """
    salt = f"waymark.person.{kind}"
    return salted_hmac(salt, str(pk), secret=secret, algorithm="sha256").hexdigest()[:32]


def is_person_key(key: str, kind: str, pk: int) -> bool:
    """Return whether a page made for this person sent the key, also before the secret changed."""
    secrets_known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(
        constant_time_compare(key, person_key(kind, pk, secret=each)) for each in secrets_known
    )


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _token_from(salt: str, nonce: str, key: str) -> str:
    digest = salted_hmac(salt, nonce, secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
