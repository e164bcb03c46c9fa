"""Reading a switch from the environment, and refusing a wrong one by its name.

Only settings.py uses it. docs/administrators/settings.md says what each switch means.
"""

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN = frozenset(
    {
        "WAYMARK_ALLOWED_HOSTS",
        "WAYMARK_CSRF_TRUSTED_ORIGINS",
        "WAYMARK_DEBUG",
        "WAYMARK_EMAIL_FROM",
        "WAYMARK_EMAIL_URL",
        "WAYMARK_HTTPS",
        "WAYMARK_LOG_LEVEL",
        "WAYMARK_OIDC_CLIENT_ID",
        "WAYMARK_OIDC_NAME",
        "WAYMARK_OIDC_SECRET",
        "WAYMARK_OIDC_URL",
        "WAYMARK_PORT",
        "WAYMARK_RENDER_MEMORY_MB",
        "WAYMARK_RENDER_SECONDS",
        "WAYMARK_SECRET_KEY",
        "WAYMARK_SECRET_KEY_FALLBACKS",
        "WAYMARK_SITE_URL",
        "WAYMARK_STATE_DIR",
        "WAYMARK_TRUSTED_PROXIES",
        "WAYMARK_WEBHOOKS_INSIDE",
    }
)
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOST = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
KEY_LENGTH = 50

_YES = frozenset({"1", "on", "true", "yes"})
_NO = frozenset({"0", "off", "false", "no"})


def refused(name: str, shown: str, allowed: str) -> ImproperlyConfigured:
    """Return the exception that says which switch is wrong, how, and what it may be."""
    return ImproperlyConfigured(f"{name} is {shown}. Allowed: {allowed}.")


def refuse_unknown() -> None:
    """Refuse a switch nobody reads: most likely it is misspelt."""
    unknown = sorted({name for name in os.environ if name.startswith("WAYMARK_")} - KNOWN)
    if unknown:
        raise ImproperlyConfigured(
            f"Waymark has no switch named {', '.join(unknown)}. Known: {', '.join(sorted(KNOWN))}."
        )


def text(name: str, default: str = "") -> str:
    """Return the switch without surrounding blanks; an empty one counts as left out."""
    return os.environ.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """Return the parts of a list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str) -> bool:
    """Return whether the switch is on; left out, it is off."""
    value = text(name, "off")
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise refused(name, repr(value), "on or off")


def number(name: str, default: int, lowest: int, highest: int) -> int:
    """Return a whole number within both bounds."""
    value = text(name, str(default))
    if value.isascii() and value.isdigit() and len(value) < 10 and lowest <= int(value) <= highest:
        return int(value)
    raise refused(name, repr(value), f"a whole number from {lowest} to {highest}")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words, in capitals."""
    value = text(name, default).upper()
    if value not in allowed:
        raise refused(name, repr(value), ", ".join(allowed))
    return value


def check_scheme(name: str, allowed: tuple[str, ...]) -> None:
    """Refuse an address of another scheme. The rest may hold a password, so it is not repeated."""
    value = text(name)
    scheme = value.partition("://")[0]
    if value and ("://" not in value or scheme not in allowed):
        shown = f"{scheme}://…" if "://" in value else "without a scheme"
        raise refused(name, shown, ", ".join(f"{each}://…" for each in allowed))


def site(host: str, *, https: bool, port: int | None) -> str:
    """Return the address of the home page, for what goes out without anybody's request.

    Left out, it is made of a host name; `port` is None where a proxy answers at the usual one.
    """
    scheme = "https" if https else "http"
    given = text("WAYMARK_SITE_URL", f"{scheme}://{host.lstrip('.')}{f':{port}' if port else ''}/")
    try:
        parts = urlsplit(given)
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_right = is_right and (parts.port is None or parts.port > 0)
    except ValueError:
        is_right = False
    # Nothing but scheme, host and port.
    if not is_right or given.rstrip("/") != f"{parts.scheme}://{parts.netloc}" or "@" in given:
        allowed = "the address of the home page, such as https://waymark.example.org"
        raise refused("WAYMARK_SITE_URL", "not one plain address", allowed)
    return f"{parts.scheme}://{parts.netloc}/"


def check_key(name: str, key: str) -> None:
    """Refuse a key that could be guessed, without repeating it."""
    if len(key) < KEY_LENGTH or len(set(key)) < 10:
        raise refused(name, "too short or too regular", f"at least {KEY_LENGTH} random characters")


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider people can sign in with."""

    url: str
    client_id: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        """Return scheme and host, as a content policy names them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def app(self) -> dict[str, object]:
        """Return what allauth wants to know of it."""
        return {
            "provider_id": "oidc",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }


def provider() -> Provider | None:
    """Return the OpenID Connect provider, None when none is named; part of one is refused."""
    prefix, needed = "WAYMARK_OIDC_", ("URL", "CLIENT_ID", "SECRET")
    given = {part: text(f"{prefix}{part}") for part in (*needed, "NAME")}
    missing = [f"{prefix}{part}" for part in needed if not given[part]]
    if not any(given.values()):
        return None
    if missing:
        there = ", ".join(f"{prefix}{part}" for part, value in given.items() if value)
        raise refused(missing[0], f"missing while {there} is set", "all of them, or none")
    url = given["URL"].rstrip("/")
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )
    if not is_safe or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise refused(
            f"{prefix}URL",
            repr(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()),
            "an issuer such as https://login.example.org, over https unless it is on loopback",
        )
    if re.search(r"[\s;,'\"]", url):
        raise refused(f"{prefix}URL", "not one plain address", "an address without blanks or marks")
    return Provider(url, given["CLIENT_ID"], given["SECRET"], given["NAME"] or parts.hostname)
