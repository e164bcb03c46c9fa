"""PURE. What a model may do, but should not: advice to its author, never a reason to refuse it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from maturity.web.validation import Problem

MAX_WORDS = 25
# Ours: the share of words two statements have in common from which they read like one.
SIMILAR = 0.75

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s+[A-Z0-9])")


def advice_on(document: Mapping[str, Any]) -> list[Problem]:
    """Return what could be better in a sound document, in its order.

    A statement should hold one idea, as far as a program can tell, and read like no other; texts
    that may be left out should be there. Takes a document `checks.problems_in` found sound.
    """
    advice: list[Problem] = []
    if not document.get("summary"):
        advice.append(Problem("summary", "is empty; say what the model is for"))
    for index, stage in enumerate(document["stages"]):
        if not stage["summary"]:
            advice.append(
                Problem(f"stages[{index}].summary", "is empty; say what the stage is like")
            )
    gates = {item["id"]: _gate_of(document, cell, item) for _, cell, item in _items(document)}
    for index, dimension in enumerate(document["dimensions"]):
        if not dimension["summary"]:
            text = "is empty; say what the dimension looks at"
            advice.append(Problem(f"dimensions[{index}].summary", text))
        for number, cell in enumerate(dimension["cells"]):
            if not cell["summary"]:
                place = f"dimensions[{index}].cells[{number}].summary"
                advice.append(Problem(place, "is empty; say what the cell is like in a sentence"))
    english = document["language"].split("-")[0] == "en"
    for place, _, item in _items(document):
        for text in _more_than_one_idea(item["statement"], english=english):
            advice.append(Problem(f"{place}.statement", text))
        if not item.get("evidence"):
            advice.append(Problem(f"{place}.evidence", "is empty; say what one could show"))
        for number, other in enumerate(item.get("requires", ())):
            if gates[other] > gates[item["id"]]:
                text = f"{other} is asked for only by the later gate to stage {gates[other]}"
                advice.append(Problem(f"{place}.requires[{number}]", text))
    advice.extend(_alike(document))
    return advice


def _items(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    for row, dimension in enumerate(document["dimensions"]):
        for column, cell in enumerate(dimension["cells"]):
            for index, item in enumerate(cell["descriptors"]):
                yield f"dimensions[{row}].cells[{column}].descriptors[{index}]", cell, item


def _gate_of(document: Mapping[str, Any], cell: Mapping[str, Any], item: Mapping[str, Any]) -> int:
    """Return the stage whose gate asks for a descriptor (docs/reference/scoring.md, rule 3)."""
    stage: int = cell["stage"] + (1 if item["kind"] == "condition" else 0)
    second: int = document["stages"][1]["number"]
    return max(stage, second)


def _more_than_one_idea(statement: str, *, english: bool) -> Iterator[str]:
    words = len(_WORD.findall(statement))
    if words > MAX_WORDS:
        yield f"has {words} words; {MAX_WORDS} are enough for one idea"
    if _SENTENCE_END.search(statement):
        yield "has more than one sentence; one idea needs one"
    if ";" in statement:
        yield "has a semicolon; make two statements of it"
    if any(bracket in statement for bracket in "()[]{}"):
        yield "has brackets; say it plainly or leave it out"
    if english and statement.lower().count(" and ") > 1:
        yield 'has more than one "and"; one idea needs at most one'


def _alike(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Find statements of nearly the same words.

    Two sets that share three quarters of their words share at least one of each one's rarest
    quarter, so only those are looked up; comparing all pairs of 5,000 would take a minute.
    """
    sets = [
        (f"{place}.statement", str(item["id"]), frozenset(_WORD.findall(item["statement"].lower())))
        for place, _, item in _items(document)
    ]
    frequency = Counter(word for _, _, words in sets for word in words)
    seen: defaultdict[str, list[int]] = defaultdict(list)
    for index, (place, _, words) in enumerate(sets):
        rarest = sorted(words, key=lambda word: (frequency[word], word))
        prefix = rarest[: len(rarest) - math.ceil(SIMILAR * len(rarest)) + 1]
        for other in sorted({each for word in prefix for each in seen[word]}):
            theirs = sets[other][2]
            if len(words & theirs) >= SIMILAR * len(words | theirs):
                same = "the same words as" if words == theirs else "nearly the same words as"
                yield Problem(place, f"has {same} {sets[other][1]}")
                break
        for word in prefix:
            seen[word].append(index)
