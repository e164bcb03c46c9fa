"""The consensus pages: who stands where, what people differ on, and agreeing on it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.core.queries.agreed import agreed_of
from assessments.lifecycle.services.closing import close_assessment
from assessments.models import AgreedAnswer, Assessment
from maturity.workspaces.actors import GUEST
from maturity.workspaces.roles import Role
from tests.assessments.voices import (
    KEY,
    add_person,
    client_of,
    lead_of,
    make_assessment,
    people_say,
    url,
)
from tests.people import NOW, give_role, make_user, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(version):
    return make_assessment(version)


@pytest.fixture
def lead(assessment):
    return lead_of(assessment)


def _text(response: Any) -> str:
    """Return a page's words, tags taken out."""
    page = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+([.,:)])", r"\1", " ".join(page.split()))


def _send(client: Client, assessment: Assessment, **fields: Any) -> Any:
    data = {"what": "rating", "key": KEY, "value": "2", "seen": "0"} | fields
    return client.post(url(assessment, "strategy/agree/"), data)


def _all_of(matrix: Any, dimension: str, steps_by_stage: dict[int, int]) -> dict[str, int]:
    row = matrix.dimension_by_key[dimension]
    return {each.id: steps_by_stage[each.stage] for each in row.descriptors}


# --- overview -------------------------------------------------------------------------------------


def test_everybody_stands_where_their_own_answers_place_them(assessment, lead, matrix):
    low = dict.fromkeys(range(1, 6), 0)
    add_person(assessment, "Ada Byron", _all_of(matrix, "strategy", low))
    add_person(assessment, "Bo Chen", _all_of(matrix, "strategy", low | {1: 3, 2: 3, 3: 3}))
    add_person(assessment, "Cy Dee", _all_of(matrix, "strategy", low | {1: 3, 2: 3, 3: 3}))

    response = lead.get(url(assessment))

    strip = response.context["strips"][0]
    assert [[dot.name for dot in cell.dots] for cell in strip.cells] == [
        ["Ada Byron"],
        [],
        ["Bo Chen", "Cy Dee"],
        [],
        [],
    ]
    assert "one comes out at Traditional, two at Operational" in strip.words
    page = _text(response)
    assert "3 of 3 people have answered" in page
    assert "Ada Byron" in page
    assert "n = 3" in page


def test_picks_are_seen_as_what_people_said(assessment, lead):
    for number, stage in enumerate((1, 1, 1, 3, 3, 3, 3, 3)):
        add_person(assessment, f"Person {number}", picks={"strategy": stage})

    response = lead.get(url(assessment, "strategy/"))

    assert "Opinions differ: three see Traditional, five Operational." in _text(response)


def test_the_order_is_the_models_or_by_agreement(assessment, lead):
    for stage in (3, 3, 3):
        add_person(assessment, "Person", picks={"strategy": stage})
    for stage in (1, 3, 5):
        add_person(assessment, "Person", picks={"metrics": stage})

    def keys(response):
        return [strip.key for strip in response.context["strips"]]

    by_model = lead.get(url(assessment))
    by_agreement = lead.get(url(assessment), {"sort": "agreement"})

    assert keys(by_model)[0] == "strategy"
    assert keys(by_agreement)[:2] == ["metrics", "strategy"]


def test_full_names_take_the_place_of_initials(assessment, lead):
    add_person(assessment, "Ada Byron", picks={"strategy": 2})

    page = lead.get(url(assessment), {"show": "names"}).content.decode()

    assert "<bdi>Ada Byron</bdi> <b>2.0</b>" in page


def test_nobody_yet_says_what_to_do_first(assessment, lead):
    page = _text(lead.get(url(assessment)))

    assert "Nobody has answered yet" in page
    assert "Invite people" in page or "Agree on answers in the room" in page


def test_one_person_alone_is_no_agreement(assessment, lead):
    people_say(assessment, [2])

    page = _text(lead.get(url(assessment)))

    assert "Only one person has answered so far" in page
    assert "r wg" not in page.split("How to read this")[0]


def test_answers_carried_over_count_for_nothing_until_confirmed(assessment, lead):
    (person,) = people_say(assessment, [3])
    person.ratings.update(is_from_before=True)

    assert lead.get(url(assessment)).context["seen"].answered == 0
    assert lead.get(url(assessment, "strategy/")).context["seen"].answered == 0


