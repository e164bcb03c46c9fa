"""What waits for somebody in each of the places they belong to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from assessments.core.queries.still_asked import is_asked
from assessments.models import Assessment, Respondent, Result
from maturity.workspaces.models import Membership, Organisation
from maturity.workspaces.scopes import scope_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """What there is to know about a place before one goes there.

    `asked` and `done` count the people of the organisation's newest open assessment; `for_me` are
    the assessments that wait for the visitor's own answers.
    """

    organisations: int = 0
    opened: int = 0
    asked: int = 0
    done: int = 0
    for_me: int = 0
    last: date | None = None


@dataclass
class _Counts:
    opened: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    people: dict[int, tuple[int, int]] = field(default_factory=dict)


def waiting_at(places: Sequence[Membership]) -> dict[int, Waiting]:
    """Return what waits at each of somebody's places, by the membership's key.

    A workspace is the sum of its organisations. Costs: 4 queries, however many places.
    """
    if not places:
        return {}
    with scope_of(*{place.workspace_id for place in places}):
        return _waiting_at(places)


def _waiting_at(places: Sequence[Membership]) -> dict[int, Waiting]:
    whole = [place.workspace_id for place in places if place.organisation_id is None]
    mine = [place.organisation_id for place in places if place.organisation_id is not None]
    rows = Organisation.objects.filter(Q(workspace__in=whole) | Q(pk__in=mine), archived_at=None)
    above = dict(rows.values_list("pk", "workspace_id"))
    counts = _open_in(above)
    for_me = dict(
        Respondent.objects.filter(
            user=places[0].user_id,
            finished_at=None,
            assessment__answers_ended_at=None,
            assessment__organisation__in=above,
        )
        .values_list("assessment__organisation")
        .annotate(n=Count("pk"))
    )
    last = dict(
        Result.objects.filter(assessment__organisation__in=above)
        .values_list("assessment__organisation")
        .annotate(last=Max("date"))
    )
    found = {}
    for place in places:
        if place.organisation_id is None:
            inside = [pk for pk, workspace in above.items() if workspace == place.workspace_id]
        else:
            inside = [place.organisation_id]
        asked, done = counts.people.get(inside[0], (0, 0)) if len(inside) == 1 else (0, 0)
        found[place.pk] = Waiting(
            organisations=len(inside),
            opened=sum(counts.opened.get(pk, 0) for pk in inside),
            asked=asked,
            done=done,
            for_me=sum(for_me.get(pk, 0) for pk in inside),
            last=max((last[pk] for pk in inside if pk in last), default=None),
        )
    return found


def _open_in(organisations: Iterable[int]) -> _Counts:
    rows = (
        Assessment.objects.filter(organisation__in=organisations, closed_at=None)
        .order_by("date", "pk")
        .annotate(
            people=Count("respondents", filter=is_asked("respondents__")),
            done=Count("respondents__finished_at", filter=is_asked("respondents__")),
        )
        .values_list("organisation_id", "people", "done")
    )
    counts = _Counts()
    for organisation, people, done in rows:
        counts.opened[organisation] += 1
        counts.people[organisation] = (people, done)
    return counts
