"""Large and odd files that are refused; how soon, the bench measures (tests/bench/files.py)."""

from typing import Final

DEEP: Final = {
    "10,000 lists in each other": b"[" * 10_000 + b"]" * 10_000,
    "10,000 objects in each other": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
}
MODELS: Final = {
    **DEEP,
    "50 MB of blanks": b" " * 50_000_000,
    "no end of lists": b"[" * 4_000_000,
    "a million objects": b"[" + b"{}," * 1_000_000 + b"1]",
    "backslashes": b'"' + b"\\\\" * 2_400_000 + b'"',
    "one text": b'{"title": "' + b"x" * 4_900_000 + b'"}',
    "repeated keys": b"{" + b",".join([b'"a":1'] * 800_000) + b"}",
    "empty rows": b'{"dimensions": [' + b",".join([b"{}"] * 90_000) + b"]}",
    "numbers": b'{"stages": [' + b",".join([b"1.5"] * 1_200_000) + b"]}",
}
ANSWERS: Final = {
    **DEEP,
    "50 MB of blanks": b" " * 50_000_000,
    "quotes": b'"' + b'\\"' * 2_000_000,
}