@pytest.mark.parametrize("rest", ["", "strategy/"])
def test_three_people_cost_as_many_queries_as_one(assessment, lead, rest):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert lead.get(url(assessment, rest)).status_code == 200
        return len(captured)

    people_say(assessment, [3])
    lead.get(url(assessment, rest))
    with_one = queries()
    people_say(assessment, [0, 1])

    # Session, account, assessment, roles; respondents, ratings, picks, what was agreed.
    assert queries() == with_one == 7


# --- one dimension --------------------------------------------------------------------------------


def test_what_people_differ_on_most_comes_first(assessment, lead):
    for steps in ((0, 2), (3, 2), (0, 2), (3, 2)):
        add_person(assessment, "P", {"strategy.2.01": steps[0], KEY: steps[1]})

    context = lead.get(url(assessment, "strategy/")).context

    assert [each.key for each in context["apart"]] == ["strategy.2.01"]
    assert [each.key for each in context["together"]] == [KEY]
    assert len(context["unanswered"]) == len(context["dimension"].descriptors) - 2


def test_every_answer_stands_with_its_count_and_names(assessment, lead, matrix):
    key = next(d.id for d in matrix.dimensions[0].descriptors if d.kind == "practice")
    people_say(assessment, [3, 3, 0, "not_applicable", "unknown"], key)

    response = lead.get(url(assessment, "strategy/"))

    (question,) = response.context["apart"] + response.context["together"]
    assert [(each.label, each.count, each.names) for each in question.options] == [
        ("Fully", 2, ("Person 1", "Person 2")),
        ("Mostly", 0, ()),
        ("Partly", 0, ()),
        ("Not yet", 1, ("Person 3",)),
        ("Does not apply", 1, ("Person 4",)),
        ("Don’t know", 1, ("Person 5",)),
    ]


def test_notes_stand_side_by_side_with_their_names(assessment, lead):
    add_person(assessment, "Ada Byron", {KEY: 3}, notes={KEY: "Since June."})
    add_person(assessment, "Bo Chen", {KEY: 0}, notes={KEY: "<b>Never</b>"})

    response = lead.get(url(assessment, "strategy/"))

    (question,) = response.context["apart"]
    assert question.notes == (("Ada Byron", "Since June."), ("Bo Chen", "<b>Never</b>"))
    assert "&lt;b&gt;Never&lt;/b&gt;" in response.content.decode()


def test_groups_stand_below_each_other(version, matrix):
    assessment = make_assessment(
        version, groups=[{"name": "Function", "options": ["Service", "IT"]}]
    )
    for number, (stage, group) in enumerate(((2, "Service"), (2, "Service"), (4, "IT"), (4, ""))):
        groups = {"Function": group} if group else {}
        add_person(assessment, f"Person {number}", picks={"strategy": stage}, groups=groups)

    context = lead_of(assessment).get(url(assessment, "strategy/")).context

    ((name, strips),) = context["groupings"]
    assert name == "Function"
    assert [(each.label, each.stage, each.people) for each in strips] == [
        ("Service", "Experimental", 2),
        ("IT", "Value Expansion", 1),
        ("No group given", "Value Expansion", 1),
    ]


# --- agreeing -------------------------------------------------------------------------------------


def test_an_agreed_answer_is_recorded_and_shown(assessment, lead):
    people_say(assessment, [0, 3])

    response = _send(lead, assessment, value="2", reason="Seen it.", dissent="Not in the north.")

    assert response.status_code == 302
    assert response.url == f"{url(assessment, 'strategy/')}#q-{KEY}"
    page = _text(lead.get(url(assessment, "strategy/")))
    assert "Seen it." in page
    assert "Dissent: Not in the north." in page
    assert "Recorded by Lena Lead" in page


def test_an_agreed_stage_counts_and_is_marked(assessment, lead):
    people_say(assessment, [0, 3])

    _send(lead, assessment, what="pick", key="strategy", value="4")

    strip = lead.get(url(assessment)).context["strips"][0]
    assert (strip.score, strip.stage, strip.is_agreed) == ("4.0", "Value Expansion", True)


