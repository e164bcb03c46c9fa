"""PURE. Who did something, and from where, as the audit trail keeps it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`label` is "user:12", "link", "guest" or the name of a command; `address` an IP address.

    `token` is the public id of the token by which a program acted for the account.
    """

    label: str
    address: str = ""
    token: str = ""

    @property
    def user_id(self) -> int | None:
        """Return the account's id, None for anybody without one."""
        kind, _, number = self.label.partition(":")
        return int(number) if kind == "user" else None


GUEST = Actor("guest")
LINK = Actor("link")
