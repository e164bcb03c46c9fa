"""A receiver of requests on loopback, with http or https, that answers as a test wants it to."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Received:
    """One request as it came: its first line, its headers in small letters, its body."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Takes one request after the other; `answers` are used up from the front, then it is OK."""

    port: int
    answers: list[Answer] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    asked_for: list[str | None] = field(default_factory=list)
    connections: int = 0


@contextmanager
def receiver(certificate: Path | None = None, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """Run a receiver; with a certificate (and its key in the same file) it speaks https."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listening:
        found = Receiver(listening.getsockname()[1])
        context: ssl.SSLContext | None = None
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            context.sni_callback = lambda _, name, __: found.asked_for.append(name)
        thread = threading.Thread(target=_serve, args=(listening, found, context))
        thread.start()
        try:
            yield found
        finally:
            # Wakes the thread that waits for somebody to come.
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, found: Receiver, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        found.connections += 1
        connection.settimeout(10)
        try:
            secure = context.wrap_socket(connection, server_side=True) if context else connection
            with secure:
                found.received.append(_read(secure))
                answer = found.answers.pop(0) if found.answers else OK
                if callable(answer):
                    answer(secure)
                else:
                    secure.sendall(answer)
        except OSError:
            connection.close()


def _read(connection: socket.socket) -> Received:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _part(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    line, *rest = head.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest)}
    while len(body) < int(headers["content-length"]):
        body += _part(connection)
    return Received(line, headers, body)


def _part(connection: socket.socket) -> bytes:
    part = connection.recv(65_536)
    if not part:
        raise ConnectionError
    return part


def make_certificate(folder: Path, *names: str, days: int = 1) -> Path:
    """Write a certificate of its own making for these names, with its key; return the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = dt.datetime.now(dt.UTC)
    kinds = [x509.IPAddress(ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=10))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(kinds), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / f"{names[0]}.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return path
