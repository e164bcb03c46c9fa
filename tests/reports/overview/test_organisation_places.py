"""What lies around an organisation's page: tabs, an archived one's, the earlier result."""

import re
from datetime import date

import pytest
from django.test import Client

from assessments.models import Assessment
from maturity.workspaces.models import AuditEvent, Organisation
from maturity.workspaces.roles import ALLOWED, Action, Role
from reports.overview.queries import brief_of
from tests.people import NOW, give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import client_of, make_assessment, make_respondent, make_result, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return make_organisation(make_workspace(owner=make_user("owner@example.org")))


def browser(place, role):
    user = make_user(f"{role}@example.org", role.title())
    give_role(user, role, place.workspace, place)
    return client_of(user)


def owner_of(place):
    return client_of(place.workspace.memberships.get(role="owner").user)


def body_of(client, place, rest=""):
    response = client.get(f"/organisations/{place.public_id}/{rest}")
    assert response.status_code == 200
    return response.content.decode()


# --- a viewer's page -----------------------------------------------------------------------------


def test_viewer_sees_no_tabs_and_the_trend_as_a_table(place, version):
    results = [
        make_result(place, version, picks=3, day=date(2025, 3, 14)),
        make_result(place, version, picks=2, day=date(2026, 3, 14)),
    ]

    body = body_of(browser(place, Role.VIEWER), place)

    assert 'class="tabs"' not in body
    assert "/compare/" not in body
    for result in results:
        assert f'href="/assessments/{result.assessment.public_id}/results/1/"' in body
    assert 'class="data-table history"' in body


def test_viewer_finds_back_from_a_page_somebody_sent_them(place, version):
    make_result(place, version)

    body = body_of(browser(place, Role.VIEWER), place, "compare/")

    assert f'<li><a href="/organisations/{place.public_id}/">Overview</a></li>' in body
    assert ">History<" not in body


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.LEAD, Role.CONSULTANT])
def test_others_keep_their_tabs(place, version, role):
    body = body_of(browser(place, role), place)

    assert 'class="tabs"' in body
    assert ">History<" in body


def test_viewer_who_is_a_contributor_too_keeps_them(place, version):
    client = browser(place, Role.CONTRIBUTOR)
    colleague = place.workspace.memberships.get(role="contributor").user
    other = make_organisation(place.workspace, "Second")
    give_role(colleague, Role.VIEWER, place.workspace, other)

    assert 'class="tabs"' in body_of(client, place)
    assert 'class="tabs"' not in body_of(client, other)


# --- an archived one -----------------------------------------------------------------------------


@pytest.mark.parametrize("has_ended", [False, True])
@pytest.mark.parametrize("has_result", [False, True])
def test_archived_one_offers_nothing_that_is_refused(place, version, has_ended, has_result):
    if has_result:
        make_result(place, version)
    make_step(place, version)
    for purpose in ("First", "Second"):
        ended = {"answers_ended_at": NOW} if has_ended else {}
        make_respondent(make_assessment(place, version, purpose=purpose, **ended))
    Organisation.objects.update(archived_at=NOW)
    client = owner_of(place)

    body = body_of(client, place)

    assert "This organisation is archived." in body
    assert f'href="/organisations/{place.public_id}/archive/">Bring it back' in body
    links = set(re.findall(r'href="(/[^"#]*)', body.partition("<header")[2]))
    wrong = {link: client.get(link, follow=True).status_code for link in links if "#" not in link}
    assert {link: status for link, status in wrong.items() if status != 200} == {}


def test_archived_one_without_assessments_says_so(place, version):
    Organisation.objects.update(archived_at=NOW)

    body = body_of(owner_of(place), place)

    assert "None was started before" in body
    assert "Start the first assessment" not in body


# --- the earlier result --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEAD, Role.VIEWER])
def test_picture_and_sentence_look_back_to_the_same_result(place, version, role):
    make_result(place, version, picks=1, day=date(2024, 3, 14))
    make_result(place, version, picks=3, day=date(2025, 3, 14))
    latest = make_result(place, version, picks=2, day=date(2026, 3, 14))
    assert not brief_of(latest, organisation_name="").radar.has_before

    body = body_of(browser(place, role), place)

    assert "That is down from 3.0 on 14 March 2025." in body
    svgs = re.findall(r"<svg.*?</svg>", body, re.DOTALL)
    radar = next(svg for svg in svgs if "radar-before" in svg)
    assert ">14 March 2025</text>" in radar
    assert "First result" not in body
    assert "Last time" not in body


# --- renaming on the targets page ----------------------------------------------------------------


def test_renaming_on_the_targets_page_is_told_as_what_it_is(place, version):
    assessment = make_assessment(place, version)
    client = browser(place, Role.LEAD)
    url = f"/assessments/{assessment.public_id}/targets/"
    form = client.get(url).context["form"]
    fields = {form[name].html_name: form[name].value() for name in form.fields}
    fields |= dict(form.befores)
    body = {name: "" if value is None else str(value) for name, value in fields.items()}

    assert client.post(url, body | {"organisation": "Fernhill Ltd"}).status_code == 302

    (event,) = AuditEvent.objects.exclude(verb="assessment.started")
    assert (event.verb, event.subject) == ("organisation.changed", place.public_id)
    assert event.detail == {"fields": ["name"]}
    assert Organisation.objects.get().name == "Fernhill Ltd"

    client.post(url, body | {"organisation": "Fernhill GmbH", "date": "2026-03-15"})

    assert AuditEvent.objects.filter(verb="assessment.targets_changed").count() == 1
    assert AuditEvent.objects.filter(verb="organisation.changed").count() == 2
    assert Assessment.objects.get().date == date(2026, 3, 15)


def test_whoever_reaches_the_targets_page_may_rename() -> None:
    """The holder of what belongs to no account has nobody else to name it."""
    for role, allowed in ALLOWED.items():
        if Action.MANAGE_ASSESSMENT in allowed:
            assert role is Role.HOLDER or Action.EDIT_ORGANISATION in allowed


# --- words ---------------------------------------------------------------------------------------


def test_home_page_of_who_is_signed_in_has_no_pitch(place, version):
    assert b"As a consultant" in Client().get("/").content

    page = browser(place, Role.LEAD).get("/").content.decode()

    assert "As a consultant" not in page
    assert 'href="/my/">Go to my places' in page


@pytest.mark.parametrize(("kind", "words"), [("team", False), ("clients", True)])
def test_deleting_a_workspace_is_worded_for_its_kind(kind, words):
    user = make_user()
    workspace = make_workspace(kind, owner=user)

    page = client_of(user).get(f"/workspaces/{workspace.public_id}/delete/").content.decode()

    assert ("All its organisations" in page) is words
    assert "reports, people and invitations" in page


def test_model_can_be_read_from_the_foot_of_every_page(place, version):
    for page in ("/", "/start/", f"/organisations/{place.public_id}/", "/nothing/"):
        foot = owner_of(place).get(page).content.decode().partition("<footer")[2]
        assert 'href="/model/">Read the model' in foot
