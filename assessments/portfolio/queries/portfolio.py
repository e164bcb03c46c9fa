"""A workspace's organisations side by side: latest figures, what is open, what is overdue.

Everything comes as plain values, texts where texts are shown: 500 rows of model instances, dates
and decimals would take longer to make than the page to draw.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, Count, FloatField, TextField
from django.db.models.functions import Cast

from assessments.core.queries.still_asked import is_asked
from assessments.models import Assessment, Respondent, Result, Step
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Organisation, Workspace
from maturity.workspaces.models.workspace import Sector

_SECTORS = dict(Sector.choices)


class Open(NamedTuple):
    """An organisation's open assessment, the newest when there are `more`."""

    public_id: str
    is_settling: bool
    finished: int
    asked: int
    more: int

    @property
    def waits_to_be_closed(self) -> bool:
        """Say whether nobody is asked for anything any more."""
        return self.is_settling or (self.asked > 0 and self.finished == self.asked)


class PortfolioRow(NamedTuple):
    """One organisation. Days are ISO texts, empty where there is none.

    `scores` is the stored text of `{dimension: [stage, score]}`; `figures` reads it. `due` is the
    day the next assessment should be done by.
    """

    public_id: str
    name: str
    sector: str
    size: str
    tags: str
    is_archived: bool
    assessed: str
    due: str
    version_id: int
    stage: int | None
    score: float | None
    scores: str
    open: Open | None
    steps_overdue: int

    @property
    def sector_label(self) -> str:
        """Return the sector as a reader knows it."""
        return _SECTORS.get(self.sector, "")


class UsedModel(NamedTuple):
    """A model that assessments of the workspace are made with, and its newest version in use."""

    key: str
    version_id: int
    organisations: int


class _Result(NamedTuple):
    assessed: str
    version_id: int
    stage: int | None
    score: float | None
    scores: str


class Portfolio:
    """Everything read of a workspace at once; `models` are those in use, the most used first.

    Costs: 5 queries, however many organisations; 1 more when there are results this process has
    not read yet.
    """

    def __init__(self, workspace: Workspace, *, today: date) -> None:
        self._workspace = workspace
        self._overdue = _steps_overdue(workspace, today)
        self._open: dict[int, Open] = {}
        self._newest: dict[str, dict[int, int]] = defaultdict(dict)
        users: dict[int, set[int]] = defaultdict(set)
        # Of a few versions there are thousands of results, so each version is looked up once.
        newest_with: dict[int, dict[int, int]] = {}
        for pk, version_id, result in _results(workspace):
            newest = newest_with.get(version_id)
            if newest is None:
                newest = self._newest[matrix_of_version(version_id).key]
                newest_with[version_id] = newest
            # The newest comes last, and stays.
            newest[pk] = result
            users[version_id].add(pk)
        for pk, version_id, public_id, ended_at, asked, done in _open_assessments(workspace):
            users[version_id].add(pk)
            latest = self._open.get(pk)
            self._open[pk] = (
                latest._replace(more=latest.more + 1)
                if latest
                else Open(public_id, ended_at is not None, done, asked, 0)
            )
        self.models = _models(users)

    def rows(self, *, model_key: str) -> list[PortfolioRow]:
        """Return every organisation by name, archived ones too, with its figures on a model."""
        latest = _figures_of(self._workspace, self._newest.get(model_key, {}))
        opened, overdue = self._open, self._overdue
        rows = []
        for pk, public_id, name, sector, size, tags, months, archived_at in _organisations(
            self._workspace
        ):
            assessed, version_id, stage, score, scores = latest.get(pk, _NOTHING)
            rows.append(
                PortfolioRow(
                    public_id,
                    name,
                    sector,
                    size,
                    tags,
                    archived_at is not None,
                    assessed,
                    months_after(assessed, months) if assessed else "",
                    version_id,
                    stage,
                    score,
                    scores,
                    opened.get(pk),
                    overdue.get(pk, 0),
                )
            )
        return rows


_NOTHING = _Result("", 0, None, None, "")


def _organisations(workspace: Workspace) -> Iterable[tuple[Any, ...]]:
    rows = Organisation.objects.filter(workspace=workspace).order_by("name", "pk")
    return rows.values_list(
        "pk",
        "public_id",
        "name",
        "sector",
        "size",
        Cast("tags", TextField()),
        "months_between",
        "archived_at",
    )


