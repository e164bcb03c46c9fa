"""A real server on a throw-away SQLite database, with a signed-in user and a filled assessment."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


def environment(state: Path) -> dict[str, str]:
    """Return the environment of the bench's own processes; the database lies under `state`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "WAYMARK_STATE_DIR": str(state),
        "DATABASE_URL": f"sqlite:///{state / 'bench.sqlite3'}",
        "WAYMARK_SECRET_KEY": settings.SECRET_KEY,
        "WAYMARK_LOG_LEVEL": "WARNING",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(state: Path, *, workers: int) -> Iterator[tuple[int, int]]:
    """Serve the product on loopback as `manage.py serve` does; yield its port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "1"]
    command += ["--no-ws", "--http", "1", "--log-level", "warning", "maturity.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(state))
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                if Browser(port).get("/healthz")[0] == http.client.OK:
                    break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(START_SECONDS)


class Browser:
    """One keep-alive connection with a cookie jar of its own; `headers` go with every request."""

    def __init__(
        self,
        port: int,
        cookies: Mapping[str, str] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies or {})
        self.headers = dict(headers or {})
        self.token = ""

    def get(self, path: str) -> tuple[int, bytes]:
        return self._send("GET", path, None)

    def send(self, method: str, path: str, body: str) -> tuple[int, bytes]:
        """Send a body of JSON, as a program does."""
        return self._send(method, path, body, "application/json")

    def post(self, path: str, fields: Mapping[str, object]) -> tuple[int, bytes]:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._send("POST", path, body)

    def take_token(self, path: str) -> None:
        """Read the form token off a page, so that later posts carry it."""
        _, page = self.get(path)
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if found is None:
            raise LookupError(f"{path} holds no form token")
        self.token = found[1].decode()

    def _send(
        self,
        method: str,
        path: str,
        body: str | None,
        kind: str = "application/x-www-form-urlencoded",
    ) -> tuple[int, bytes]:
        cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        headers = self.headers | ({"Cookie": cookies} if cookies else {})
        if body is not None:
            headers["Content-Type"] = kind
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        data = response.read()
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, data
