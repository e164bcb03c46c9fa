"""Seeding the whole demo, as `make run` does the first time."""

import tempfile
import time
from io import StringIO
from pathlib import Path

from tests.bench import cast
from tests.bench.timing import Figure


def measure() -> list[Figure]:
    # These need settings that the bench sets up first.
    from django.core.management import call_command
    from django.test import override_settings

    with tempfile.TemporaryDirectory() as folder, override_settings(STATE_DIR=Path(folder)):
        cast.prepare(Path(folder))
        start = time.perf_counter()
        call_command("seed_demo", stdout=StringIO())
        seconds = time.perf_counter() - start
    return [Figure("seeding the demo, seconds", seconds, 10)]
