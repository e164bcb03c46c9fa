"""A workshop's protocol and a comparison of two results, as PDFs of their own."""

import io
from dataclasses import replace
from functools import lru_cache

import pikepdf
import pypdfium2
import pytest

from assessments.scoring.frozen import frozen_values
from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet
from assessments.workshops.rules.kinds import RoundKind, State
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.tallies import VoteNote
from maturity.catalogue.matrix import Matrix, matrix_of
from reports.comparing.results import (
    ComparisonDocument,
    Moment,
    compare_results,
    since_first_words,
)
from reports.core.services.layout import comparison_html, protocol_html, report_html
from reports.document.composing import build_document
from reports.document.documents import Document
from reports.rendering.pdf import render_pdf
from tests.reports.kits import LONG_NAME, model_of
from tests.reports.rendering.test_pdf import problems_of, runs_over, sizes_of, text_of
from tests.reports.sheets import journey_matrix, sheet, spread
from tests.scoring.models import WORKED, WORKED_RATINGS, one
from tests.workshops.held import LONG_NOTE, LONG_REASON
from tests.workshops.test_rules_protocol import BLANK, recorded

LONGEST = "Donaudampfschifffahrtsgesellschaft" * 6


@lru_cache(maxsize=16)
def printed(html: str) -> bytes:
    """Return a PDF; what several tests look at is printed once."""
    return render_pdf(html).content


