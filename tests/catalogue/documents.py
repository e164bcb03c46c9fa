"""A small sound model for the tests to spoil, and a way to spoil it."""

import re
from typing import Any

REMOVE = object()


def descriptor(name: str, *, kind: str = "practice", **more: Any) -> dict[str, Any]:
    """Return a sound descriptor; `more` adds or replaces keys."""
    return {
        "id": name,
        "kind": kind,
        # Short, so that no two of them share three quarters of their words.
        "statement": f"Point {name.replace('.', '-')} holds.",
        "action": "Write the list and name somebody who keeps it.",
        "evidence": "The list, with the date of its last change.",
    } | more


def small_model() -> dict[str, Any]:
    """Return a sound model of three stages and two dimensions, with one of everything."""
    return {
        "format": "waymark-model/1",
        "key": "small",
        "version": "1.0.0",
        "language": "en",
        "title": "A small model",
        "summary": "Just enough to look at.",
        "scale": [{"value": 0, "label": "No"}, {"value": "1/2", "label": "Half"}]
        + [{"value": 1, "label": "Yes"}],
        "rule": {"name": "gates", "threshold": "1/2"},
        "stages": [
            {"number": 1, "name": "Low", "summary": "Little is there."},
            {"number": 2, "name": "Middle", "summary": "Some is there.", "question": "What next?"},
            {"number": 3, "name": "High", "summary": "All is there."},
        ],
        "dimensions": [
            {
                "key": "alpha",
                "name": "Alpha",
                "summary": "The first row.",
                "facets": [{"key": "people", "name": "People", "source": ["s.9"]}],
                "cells": [
                    {
                        "stage": 1,
                        "summary": "Alpha, low.",
                        "descriptors": [descriptor("a.1.1", kind="condition", source=["s.1"])],
                    },
                    {
                        "stage": 2,
                        "summary": "Alpha, middle.",
                        "descriptors": [
                            descriptor("a.2.1", facet="people", effort="S", requires=["a.1.1"]),
                            descriptor("a.2.2", requires=["a.2.1"]),
                        ],
                    },
                    {"stage": 3, "summary": "Alpha, high.", "descriptors": [descriptor("a.3.1")]},
                ],
            },
            {
                "key": "beta",
                "name": "Beta",
                "summary": "The second row.",
                "cells": [
                    {"stage": 1, "summary": "Beta, low.", "descriptors": []},
                    {"stage": 2, "summary": "Beta, middle.", "descriptors": [descriptor("b.2.1")]},
                    {"stage": 3, "summary": "Beta, high.", "descriptors": []},
                ],
            },
        ],
        "plays": [],
    }


def spoil(document: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    """Put a value at a place such as `stages[0].name`, or REMOVE it, and return the document."""
    *way, last = [
        int(number) if number else name
        for name, number in re.findall(r"([a-z-]+)|\[(\d+)\]", place)
    ]
    parent: Any = document
    for step in way:
        parent = parent[step]
    if value is REMOVE:
        del parent[last]
    else:
        parent[last] = value
    return document
