"""The state folder: the key, the SQLite file and what else is kept, for the owner's eyes only.

Whoever reads the database reads every answer, and signs in as anybody with a session found in it.
"""

import contextlib
import os
import secrets
import stat
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make the folder unless it exists, and close it to other users of the machine."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(path)


def make_database(path: Path) -> None:
    """Make an empty SQLite file unless there is one, and close it to other users.

    SQLite itself would make it as readable as any file, but gives each journal the database's mode.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for ending in ("", "-journal", "-wal", "-shm"):
        _close(path.with_name(path.name + ending))


def key_of(folder: Path) -> str:
    """Return the installation's own key, making it at the first start.

    Two processes may start at once: whoever links its file first wins, the other reads that one.
    """
    path = folder / "secret-key"
    if not path.exists():
        own = folder / f".secret-key-{os.getpid()}-{secrets.token_hex(8)}"
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(64))
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return path.read_text().strip()


def _close(path: Path) -> None:
    """Take all rights from other users, if it is there and ours; a shared /tmp stays shared."""
    # A journal goes whenever a transaction ends.
    with contextlib.suppress(FileNotFoundError):
        found = path.stat()
        is_ours = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
        if is_ours and found.st_mode & 0o077:
            path.chmod(found.st_mode & 0o700)
