"""Steps: suggested, decided, changed, done, dropped; by whom, and what stays refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.models import Step
from assessments.roadmap.queries.step_words import due_words
from assessments.roadmap.services.steps import (
    AlreadyDecided,
    StepPlan,
    change_step,
    decide_step,
    drop_step,
    finish_step,
    reopen_step,
)
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.roles import Role
from tests.assessments.roadmaps import BY, TODAY, make_lead, make_place, url
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW, client_of, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(version):
    return make_place(version)


@pytest.fixture
def lead(place):
    return make_lead(place)


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "subject", "detail"))


# --- services ------------------------------------------------------------------------------------


def decided(place, version, matrix, key="strategy.3.01", **fields):
    plan = StepPlan(**({"owner": "Ines"} | fields))
    return decide_step(
        place,
        assessment=None,
        model_version_id=version.pk,
        descriptor=matrix.descriptors[key],
        plan=plan,
        now=NOW,
        by=BY,
    )


def test_decided_step_takes_the_models_words_and_is_in_the_trail(place, version, matrix):
    step = decided(place, version, matrix)

    step.refresh_from_db()
    assert (step.words, step.dimension) == (matrix.descriptors["strategy.3.01"].action, "strategy")
    assert (step.owner, step.due, step.done_at) == ("Ines", None, None)
    assert events() == [("step.decided", place.public_id, {"descriptor": "strategy.3.01"})]
    assert AuditEvent.objects.get().workspace == place.workspace.public_id


def test_step_needs_an_owner_or_a_date(place, version, matrix):
    with pytest.raises(ValidationError, match="who takes it on"):
        decided(place, version, matrix, owner="")
    step = decided(place, version, matrix, owner="", due=TODAY)
    with pytest.raises(ValidationError, match="who takes it on"):
        change_step(step, words="x", plan=StepPlan(), now=NOW, by=BY)

    assert Step.objects.count() == 1


def test_one_open_step_for_each_descriptor(place, version, matrix):
    first = decided(place, version, matrix)
    with pytest.raises(AlreadyDecided):
        decided(place, version, matrix, owner="Bo")
    finish_step(first, now=NOW, by=BY)
    second = decided(place, version, matrix, owner="Bo")

    with pytest.raises(AlreadyDecided):
        reopen_step(first, now=NOW, by=BY)

    assert first.done_at == NOW
    assert list(Step.objects.filter(done_at=None)) == [second]
    assert [verb for verb, _, _ in events()] == ["step.decided", "step.finished", "step.decided"]


def test_done_open_again_and_dropped_each_once(place, version, matrix):
    step = decided(place, version, matrix)
    finish_step(step, now=NOW, by=BY)
    finish_step(step, now=NOW, by=BY)
    reopen_step(step, now=NOW, by=BY)
    reopen_step(step, now=NOW, by=BY)
    drop_step(step, reason="Not now", now=NOW, by=BY)
    drop_step(step, reason="Once more", now=NOW, by=BY)
    finish_step(step, now=NOW, by=BY)

    step.refresh_from_db()
    assert (step.status, step.reason, step.dropped_at) == ("dropped", "Not now", NOW)
    assert [verb for verb, _, _ in events()] == [
        "step.decided",
        "step.finished",
        "step.reopened",
        "step.dropped",
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_page_shows_decided_suggested_and_done(place, version, lead):
    make_step(place, version, owner="", due=TODAY - timedelta(days=3), words="Late one")
    make_step(place, version, descriptor_id="strategy.2.02", words="Done one", done_at=NOW)

    body = lead.get(url(place)).content.decode()

    assert "One decided step is overdue." in body
    assert "overdue by 3 days" in body
    assert "Late one" in body
    assert "Done one" in body
    assert "From the result of 14 March 2026" in body
    assert 'id="s-strategy.' in body


def test_without_any_result_the_page_says_where_suggestions_come_from(version):
    place = make_organisation(make_workspace(owner=(user := make_user())))

    body = client_of(user).get(url(place)).content.decode()

    assert "Suggestions come with the first result." in body


def first_suggestion(lead, place):
    body = lead.get(url(place)).content.decode()
    return body.partition('name="descriptor" value="')[2].partition('"')[0]


def test_lead_decides_changes_finishes_and_drops(place, lead):
    key = first_suggestion(lead, place)
    response = lead.post(url(place, "decide/"), {"descriptor": key, "owner": "Ines", "due": ""})
    assert (response.status_code, response["Location"]) == (302, url(place))
    step = Step.objects.get()
    assert (step.descriptor_id, step.owner) == (key, "Ines")
    assert f'id="s-{key}"' not in lead.get(url(place)).content.decode()

    changes = {"words": "Write it down", "owner": "", "due": "2027-01-31"}
    assert lead.post(url(place, f"{step.pk}/"), changes).status_code == 302
    step.refresh_from_db()
    assert (step.words, step.owner, step.due) == ("Write it down", "", date(2027, 1, 31))

    lead.post(url(place, f"{step.pk}/done/"))
    step.refresh_from_db()
    assert step.done_at is not None
    lead.post(url(place, f"{step.pk}/reopen/"))
    step.refresh_from_db()
    assert step.done_at is None
    lead.post(url(place, f"{step.pk}/drop/"), {"reason": "Another way was found"})
    step.refresh_from_db()
    assert (step.status, step.reason) == ("dropped", "Another way was found")
    body = lead.get(url(place)).content.decode()
    assert f'id="s-{key}"' in body
    assert "Dropped because: Another way was found" in body


def test_nothing_given_is_refused_plainly_and_the_form_stays_open(place, lead):
    key = first_suggestion(lead, place)

    response = lead.post(url(place, "decide/"), {"descriptor": key, "owner": " ", "due": ""})

    body = response.content.decode()
    assert response.status_code == 422
    assert "Please say who takes it on" in body
    assert body.count('<details class="step-list__decide" open>') == 1
    assert Step.objects.count() == 0


def test_wrong_day_is_refused_with_what_was_typed(place, lead):
    key = first_suggestion(lead, place)

    sent = {"descriptor": key, "owner": "Ines & Bo", "due": "soon"}
    response = lead.post(url(place, "decide/"), sent)

    assert response.status_code == 422
    assert "Please give the day as year-month-day" in response.content.decode()
    assert 'value="Ines &amp; Bo"' in response.content.decode()


@pytest.mark.parametrize("key", ["", "strategy.1.01x", "<script>"])
def test_what_is_not_suggested_cannot_be_decided(place, lead, key):
    sent = {"descriptor": key, "owner": "Ines"}
    response = lead.post(url(place, "decide/"), sent, follow=True)

    assert "not suggested any more" in response.content.decode()
    assert Step.objects.count() == 0


def test_change_without_words_is_refused(place, version, lead):
    step = make_step(place, version)

    response = lead.post(url(place, f"{step.pk}/"), {"words": "", "owner": "Bo", "due": ""})

    assert response.status_code == 422
    assert "Please say what is to be done." in response.content.decode()
    step.refresh_from_db()
    assert step.owner == "Ines"


ACTS = ("", "begin/", "done/", "reopen/", "drop/", "move/")


@pytest.mark.parametrize("act", ACTS)
def test_step_of_another_organisation_is_not_there(place, version, lead, act):
    beside = make_organisation(place.workspace, "Beside")
    step = make_step(beside, version)

    response = lead.post(url(place, f"{step.pk}/{act}"), {"words": "mine", "owner": "me"})

    assert response.status_code == 404
    step.refresh_from_db()
    assert (step.words, step.done_at) == ("Name one owner for all channels", None)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.VIEWER])
def test_steps_are_not_for_contributors_and_viewers(place, version, role):
    user = make_user()
    give_role(user, role, place.workspace, place)
    step = make_step(place, version)
    client = client_of(user)

    assert client.get(url(place)).status_code == 403
    assert client.post(url(place, "decide/"), {"descriptor": "x"}).status_code == 403
    assert client.post(url(place, f"{step.pk}/drop/")).status_code == 403
    assert Step.objects.count() == 1


def test_stranger_and_removed_member_find_nothing(place, version, lead):
    step = make_step(place, version)
    stranger = client_of(make_user("eve@example.org"))
    assert stranger.get(url(place)).status_code == 404
    assert stranger.post(url(place, f"{step.pk}/done/")).status_code == 404

    place.memberships.all().delete()

    assert lead.get(url(place)).status_code == 404


def test_archived_organisation_can_be_read_by_its_workspace_and_changed_by_nobody(
    place, version, lead
):
    step = make_step(place, version)
    place.archived_at = NOW
    place.save()
    owner = client_of(place.workspace.memberships.get(role="owner").user)

    body = owner.get(url(place)).content.decode()

    assert step.words in body
    assert "<button" not in body.partition("<main")[2].partition("</main")[0]
    assert owner.post(url(place, f"{step.pk}/done/")).status_code == 403
    assert lead.get(url(place)).status_code == 404


def test_acts_take_no_get(place, version, lead):
    step = make_step(place, version)

    for rest in ("decide/", "capacity/", *(f"{step.pk}/{act}" for act in ACTS[1:])):
        assert lead.get(url(place, rest)).status_code == 405, rest


# Session, account, organisation with roles; steps, latest result.
QUERIES = 5


def test_one_and_three_steps_cost_the_same_queries(place, version, lead, django_assert_num_queries):
    make_step(place, version)
    lead.get(url(place))
    with django_assert_num_queries(QUERIES):
        lead.get(url(place))

    for number in (2, 3):
        make_step(place, version, descriptor_id=f"strategy.2.0{number}", due=TODAY)
    with django_assert_num_queries(QUERIES):
        lead.get(url(place))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-400, "overdue by 13 months"),
        (-15, "overdue by 2 weeks"),
        (-1, "overdue by one day"),
        (0, "due today"),
        (1, "due in one day"),
        (13, "due in 13 days"),
        (30, "due in 4 weeks"),
        (90, "due in 3 months"),
    ],
)
def test_dates_in_words(days, words):
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


def test_no_date_is_no_word():
    assert due_words(None, TODAY) == ""


def test_addresses_are_named():
    assert reverse("assessments:steps", args=["x"]) == "/organisations/x/steps/"
