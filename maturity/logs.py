"""The log: no secret of a link stands in it.

Django logs the address of every request it refuses, and an address can be all that somebody needs:
to open a shared result, take up an invitation, or set a password. Redaction happens to the finished
line, so whatever a message, its arguments or a traceback say is covered.

Secrets are known by their place, because a join code or a screen's ticket looks like any word. In
case an address is misspelt or a secret stands elsewhere, whatever is as long as a token is left out
of every address as well. tests/web/test_logs.py finds the places in the URL configuration.
"""

import logging
import re

_PLACES = "|".join(
    (
        "account/password/reset/key",
        "calendar",
        "invitations",
        "join/scan",
        "join",
        "link",
        "open",
        "shared",
        "workshops/[^/\n]+/pulse",
    )
)
_SECRETS = re.compile(
    # At the start of an address: others have rooms of these names further on.
    rf"(?<![\w./-])(/+(?:{_PLACES})/+)[^/\n]+"
    # 256 bits are 43 characters. Names in a traceback have no slash before them.
    r"|(/|%2F)[\w-]{40,}",
    re.IGNORECASE | re.ASCII,
)


class RedactingFormatter(logging.Formatter):
    """Format a record as usual, without the secrets in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with its traceback if there is one."""
        return redacted(super().format(record))


def redacted(text: str) -> str:
    """Return the text with [secret] in place of each secret in an address."""
    return _SECRETS.sub(lambda found: f"{found[1] or found[2]}[secret]", text)
