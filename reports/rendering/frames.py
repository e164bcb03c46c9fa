"""How client and server talk: a JSON head and a body of bytes, each with its length before it.

The head's `status` says what it is: "ready" once, when the server has started; "working" any number
of times, with `phase`, `page` and `pages`; and at the end "made" with the file as body, or what
stopped it.
"""

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_LENGTHS = struct.Struct(">II")


class Frame(NamedTuple):
    head: dict[str, Any]
    body: bytes


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a frame as bytes."""
    text = json.dumps(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def unpacked(data: bytes) -> Frame | None:
    """Return the frame these bytes are, or None when they are not a whole one."""
    if len(data) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack_from(data)
    if len(data) != _LENGTHS.size + head + body:
        return None
    start = _LENGTHS.size
    return Frame(json.loads(data[start : start + head]), data[start + head :])


def take_frames(heard: bytearray) -> Iterator[Frame]:
    """Take the whole frames off the front of what was heard so far; a half one stays."""
    while len(heard) >= _LENGTHS.size:
        head, body = _LENGTHS.unpack_from(heard)
        end = _LENGTHS.size + head + body
        if len(heard) < end:
            return
        frame = unpacked(bytes(heard[:end]))
        del heard[:end]
        if frame is not None:
            yield frame


def read_frame(read: Callable[[int], bytes]) -> Frame | None:
    """Read one frame; `read` returns at most so many bytes, none at the end.

    Returns None when the other side has closed.
    """
    lengths = _exactly(read, _LENGTHS.size)
    if lengths is None:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    head, body = _exactly(read, head_length), _exactly(read, body_length)
    if head is None or body is None:
        return None
    return Frame(json.loads(head), body)


def _exactly(read: Callable[[int], bytes], length: int) -> bytes | None:
    parts: list[bytes] = []
    while length:
        part = read(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
