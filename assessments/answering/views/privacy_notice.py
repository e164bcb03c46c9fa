"""What a respondent is told before the first question: how much is asked, and what will be seen."""

from dataclasses import dataclass

from assessments.core.queries.respondents import HowMany
from assessments.models import Assessment
from assessments.scoring.asked import QuestionSet
from maturity.catalogue.matrix import Matrix

# Ours: the slower half of those who tried took about this long for one.
_SECONDS_A_PICK = 40
_SECONDS_A_STATEMENT = 15


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """Plain sentences: what is asked, how long it takes, and what will be seen by whom."""

    asked: str
    time: str
    seen: tuple[str, ...]


def told_of(
    assessment: Assessment,
    matrix: Matrix,
    asked: QuestionSet,
    *,
    by_link: bool,
    people: HowMany | None = None,
) -> PrivacyNotice:
    """Return what somebody is told before they begin.

    `by_link`: they come by a personal link that ends when they begin. `people` is how many are
    asked; those who answer anonymously are told.
    """
    return PrivacyNotice(
        asked=_asked(assessment, matrix, asked),
        time=_time(asked),
        seen=_anonymous(assessment, by_link=by_link, people=people)
        if assessment.is_anonymous
        else _named(),
    )


def _asked(assessment: Assessment, matrix: Matrix, asked: QuestionSet) -> str:
    if asked.is_free:
        return (
            f"You answer as you like: a stage for each of {len(matrix.dimensions)} dimensions, or"
            " statement by statement."
        )
    if asked.kind == "picks":
        return (
            f"For each of {len(matrix.dimensions)} dimensions, choose the one of"
            f" {len(matrix.stages)} short descriptions that sounds most like you."
        )
    count = f"{asked.size} statements about how you work, in {len(matrix.dimensions)} dimensions"
    if assessment.asked_up_to:
        stage = matrix.stage_by_number.get(assessment.asked_up_to)
        name = f", {stage.name}" if stage else ""
        return f"{count}: what it takes up to stage {assessment.asked_up_to}{name}."
    return f"{count}."


def _time(asked: QuestionSet) -> str:
    if asked.is_free:
        return "From five minutes to an hour, as you choose."
    seconds = _SECONDS_A_PICK if asked.kind == "picks" else _SECONDS_A_STATEMENT
    minutes = max(5, 5 * round(asked.size * seconds / 300))
    return f"About {minutes} minutes. You can stop at any time and go on later."


def _named() -> tuple[str, ...]:
    return (
        "Your name stands beside your answers: those who lead this assessment see them as soon as"
        " you give them, and may show them to the group when you discuss them.",
        "Your notes stand with your name in the result and in its report, word for word. Everybody"
        " who may see the closed result can read them, and so can whoever is given the report.",
        "Your answers stand there without names, as how often each was given. Where few people"
        " answered, it may be plain who said what.",
    )


def _anonymous(assessment: Assessment, *, by_link: bool, people: HowMany | None) -> tuple[str, ...]:
    fewest = assessment.fewest_answers
    told = [
        "Nobody is shown who said what: not those who lead this assessment, not the other"
        " respondents. Only whoever runs this server could find it in the stored data.",
        f"No answer is shown while answers come in. After that, only what at least {fewest}"
        " people answered is shown, and only together.",
        "Notes to it are shown word for word, without a name, in the result and in its report."
        " Write nothing that gives you away.",
    ]
    if assessment.groups:
        told.append(
            f"Groups are compared only where at least {fewest} people of each gave an answer."
        )
    if people is not None:
        told.append(_how_many(people))
    told.append(
        "Those who lead it see whether you are finished, so that they can remind those who are not."
    )
    if by_link:
        told.append(
            "When you begin, the link you came with stops working, so that nobody else can open"
            " your answers. This browser remembers you; “Your link” shows a new one, for you alone."
        )
    return tuple(told)


def _how_many(asked: HowMany) -> str:
    """Say what these promises cannot prevent: one person behind several links."""
    asked_so_far = "1 person is" if asked.people == 1 else f"{asked.people} people are"
    return (
        f"So far {asked_so_far} asked, {asked.by_link} of them by a link, without an account."
        " Waymark cannot tell whether each link is used by another person: whoever answered by"
        " several could work out more about the others’ answers."
    )
