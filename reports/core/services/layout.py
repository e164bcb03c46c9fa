"""What leaves the house on paper, as the complete HTML of a PDF."""

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Literal

from django.template.loader import render_to_string
from django.utils.text import Truncator

from maturity.web.words import capital, count_text, day_text, joined
from maturity.workspaces.branding.colours import Branding
from reports.charts.emblem import emblem
from reports.charts.pictures import lanes_pictures, radar_picture
from reports.charts.timeline import timeline
from reports.comparing.results import ComparisonDocument
from reports.document.documents import DecidedFacts, DimensionFacts, Document, StepFacts
from reports.document.outcomes import outcomes_lead
from reports.document.timeline import TimelineValues
from reports.rendering.look import colours_address, logo_address

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")
LONG_NAME = 44
# What has room on the page for an executive, which is one page whatever stands on it.
_LINES_BESIDE_RADAR = 26.0
_LINES_BESIDE_SMALL_RADAR = 15.0
_BETWEEN_ROWS = 0.6
_LETTERS_OF_LINE = 21
_MOST_OF_NAME = 40
_MOST_LETTERS_OF_BRIEF = 1_000
_MOST_AT_FOOT = 84
_LEAST_OF_FIRST = 24


@dataclass(frozen=True, slots=True)
class DecidedSteps:
    """The decided steps as they are on a day, and their picture where one of them has a day."""

    day: str
    steps: tuple[DecidedFacts, ...]
    timeline: TimelineValues | None


# Those with a layout of their own; each is a whole page, or a few, of the full report.
_TEMPLATES = {
    "report": "pdf/report.html",
    "summary": "pdf/summary.html",
    "roadmap": "pdf/roadmap.html",
}
# What a file that is one part of it is called, so that two open ones are told apart.
_PARTS = {"summary": ", in brief", "roadmap": ", roadmap"}


def report_html(
    document: Document,
    *,
    paper: Paper,
    kind: str = "report",
    decided: DecidedSteps | None = None,
) -> str:
    """Return the HTML of a kind on paper; it loads only named assets of `reports.rendering`.

    `decided` are the steps the roadmap names beside those that are suggested.
    """
    about = [
        document.organisation or "Maturity report",
        document.model_title,
        day_text(document.date),
    ]
    is_long = _is_long(document)
    return render_to_string(
        _TEMPLATES[kind],
        {
            **_frame(
                document.organisation,
                paper=paper,
                language=document.language,
                branding=document.branding,
                subject=document.model_title + _PARTS.get(kind, ""),
                description=document.overall.headline,
                running=about,
            ),
            "document": document,
            "listed": _beside_radar(document, is_small=is_long),
            "is_long": is_long,
            "are_first": [step.number for step in document.three_steps] == [1, 2, 3],
            "emblem": emblem(document.radar, name="emblem"),
            "radar": radar_picture(document.radar),
            "lanes": lanes_pictures(document.steps),
            "roadmap_lead": _roadmap_lead(document),
            "horizons": _horizons(document, decided.steps if decided else ()),
            "answers_lead": _answers_lead(document),
            "outcomes_lead": outcomes_lead(document.outcomes),
            "decided": decided,
            "timeline": timeline(decided.timeline, name="timeline")
            if decided and decided.timeline
            else "",
        },
    )


def protocol_html(document: Document, *, paper: Paper) -> str:
    """Return the protocol of a document's one workshop; of its answers nothing is in it."""
    (protocol,) = document.workshops
    day = protocol.date if protocol.title else ""
    return render_to_string(
        "pdf/protocol.html",
        {
            **_frame(
                document.organisation,
                paper=paper,
                language=document.language,
                branding=document.branding,
                subject=protocol.name,
                description=f"{protocol.attendance} {protocol.summary}",
                running=[document.organisation, protocol.name, day],
            ),
            "document": document,
        },
    )


def comparison_html(document: ComparisonDocument, *, paper: Paper) -> str:
    """Return the comparison of two results."""
    comparison = document.comparison
    names = f"{comparison.before_name} and {comparison.now_name}"
    return render_to_string(
        "pdf/comparison.html",
        {
            **_frame(
                document.organisation,
                paper=paper,
                language=document.language,
                branding=document.branding,
                subject=names,
                description=comparison.summary,
                # Which two they are says more than the model, and both are too long for the foot.
                running=[document.organisation, names],
            ),
            "document": document,
            "comparison": comparison,
            "radar": radar_picture(comparison.radar),
        },
    )


