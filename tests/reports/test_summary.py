"""Long names and many dimensions: one page for an executive, and nothing beyond an edge."""

from dataclasses import replace

import pypdfium2
import pytest

from maturity.workspaces.branding import Branding
from reports.charts.lanes import MOST_HIGH, lanes, parts_by_page
from reports.documents import Document
from reports.pdf import render_pdf
from reports.services.layout import report_html
from tests.reports.test_branding import look
from tests.reports.test_charts import parsed
from tests.reports.test_exports import extreme, typical
from tests.reports.test_pdf import problems_of, runs_over, text_of

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
    assert document.overall.score in text
    assert text.count("towards stage") == 3


def test_summary_of_the_journey_names_every_dimension() -> None:
    document = typical()[0]

    html = report_html(document, paper="a4", kind="summary")

    assert all(f'<th scope="row">{each.name}</th>' in html for each in document.dimensions)
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
