"""Run every part of the bench and print one table; exit 1 when a figure misses its limit."""

import os
import platform
import sys

import django

from tests.bench.timing import Figure

PARTS = (
    "scoring",
    "files",
    "radar",
    "pages",
    "portfolio",
    "consensus",
    "result",
    "comparing",
    "roadmap",
    "api",
    "exports",
    "seeding",
    "writers",
    "workshop",
    "pdf",
    "reports",
)


def main(names: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    django.setup()
    # Rows of a tenant are behind this: it imports models, which Django must be set up for.
    from maturity.workspaces.scopes import every_workspace

    figures: list[Figure] = []
    for name in names or PARTS:
        part = __import__(f"tests.bench.{name}", fromlist=["measure"])
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        with every_workspace():
            figures += part.measure()
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | ratio | limit | |\n| --- | ---: | ---: | --- |")
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        verdict = "met" if figure.is_met else "MISSED"
        print(f"| {figure.name} | {figure.ratio:.2f} | {sign} {figure.limit:g} | {verdict} |")
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
