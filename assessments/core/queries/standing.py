"""How an assessment stands: the one source of the figures on pages, in reports and in exports.

An open one is placed from its answers, a closed one shows what was frozen. What must not be seen
is not in a `Standing`: of a hidden one sheet and placement are empty, so that a page that forgets
to ask shows nothing.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, When

from assessments.core.queries.agreed import agreed_of
from assessments.core.queries.respondents import name_of
from assessments.core.queries.results import hidden_from, sheet_of
from assessments.core.queries.sheets import Collected, collected_in, figures_in
from assessments.core.queries.still_asked import is_asked
from assessments.models import Assessment, Respondent, Result
from assessments.scoring.confidential import Hidden, people_who_answered, suppressed
from assessments.scoring.frozen import ids_in, placement_from
from assessments.scoring.placement import Placement
from assessments.scoring.scored import Scored, score
from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of an assessment as somebody may see them.

    `result` is the frozen one they come from, None while it is open. `people` counts who answered.
    `hidden` says why nothing of it may be shown, None when it may.
    `ids` are the respondents' ids in the sheet's order; None where nobody may learn who said what.
    `counts_from_first` says that the baseline is the organisation's first result.
    """

    scored: Scored
    result: Result | None
    hidden: Hidden | None
    people: int
    ids: tuple[int, ...] | None
    purpose: str
    scope: str
    counts_from_first: bool

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing of it may be shown."""
        return self.hidden is not None

    @property
    def matrix(self) -> Matrix:
        """The version of the model that was answered."""
        return self.scored.matrix

    @property
    def sheet(self) -> AnswerSheet:
        """The answers as they may be seen."""
        return self.scored.sheet

    @property
    def placement(self) -> Placement:
        """Where they put the organisation."""
        return self.scored.placement


def standing_of(
    assessment: Assessment, *, result: Result | None = None, with_notes: bool = True
) -> Standing:
    """Return how the assessment stands, or what one of its frozen results says.

    Left out, the newest result of a closed assessment is taken, and the answers of an open one.
    Without `with_notes` those on statements of an open one are left out, which saves a query.
    The organisation must be loaded. Costs: of an open one 6 queries; of a frozen one 1, and 1 for
    the newest result.
    """
    if result is None and assessment.is_closed:
        result = Result.objects.filter(assessment=assessment).order_by("-number").first()
    return _open(assessment, with_notes) if result is None else _frozen(assessment, result)


def _frozen(assessment: Assessment, result: Result) -> Standing:
    data: dict[str, Any] = result.frozen
    return Standing(
        scored=score(
            matrix_of_version(result.model_version_id),
            sheet_of(result),
            placement=placement_from(data["placement"]),
        ),
        result=result,
        hidden=hidden_from(data["hidden"]),
        people=result.people,
        ids=tuple(ids_in(data["sheet"])) or None,
        purpose=data["purpose"],
        scope=data["scope"],
        counts_from_first=data["counts_from_first"],
    )


def _open(assessment: Assessment, with_notes: bool) -> Standing:
    matrix = matrix_of_version(assessment.model_version_id)
    found = collected_in(assessment) if with_notes else figures_in(assessment)
    collected = _with_agreed(assessment, found)
    people = people_who_answered(collected.sheet)
    hidden = _hidden(assessment, collected.sheet, people)
    sheet = collected.sheet
    if hidden:
        sheet = replace(sheet, respondents=(), agreed_ratings={}, agreed_picks={})
    elif assessment.is_anonymous:
        sheet = suppressed(sheet, assessment.fewest_answers)
    return Standing(
        scored=score(matrix, sheet),
        result=None,
        hidden=hidden,
        people=people,
        ids=None if assessment.is_anonymous else collected.ids,
        purpose=assessment.purpose,
        scope=assessment.scope,
        counts_from_first=assessment.counts_from_first,
    )


def _hidden(assessment: Assessment, sheet: AnswerSheet, people: int) -> Hidden | None:
    """Return why nothing of it may be seen; None when it may."""
    fewest = assessment.fewest_answers
    if not assessment.is_anonymous:
        return None
    if assessment.takes_answers:
        return Hidden("collecting", people, fewest)
    if people < fewest and not (sheet.agreed_ratings or sheet.agreed_picks):
        return Hidden("below_floor", people, fewest)
    return None


def _with_agreed(assessment: Assessment, collected: Collected) -> Collected:
    """Lay what the group decided on over what people answered."""
    ratings, picks = agreed_of(assessment)
    sheet = replace(collected.sheet, agreed_ratings=ratings, agreed_picks=picks)
    return replace(collected, sheet=sheet)


@dataclass(frozen=True, slots=True)
class Finished:
    """How many are asked, how many are done, and whom one still waits for.

    `waiting_for` names who was asked in person, `waiting_by_link` counts who came by the open link.
    `gone` counts the members who may not answer any more; they are in none of the others.
    """

    asked: int
    finished: int
    waiting_for: tuple[str, ...]
    waiting_by_link: int
    gone: int


def who_finished(assessment: Assessment) -> Finished:
    """Return who has finished answering; what anybody said plays no part. Costs: 1 query."""
    rows = (
        Respondent.objects.filter(assessment=assessment)
        .select_related("user")
        .annotate(is_asked=Case(When(is_asked(), then=True), default=False))
        .order_by("name", "pk")
    )
    everybody = list(rows)
    people = [each for each in everybody if each.is_asked]
    waiting = [each for each in people if each.finished_at is None]
    return Finished(
        asked=len(people),
        finished=len(people) - len(waiting),
        waiting_for=tuple(name_of(each) for each in waiting if not each.came_by_open_link),
        waiting_by_link=sum(each.came_by_open_link for each in waiting),
        gone=len(everybody) - len(people),
    )
