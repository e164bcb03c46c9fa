"""What happened in workshops, for the page afterwards, the report and the file.

A report on a frozen result tells of its workshops as they were when it was frozen: what was
revealed and agreed by then. So nothing that happens later changes it, and `is_told_in_result` says
which workshops must stay for that. One that was held elsewhere is told as its file told it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from assessments.models import Assessment, Result
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.rounds import matrix_of, question_of_round
from assessments.workshops.queries.votes import ballots_by_round
from assessments.workshops.rules.kinds import State
from assessments.workshops.rules.protocol import Protocol, named_by_day
from assessments.workshops.rules.protocol_file import protocol_of_document
from assessments.workshops.rules.records import RoundFacts, RoundRecord, round_record
from assessments.workshops.rules.tallies import Ballot, tally_of


@dataclass(frozen=True, slots=True)
class WorkshopBrief:
    """A workshop in a line, for pages that mention it."""

    public_id: str
    title: str
    name: str
    day: datetime
    joined: int


def protocol_of(workshop: Workshop, *, now: datetime) -> Protocol:
    """Return what happened in a workshop so far, whatever its state; a rehearsal too.

    The assessment must be loaded. Costs: 3 queries, and 1 for who made it.
    """
    return _protocols([workshop], now=now, until=None)[0]


def protocols_for_report(
    assessment: Assessment, *, result: Result | None, now: datetime
) -> tuple[Protocol, ...]:
    """Return the protocols a report tells of, the earliest first; rehearsals are none of them.

    Of an open assessment those of the workshops that are over; of a frozen `result` those that had
    begun when it was frozen, each as it was at that moment. Costs: 4 queries, 1 where there are no
    workshops.
    """
    rows = list(_told(assessment, result=result, now=now).select_related("created_by"))
    for row in rows:
        row.assessment = assessment
    until = None if result is None else result.closed_at
    return tuple(_protocols(rows, now=now, until=until)) if rows else ()


def workshops_in_brief(
    assessment: Assessment, *, result: Result | None, now: datetime
) -> list[WorkshopBrief]:
    """Return in a line each what `protocols_for_report` tells of. Costs: 1 or 2 queries."""
    rows = list(_told(assessment, result=result, now=now))
    people = _people(rows, until=None if result is None else result.closed_at) if rows else {}
    return [
        WorkshopBrief(
            public_id=row.public_id,
            title=row.title,
            name=row.title or named_by_day("Workshop", row.opened_at or now),
            day=row.opened_at or now,
            joined=row.told["joined"] if row.told else people[row.pk].joined,
        )
        for row in rows
    ]


def is_told_in_result(workshop: Workshop) -> bool:
    """Say whether a frozen result tells of a workshop, which may then not be deleted.

    Costs: 1 query, none for a rehearsal and for one that never began.
    """
    if workshop.is_rehearsal or workshop.opened_at is None:
        return False
    results = Result.objects.filter(assessment=workshop.assessment_id)
    return bool(results.filter(closed_at__gte=workshop.opened_at).exists())


def _told(
    assessment: Assessment, *, result: Result | None, now: datetime
) -> QuerySet[Workshop, Workshop]:
    rows = Workshop.objects.filter(
        assessment=assessment, is_rehearsal=False, opened_at__isnull=False
    ).order_by("opened_at", "pk")
    if result is not None:
        return rows.filter(opened_at__lte=result.closed_at)
    # One whose time is over is over, also before `purge` has ended it.
    return rows.filter(Q(ended_at__isnull=False) | Q(expires_at__lte=now))


def _protocols(
    workshops: Sequence[Workshop], *, now: datetime, until: datetime | None
) -> list[Protocol]:
    """Return what happened in each; what came after `until` is left out as if it had not."""
    rounds: dict[int, list[Round]] = defaultdict(list)
    rows = Round.objects.filter(workshop__in=workshops).select_related("decided_by")
    for row in rows.order_by("position", "attempt"):
        rounds[row.workshop_id].append(row)
    named = {each.pk for each in workshops if not each.is_anonymous}
    shown = [row for found in rounds.values() for row in found if _is_shown(row, until)]
    ballots = ballots_by_round(shown, named=named)
    people = _people(workshops, until=until)
    return [
        protocol_of_document(each.told, matrix_of(each), each.public_id)
        if each.told
        else _protocol(each, rounds[each.pk], ballots, people[each.pk], now=now, until=until)
        for each in workshops
    ]


def _protocol(
    workshop: Workshop,
    rounds: Sequence[Round],
    ballots: dict[int, tuple[Ballot, ...]],
    people: "_People",
    *,
    now: datetime,
    until: datetime | None,
) -> Protocol:
    ended = workshop.ended_at or workshop.expires_at
    if until is None:
        is_cut, is_over = False, workshop.is_over(now=now)
    else:
        is_cut, is_over = ended is None or ended > until, True
    if is_cut:
        # Its agenda went on changing; what was not put to the room by then is none of it.
        rounds = [each for each in rounds if each.opened_at and _was_by(each.opened_at, until)]
    names = (
        () if workshop.is_anonymous else tuple(sorted(filter(None, people.names), key=str.casefold))
    )
    return Protocol(
        public_id=workshop.public_id,
        title=workshop.title,
        began=workshop.opened_at,
        ended=ended if is_over and not is_cut else None,
        is_over=is_over,
        is_cut=is_cut,
        is_rehearsal=workshop.is_rehearsal,
        is_anonymous=workshop.is_anonymous,
        fewest=workshop.fewest_votes,
        facilitators=_facilitators(workshop, rounds),
        joined=people.joined,
        removed=people.removed,
        names=names,
        unnamed=0 if workshop.is_anonymous else people.joined - len(names),
        rounds=tuple(_records(workshop, rounds, ballots, until=until, is_over=is_over)),
    )


def _records(
    workshop: Workshop,
    rounds: Sequence[Round],
    ballots: dict[int, tuple[Ballot, ...]],
    *,
    until: datetime | None,
    is_over: bool,
) -> Iterable[RoundRecord]:
    matrix = matrix_of(workshop)
    lists = [(each["name"], each["options"]) for each in workshop.groups]
    positions = sorted({each.position for each in rounds})
    for row in rounds:
        question = question_of_round(matrix, row)
        tally = None
        if _is_shown(row, until):
            tally = tally_of(
                question,
                ballots[row.pk],
                row.hands,
                fewest=workshop.fewest_votes if workshop.is_anonymous else 0,
                lists=lists,
            )
        facts = RoundFacts(
            number=positions.index(row.position) + 1,
            attempt=row.attempt,
            attempts=sum(each.position == row.position for each in rounds),
            state=_state(row, until, is_over=is_over),
            decision=row.decision,
            reason=row.reason,
            dissent=row.dissent,
        )
        yield round_record(matrix, question, tally, facts)


def _is_shown(row: Round, until: datetime | None) -> bool:
    return row.is_shown and _was_by(row.revealed_at, until)


def _was_by(moment: datetime | None, until: datetime | None) -> bool:
    return until is None or (moment is not None and moment <= until)


def _state(row: Round, until: datetime | None, *, is_over: bool) -> State:
    if _is_shown(row, until):
        is_agreed = row.state == State.AGREED.value and _was_by(row.agreed_at, until)
        return State.AGREED if is_agreed else State.REVEALED
    return State.SKIPPED if is_over else State(row.state)


def _facilitators(workshop: Workshop, rounds: Sequence[Round]) -> tuple[str, ...]:
    """Return who ran it, by the names of their accounts; an address is nobody's name."""
    people = [workshop.created_by, *(row.decided_by for row in rounds)]
    return tuple(dict.fromkeys(each.name for each in people if each is not None and each.name))


@dataclass(frozen=True, slots=True)
class _People:
    joined: int
    removed: int
    names: tuple[str, ...]


def _people(workshops: Sequence[Workshop], *, until: datetime | None) -> dict[int, _People]:
    """Return who was let in; who was taken out again is counted apart."""
    rows = Participant.objects.filter(workshop__in=workshops, admitted_at__isnull=False)
    if until is not None:
        rows = rows.filter(admitted_at__lte=until)
    inside: dict[int, list[str]] = defaultdict(list)
    removed: dict[int, int] = defaultdict(int)
    for workshop_id, name, removed_at in rows.values_list("workshop", "name", "removed_at"):
        if removed_at is not None and _was_by(removed_at, until):
            removed[workshop_id] += 1
        else:
            inside[workshop_id].append(name)
    return {
        each.pk: _People(len(inside[each.pk]), removed[each.pk], tuple(inside[each.pk]))
        for each in workshops
    }
