"""A request of this installation's own: the only place where one goes out.

The name is resolved once, every address it has is checked, and the connection is made to the one
that was checked, so a name that leads elsewhere a moment later changes nothing. The certificate is
checked against the name. No redirect is followed, no cookie kept, nothing of the answer read but
its status, and all of it together has a time limit.
"""

import re
import socket
import ssl
import time
from collections.abc import Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from maturity.web.net.url_guard import Destination, check_addresses

_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})[ \r\n]")
_MOST_READ: Final = 16_384


class NotSent(Exception):
    """No answer came; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def post(
    to: Destination, body: bytes, *, headers: Mapping[str, str], seconds: float, inside: bool
) -> int:
    """Send a body and return the status of the answer, whatever it is.

    `seconds` is for all of it. Raises: NotSent; AddressRefused, when the name leads where nothing
    may go.
    """
    deadline = time.monotonic() + seconds
    try:
        addresses = check_addresses(_looked_up(to, deadline), inside=inside)
        with _connected(to, addresses, deadline) as connection:
            connection.settimeout(_left(deadline))
            connection.sendall(_request(to, body, headers))
            return _status(connection, deadline)
    except ssl.SSLCertVerificationError:
        raise NotSent("certificate") from None
    except TimeoutError:
        raise NotSent("timeout") from None
    except OSError:
        raise NotSent("connection") from None


def _looked_up(to: Destination, deadline: float) -> list[str]:
    """Return the addresses of the name.

    The system's own look-up takes no limit and may go on for half a minute, so a thread of its own
    waits for it, and is left behind when it takes too long.
    """
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(to.host, to.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.put([str(each[4][0]) for each in found])

    Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        addresses = answers.get(timeout=_left(deadline))
    except Empty:
        raise TimeoutError from None
    if not addresses:
        raise NotSent("host_not_found")
    return addresses


def _connected(to: Destination, addresses: list[str], deadline: float) -> socket.socket:
    """Return a connection to the first address that takes one."""
    problem: OSError = ConnectionError()
    for address in addresses:
        try:
            plain = socket.create_connection((address, to.port), timeout=_left(deadline))
        except OSError as failure:
            problem = failure
            continue
        if not to.is_https:
            return plain
        try:
            plain.settimeout(_left(deadline))
            return ssl.create_default_context().wrap_socket(plain, server_hostname=to.host)
        except BaseException:
            plain.close()
            raise
    raise problem


def _request(to: Destination, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = {
        "Host": to.host_header,
        "User-Agent": "Waymark",
        "Accept": "*/*",
        **headers,
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {to.path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _status(connection: socket.socket, deadline: float) -> int:
    """Return the status of the answer; those that only say that one is coming are passed over."""
    received = b""
    while len(received) < _MOST_READ:
        connection.settimeout(_left(deadline))
        part = connection.recv(4096)
        if not part:
            break
        received += part
        while found := _STATUS.match(received):
            if int(found[1]) >= 200:
                return int(found[1])
            _, gap, rest = received.partition(b"\r\n\r\n")
            if not gap:
                break
            received = rest
    raise NotSent("not_http")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
