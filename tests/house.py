"""The size and order of the code, which `make house` prints.

Each figure stands beside its limit; the tests hold those that may not be passed at all.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO

import pytest

from tests import architecture as rules
from tests.architecture import ROOT, product_modules
from tests.layout import LINES_AT_MOST

Figure = tuple[str, str, str]


def sizes() -> Iterator[Figure]:
    """Count the product's Python without its migrations."""
    modules = [each for each in product_modules() if ".migrations" not in each.name]
    lines = [each.text.count("\n") for each in modules]
    tree = sum(len(ast.dump(each.tree)) for each in modules)
    yield "product Python lines", f"{sum(lines):,}", "< 47,000"
    yield "syntax tree, characters", f"{tree / 1e6:.2f} M", "< 6.00 M"
    yield "modules", f"{len(modules)}", ""
    yield f"modules over {LINES_AT_MOST} lines", f"{sum(n > LINES_AT_MOST for n in lines)}", "0"


def breaches() -> Iterator[Figure]:
    """Count what breaks the rules of the layout."""
    modules = product_modules()
    wide = [
        breach
        for path in (ROOT / "templates").rglob("*.*")
        for breach in rules.breaches_of_width(path.name, path.read_text(encoding="utf-8"))
    ]
    yield "import circles", f"{len(rules.breaches_of_circles(modules))}", "0"
    yield "class names that occur twice", f"{len(rules.breaches_of_one_name(modules))}", "0"
    yield "template lines over 160 columns", f"{len(wide)}", "0"


def types() -> Iterator[Figure]:
    """Ask mypy for the files it checks and the errors it finds."""
    command = [sys.executable, "-m", "mypy"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    last = done.stdout.splitlines()[-1]
    errors = re.search(r"Found (\d+) error", last)
    files = re.search(r"(\d+) source file", last)
    yield "files that mypy checks, tests among them", files[1] if files else last, "all"
    yield "mypy errors", errors[1] if errors else "0", "0"


class Calls:
    """A pytest plugin that keeps what a test recorded."""

    def __init__(self) -> None:
        self.found: dict[str, object] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the properties of a test that ran."""
        self.found.update(dict(report.user_properties))


def calls() -> Iterator[Figure]:
    """Count how often a full report works its answers out."""
    plugin = Calls()
    test = "tests/reports/document/test_scored_once.py::test_report_settles_and_places_once[report]"
    with redirect_stdout(StringIO()):
        pytest.main(["-q", "-p", "no:cacheprovider", test], plugins=[plugin])
    for name in ("settle", "place"):
        yield f"calls of {name} for a full report", f"{plugin.found.get(name, '?')}", "1"


def main() -> None:
    """Print every figure, one a line."""
    for part in (sizes, breaches, types, calls):
        for name, now, limit in part():
            print(f"{name:<42} {now:>9}   {limit}")


if __name__ == "__main__":
    main()
