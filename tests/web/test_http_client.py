"""A request of our own: to the address that was checked, and no further."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from maturity.web.net.http_client import NotSent, post
from maturity.web.net.url_guard import AddressRefused, Destination, destination_of
from tests.receiving import Receiver, make_certificate, receiver

NAME = "hook.example.org"


def send(url: str, *, inside: bool = True, seconds: float = 5) -> int:
    to = destination_of(url, inside=True)
    return post(to, b'{"a": 1}', headers={"X-One": "1"}, seconds=seconds, inside=inside)


@pytest.fixture
def plain() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let names resolve to what a test says, and count how often one was asked for."""
    found: dict[str, Any] = {"asked": 0, "addresses": ["127.0.0.1"]}
    really = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **more: Any) -> Any:
        if host != NAME:
            return really(host, port, *args, **more)
        found["asked"] += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found["addresses"]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return found


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a certificate for the name that this test trusts as it would an authority's."""
    path = make_certificate(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return path


# --- what is sent --------------------------------------------------------------------------------


def test_a_body_arrives_as_it_is(plain):
    assert send(f"http://127.0.0.1:{plain.port}/x/y?z=1") == 200

    (found,) = plain.received
    assert found.line == "POST /x/y?z=1 HTTP/1.1"
    assert found.body == b'{"a": 1}'
    assert found.headers == {
        "host": f"127.0.0.1:{plain.port}",
        "user-agent": "Waymark",
        "accept": "*/*",
        "x-one": "1",
        "content-length": "8",
        "connection": "close",
    }


def test_the_other_family_of_addresses_is_reached_too():
    with receiver(host="::1") as found:
        assert send(f"http://[::1]:{found.port}/") == 200
    assert found.received[0].headers["host"] == f"[::1]:{found.port}"


@pytest.mark.parametrize("status", [204, 301, 302, 307, 400, 410, 500])
def test_any_status_is_returned_and_no_redirect_followed(plain, status):
    elsewhere = f"Location: http://127.0.0.1:{plain.port}/elsewhere\r\n".encode()
    plain.answers.append(b"HTTP/1.1 %d Any\r\n%s\r\n" % (status, elsewhere))

    assert send(f"http://127.0.0.1:{plain.port}/") == status
    assert plain.connections == 1


def test_answers_that_only_announce_one_are_passed_over(plain):
    early = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    plain.answers.append(early * 3 + b"HTTP/1.1 202 Accepted\r\n\r\n")

    assert send(f"http://127.0.0.1:{plain.port}/") == 202


# --- where it goes -------------------------------------------------------------------------------


def test_a_name_is_resolved_once_and_the_checked_address_is_used(plain, names):
    assert send(f"http://{NAME}:{plain.port}/") == 200

    assert names["asked"] == 1
    assert plain.received[0].headers["host"] == f"{NAME}:{plain.port}"


@pytest.mark.parametrize(
    "addresses",
    [
        *(["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["192.168.1.1"], ["::1"], ["fe80::1"]),
        *(["::ffff:127.0.0.1"], ["2002:7f00:1::"], ["64:ff9b::7f00:1"], ["0.0.0.1"], ["224.0.0.1"]),
        *(["1.1.1.1", "127.0.0.1"], ["127.0.0.1", "1.1.1.1"]),
    ],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(plain, names, addresses):
    names["addresses"] = addresses

    with pytest.raises(AddressRefused):
        send(f"http://{NAME}:{plain.port}/", inside=False)

    assert plain.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.1", "127.1", "localhost"])
def test_what_a_resolver_takes_for_loopback_is_refused_even_if_it_got_this_far(plain, host):
    """The spelling is refused when the address is taken apart; this is the second lock."""
    with pytest.raises(AddressRefused):
        post(Destination(host, plain.port, "/", False), b"", headers={}, seconds=5, inside=False)

    assert plain.connections == 0


def test_a_second_address_is_tried_when_the_first_takes_no_connection(plain, names):
    names["addresses"] = ["127.0.0.2", "127.0.0.1"]

    assert send(f"http://{NAME}:{plain.port}/") == 200


def test_a_name_that_is_not_there_is_told(monkeypatch):
    def nowhere(*args: Any, **more: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(NotSent, match="host_not_found"):
        send(f"http://{NAME}/")


def test_a_name_that_nobody_finds_in_time_holds_nobody_up(monkeypatch):
    may_end = Event()

    def slow(*args: Any, **more: Any) -> Any:
        may_end.wait(20)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    try:
        with pytest.raises(NotSent, match="timeout"):
            send(f"http://{NAME}/", seconds=0.2)
    finally:
        may_end.set()


# --- https ---------------------------------------------------------------------------------------


def test_the_certificate_is_checked_against_the_name_that_is_asked_for(names, trusted):
    with receiver(trusted) as found:
        assert send(f"https://{NAME}:{found.port}/") == 200

    assert found.asked_for == [NAME]
    assert found.received[0].headers["host"] == f"{NAME}:{found.port}"


def test_a_certificate_of_an_address_is_checked_too(tmp_path, monkeypatch):
    path = make_certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with receiver(path) as found:
        assert send(f"https://127.0.0.1:{found.port}/") == 200


@pytest.mark.parametrize(
    ("name", "days", "is_trusted"),
    [("other.example.org", 1, True), (NAME, -1, True), (NAME, 1, False)],
    ids=["another name", "expired", "nobody's"],
)
def test_a_wrong_certificate_sends_nothing(tmp_path, monkeypatch, names, name, days, is_trusted):
    path = make_certificate(tmp_path, name, days=days)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))

    with receiver(path) as found, pytest.raises(NotSent, match="certificate"):
        send(f"https://{NAME}:{found.port}/")
    assert found.received == []


def test_plain_http_behind_https_is_no_connection(plain, names):
    with pytest.raises(NotSent, match="timeout"):
        send(f"https://{NAME}:{plain.port}/", seconds=0.2)


def test_old_versions_of_tls_are_not_spoken():
    assert ssl.create_default_context().minimum_version >= ssl.TLSVersion.TLSv1_2


# --- limits --------------------------------------------------------------------------------------


def test_nobody_there_is_told(plain):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotSent, match="connection"):
        send(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "answer",
    [b"", b"\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 999 No\r\n", b"HTTP/2 200\r\n", b"HTTP/1.1 200"],
)
def test_what_is_no_answer_is_told(plain, answer):
    plain.answers.append(answer)

    with pytest.raises(NotSent, match="not_http"):
        send(f"http://127.0.0.1:{plain.port}/")


@pytest.mark.parametrize("part", [b"", b"H"], ids=["silence", "a byte now and then"])
def test_all_of_it_has_one_time_limit(plain, part):
    over = Event()

    def answer(connection: socket.socket) -> None:
        while not over.wait(0.02):
            connection.sendall(part)

    plain.answers.append(answer)
    with pytest.raises(NotSent, match="timeout"):
        send(f"http://127.0.0.1:{plain.port}/", seconds=0.2)
    over.set()


def test_an_answer_without_end_is_not_read_to_its_end(plain):
    sent = []

    def endless(connection: socket.socket) -> None:
        while True:
            sent.append(connection.send(b"x" * 65_536))

    plain.answers.append(endless)

    with pytest.raises(NotSent, match="not_http"):
        send(f"http://127.0.0.1:{plain.port}/")
    assert send(f"http://127.0.0.1:{plain.port}/") == 200


def test_a_body_without_end_after_a_status_is_not_read_at_all(plain):
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.send(b"x" * 65_536)

    plain.answers.append(endless)

    assert send(f"http://127.0.0.1:{plain.port}/") == 200
