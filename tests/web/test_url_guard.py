"""Where a request of our own may go: no spelling and no range that leads inside."""

import ipaddress

import pytest

from maturity.web.net.url_guard import (
    LENGTH,
    AddressRefused,
    Destination,
    check_addresses,
    destination_of,
)

# Private and loopback: the setting opens these, and these alone.
INSIDE = [
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "::1",
    "fc00::1",
    "fd12:3456::1",
]
NEVER = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    # link-local, and with it most clouds' metadata; then those of others
    "169.254.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fd00:ec2::254",
    "fd20:ce::254",
    # documentation, benchmarking, relays
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    # multicast, reserved, broadcast
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "100::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "4000::1",
    # IPv4 inside IPv6: mapped, compatible, translated, 6to4, Teredo
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "2001:0:4136:e378::1",
]
NAT64_INSIDE = ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::c0a8:1"]
NAT64_NEVER = ["64:ff9b::a9fe:a9fe", "64:ff9b::e000:1"]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", [*INSIDE, *NAT64_INSIDE])
def test_inside_is_reached_with_the_setting_alone(address):
    with pytest.raises(AddressRefused, match="network_private"):
        check_addresses([address], inside=False)

    assert check_addresses([address], inside=True) == [address]


@pytest.mark.parametrize("address", [*NEVER, *NAT64_NEVER])
def test_nothing_is_ever_sent_there(address):
    for inside in (False, True):
        with pytest.raises(AddressRefused):
            check_addresses([address], inside=inside)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_the_internet_reaches_passes(address):
    assert check_addresses([address], inside=False) == [address]


def test_every_range_that_python_calls_private_is_refused():
    """Python's own lists, of which each version knows more: none of them may be reached."""
    networks = [
        *ipaddress.IPv4Address._constants._private_networks,
        *ipaddress.IPv6Address._constants._private_networks,
        *ipaddress.IPv6Address._constants._reserved_networks,
    ]

    for network in networks:
        if network == ipaddress.ip_network("::/8"):
            # Holds the NAT64 prefix, which is looked into.
            continue
        for address in (network[0], network[-1]):
            with pytest.raises(AddressRefused):
                check_addresses([str(address)], inside=False)


def test_one_address_of_several_that_is_refused_refuses_them_all():
    for found in (["1.1.1.1", "10.0.0.1"], ["10.0.0.1", "1.1.1.1"], ["1.1.1.1", "::1"], []):
        with pytest.raises(AddressRefused):
            check_addresses(found, inside=False)

    assert check_addresses(["1.1.1.1", "1.1.1.1", "8.8.8.8"], inside=False) == [
        "1.1.1.1",
        "8.8.8.8",
    ]


@pytest.mark.parametrize(
    "host",
    [
        # 127.0.0.1 and 169.254.169.254 as resolvers understand them
        *("2130706433", "0x7f000001", "017700000001", "127.1", "127.0.1", "0x7f.1", "0177.0.0.1"),
        *(
            "127.0.0.01",
            "0x7f.0x0.0x0.0x1",
            "2852039166",
            "0xa9fea9fe",
            "169.254.43518",
            "1.1.1.256",
        ),
        *("127.0.0.1.", "0", "00", "0x", "1.2.3.4.5"),
        # full-width and circled figures become plain ones
        *("１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1"),
        *("[::ffff:127.0.0.1]", "[::1]", "[fe80::1%25eth0]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]"),
        *("localhost", "intranet", "localhost.", "LOCALHOST"),
        *("a..b", ".a.b", "a.b..", "-a.b", "a-.b", "a b.c", "a%20.b", "x" * 64 + ".org", "*.a.org"),
    ],
)
def test_hosts_in_disguise_are_refused(host):
    with pytest.raises(AddressRefused):
        destination_of(f"https://{host}/", inside=False)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "hook",
            "//a.org/",
            "ftp://a.org/",
            "file:///etc/passwd",
            "gopher://a.org",
            "https:///x",
        ),
        *("http://a.org/", "HTTP://a.org", "https:a.org", "https://", "javascript:alert(1)"),
        *("https://u@a.org/", "https://u:p@a.org/", "https://a.org@10.0.0.1/", "https://@a.org"),
        *(
            "https://a.org/#x",
            "https://a.org/#",
            "https://a.org/a b",
            "https://a.org/ü",
            "https://a.org\\x",
        ),
        *("https://a.org:0/", "https://a.org:22/", "https://a.org:99999/", "https://a.org:x/"),
        *(
            "https://a.org/\r\nX: y",
            "https://a.org/\tx",
            f"https://a.org/{'x' * LENGTH}",
            "https://[::1",
        ),
    ],
)
def test_what_is_no_plain_https_address_is_refused(url):
    with pytest.raises(AddressRefused):
        destination_of(url, inside=False)


@pytest.mark.parametrize(
    ("url", "expected", "header"),
    [
        ("https://Hook.Example.org", ("hook.example.org", 443, "/", True), "hook.example.org"),
        ("https://a.org:8443/x?y=1", ("a.org", 8443, "/x?y=1", True), "a.org:8443"),
        ("https://a.org:443?q", ("a.org", 443, "/?q", True), "a.org"),
        ("https://bücher.example/ä".replace("ä", "%C3%A4"), None, "xn--bcher-kva.example"),
        ("https://1.1.1.1/", ("1.1.1.1", 443, "/", True), "1.1.1.1"),
        ("https://[2606:4700::1111]:8443/", None, "[2606:4700::1111]:8443"),
    ],
)
def test_an_address_is_taken_apart(url, expected, header):
    found = destination_of(url, inside=False)

    assert expected is None or found == Destination(*expected)
    assert found.host_header == header


def test_http_and_names_of_a_network_pass_with_the_setting():
    assert destination_of("http://localhost:8080/x", inside=True) == Destination(
        "localhost", 8080, "/x", False
    )
    assert destination_of("http://127.0.0.1/", inside=True).host_header == "127.0.0.1"
    assert destination_of("http://[::1]:8080/", inside=True).host_header == "[::1]:8080"
    for url in ("http://2130706433/", "http://169.254.169.254/", "http://u@localhost/"):
        with pytest.raises(AddressRefused):
            destination_of(url, inside=True)
