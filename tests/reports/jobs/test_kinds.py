"""What a result can be had as: asked for, made once, and given to those who may have it."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from assessments.answering.services.answers import AnswerChange, record_changes
from maturity.workspaces.actors import LINK
from reports.jobs.kinds import KINDS, OF_A_RESULT
from reports.jobs.services.making import request_report
from reports.models import Report
from tests.assessments.closed import closed, make_house
from tests.roles_cast import make_step

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT_ONCE = [key for key, kind in KINDS.items() if not kind.on_paper]
WHO = ["owner", "consultant", "lead", "contributor", "viewer"]


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def result(house):
    return closed(house, date(2026, 3, 3))


def ask(client, assessment, kind, **more):
    data = {"kind": kind, "paper": "a4"} | more
    return client.post(f"/assessments/{assessment.public_id}/report/", data, follow=True)


def names_in(content: bytes) -> str:
    """Return every text of a workbook."""
    sheets = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row
    )


@pytest.mark.parametrize("kind", AT_ONCE)
def test_what_is_not_printed_is_there_at_once(answered, kind):
    response = answered.client.post(answered.url("report/"), {"kind": kind, "paper": "letter"})
    assert (response.status_code, response["Location"]) == (302, answered.url("report/"))

    report = Report.objects.get()
    page = " ".join(answered.get("report/").content.decode().split())
    file = answered.get(f"report/{report.pk}/download/")

    assert (report.status, report.paper, report.html) == ("ready", "", "")
    assert f"{KINDS[kind].name}," in page
    assert f"Download the {KINDS[kind].word}" in page
    assert file.content == bytes(report.content)
    assert file["Content-Type"] == KINDS[kind].media_type
    assert f".{KINDS[kind].ending}" in file["Content-Disposition"]
    assert file["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", ["summary", "roadmap"])
def test_a_part_on_paper_waits_for_the_worker(answered, kind):
    answered.client.post(answered.url("report/"), {"kind": kind, "paper": "letter"})

    report = Report.objects.get()
    assert (report.status, report.kind, report.paper) == ("queued", kind, "letter")
    assert "next in line" in answered.get("report/").content.decode()


def test_page_offers_every_kind_and_takes_the_full_report_without_a_choice(answered):
    page = answered.get("report/").content.decode()
    assert page.count('name="kind"') == len(OF_A_RESULT)
    for kind in OF_A_RESULT:
        assert kind.about in page

    answered.client.post(answered.url("report/"), {"paper": "a4"})

    assert Report.objects.get().kind == "report"


def test_unknown_kind_is_refused(answered):
    response = answered.client.post(answered.url("report/"), {"kind": "docx", "paper": "a4"})

    assert response.status_code == 422
    assert "Choose one of the kinds shown." in response.content.decode()
    assert Report.objects.count() == 0


def test_the_same_answers_are_made_into_the_same_file_once(answered):
    def asked(kind="xlsx", **more):
        return request_report(
            answered.assessment, **{"paper": "a4", "now": NOW, "by": LINK, "kind": kind} | more
        )

    first = asked()
    again = asked(now=NOW + timedelta(minutes=5), paper="letter")
    named = asked(names_people=True)
    slides = asked("pptx", names_people=True)
    record_changes(
        answered.respondent, [AnswerChange("rating", "metrics.3.01", "value", 2)], now=NOW
    )
    changed = asked()

    assert first.pk == again.pk
    assert len({first.pk, named.pk, slides.pk, changed.pk}) == 4
    # Slides tell nobody's answers, so they are the same for everybody.
    assert (named.names_people, slides.names_people) == (True, False)


def test_list_names_what_was_made(answered):
    for kind in AT_ONCE:
        ask(answered.client, answered.assessment, kind)

    page = answered.get("report/").content.decode()

    assert page.count("download>") == len(AT_ONCE) + 1
    made = page.partition("Made before")[2]
    assert [made.count(f'<th scope="row">{KINDS[kind].name}') for kind in AT_ONCE] == [1] * 4


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_who_said_what_is_for_those_who_run_it(house, result, who, kind):
    client = house.client(who)

    response = ask(client, result.assessment, kind)

    assert response.status_code == 200
    report = Report.objects.get()
    is_told = who in ("owner", "consultant", "lead")
    assert report.names_people is is_told
    content = client.get(f"/assessments/{result.assessment.public_id}/report/{report.pk}/download/")
    assert content.status_code == 200


def test_a_file_made_for_the_lead_is_never_served_to_a_viewer(house, result):
    lead, viewer = house.client("lead"), house.client("viewer")
    place = f"/assessments/{result.assessment.public_id}/report/"
    ask(lead, result.assessment, "xlsx")
    told = Report.objects.get()

    theirs = viewer.get(f"{place}{told.pk}/download/")
    page = viewer.get(place).content.decode()
    ask(viewer, result.assessment, "xlsx")
    own = Report.objects.exclude(pk=told.pk).get()

    assert theirs.status_code == 404
    assert "Made before" not in page
    assert f"{told.pk}/download/" not in viewer.get(place).content.decode()
    assert (told.names_people, own.names_people) == (True, False)
    assert viewer.get(f"{place}{own.pk}/download/").status_code == 200
    # Who may see more may have that one too.
    assert lead.get(f"{place}{own.pk}/download/").status_code == 200


def test_answers_by_person_are_in_the_leads_workbook_alone(house, result):
    for who in ("lead", "viewer"):
        ask(house.client(who), result.assessment, "xlsx")

    told, counted = (
        names_in(bytes(Report.objects.get(names_people=each).content)) for each in (True, False)
    )
    assert "3 Fully" in counted.splitlines()
    assert "3 Fully" not in told.splitlines()


def test_csv_of_a_hidden_result_is_not_to_be_had(house, result):
    response = house.client("stranger").post(
        f"/assessments/{result.assessment.public_id}/report/", {"kind": "csv", "paper": "a4"}
    )

    assert response.status_code == 404
    assert Report.objects.count() == 0


def test_zip_of_tables_holds_no_path(answered):
    ask(answered.client, answered.assessment, "csv")

    names = zipfile.ZipFile(io.BytesIO(bytes(Report.objects.get().content))).namelist()

    assert "answers.csv" in names
    assert [name for name in names if "/" in name or "\\" in name] == []


def test_roadmap_names_decided_steps_to_those_who_follow_them(house, result, version):
    lead, viewer = house.client("lead"), house.client("viewer")
    due = NOW.date() - timedelta(days=3)
    make_step(house.organisation, version, words="Canary <step>", owner="Ines", due=due)

    for client in (viewer, lead):
        ask(client, result.assessment, "roadmap")

    theirs, own = Report.objects.order_by("names_people")
    assert (theirs.names_people, own.names_people) == (False, True)
    assert "Canary" not in theirs.html
    assert "What is decided" not in theirs.html
    assert "Canary &lt;step&gt;" in own.html
    assert "overdue by" in own.html
    assert 'aria-labelledby="timeline-title' in own.html
    assert own.html.index("What is decided") < own.html.index("The roadmap</h1>")
