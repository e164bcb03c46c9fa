"""PURE. A protocol as JSON values: written, and read back to one that is equal in every word.

Figures are read and words are made of them anew, as they were made for the file. Only what rests on
more than the file tells is taken as it stands: how groups differ, which is a sentence.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN
from assessments.scoring.spread import Spread
from assessments.workshops.rules.kinds import Kind, Question, question_of
from assessments.workshops.rules.protocol import Protocol, named_by_day
from assessments.workshops.rules.records import Asked, RoundFacts, RoundRecord, round_record
from assessments.workshops.rules.tallies import Line, Note, Tally, ranked_of
from maturity.catalogue.matrix import Matrix

MOMENT: Final = "%Y-%m-%dT%H:%MZ"
"""How a moment is written, in UTC; what happens in a second of a workshop, nobody is told."""

SHOWN: Final = ("shown", "agreed")
"""The states of a round that has figures."""


# --- written --------------------------------------------------------------------------------------


def protocol_document(protocol: Protocol) -> dict[str, Any]:
    """Return a workshop as JSON values.

    Keys: `title`, `date` and `time` in words, `began_at` and `ended_at` (minutes in UTC; no end of
    one that still ran), `run_by`, `is_anonymous`, `fewest`, `joined`, `removed`, `names`, `rounds`.
    Each round has number, attempt, kind, dimension, gate_to, title, question, state, votes, phones,
    hands, at_least, hidden, words, asked (for each key its name, the counts by answer, median,
    agreement, words, hidden, differences between groups, decision), steps with their dots, notes,
    decided, decision, reason and dissent. Of an anonymous one `names` is empty and no note has one.
    """
    return {
        "title": protocol.name,
        "date": protocol.iso_date,
        "time": protocol.time,
        "began_at": _moment_text(protocol.began),
        "ended_at": _moment_text(protocol.ended),
        "run_by": list(protocol.facilitators),
        "is_anonymous": protocol.is_anonymous,
        "fewest": protocol.fewest,
        "joined": protocol.joined,
        "removed": protocol.removed,
        "names": list(protocol.names),
        "rounds": [_round_document(each) for each in protocol.rounds],
    }


def _moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).strftime(MOMENT)


def _round_document(record: RoundRecord) -> dict[str, Any]:
    tally = record.tally
    return {
        "number": record.number,
        "attempt": record.attempt,
        "kind": record.kind.value,
        "dimension": record.question.dimension,
        "gate_to": record.question.gate_to,
        "title": record.title,
        "question": record.prompt,
        "state": record.state,
        "votes": record.n,
        "phones": tally.phones if tally else 0,
        "hands": tally.hands if tally else 0,
        "at_least": bool(tally and tally.is_at_least),
        "hidden": bool(tally and tally.is_hidden),
        "words": list(record.texts),
        "asked": [_asked_document(asked) for asked in record.asked],
        "steps": [
            {"id": step.key, "action": step.action, "dots": step.votes, "first": step.is_decided}
            for step in record.steps
        ],
        "notes": [{"by": note.name, "text": note.text} for note in record.notes],
        "decided": record.decided,
        "decision": dict(record.decision),
        "reason": record.reason,
        "dissent": record.dissent,
    }


def _asked_document(asked: Asked) -> dict[str, Any]:
    return {
        "key": asked.key,
        "name": asked.name,
        "counts": [
            {"answer": each.label, "value": each.value, "votes": each.count}
            for each in asked.choices
        ],
        "median": asked.median,
        "agreement": asked.agreement,
        "words": asked.text,
        "hidden": asked.is_hidden,
        "groups": list(asked.groups),
        "decision": asked.decision,
    }


# --- read -----------------------------------------------------------------------------------------


def protocol_of_document(document: Mapping[str, Any], matrix: Matrix, public_id: str) -> Protocol:
    """Return the protocol of a document that was checked; it is over, and was no rehearsal."""
    ended = document["ended_at"]
    is_anonymous, names = document["is_anonymous"], tuple(document["names"])
    return Protocol(
        public_id=public_id,
        title=title_in(document),
        began=moment_in(document["began_at"]),
        ended=None if ended is None else moment_in(ended),
        is_over=True,
        is_cut=ended is None,
        is_rehearsal=False,
        is_anonymous=is_anonymous,
        fewest=document["fewest"],
        facilitators=tuple(document["run_by"]),
        joined=document["joined"],
        removed=document["removed"],
        names=names,
        unnamed=0 if is_anonymous else document["joined"] - len(names),
        rounds=tuple(_round(matrix, each, document) for each in document["rounds"]),
    )


def title_in(document: Mapping[str, Any]) -> str:
    """Return the title of a checked document; empty where it is called by its day only."""
    title: str = document["title"]
    by_day = named_by_day("Workshop", moment_in(document["began_at"]))
    return "" if title == by_day else title


def moment_in(text: str) -> datetime:
    """Return the moment that was written like this. Raises: ValueError."""
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def _round(matrix: Matrix, data: Mapping[str, Any], whole: Mapping[str, Any]) -> RoundRecord:
    question = question_in(matrix, data)
    tally = _tally(question, data, whole) if data["state"] in SHOWN else None
    facts = RoundFacts(
        number=data["number"],
        attempt=data["attempt"],
        attempts=sum(each["number"] == data["number"] for each in whole["rounds"]),
        state=data["state"],
        decision=data["decision"],
        reason=data["reason"],
        dissent=data["dissent"],
    )
    record = round_record(matrix, question, tally, facts)
    groups = {each["key"]: tuple(each["groups"]) for each in data["asked"]}
    asked = tuple(replace(each, groups=groups.get(each.key, ())) for each in record.asked)
    return replace(record, asked=asked)


def question_in(matrix: Matrix, data: Mapping[str, Any]) -> Question:
    """Return what a round of a document asks. Raises: NoSuchQuestion."""
    steps = [each["id"] for each in data["steps"]]
    return question_of(matrix, Kind(data["kind"]), data["dimension"], data["gate_to"], steps)


def _tally(question: Question, data: Mapping[str, Any], whole: Mapping[str, Any]) -> Tally:
    base = Tally(
        kind=question.kind,
        phones=data["phones"],
        hands=data["hands"],
        fewest=whole["fewest"] if whole["is_anonymous"] else 0,
        is_at_least=data["at_least"],
        is_hidden=data["hidden"],
    )
    if base.is_hidden:
        return base
    notes = tuple(Note(each["text"], each["by"]) for each in data["notes"])
    if question.kind is Kind.STEPS:
        dots = [(each["id"], each["dots"]) for each in data["steps"]]
        return replace(base, ranked=ranked_of(dots), notes=notes)
    return replace(base, lines=tuple(_line(question, each) for each in data["asked"]), notes=notes)


def _line(question: Question, data: Mapping[str, Any]) -> Line:
    votes = {each["value"]: each["votes"] for each in data["counts"]}
    spread = Spread(
        data["key"],
        tuple([votes.get(value, 0) for value in question.values]),
        votes.get(NOT_APPLICABLE, 0),
        votes.get(UNKNOWN, 0),
    )
    return Line(data["key"], question.values, spread, is_hidden=data["hidden"])
