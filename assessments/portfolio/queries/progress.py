"""How far an organisation's open assessments are: for who leads them, and for who is asked."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import FilteredRelation, Q

from assessments.core.queries.still_asked import is_asked_in
from assessments.models import Assessment, Pick, Rating, Respondent, Result
from assessments.scoring.asked import QuestionSet, asked_of
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.models import Organisation


@dataclass(frozen=True, slots=True)
class OpenAssessment:
    """An open assessment as its lead sees it: how many are asked, and how many are done.

    `may_answer` and `has_begun` are about the visitor's own answers.
    """

    assessment: Assessment
    asked: int
    done: int
    may_answer: bool
    has_begun: bool

    @property
    def is_everybody_done(self) -> bool:
        """Say whether nobody is missing."""
        return self.asked > 0 and self.done == self.asked


@dataclass(frozen=True, slots=True)
class AssignedAssessment:
    """An assessment somebody is asked in; `total` is 0 where they answer as they like."""

    public_id: str
    date: date
    purpose: str
    scope: str
    answered: int
    total: int
    finished_at: datetime | None
    takes_answers: bool

    @property
    def left(self) -> int:
        """How many questions are open."""
        return max(0, self.total - self.answered)

    @property
    def is_done(self) -> bool:
        """Say whether they said so, or answered everything that is asked."""
        return self.finished_at is not None


def assessments_of(organisation: Organisation) -> tuple[list[Assessment], list[Result]]:
    """Return the open assessments, the newest first, and the results, the oldest first.

    What a result froze is left out. Costs: 1 query.
    """
    # One outer join loads both: a row for each result, and one for an assessment without any.
    rows = (
        # The checker does not know that a FilteredRelation can be selected.
        Assessment.objects.filter(organisation=organisation)  # type: ignore[misc]
        .annotate(result=FilteredRelation("results"))
        .select_related("result")
        .defer("told", "result__frozen", "result__scores")
    )
    known: dict[int, Assessment] = {}
    results: list[Result] = []
    for row in rows:
        assessment = known.setdefault(row.pk, row)
        assessment.organisation = organisation
        result: Result | None = getattr(row, "result", None)
        if result is not None:
            result.assessment = assessment
            results.append(result)
    opened = [each for each in known.values() if each.closed_at is None]
    opened.sort(key=lambda each: (each.date, each.pk), reverse=True)
    results.sort(key=lambda each: (each.date, each.closed_at, each.pk))
    return opened, results


def progress_of(assessment: Assessment, *, user_id: int) -> OpenAssessment:
    """Return how many are asked in an assessment, how many are done, and how far one is oneself.

    Costs: 1 query.
    """
    people = list(
        Respondent.objects.filter(is_asked_in(assessment), assessment=assessment).values_list(
            "user_id", "begun_at", "finished_at"
        )
    )
    mine = next((row for row in people if row[0] == user_id), None)
    return OpenAssessment(
        assessment=assessment,
        asked=len(people),
        done=sum(row[2] is not None for row in people),
        may_answer=assessment.takes_answers and (mine is not None or _can_begin(assessment)),
        has_begun=mine is not None and mine[1] is not None,
    )


def _asked_by(assessment: Assessment) -> QuestionSet:
    matrix = matrix_of_version(assessment.model_version_id)
    return asked_of(matrix, assessment.asked, assessment.asked_up_to)


def asked_in(opened: list[Assessment], user_id: int) -> list[AssignedAssessment]:
    """Return those of an organisation's open assessments that a member may answer in.

    That is where they are asked, and where whoever may answer can begin by themselves; those that
    take answers come first. Costs: 2 or 3 queries, 1 when they are asked nowhere, 0 without any.
    """
    if not opened:
        return []
    mine: dict[int, Respondent] = {
        person.assessment_id: person
        for person in Respondent.objects.filter(user=user_id, assessment__in=opened)
    }
    answered = _answered(mine.values(), {each.asked for each in opened if each.pk in mine})
    found = [
        _asked(assessment, mine.get(assessment.pk), answered)
        for assessment in opened
        if assessment.pk in mine or _can_begin(assessment)
    ]
    return sorted(found, key=lambda each: not each.takes_answers)


def _can_begin(assessment: Assessment) -> bool:
    """Say whether a member may begin who is not asked yet; one person alone answers freely."""
    return assessment.takes_answers and assessment.asked != Assessment.Asked.FREE


def _asked(
    assessment: Assessment, person: Respondent | None, answered: Counter[tuple[int, str]]
) -> AssignedAssessment:
    asked = _asked_by(assessment)
    keys = (*asked.ratings, *asked.picks)
    return AssignedAssessment(
        public_id=assessment.public_id,
        date=assessment.date,
        purpose=assessment.purpose,
        scope=assessment.scope,
        answered=sum(answered[person.pk, key] for key in keys) if person else 0,
        total=0 if asked.is_free else asked.size,
        finished_at=person.finished_at if person else None,
        takes_answers=assessment.takes_answers,
    )


def _answered(people: Iterable[Respondent], kinds: Set[str]) -> Counter[tuple[int, str]]:
    """Return what was answered in assessments that ask in these ways."""
    mine = {"respondent__in": [person.pk for person in people], "is_from_before": False}
    found: Counter[tuple[int, str]] = Counter()
    if kinds - {"picks"}:
        rows = Rating.objects.filter(**mine).exclude(Q(step=None) & Q(word=""))
        found.update(rows.values_list("respondent_id", "descriptor_id"))
    if kinds - {"gates"}:
        picked = Pick.objects.filter(**mine).exclude(Q(stage=None) & Q(word=""))
        found.update(picked.values_list("respondent_id", "dimension"))
    return found