def _models(users: dict[int, set[int]]) -> list[UsedModel]:
    """Return the models of some versions, each with its organisations, the most used first."""
    versions: dict[str, list[int]] = defaultdict(list)
    for version_id in users:
        versions[matrix_of_version(version_id).key].append(version_id)
    used = [
        UsedModel(key, max(ids), len(set().union(*(users[each] for each in ids))))
        for key, ids in versions.items()
    ]
    return sorted(used, key=lambda each: (-each.organisations, each.key))


def _results(workspace: Workspace) -> Iterable[tuple[int, int, int]]:
    """Return organisation, model version and key of every result, the oldest first.

    They lie in an index; the rows themselves are large, and most of them are of years before.
    """
    rows = Result.objects.filter(assessment__workspace=workspace)
    return rows.order_by("date", "closed_at", "pk").values_list(
        "assessment__organisation_id", "assessment__model_version_id", "pk"
    )


# What was read of frozen results: they never change, so each process reads them once. By the
# workspace's public id as well, which no other workspace ever had.
_read: dict[tuple[str, int], _Result] = {}
_MOST_READ = 50_000


def _figures_of(workspace: Workspace, newest: dict[int, int]) -> dict[int, _Result]:
    """Return the figures of each organisation's result."""
    found = {pk: _read.get((workspace.public_id, result)) for pk, result in newest.items()}
    unread = {newest[pk]: pk for pk, result in found.items() if result is None}
    if unread:
        for result, values in _read_results(workspace, set(unread)):
            found[unread[result]] = values
    return {pk: result for pk, result in found.items() if result is not None}


def _read_results(workspace: Workspace, wanted: set[int]) -> Iterable[tuple[int, _Result]]:
    if len(_read) > _MOST_READ:
        _read.clear()
    # All of them: picked out by hundreds of keys, SQLite would look each up for each assessment.
    for pk, *values in Result.objects.filter(assessment__workspace=workspace).values_list(
        "pk",
        Cast("date", CharField()),
        "model_version_id",
        "overall_stage",
        Cast("overall_score", FloatField()),
        Cast("scores", TextField()),
    ):
        if pk in wanted:
            found = _read[workspace.public_id, pk] = _Result(*values)
            yield pk, found


def _open_assessments(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    """Yield the open assessments, the newest first, with how many are asked and finished.

    Two queries: in one, the database would look up for each respondent twice whether they may
    answer.
    """
    asked = Respondent.objects.filter(
        is_asked(), assessment__workspace=workspace, assessment__closed_at=None
    )
    counts = asked.order_by().values_list("assessment_id")
    counted = {
        pk: (people, done)
        for pk, people, done in counts.annotate(people=Count("pk"), done=Count("finished_at"))
    }
    rows = Assessment.objects.filter(workspace=workspace, closed_at=None).order_by("-date", "-pk")
    for pk, *values in rows.values_list(
        "pk", "organisation_id", "model_version_id", "public_id", "answers_ended_at"
    ):
        yield (*values, *counted.get(pk, (0, 0)))


def _steps_overdue(workspace: Workspace, today: date) -> dict[int, int]:
    rows = Step.objects.filter(
        organisation__workspace=workspace, status__in=Step.OPEN, due__lt=today
    )
    return dict(rows.values_list("organisation_id").annotate(n=Count("pk")).order_by())


@lru_cache(maxsize=10_000)
def figures(scores: str) -> dict[str, tuple[int, float]]:
    """Return the stage and score of each assessed dimension, from a row's text."""
    found = json.loads(scores) if scores else {}
    return {
        key: (pair[0], float(pair[1]))
        for key, pair in found.items()
        if pair and pair[0] is not None and pair[1] is not None
    }


@lru_cache(maxsize=10_000)
def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags of a row's text."""
    return tuple(json.loads(text))


@lru_cache(maxsize=10_000)
def months_after(iso: str, months: int) -> str:
    """Return the day so many months later, at most the month's last one; at most the last of all.

    A stored day may be any: 9999-12-31 must not take the page from everybody.
    """
    day = date.fromisoformat(iso)
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max.isoformat()
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last).isoformat()
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
