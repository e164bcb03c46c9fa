"""What happened in a workshop: read from its rows, and never more than may be told."""

from datetime import timedelta
from typing import Any

import pytest

from assessments.lifecycle.services.closing import close_assessment, reopen_assessment
from assessments.models import Assessment
from assessments.workshops.models import Participant, Round, Vote, Workshop
from assessments.workshops.queries.protocol import (
    is_told_in_result,
    protocol_of,
    protocols_for_report,
    workshops_in_brief,
)
from assessments.workshops.queries.votes import NotRevealed, ballots_by_round
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.records import RoundRecord
from assessments.workshops.services.doors import end_workshop
from tests.assessments.closed import House, answered_by, begin
from tests.workshops.held import BY, END, NAMES, hold, revealed
from tests.workshops.room import NOW, add_participant, add_round, make_live, make_workshop, vote

pytestmark = pytest.mark.django_db
LATER = END + timedelta(hours=1)


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Return an open assessment that somebody answered."""
    found = begin(house)
    answered_by(found, "Ana")
    return found


def record_of(protocol: Protocol, number: int, attempt: int = 1) -> RoundRecord:
    (found,) = [r for r in protocol.rounds if (r.number, r.attempt) == (number, attempt)]
    return found


def test_everything_that_happened_is_told(house: House, assessment: Assessment) -> None:
    workshop = hold(assessment, by=house.people["consultant"], title="Kick-off").end()

    protocol = protocol_of(workshop, now=LATER)

    assert (protocol.name, protocol.iso_date, protocol.date, protocol.time) == (
        "Kick-off",
        "2026-11-20",
        "20 November 2026",
        "09:00 to 11:00 UTC",
    )
    assert protocol.facilitators == ("consultant person",)
    assert (protocol.joined, protocol.removed, protocol.unnamed) == (7, 0, 0)
    assert protocol.names == tuple(sorted(NAMES))
    assert protocol.summary == "Five of seven questions were decided."
    assert [(r.number, r.attempt, r.kind.value, r.state) for r in protocol.rounds] == [
        (1, 1, "stage", "revealed"),
        (1, 2, "stage", "agreed"),
        (2, 1, "stage", "revealed"),
        (3, 1, "gate", "agreed"),
        (4, 1, "target", "agreed"),
        (5, 1, "importance", "agreed"),
        (6, 1, "steps", "agreed"),
        (7, 1, "stage", "skipped"),
    ]
    assert [each.about for each in protocol.left_out] == ["Crisis Management"]


def test_first_and_second_vote_are_both_told(assessment: Assessment) -> None:
    protocol = protocol_of(hold(assessment).end(), now=LATER)

    first, again = record_of(protocol, 1), record_of(protocol, 1, 2)

    assert first.line is not None
    assert again.line is not None
    assert [each.count for each in first.line.choices] == [1, 2, 0, 3, 0, 1]
    assert first.line.choices[-1].label == "Not sure"
    assert first.line.answered == 7
    assert first.line.text.startswith("Opinions differ widely")
    assert first.line.groups == (
        "By Department: Service sees Experimental (median), IT Value Expansion.",
    )
    assert [(note.name, note.text) for note in first.notes] == [
        ("Anabel Silva", "Ask the service desk first."),
        ("Zoë Zimmer", "We have no owner for this."),
    ]
    assert [each.count for each in again.line.choices] == [0, 2, 5, 0, 0]
    assert (again.line.median, again.line.agreement) == ("Operational", "0.88")

    assert (again.decided, again.reason, again.dissent) == (
        "Stage 3, Operational",
        "Two teams do it, the third begins.",
        "The service desk sees stage 2.",
    )


def test_gate_and_steps_are_told(assessment: Assessment) -> None:
    protocol = protocol_of(hold(assessment).end(), now=LATER)

    gate, steps = record_of(protocol, 3), record_of(protocol, 6)

    assert [(a.key, a.answered, a.decision) for a in gate.asked if a.answered] == [
        ("strategy.1.01", 7, "No longer true"),
        ("strategy.2.04", 7, "Does not apply"),
    ]
    assert len(gate.asked) == 6
    assert gate.decided == "Two of six statements agreed"
    assert [(s.key, s.votes, s.is_decided) for s in steps.steps] == [
        ("metrics.3.01", 7, True),
        ("crisis-management.3.01", 7, False),
        ("strategy.3.01", 4, True),
        ("internal-use.3.01", 3, False),
    ]
    assert [each.key for each in protocol.first_steps] == ["metrics.3.01", "strategy.3.01"]


def test_hands_are_told_with_the_phones(assessment: Assessment) -> None:
    workshop = make_workshop(assessment, opened_at=NOW, expires_at=END)
    round_ = revealed(workshop, "stage", "metrics", hands={"metrics": {"2": 14}})
    vote(add_participant(workshop, "Ana")[0], round_, {"metrics": 3})

    (record,) = protocol_of(workshop, now=LATER).rounds

    assert record.voted == "15 people: 14 hands and 1 phone"
    assert record.line is not None
    assert [each.count for each in record.line.choices] == [0, 14, 1, 0, 0]


# --- what may not be told -------------------------------------------------------------------------


def everything_in(protocol: Protocol) -> str:
    return repr(protocol)


@pytest.mark.parametrize("is_ended", [False, True])
def test_anonymous_workshop_tells_no_name(assessment: Assessment, is_ended: bool) -> None:
    held = hold(assessment, voices="anonymous")
    if is_ended:
        held.end()
    else:
        assert set(NAMES) == {person.name for person in Participant.objects.all()}

    told = everything_in(protocol_of(held.workshop, now=NOW + timedelta(minutes=90)))

    assert [name for name in NAMES if name in told or name.split()[0] in told] == []
    assert "We have no owner for this." in told


def test_named_workshop_does_tell_them(assessment: Assessment) -> None:
    told = everything_in(protocol_of(hold(assessment).end(), now=LATER))

    assert [name for name in NAMES if name not in told] == []


@pytest.mark.parametrize("voices", ["named", "anonymous"])
def test_votes_nobody_has_seen_are_not_told(assessment: Assessment, voices: str) -> None:
    held = hold(assessment, voices=voices)

    record = record_of(protocol_of(held.workshop, now=NOW + timedelta(minutes=90)), 7)

    assert Vote.objects.filter(round=held.rounds["unseen"]).count() == 2
    assert (record.state, record.n, record.voted) == ("closed", 0, "")
    assert (record.asked, record.texts, record.notes) == ((), (), ())
    assert "A secret note" not in everything_in(protocol_of(held.workshop, now=LATER))


def test_votes_nobody_has_seen_cannot_even_be_read(assessment: Assessment) -> None:
    held = hold(assessment)

    with pytest.raises(NotRevealed):
        ballots_by_round([held.rounds["again"], held.rounds["unseen"]], named=())


def test_too_few_votes_of_an_anonymous_workshop_stay_hidden(assessment: Assessment) -> None:
    workshop = make_workshop(
        assessment, voices="anonymous", fewest_votes=4, opened_at=NOW, expires_at=END
    )
    round_ = revealed(workshop, "stage", "metrics")
    for stage in (2, 5, 5):
        vote(add_participant(workshop)[0], round_, {"metrics": stage}, "One of three")

    (record,) = protocol_of(workshop, now=LATER).rounds

    assert (record.asked, record.notes) == ((), ())
    assert record.texts == (
        "Three people voted. This workshop is anonymous, so answers are shown from four votes on.",
    )


def test_order_in_which_people_voted_tells_nothing(assessment: Assessment) -> None:
    def told(order: list[int]) -> list[RoundRecord]:
        workshop = make_workshop(
            assessment, voices="anonymous", opened_at=NOW, expires_at=END, groups=[]
        )
        round_ = revealed(workshop, "stage", "metrics")
        people = [add_participant(workshop)[0] for _ in order]
        for number in order:
            vote(people[number], round_, {"metrics": 1 + number % 3}, f"Note {number}")
        return list(protocol_of(workshop, now=LATER).rounds)

    assert told([0, 1, 2, 3, 4, 5]) == told([5, 3, 1, 4, 0, 2])


def test_address_of_an_account_is_nobodys_name(house: House, assessment: Assessment) -> None:
    nameless = house.people["lead"]
    nameless.name = ""
    nameless.save()

    protocol = protocol_of(hold(assessment, by=nameless).end(), now=LATER)

    assert protocol.facilitators == ()
    assert "@" not in everything_in(protocol)


# --- states and moments ---------------------------------------------------------------------------


def test_one_that_has_not_begun_tells_nothing(assessment: Assessment) -> None:
    workshop = make_workshop(assessment)
    add_round(workshop, "stage", "metrics")

    protocol = protocol_of(workshop, now=LATER)

    assert (protocol.name, protocol.date, protocol.time, protocol.is_over) == (
        "Workshop",
        "",
        "",
        False,
    )
    assert [each.state for each in protocol.rounds] == ["planned"]


def test_one_that_runs_tells_what_it_has_so_far(assessment: Assessment) -> None:
    held = hold(assessment)
    add_round(held.workshop, "stage", "tools-integration", position=8)
    add_round(held.workshop, "stage", "internal-use", position=9, state="open")

    protocol = protocol_of(held.workshop, now=NOW + timedelta(minutes=90))

    assert (protocol.time, protocol.is_over) == ("from 09:00 UTC", False)
    assert [each.state for each in protocol.still_to_come] == ["closed", "planned", "open"]
    assert protocol.summary == "So far five of nine questions are decided."


def test_one_whose_time_is_over_is_told_as_it_will_be_once_it_is_ended(
    assessment: Assessment,
) -> None:
    held = hold(assessment, voices="anonymous")
    late = NOW + timedelta(hours=13)

    before = protocol_of(held.workshop, now=late)
    end_workshop(held.workshop, now=late, by=BY)
    held.workshop.refresh_from_db()

    assert before == protocol_of(held.workshop, now=late)
    assert before.time == "09:00 to 21:00 UTC"


def test_end_on_the_next_day_is_told_with_it(assessment: Assessment) -> None:
    workshop = make_workshop(
        assessment, opened_at=NOW.replace(hour=22), expires_at=END + timedelta(days=1)
    )

    protocol = protocol_of(workshop, now=LATER + timedelta(days=1))

    assert protocol.time == "22:00 to 11:00 UTC on 21 November 2026"


def test_who_waited_or_was_taken_out_is_not_counted_as_there(assessment: Assessment) -> None:
    held = hold(assessment)
    add_participant(held.workshop, "Waits", admitted_at=None)
    add_participant(held.workshop, "Out", removed_at=NOW + timedelta(minutes=5))
    add_participant(held.workshop)

    protocol = protocol_of(held.end(), now=LATER)

    assert (protocol.joined, protocol.removed, protocol.unnamed) == (8, 1, 1)
    assert not {"Waits", "Out"} & set(protocol.names)


# --- for the report -------------------------------------------------------------------------------


def names(protocols: tuple[Protocol, ...]) -> list[str]:
    return [each.name for each in protocols]


def test_report_tells_of_real_workshops_that_are_over(assessment: Assessment) -> None:
    over = {"opened_at": NOW, "expires_at": END}
    make_workshop(assessment, title="second", **over | {"opened_at": NOW + timedelta(hours=1)})
    make_workshop(assessment, title="first", **over)
    make_workshop(assessment, title="a rehearsal", is_rehearsal=True, **over)
    make_workshop(assessment, title="prepared")
    make_live(assessment, now=LATER, title="live")

    assert names(protocols_for_report(assessment, result=None, now=LATER)) == ["first", "second"]
    briefs = workshops_in_brief(assessment, result=None, now=LATER)
    assert [each.name for each in briefs] == ["first", "second"]


def test_frozen_result_tells_of_what_had_happened_when_it_was_frozen(
    house: House, assessment: Assessment
) -> None:
    held = hold(assessment, title="runs on", voices="anonymous")
    closed_at = NOW + timedelta(minutes=25)
    result = close_assessment(assessment, user=None, now=closed_at, by=BY)
    then = protocols_for_report(assessment, result=result, now=closed_at)

    add_round(held.workshop, "stage", "internal-use", position=8)
    held.end()
    make_workshop(assessment, title="later", opened_at=LATER, expires_at=LATER)
    now = protocols_for_report(assessment, result=result, now=LATER + timedelta(days=9))

    (protocol,) = then
    assert then == now
    assert protocol.is_cut
    assert [(r.number, r.state) for r in protocol.rounds if r.is_shown] == [
        (1, "revealed"),
        (1, "agreed"),
        (2, "revealed"),
    ]
    # It was open when the assessment was closed, and shown only later.
    assert [r.about for r in protocol.left_out] == ["Crisis Management"]


def test_frozen_result_tells_no_decision_made_later(assessment: Assessment) -> None:
    hold(assessment)
    # The second vote was revealed by then, and agreed on two minutes later.
    moment = NOW + timedelta(minutes=14, seconds=30)

    result = close_assessment(assessment, user=None, now=moment, by=BY)

    (protocol,) = protocols_for_report(assessment, result=result, now=LATER)
    assert record_of(protocol, 1, 2).state == "revealed"
    assert protocol.decided == ()


def test_workshop_a_frozen_result_tells_of_is_known(assessment: Assessment) -> None:
    told = hold(assessment).end()
    rehearsal = make_workshop(assessment, is_rehearsal=True, opened_at=NOW, expires_at=END)
    prepared = make_workshop(assessment)
    assert not is_told_in_result(told)

    close_assessment(assessment, user=None, now=LATER, by=BY)
    reopen_assessment(assessment, now=LATER, by=BY)
    later = make_workshop(
        assessment, opened_at=LATER + timedelta(minutes=1), expires_at=LATER + timedelta(hours=2)
    )

    assert is_told_in_result(told)
    assert not any(map(is_told_in_result, (rehearsal, prepared, later)))


def test_protocol_asks_a_fixed_number_of_queries(
    assessment: Assessment, django_assert_num_queries: Any
) -> None:
    held = hold(assessment)
    workshop = Workshop.objects.select_related("assessment").get(pk=held.workshop.pk)
    protocol_of(workshop, now=LATER)
    workshop = Workshop.objects.select_related("assessment").get(pk=held.workshop.pk)

    # Rounds with who decided, votes, participants; nobody is known to have made it.
    with django_assert_num_queries(3):
        protocol_of(workshop, now=LATER)
    hold(assessment, code="BCD347", token_hash="i" * 64)
    Workshop.objects.update(code=None, token_hash=None, ended_at=END)
    # The workshops with who made them, rounds, votes, participants.
    with django_assert_num_queries(4):
        assert len(protocols_for_report(assessment, result=None, now=LATER)) == 2
    # The workshops, participants.
    with django_assert_num_queries(2):
        workshops_in_brief(assessment, result=None, now=LATER)
    Workshop.objects.all().delete()
    # The workshops.
    with django_assert_num_queries(1):
        assert protocols_for_report(assessment, result=None, now=LATER) == ()
    with django_assert_num_queries(1):
        assert workshops_in_brief(assessment, result=None, now=LATER) == []


def test_protocol_of_another_assessment_is_not_mixed_in(house: House) -> None:
    one, other = begin(house), begin(house)
    hold(one, title="mine").end()
    hold(other, title="theirs", code="BCD347", token_hash="i" * 64).end()

    assert names(protocols_for_report(one, result=None, now=LATER)) == ["mine"]
    assert Round.objects.count() == 16
    briefs = workshops_in_brief(other, result=None, now=LATER)
    assert [(each.name, each.joined) for each in briefs] == [("theirs", 7)]
