"""PURE. Where a request of this installation's own may go: which addresses, and which spellings.

An address somebody typed must not lead into the network this installation stands in. So a host is
a name or an IP address in its usual spelling, and whatever a name resolves to is checked before
anything is sent: only what the public internet reaches passes.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

LENGTH: Final = 500
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PRINTABLE: Final = re.compile(r"[!-~]+")
_LOWEST_PORT: Final = 1024
_USUAL_PORTS: Final = frozenset({80, 443})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


def _networks(*texts: str) -> _Networks:
    return tuple(ipaddress.ip_network(text) for text in texts)


# What stands inside an own network: opened by a setting and by nothing else.
_INSIDE: Final = _networks(
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::1/128",
    "fc00::/7",
)
# Source: IANA's registries of special-purpose addresses. The last line is where clouds hand out
# their machines' secrets, as far as that is no link-local address; those are refused always.
_NEVER: Final = _networks(
    *("0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
    *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    *("100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128", "fd20:ce::254/128"),
)
_GLOBAL_6: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


class AddressRefused(ValueError):
    """Nothing is sent there; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Destination:
    """An address taken apart; `host` is in small letters, a name's in ASCII."""

    host: str
    port: int
    path: str
    is_https: bool

    @property
    def host_header(self) -> str:
        """Return the host as a request names it, with its port unless that is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_https else 80) else f"{host}:{self.port}"


def destination_of(url: str, *, inside: bool) -> Destination:
    """Take an address apart; `inside` lets http and addresses of an own network pass.

    Raises: AddressRefused.
    """
    if len(url) > LENGTH:
        raise AddressRefused("too_long")
    # urlsplit would take some of these out without a word.
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise AddressRefused("not_printable")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused("no_url") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AddressRefused("no_scheme_or_host")
    if parts.scheme == "http" and not inside:
        raise AddressRefused("not_https")
    if "@" in parts.netloc:
        raise AddressRefused("credentials")
    if parts.fragment or "#" in url:
        raise AddressRefused("fragment")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PRINTABLE.fullmatch(path):
        raise AddressRefused("not_printable")
    is_https = parts.scheme == "https"
    port = port if port is not None else 443 if is_https else 80
    if port < _LOWEST_PORT and port not in _USUAL_PORTS:
        raise AddressRefused("port")
    return Destination(_host(parts.hostname, inside=inside), port, path, is_https)


def check_addresses(found: Iterable[str], *, inside: bool) -> list[str]:
    """Return the IP addresses a name resolved to, if something may be sent to every one of them.

    Raises: AddressRefused.
    """
    addresses = list(dict.fromkeys(found))
    if not addresses:
        raise AddressRefused("no_addresses")
    for text in addresses:
        _check(ipaddress.ip_address(text), inside=inside)
    return addresses


def _host(typed: str, *, inside: bool) -> str:
    if ":" in typed:
        try:
            address = ipaddress.IPv6Address(typed)
        except ValueError:
            raise AddressRefused("host_no_ip") from None
        if address.scope_id is not None:
            raise AddressRefused("host_scoped")
        _check(address, inside=inside)
        return str(address)
    try:
        host = typed.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AddressRefused("host_no_name") from None
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        # 2130706433, 0177.1 and 0x7f.1 are all the same place to a resolver.
        try:
            address_4 = ipaddress.IPv4Address(host)
        except ValueError:
            raise AddressRefused("host_odd_ip") from None
        _check(address_4, inside=inside)
        return str(address_4)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused("host_no_name")
    if len(labels) == 1 and not inside:
        raise AddressRefused("host_inside")
    return host


def _check(address: Address, *, inside: bool) -> None:
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        # What a network without IPv4 makes of an IPv4 address; where it leads is in its end.
        address = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if _is_in(address, _NEVER):
        raise AddressRefused("network_reserved")
    if _is_in(address, _INSIDE):
        if not inside:
            raise AddressRefused("network_private")
        return
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_6:
        raise AddressRefused("network_reserved")


def _is_in(address: Address, networks: _Networks) -> bool:
    return any(address in network for network in networks)
