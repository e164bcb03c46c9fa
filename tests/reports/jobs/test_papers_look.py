"""A workspace's look on the papers that are not about one result: protocol and comparison."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from maturity.workspaces.models import WorkspaceBranding
from reports.core.services.layout import comparison_html, protocol_html
from reports.models import Report
from reports.rendering.pdf import render_pdf
from tests.assessments.closed import NOW, answered_by, begin, closed, make_house
from tests.reports.jobs.test_branding import FOOT, WINE, look
from tests.reports.jobs.test_papers import a_workshop, protocol_of, typical
from tests.reports.rendering.test_pdf import problems_of, text_of
from tests.workshops.held import hold

KINDS = ["protocol", "comparison"]


def html_of(kind, branding, paper="a4"):
    if kind == "protocol":
        return protocol_html(replace(protocol_of(a_workshop()), branding=branding), paper=paper)
    return comparison_html(replace(typical(), branding=branding), paper=paper)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_look_no_trace_of_one(kind):
    html = html_of(kind, None)

    assert [each for each in ("brand.css", "colours:", "logo:", "data-foot") if each in html] == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", KINDS)
def test_logo_and_line_are_on_paper_and_accessible(kind, paper):
    content = render_pdf(html_of(kind, look(), paper)).content

    assert problems_of(content) == []
    words = " ".join(text_of(content).split())
    assert words.count(FOOT) == len(pypdfium2.PdfDocument(content))
    with pikepdf.open(io.BytesIO(content)) as document:
        figures = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        alts = [str(each["/Alt"]) for each in figures if "/Alt" in each]
    assert 'Logo of "Northbank" & Sons' in alts


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_each_look_has_a_file_of_its_own_made_once(version, kind):
    house = make_house(version)
    client = house.client("owner")
    if kind == "protocol":
        assessment = begin(house)
        answered_by(assessment, "Ana")
        workshop = hold(assessment, by=house.people["consultant"], title="Kick-off").end()
        place = f"/assessments/{assessment.public_id}/report/"
        data = {"workshop": workshop.public_id}
    else:
        days = (date(2025, 3, 1), date(2026, 3, 1))
        before, now = (closed(house, day, (3, n, 0, 0, 0)) for n, day in enumerate(days))
        place = house.url("compare/report/")
        data = {"from": before.pk, "to": now.pk}

    def ask():
        assert client.post(place, {"paper": "a4", **data}).status_code == 302
        return Report.objects.filter(kind=kind).count()

    counts = [ask()]
    row = WorkspaceBranding.objects.create(workspace=house.workspace, accent=WINE, changed_at=NOW)
    counts += [ask(), ask()]
    row.delete()

    assert [*counts, ask()] == [1, 2, 2, 2]
