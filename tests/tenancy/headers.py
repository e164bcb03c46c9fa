"""The headers that keep a page to itself."""

from typing import Any

# What stands first in the address of what must be kept nowhere.
TENANT_PATHS = {
    "account",
    "api",
    "assessments",
    "invitations",
    "link",
    "my",
    "open",
    "organisations",
    "room",
    "welcome",
    "workshops",
    "workspaces",
}


def faults_of_headers(response: Any, path: str) -> list[str]:
    """Return what a response lacks, "without nosniff"; `path` is its route's, or its address."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    checks = {
        "a content policy": "default-src 'none'" in policy,
        "no unsafe source": "unsafe" not in policy and "*" not in policy,
        "no frames": "frame-ancestors 'none'" in policy,
        "no base": "base-uri 'none'" in policy,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "same-origin",
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "frame options": headers.get("X-Frame-Options") == "DENY",
        "permissions": "camera=()" in headers.get("Permissions-Policy", ""),
    }
    if path.split("/")[0] in TENANT_PATHS:
        checks["no-store"] = "no-store" in headers.get("Cache-Control", "")
    return [f"without {what}" for what, holds in checks.items() if not holds]