def _frame(
    organisation: str,
    *,
    paper: Paper,
    language: str,
    branding: Branding | None,
    subject: str,
    description: str,
    running: list[str],
) -> dict[str, object]:
    """Return what every kind on paper has around it."""
    return {
        "paper": paper,
        "language": language,
        "colours": colours_address(branding) if branding else "",
        "logo": logo_address(branding.logo) if branding and branding.logo else "",
        "organisation": organisation,
        "has_long_name": len(organisation) > LONG_NAME,
        "title": f"{organisation or 'Our organisation'}: {subject}",
        "description": description,
        "running": _running(list(filter(None, running))),
    }


def _is_long(document: Document) -> bool:
    """Say whether the words of the page for an executive need the room of a smaller radar."""
    overall = document.overall
    stage = overall.stage.name if overall.stage else ""
    steps = [f"{step.action}{step.dimension}{step.to.name}" for step in document.three_steps]
    words = [document.organisation, stage, overall.headline, *overall.sentences, *steps]
    return sum(map(len, words)) > _MOST_LETTERS_OF_BRIEF


def _beside_radar(document: Document, *, is_small: bool) -> tuple[DimensionFacts, ...]:
    """Return the first dimensions, as many as stand beside the radar; long names are cut."""
    lines = _LINES_BESIDE_SMALL_RADAR if is_small else _LINES_BESIDE_RADAR
    shown: list[DimensionFacts] = []
    for number, each in enumerate(document.dimensions, start=1):
        name = Truncator(each.name).chars(_MOST_OF_NAME)
        words = f"{number} {name}" if document.radar.is_numbered else name
        lines -= len(wrap(words, _LETTERS_OF_LINE)) + _BETWEEN_ROWS
        if lines < 0:
            break
        shown.append(replace(each, name=name))
    return tuple(shown)


def _running(parts: list[str]) -> str:
    """Return what stands at the foot of every page: its first part is cut where all is too long.

    Where the layout has to cut it, the sign it cuts with stands for what was cut in the whole file:
    a reader that reads a page aloud would read that wherever the sign stands.
    """
    first, *rest = parts or [""]
    left = max(_LEAST_OF_FIRST, _MOST_AT_FOOT - len(" · ".join(["", *rest])))
    return Truncator(" · ".join([Truncator(first).chars(left), *rest])).chars(_MOST_AT_FOOT)


def _horizons(
    document: Document, decided: tuple[DecidedFacts, ...]
) -> list[tuple[str, list[tuple[StepFacts, str]]]]:
    """Return the steps of now, next and later, each with who decided on it takes it on by when."""
    words = {
        each.id: "Decided: " + ", ".join(filter(None, (each.owner, each.due))) for each in decided
    }
    return [
        (title, [(step, words.get(step.id, "")) for step in steps])
        for title, steps in (
            ("Now", document.steps_now),
            ("Next", document.steps_next),
            ("Later", document.steps_later),
        )
    ]


def _roadmap_lead(document: Document) -> str:
    parts = [
        f"{len(steps)} {when}"
        for steps, when in (
            (document.steps_now, "now"),
            (document.steps_next, "next"),
            (document.steps_later, "later"),
        )
        if steps
    ]
    aim = "stages aimed for" if any(each.target for each in document.dimensions) else "next stages"
    count = len(document.steps)
    verb = "leads" if count == 1 else "lead"
    return f"{capital(count_text(count, 'step'))} {verb} to the {aim}: {joined(parts)}."


def _answers_lead(document: Document) -> str:
    statements = [
        item
        for dimension in document.dimensions
        for cell in dimension.cells
        for item in cell.statements
    ]
    answered = sum(item.is_answered for item in statements)
    people = count_text(document.respondents, "person", "people")
    if not answered:
        return f"None of the {len(statements)} statements is answered yet."
    return f"{answered} of {len(statements)} statements answered by {people}."
