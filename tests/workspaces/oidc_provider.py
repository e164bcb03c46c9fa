"""A small OpenID Connect provider on loopback: discovery, token, keys, and what it knows."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "waymark", "a secret of the provider"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it will say, and what it was asked."""

    url: str = ""
    claims: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "248289",
            "email": "ada@example.org",
            "email_verified": True,
            "name": "Ada Byron",
        }
    )
    audience: str = CLIENT_ID
    is_down: bool = False
    is_declined: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, path: str, question: dict[str, str]) -> tuple[int, Any]:
        """Return a status with a document, or 302 with an address."""
        self.asked.append(path)
        if self.is_down:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/me",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(_KEY.public_key()))
            return 200, {"keys": [key | {"kid": "one", "alg": "RS256", "use": "sig"}]}
        if path == "/authorize":
            return 302, self.come_back(question)
        if path == "/token":
            return self._token(question)
        return (200, self.claims) if path == "/me" else (404, {})

    def come_back(self, question: dict[str, str]) -> str:
        """Return where somebody is sent after they agreed, or declined."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = question
        told = {"error": "access_denied"} if self.is_declined else {"code": code}
        return f"{question['redirect_uri']}?{urlencode(told | {'state': question['state']})}"

    def _token(self, given: dict[str, str]) -> tuple[int, Any]:
        asked = self.codes.pop(given.get("code", ""), None)
        if asked is None or given["client_secret"] != SECRET:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + 300}
        token = jwt.encode(claims | self.claims, _KEY, "RS256", headers={"kid": "one"})
        return 200, {"access_token": "x", "token_type": "bearer", "id_token": token}


@contextmanager
def provider_running() -> Iterator[Provider]:
    """Serve a provider for the length of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._send(parts.path, parts.query)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            self._send(self.path, self.rfile.read(size).decode())

        def _send(self, path: str, question: str) -> None:
            asked = {name: values[0] for name, values in parse_qs(question).items()}
            status, told = provider.answer(path, asked)
            body = b"" if status == 302 else json.dumps(told).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", told)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
