"""A workshop that was held: every kind of round, votes, notes, what was decided."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from assessments.models import Assessment
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.services.doors import end_workshop
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User
from tests.markup import words
from tests.workshops.room import NOW, add_participant, add_round, make_workshop, vote

BY = Actor("user:1")
END = NOW + timedelta(hours=2)
NAMES = (
    "Zoë Zimmer",
    "Anabel Silva",
    "Borromeo Berg",
    "Cemal Can",
    "Deirdre Day",
    "Eligius Ek",
    "Faysal Fox",
)
DEPARTMENTS = ("Service", "IT")
GROUPS = [{"name": "Department", "options": list(DEPARTMENTS)}]
STEPS = ("strategy.3.01", "metrics.3.01", "crisis-management.3.01", "internal-use.3.01")
NOTES = ("We have no owner for this.", "Ask the service desk first.")


def words_in(response: Any) -> str:
    """Return what somebody reads on a page, without its tags and with single blanks."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return words(f"<main{main}")


@dataclass
class Held:
    """A workshop with its people and its rounds."""

    workshop: Workshop
    people: list[Participant]
    rounds: dict[str, Round]

    def end(self) -> Workshop:
        """End it as a facilitator does, and return it anew."""
        end_workshop(self.workshop, now=END, by=BY)
        self.workshop.refresh_from_db()
        return self.workshop


def revealed(workshop: Workshop, kind: str, dimension: str = "", **fields: Any) -> Round:
    """Return a round that was opened, closed and revealed; agreed, with a `decision`."""
    number = workshop.rounds.count()
    at = NOW + timedelta(minutes=10 * number)
    state = "agreed" if fields.get("decision") else "revealed"
    times = {
        "opened_at": at,
        "closed_at": at + timedelta(minutes=3),
        "revealed_at": at + timedelta(minutes=4),
        "agreed_at": at + timedelta(minutes=6) if state == "agreed" else None,
    }
    return add_round(workshop, kind, dimension, **{"state": state, **times, **fields})


def hold(
    assessment: Assessment,
    *,
    names: tuple[str, ...] = NAMES,
    by: User | None = None,
    with_steps: tuple[str, ...] = STEPS,
    **fields: Any,
) -> Held:
    """Return a workshop that is live still, with everything in it that a protocol tells.

    Strategy was voted on twice and agreed; Metrics was shown and not decided; a gate, a target,
    an importance and the first steps were agreed; Crisis management was closed and never revealed.
    """
    fields = {
        "opened_at": NOW,
        "expires_at": NOW + timedelta(hours=12),
        "code": "BCD346",
        "token_hash": "h" * 64,
        "nonce": "n" * 64,
        "groups": GROUPS,
        "created_by": by,
        "takes_addresses": True,
        **fields,
    }
    workshop = make_workshop(assessment, **fields)
    people = [
        add_participant(workshop, name, groups={"Department": department})[0]
        for name, department in zip(names, cycle(DEPARTMENTS), strict=False)
    ]
    rounds = _rounds(workshop, by, with_steps)
    _vote(people, rounds["first"], "strategy", (1, 4, 2, 4, 2, 4, "unknown"), notes=NOTES)
    _vote(people, rounds["again"], "strategy", (2, 3, 2, 3, 3, 3, 3))
    _vote(people, rounds["open"], "metrics", (1, 2))
    _vote(people, rounds["target"], "strategy", (4, 4, 5))
    _vote(people, rounds["importance"], "strategy", (2, 1, 2))
    for person, step in zip(people, cycle((0, 1, 3, 2)), strict=False):
        vote(person, rounds["gate"], {"strategy.1.01": step, "strategy.2.04": 2})
    for number, person in enumerate(people):
        chosen = islice(cycle(with_steps), number % 2, number % 2 + min(3, len(with_steps)))
        vote(person, rounds["steps"], dict.fromkeys(chosen, 1))
    _vote(people[:2], rounds["unseen"], "crisis-management", (5, 5), notes=("A secret note",))
    return Held(workshop, people, rounds)


def _rounds(workshop: Workshop, by: User | None, steps: tuple[str, ...]) -> dict[str, Round]:
    said: dict[str, Any] = {"reason": "Two teams do it, the third begins.", "decided_by": by}
    first = revealed(workshop, "stage", "strategy")
    again = revealed(
        workshop,
        "stage",
        "strategy",
        position=1,
        attempt=2,
        decision={"strategy": 3},
        dissent="The service desk sees stage 2.",
        **said,
    )
    return {
        "first": first,
        "again": again,
        "open": revealed(workshop, "stage", "metrics", position=2),
        "gate": revealed(
            workshop,
            "gate",
            "strategy",
            gate_to=2,
            position=3,
            decision={"strategy.1.01": 3, "strategy.2.04": "not_applicable"},
            **said,
        ),
        "target": revealed(
            workshop, "target", "strategy", position=4, decision={"strategy": 4}, **said
        ),
        "importance": revealed(
            workshop, "importance", "strategy", position=5, decision={"strategy": 2}, **said
        ),
        "steps": revealed(
            workshop,
            "steps",
            position=6,
            candidates=list(steps),
            decision=dict.fromkeys(steps[:2], 1),
            **said,
        ),
        "unseen": add_round(
            workshop,
            "stage",
            "crisis-management",
            position=7,
            state="closed",
            opened_at=NOW,
            closed_at=NOW,
        ),
    }


def _vote(
    people: list[Participant],
    round_: Round,
    key: str,
    answers: tuple[Any, ...],
    notes: tuple[str, ...] = (),
) -> None:
    texts = [*notes, *[""] * len(people)]
    for person, answer, note in zip(people, cycle(answers), texts, strict=False):
        vote(person, round_, {key: answer}, note)


LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff"
LONG_NOTE = " ".join(["We met in spring, agreed on owners and never wrote it down."] * 20)[:500]
LONG_REASON = " ".join(["The room talked about this for long, and settled it in the end."] * 40)[
    :2000
]


def hold_large(assessment: Assessment, *, people: int = 60, **fields: Any) -> Held:
    """Return a workshop of twelve agreed rounds, with many people, long names and long notes."""
    fields = {
        "title": f"{LONG_NAME * 3} and everybody else"[:120],
        "opened_at": NOW,
        "expires_at": NOW + timedelta(hours=12),
        "groups": GROUPS,
        **fields,
    }
    workshop = make_workshop(assessment, **fields)
    everybody = [
        add_participant(
            workshop,
            f"{LONG_NAME} {number}",
            groups={"Department": DEPARTMENTS[number % 2]},
        )[0]
        for number in range(people)
    ]
    dimensions = (
        "strategy",
        "customer-engagement",
        "employee-engagement",
        "people-profiles",
        "crisis-management",
        "metrics",
    )
    rounds = {}
    for dimension in dimensions:
        for kind, answer in (("stage", 3), ("target", 4)):
            found = revealed(
                workshop,
                kind,
                dimension,
                decision={dimension: answer},
                reason=LONG_REASON,
                dissent=LONG_REASON[:600],
            )
            rounds[f"{kind} {dimension}"] = found
            answers = (answer, answer - 1, answer + 1, answer, answer)
            notes = (LONG_NOTE,) * (8 if kind == "stage" else 0)
            _vote(everybody, found, dimension, answers, notes=notes)
    return Held(workshop, everybody, rounds)
