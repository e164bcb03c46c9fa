"""Three hundred phones as one process: each with a connection of its own, polling as live.js does.

Not run by itself: `workshop` starts the server, tells the phones who they are, and reads off what
they saw. All of it ends by itself after a set time.
"""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

EVERY_S = 2.0
_JITTER = 0.1
_REVISION = re.compile(rb'data-revision="(\d+)"')


@dataclass
class Phone:
    """One phone in the room: what it has seen and when, and how its vote went."""

    port: int
    public_id: str
    cookie: str
    token: str = ""
    revision: str = ""
    polls: int = 0
    seen_at: dict[str, float] = field(default_factory=dict)
    vote_s: float | None = None
    errors: list[str] = field(default_factory=list)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Send one request on this phone's connection, one after the other."""
        async with self._lock:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self._streams
            lines = [
                f"{method} {path} HTTP/1.1",
                "Host: 127.0.0.1",
                f"Cookie: {self.cookie}",
                "X-Requested-With: fetch",
            ]
            if method == "POST":
                lines += [
                    f"X-CSRFToken: {self.token}",
                    "Content-Type: application/x-www-form-urlencoded",
                    f"Content-Length: {len(body)}",
                ]
            writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
            head = await reader.readuntil(b"\r\n\r\n")
            return int(head[9:12]), await _body(reader, head)

    async def come_in(self) -> None:
        """Open the room's page once, as after joining."""
        status, page = await self.send("GET", f"/room/{self.public_id}/")
        self._note(status, 200, page)

    async def poll(self) -> None:
        """Ask whether something has changed."""
        status, page = await self.send("GET", f"/room/{self.public_id}/poll/?seen={self.revision}")
        self.polls += 1
        if status != 204:
            self._note(status, 200, page)

    async def keep_polling(self, until: float) -> None:
        """Poll as live.js does, until a moment of the monotonic clock."""
        await asyncio.sleep(random.uniform(0, EVERY_S))
        while time.monotonic() < until:
            try:
                await self.poll()
            except (OSError, asyncio.IncompleteReadError) as problem:
                self.errors.append(repr(problem))
                self._streams = None
            await asyncio.sleep(EVERY_S * random.uniform(1 - _JITTER, 1 + _JITTER))

    async def vote(self, round_id: int, key: str, value: int, within_s: float) -> None:
        """Vote at a moment of one's own."""
        await asyncio.sleep(random.uniform(0, within_s))
        path = f"/room/{self.public_id}/vote/"
        start = time.perf_counter()
        status, page = await self.send("POST", path, f"round={round_id}&a-{key}={value}")
        self.vote_s = time.perf_counter() - start
        self._note(status, 200, page)

    def _note(self, status: int, expected: int, page: bytes) -> None:
        found = _REVISION.search(page)
        if status != expected or found is None:
            self.errors.append(f"answered {status}: {page[:120]!r}")
            return
        self.revision = found[1].decode()
        self.seen_at.setdefault(self.revision, time.monotonic())


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    if length:
        return await reader.readexactly(int(length[1]))
    if re.search(rb"(?i)\r\ntransfer-encoding: chunked", head) is None:
        return b""
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(parts)


def run(phones: Sequence[Phone], play: Callable[[], Awaitable[None]], *, most_s: float) -> None:
    """Let every phone come in and poll while `play` goes on; stop after `most_s` at the latest."""

    async def everything() -> None:
        for phone in phones:
            await phone.come_in()
        until = time.monotonic() + most_s
        polling = [asyncio.ensure_future(phone.keep_polling(until)) for phone in phones]
        try:
            await asyncio.wait_for(play(), most_s)
        finally:
            for each in polling:
                each.cancel()
            await asyncio.gather(*polling, return_exceptions=True)

    asyncio.run(everything())