def bookmarks_of(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def flat(content: bytes) -> str:
    return " ".join(text_of(content).replace("\u00a0", " ").split())


# --- a comparison ---------------------------------------------------------------------------------


def moment(name: str, matrix: Matrix, answers: AnswerSheet) -> Moment:
    return Moment(
        name,
        matrix,
        score(matrix, answers).placement,
        frozen_values(score(matrix, answers).settled),
    )


def compared(before: Moment, now: Moment, organisation: str) -> ComparisonDocument:
    return ComparisonDocument(
        organisation=organisation,
        model_title=now.matrix.title,
        language=now.matrix.language,
        comparison=compare_results(before, now),
        since_first=since_first_words(before, now),
    )


def small() -> ComparisonDocument:
    """One dimension, and nothing has moved."""
    moments = [moment(name, WORKED, one(WORKED_RATINGS)) for name in ("1 May 2025", "1 May 2026")]
    return compared(*moments, "Alder Books")


def typical() -> ComparisonDocument:
    """The journey, a year apart: some of it up, some down, one dimension newly assessed."""
    matrix = journey_matrix()
    low, high = spread((3, 2, 1, 0, 0)), spread((3, 3, 2, 1, 0))
    then = {k: v for k, v in low.items() if not k.startswith("metrics.")}
    now = {k: (1 if k.startswith("strategy.2") else v) for k, v in high.items()}
    targets = {"strategy": 4, "metrics": 5, "people-profiles": 3}
    return compared(
        moment("12 March 2025", matrix, sheet(then)),
        moment("22 November 2026", matrix, sheet(now, targets=targets)),
        "Alder Books",
    )


def extreme() -> ComparisonDocument:
    """Sixty dimensions with long names, another version with two less, half not assessed."""
    document = model_of(5, 60, name=LONG_NAME, title=LONG_NAME)
    older = document | {"version": "0.9.0", "dimensions": document["dimensions"][:58]}
    newer = document | {"dimensions": document["dimensions"][1:]}
    before, now = matrix_of(older), matrix_of(newer)
    then = {each: n % 4 for n, each in enumerate(before.descriptors) if n % 10 < 5}
    today = {each: (n * 7) % 4 for n, each in enumerate(now.descriptors) if n % 15 < 10}
    return compared(
        moment("12 November 2025 (2)", before, sheet(then)),
        moment(
            "Now (open, dated 22 November 2026)",
            now,
            sheet(today, targets={row.key: 5 for row in now.dimensions}),
        ),
        LONGEST[:200],
    )


COMPARISONS = {"small": small, "typical": typical, "extreme": extreme}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("case", COMPARISONS)
def test_comparison_is_accessible_and_keeps_to_its_pages(case, paper):
    content = printed(comparison_html(COMPARISONS[case](), paper=paper))

    assert problems_of(content) == []
    assert sizes_of(content) == ({(595, 842)} if paper == "a4" else {(612, 792)})
    assert runs_over(content) == []
    pages = len(pypdfium2.PdfDocument(content))
    assert f"Page {pages} of {pages}" in flat(content)


def test_comparison_on_paper_says_what_the_page_says():
    document = typical()
    comparison = document.comparison

    content = printed(comparison_html(document, paper="a4"))
    text = flat(content)

    assert bookmarks_of(content) == ["Alder Books", "Which statements moved"]
    assert "Alder Books · 12 March 2025 and 22 November 2026 Page 2 of" in text
    assert comparison.summary in text
    assert document.since_first.replace("\u00a0", " ") in text
    for move in comparison.dimensions:
        if move.stage_now and move.direction in ("up", "down"):
            figures = f"{move.before} {move.now} {move.stage_now.number} {move.change}"
            assert f"{figures} {move.direction}" in text, move.name
    (new,) = [move for move in comparison.dimensions if not move.direction]
    assert (new.name, new.before) == ("Metrics", "not assessed")
    squeezed = "".join(text.split())
    for group in comparison.statements:
        for item in (*group.up, *group.down):
            assert "".join(item.statement.split()) in squeezed


def test_comparison_of_two_versions_says_so_and_names_what_is_gone():
    document = extreme()

    text = flat(printed(comparison_html(document, paper="a4")))

    assert "version 0.9.0 of the model" in text
    assert "No longer in the model: 1 Donaudampf" in text
    assert "not in the model then" in text
    assert "not assessed" in text


def test_nothing_moved_is_said():
    text = flat(printed(comparison_html(small(), paper="a4")))

    assert "No statement that both results hold has moved." in text
    assert "unchanged" in text


# --- a protocol -----------------------------------------------------------------------------------


def protocol_of(protocol: Protocol, organisation: str = "Alder Books") -> Document:
    document = build_document(score(journey_matrix(), sheet(organisation=organisation)))
    return replace(document, workshops=(protocol,))


def a_workshop() -> Protocol:
    """Every kind of round, with notes and names."""
    notes = (
        VoteNote("We have no owner for this.", "Zoë Zimmer"),
        VoteNote("Ask the desk first.", ""),
    )
    rounds = [
        replace(
            recorded(kind, counts, number=number, decision=decision, reason="We tried it.")
            if decision
            else recorded(kind, counts, number=number, state=State.REVEALED),
            notes=notes,
        )
        for number, (kind, counts, decision) in enumerate(
            (
                (RoundKind.STAGE, (1, 4, 2), {"a": 2}),
                (RoundKind.TARGET, (0, 1, 6), {"a": 3}),
                (RoundKind.IMPORTANCE, (0, 3, 2), {}),
            ),
            start=1,
        )
    ]
    return replace(
        BLANK,
        title="Kick-off",
        joined=8,
        names=("Anabel Silva", "Zoë Zimmer"),
        unnamed=6,
        facilitators=("Ines Oduya",),
        rounds=tuple(rounds),
    )


def a_long_one() -> Protocol:
    notes = tuple(VoteNote(LONG_NOTE, f"{LONGEST[:50]} {n}") for n in range(12))
    rounds = tuple(
        replace(
            recorded(
                RoundKind.STAGE,
                (20, 40, 60),
                number=number,
                decision={"a": 2},
                reason=LONG_REASON,
                dissent=LONG_REASON[:600],
            ),
            notes=notes,
        )
        for number in range(1, 13)
    )
    names = tuple(f"{LONGEST[:40]} {n}" for n in range(60))
    return replace(a_workshop(), title=LONGEST[:120], joined=120, names=names, rounds=rounds)


PROTOCOLS = {
    "no rounds": lambda: protocol_of(BLANK),
    "typical": lambda: protocol_of(a_workshop()),
    "long": lambda: protocol_of(a_long_one(), LONGEST[:200]),
}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("case", PROTOCOLS)
def test_protocol_is_accessible_and_keeps_to_its_pages(case, paper):
    content = printed(protocol_html(PROTOCOLS[case](), paper=paper))

    assert problems_of(content) == []
    assert sizes_of(content) == ({(595, 842)} if paper == "a4" else {(612, 792)})
    assert runs_over(content) == []
    pages = len(pypdfium2.PdfDocument(content))
    assert f"Page {pages} of {pages}" in flat(content)


def test_protocol_says_word_for_word_what_the_chapter_says():
    document = protocol_of(a_workshop())

    alone = printed(protocol_html(document, paper="a4"))
    chapter = flat(render_pdf(report_html(document, paper="a4")).content)

    assert bookmarks_of(alone) == ["Kick-off"]
    (protocol,) = document.workshops
    for words in (protocol.attendance, protocol.summary, protocol.ran, "Zoë Zimmer:", "Decided:"):
        assert words in flat(alone)
        assert words in chapter
    assert "In brief" not in flat(alone)
    assert document.overall.headline not in flat(alone)


def test_workshop_without_rounds_says_so():
    text = flat(printed(protocol_html(protocol_of(BLANK), paper="a4")))

    assert "It had no rounds." in text
    assert "No round was revealed, so there is nothing to tell." in text
