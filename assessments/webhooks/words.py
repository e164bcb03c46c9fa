"""Why a message to a webhook was not sent or not answered, in words."""

from typing import Final

from maturity.web.net.url_guard import LENGTH

# Each ends a sentence. The codes are stored: change the words, never a code.
PROBLEMS: Final = {
    "too_long": f"it is longer than {LENGTH} characters",
    "not_printable": "it holds a blank or another character that has to be written as %…",
    "no_url": "it is not an address",
    "no_scheme_or_host": "it does not begin with https:// and a host",
    "not_https": "it does not begin with https://",
    "credentials": "it holds a name or a password",
    "fragment": "it holds a #",
    "port": "its port is not one of the web",
    "no_addresses": "its host has no address",
    "host_no_ip": "its host is not an IP address",
    "host_scoped": "its host is of one network only",
    "host_no_name": "its host is not a name",
    "host_odd_ip": "its host is an unusual way to write an IP address",
    "host_inside": "its host is a name inside a network",
    "network_reserved": "it leads to a network that nobody’s web server is in",
    "network_private": "it leads into a private network",
    "certificate": "its certificate is not valid",
    "timeout": "no answer in time",
    "connection": "the connection failed",
    "host_not_found": "the host was not found",
    "not_http": "the answer was not HTTP",
    "paused": "sending was paused",
    "workspace_ending": "the workspace is about to be deleted",
    "secret": "its secret can no longer be read: end it and add it again",
}


def problem_text(code: str) -> str:
    """Return why in words; empty without a code, and a code nobody knows any more as it is."""
    return PROBLEMS.get(code, code)
