"""The accounts of the demo, and the one password of those that can sign in.

There is no default password, because everybody would know it. On a local installation the first run
stores a random one in the state folder; on a public one the accounts cannot sign in unless
`seed_demo --password-from-stdin` gives them a password.
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from maturity.workspaces.models import User

_FILE: Final = "demo-password"
# Without letters and digits that look alike.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def kept_password(folder: Path) -> tuple[str, bool]:
    """Return the password stored in a folder, and whether it is new."""
    path = folder / _FILE
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip(), False
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    with os.fdopen(file, "w") as out:
        out.write(f"{password}\n")
    return password, True


def account_of(email: str, name: str) -> User:
    """Return the account with this address; a new one cannot sign in and its address is proved."""
    found = User.objects.filter(email=email).first()
    if found is not None:
        return found
    user = User.objects.create_user(email, None, name=name)
    user.emailaddress_set.create(email=email, primary=True, verified=True)
    return user


def give_password(password: str, emails: Iterable[str]) -> None:
    """Let these accounts sign in with a password. Costs: a slow hash for each."""
    for user in User.objects.filter(email__in=emails):
        user.set_password(password)
        user.save(update_fields=["password"])


def fits(password: str, email: str) -> bool:
    """Say whether an account has this password. Costs: 1 query, a slow hash."""
    user = User.objects.filter(email=email).first()
    return user is not None and user.check_password(password)
