"""Long names and many dimensions: one page for an executive, and nothing beyond an edge."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from assessments.scoring.scored import score
from maturity.workspaces.branding.colours import Branding
from reports.charts.lanes import MOST_HIGH, lanes, parts_by_page
from reports.core.services.layout import DecidedSteps, report_html
from reports.document.composing import build_document
from reports.document.documents import DecidedFacts, Document, StepFacts
from reports.rendering.pdf import render_pdf
from reports.wording.basics import score_text
from tests.markup import folded
from tests.reports.charts.test_charts import parsed
from tests.reports.exports.test_exports import extreme, typical
from tests.reports.jobs.test_branding import look
from tests.reports.rendering.test_pdf import problems_of, runs_over, text_of
from tests.reports.sheets import journey_matrix, sheet

LONGEST = ("Donaudampfschifffahrtsgesellschaft" * 6)[:200]


def with_actions(document: Document, letters: int, organisation: str) -> Document:
    steps = tuple(replace(step, action=("word " * 100)[:letters]) for step in document.three_steps)
    return replace(document, three_steps=steps, organisation=organisation)


CASES = {
    "typical": lambda: typical()[0],
    "just not long": lambda: with_actions(typical()[0], 150, "A company of renown and sons " * 2),
    "extreme": lambda: extreme()[0],
    "longest of everything": lambda: with_actions(extreme()[0], 400, LONGEST),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("paper", "branding"), [("a4", None), ("letter", look())])
def test_summary_is_one_page(case: str, paper: str, branding: Branding | None) -> None:
    document = replace(CASES[case](), branding=branding)

    content = render_pdf(report_html(document, paper=paper, kind="summary")).content

    assert len(pypdfium2.PdfDocument(content)) == 1
    assert problems_of(content) == []
    text = text_of(content)
    assert score_text(document.overall.score) in text
    assert text.count("towards stage") == 3


def test_summary_of_the_journey_names_every_dimension() -> None:
    document = typical()[0]

    html = folded(report_html(document, paper="a4", kind="summary"))

    assert all(f'<th scope="row">{each.name}' in html for each in document.dimensions)
    assert "The other dimensions stand in the full report." not in html


def test_report_of_many_long_dimensions_keeps_to_its_pages() -> None:
    # A dozen say the same as sixty, on a fifth of the pages.
    document = replace(extreme(12)[0], branding=look())

    content = render_pdf(report_html(document, paper="a4")).content

    assert runs_over(content) == []
    pages = [flat_of(page) for page in pypdfium2.PdfDocument(content)]
    (brief,) = [page for page in pages if "Score per dimension" in page]
    assert "The three steps that matter most" in brief
    assert "Each dimension has its own page below." in brief


def flat_of(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_lanes_of_many_dimensions_are_as_many_pictures_as_pages() -> None:
    steps = extreme()[0].steps

    parts = parts_by_page(steps)

    assert len(parts) > 2
    assert sorted(step.number for part in parts for step in part) == [s.number for s in steps]
    names = [{step.dimension for step in part} for part in parts]
    assert sum(map(len, names)) == len(set().union(*names)) == 60
    for part in parts:
        assert float(parsed(lanes(part, name="l")).get("viewBox").split()[3]) <= MOST_HIGH + 2


def test_lanes_of_the_journey_are_one_picture() -> None:
    steps = typical()[0].steps

    assert parts_by_page(steps) == (steps,)
    assert parts_by_page(()) == ()


def test_steps_that_matter_most_are_numbered_as_in_the_roadmap() -> None:
    document = typical()[0]
    numbers = [step.number for step in document.three_steps]
    assert numbers != [1, 2, 3]

    html = report_html(document, paper="a4", kind="summary")

    assert re.findall(r'<span class="step-number">(\d+)</span>', html) == list(map(str, numbers))
    assert "numbered as in the roadmap" in html


def test_roadmap_says_which_suggestion_is_decided() -> None:
    document = typical()[0]
    first, second, third = document.steps[:3]
    decided = DecidedSteps("27 November 2026", (_decided(first), _decided(second, due="")), None)

    html = folded(report_html(document, paper="a4", kind="roadmap", decided=decided))

    def row(step: StepFacts) -> str:
        (found,) = re.findall(rf'<tr><td class="strong">{step.number}</td>(.*?)</tr>', html)
        return found

    assert "Decided: Ruth Pemberton, 31 March 2027." in row(first)
    assert "Decided: Ruth Pemberton." in row(second)
    assert "DecidedSteps" not in row(third)


def _decided(step: StepFacts, due: str = "31 March 2027") -> DecidedFacts:
    return DecidedFacts(
        id=step.id,
        words=step.action,
        owner="Ruth Pemberton",
        dimension=step.dimension,
        status="Planned",
        start="",
        due=due,
        when="",
        is_overdue=False,
        days=None,
    )


def test_files_of_one_result_are_told_apart_by_their_titles() -> None:
    document = typical()[0]

    def title(kind: str) -> str:
        (found,) = re.findall("<title>(.*)</title>", report_html(document, paper="a4", kind=kind))
        return found

    whole = "Alder Books: Social Media Engagement Journey"
    assert [title(kind) for kind in ("report", "summary", "roadmap")] == [
        whole,
        f"{whole}, in brief",
        f"{whole}, roadmap",
    ]


@pytest.mark.parametrize(
    ("targets", "lead"),
    [
        ({}, r"\d+ steps lead to the next stages: \d+ now"),
        ({"metrics": 5}, r"\d+ steps lead to the stages aimed for: \d+ now"),
    ],
)
def test_roadmap_says_what_its_steps_lead_to(targets: dict[str, int], lead: str) -> None:
    document = build_document(score(journey_matrix(), sheet(targets=targets)))

    html = report_html(document, paper="a4", kind="roadmap")

    assert re.search(f'<p class="lead">{lead}', html)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_matrix_of_the_journey_is_one_page_whatever_is_marked(paper: str) -> None:
    """The last stage has the longest words; with both marks in it they take the most room."""
    every = dict.fromkeys(journey_matrix().descriptors, 3)
    targets = {row.key: 5 for row in journey_matrix().dimensions}
    document = build_document(score(journey_matrix(), sheet(every, targets=targets)))

    content = render_pdf(report_html(document, paper=paper)).content

    pages = list(pypdfium2.PdfDocument(content))
    (matrix,) = [flat_of(page) for page in pages if page.get_width() > page.get_height()]
    assert matrix.count("You are here. Target.") == 8


def test_no_page_holds_the_last_row_of_a_table_alone() -> None:
    """With these answers one row of a dimension's table was left over for the next page."""
    steps = {1: 3, 2: 3, 3: 3, 4: 1, 5: 0}
    ratings = {
        each.id: steps[each.stage] if number % 4 else 1
        for number, each in enumerate(journey_matrix().descriptors.values())
    }
    targets = {row.key: 5 for row in journey_matrix().dimensions}
    document = build_document(score(journey_matrix(), sheet(ratings, targets=targets)))

    content = render_pdf(report_html(document, paper="a4")).content

    pages = [flat_of(page) for page in pypdfium2.PdfDocument(content)]
    continued = [page for page in pages if page.startswith("Statement Answer Next step Effort")]
    assert continued
    for page in continued:
        assert len(re.findall("Days|Weeks|A quarter or more", page)) >= 3, page