def test_what_most_said_is_filled_in_and_recorded_only_on_save(assessment, lead):
    people_say(assessment, [3, 3, 1])

    response = lead.get(url(assessment, "strategy/"))

    (question,) = response.context["apart"] + response.context["together"]
    assert question.draft.value == "3"
    assert "as two of three said. Nothing is recorded until you save." in _text(response)
    assert not AgreedAnswer.objects.exists()


def test_an_agreed_answer_can_be_taken_back(assessment, lead):
    _send(lead, assessment)

    _send(lead, assessment, take_back="1", seen="1", value="2")

    assert agreed_of(assessment) == ({}, {})


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"value": ""}, "Please choose what the group agrees on."),
        ({"value": "4"}, "Please choose what the group agrees on."),
        ({"reason": "a\x00b"}, "control character"),
        ({"dissent": "x" * 5001}, "Please shorten this"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_kept(assessment, lead, fields, problem):
    response = _send(lead, assessment, **{"reason": "My reason"} | fields)

    assert response.status_code == 422
    page = response.content.decode()
    assert problem in page
    assert fields.get("reason", "My reason").replace("\x00", "") in page.replace("\x00", "")
    assert not AgreedAnswer.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"key": "metrics.1.01"}, {"key": "x"}, {"what": "other"}, {"what": "pick"}]
)
def test_a_question_of_elsewhere_does_not_exist(assessment, lead, fields):
    assert _send(lead, assessment, **fields).status_code == 404


def test_the_second_of_two_sees_both_and_chooses(assessment, lead):
    other = lead_of(assessment, "grace@example.org", "Grace Hopper")
    _send(other, assessment, value="3", reason="Their reason")

    response = _send(lead, assessment, value="1", reason="My reason", dissent="My dissent")

    assert response.status_code == 409
    page = _text(response)
    for part in ("Grace Hopper", "Their reason", "My reason", "My dissent"):
        assert part in page
    assert agreed_of(assessment)[0] == {KEY: 3}
    draft = response.context["question"].draft
    assert (draft.value, draft.seen) == ("1", 1)
    again = _send(lead, assessment, value="1", reason="My reason", seen=str(draft.seen))
    assert again.status_code == 302
    assert agreed_of(assessment)[0] == {KEY: 1}


def test_the_second_of_two_may_take_it_back_all_the_same(assessment, lead):
    _send(lead, assessment, value="3")

    response = _send(lead, assessment, take_back="1", seen="0")

    assert response.status_code == 409
    assert "Take it back all the same" in _text(response)
    assert agreed_of(assessment)[0] == {KEY: 3}


def test_a_closed_assessment_takes_nothing_more(assessment, lead):
    people_say(assessment, [0, 3])
    close_assessment(assessment, user=None, now=NOW, by=GUEST)

    page = lead.get(url(assessment, "strategy/"))

    assert "This assessment is closed" in _text(page)
    assert "<textarea" not in page.content.decode()
    refused = lead.post(
        url(assessment, "strategy/agree/"),
        {"what": "rating", "key": KEY, "value": "2"},
        follow=True,
    )
    assert "nothing was recorded" in _text(refused)
    assert not AgreedAnswer.objects.exists()


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.LEAD, 200), (Role.CONTRIBUTOR, 403), (Role.VIEWER, 403)],
)
def test_the_lead_runs_it_and_nobody_below(assessment, role, status):
    user = make_user("somebody@example.org")
    give_role(user, role, assessment.workspace, assessment.organisation)
    client = client_of(user)

    assert client.get(url(assessment)).status_code == status
    assert client.get(url(assessment, "strategy/")).status_code == status
    assert _send(client, assessment).status_code == (302 if status == 200 else 403)


def test_a_stranger_finds_nothing(assessment):
    other = make_user("other@example.org")
    make_workspace(owner=other, name="Elsewhere")
    client = client_of(other)

    for rest in ("", "strategy/"):
        assert client.get(url(assessment, rest)).status_code == 404
        assert Client().get(url(assessment, rest)).status_code == 404
    assert _send(client, assessment).status_code == 404


def test_wrong_ids_and_methods(assessment, lead):
    assert lead.get(url(assessment, "nonsense/")).status_code == 404
    assert lead.post(url(assessment)).status_code == 405
    assert lead.get(url(assessment, "strategy/agree/")).status_code == 405
