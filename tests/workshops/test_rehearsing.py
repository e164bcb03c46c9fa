"""A rehearsal: a copy with pretend participants who vote, and nothing of it gets out."""

from random import Random

import pytest
from django.utils import timezone

from assessments.core.services.locking import AssessmentClosed
from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.services.rehearsing import PRETEND, rehearse, tick
from assessments.workshops.services.rounds import choose_candidates, open_round
from maturity.workspaces.actors import Actor
from tests.workshops.room import add_round, make_workshop

pytestmark = pytest.mark.django_db
BY = Actor("user:1")
GROUPS = [{"name": "Function", "options": ["Service", "IT"]}]


@pytest.fixture
def prepared(assessment) -> Workshop:
    workshop = make_workshop(assessment, title="Autumn", groups=GROUPS, voices="anonymous")
    add_round(workshop, "stage", "strategy")
    add_round(workshop, "gate", "metrics", gate_to=2, state="agreed")
    add_round(workshop, "gate", "metrics", gate_to=2, position=2, attempt=2)
    add_round(workshop, "target", "metrics", position=3)
    add_round(workshop, "importance", "metrics", position=4)
    add_round(workshop, "steps", position=5, candidates=["strategy.2.01", "strategy.2.02"])
    return workshop


def make(prepared: Workshop) -> Workshop:
    return rehearse(prepared, user=None, chance=Random(1), now=timezone.now(), by=BY)


def test_a_rehearsal_is_a_live_copy_with_people_in_it(prepared) -> None:
    copy = make(prepared)

    assert copy.is_rehearsal
    assert copy.is_live(now=timezone.now())
    assert (copy.title, copy.groups, copy.voices) == ("Autumn", GROUPS, "anonymous")
    rounds = list(copy.rounds.values_list("position", "kind", "state", "attempt"))
    assert rounds == [
        (1, "stage", "planned", 1),
        (2, "gate", "planned", 1),
        (3, "target", "planned", 1),
        (4, "importance", "planned", 1),
        (5, "steps", "planned", 1),
    ]
    people = Participant.objects.filter(workshop=copy)
    assert sorted(people.values_list("name", flat=True)) == sorted(PRETEND)
    assert {each.groups["Function"] for each in people} == {"Service", "IT"}
    assert all(each.is_pretend and each.is_in for each in people)
    prepared.refresh_from_db()
    assert (prepared.opened_at, prepared.participants.count()) == (None, 0)


def test_pretend_people_vote_a_few_at_a_time_until_all_have(prepared) -> None:
    copy = make(prepared)
    chance = Random(2)
    assert tick(copy, chance=chance) == 0

    for round_ in copy.rounds.order_by("position"):
        open_round(copy, round_id=round_.pk, now=timezone.now(), by=BY)
        counts = []
        while voted := tick(copy, chance=chance):
            counts.append(voted)
        assert max(counts) <= 3
        assert sum(counts) == len(PRETEND)
        Round.objects.filter(pk=round_.pk).update(state="closed")

    assert Vote.objects.count() == 5 * len(PRETEND)


def test_the_same_chance_gives_the_same_votes(prepared) -> None:
    copy = make(prepared)
    (round_,) = copy.rounds.filter(position=1)
    open_round(copy, round_id=round_.pk, now=timezone.now(), by=BY)
    found = []
    for _ in range(2):
        chance = Random(3)
        while tick(copy, chance=chance):
            pass
        rows = Vote.objects.order_by("participant").values_list("participant", "answers")
        found.append(list(rows))
        Vote.objects.all().delete()

    assert found[0] == found[1]
    assert len({str(answers) for _, answers in found[0]}) > 1


def test_nobody_pretends_in_a_real_workshop(room) -> None:
    add_round(room, "stage", "strategy", state="open")
    Participant.objects.create(
        workshop=room,
        token_hash="x",
        is_pretend=True,
        joined_at=timezone.now(),
        admitted_at=timezone.now(),
    )

    assert tick(room, chance=Random(1)) == 0


def test_steps_without_candidates_are_no_question_yet(prepared) -> None:
    copy = make(prepared)
    steps = copy.rounds.get(kind="steps")
    choose_candidates(
        copy, round_id=steps.pk, candidates=["strategy.2.01"], now=timezone.now(), by=BY
    )
    open_round(copy, round_id=steps.pk, now=timezone.now(), by=BY)

    assert tick(copy, chance=Random(1)) > 0
    assert set(Vote.objects.values_list("answers__strategy.2.01", flat=True)) <= {1, None}


def test_nothing_is_rehearsed_on_a_closed_assessment(prepared, assessment) -> None:
    assessment.answers_ended_at = assessment.closed_at = timezone.now()
    assessment.save()
    prepared.refresh_from_db()

    with pytest.raises(AssessmentClosed):
        make(Workshop.objects.select_related("assessment").get(pk=prepared.pk))
