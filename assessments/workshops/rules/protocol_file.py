"""PURE. A protocol as JSON values: written, and read back to one that is equal in every word.

It holds codes, ids, numbers and what people typed; every word of ours is made when it is read. Of
a group there are only the middle two answers, which its median is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN
from assessments.scoring.spread import Spread
from assessments.workshops.rules.kinds import SHOWN, Question, RoundKind, State, question_of
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.records import RoundFacts, RoundRecord, round_record
from assessments.workshops.rules.tallies import (
    GroupingLine,
    GroupLine,
    Line,
    Tally,
    VoteNote,
    middle_of,
    ranked_of,
)
from maturity.catalogue.matrix import Matrix

MOMENT: Final = "%Y-%m-%dT%H:%MZ"
"""How a moment is written, in UTC; what happens in a second of a workshop, nobody is told."""


# --- written --------------------------------------------------------------------------------------


def protocol_document(protocol: Protocol) -> dict[str, Any]:
    """Return a workshop as JSON values.

    Keys: `title`, empty where it is called by its day; `began_at` and `ended_at` (minutes in UTC;
    no end of one that still ran), `run_by`, `is_anonymous`, `fewest`, `joined`, `removed`, `names`,
    `rounds`. Each round has number, attempt, kind, dimension, gate_to, state (`kinds.State`),
    votes, phones, hands, at_least, hidden, asked (for each key the counts by answer, hidden, and
    the groups that differ), steps with their dots, notes, decision, reason and dissent. Of an
    anonymous one `names` is empty and no note has one.
    """
    return {
        "title": protocol.title,
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
        "state": record.state.value,
        "votes": record.n,
        "phones": tally.phones if tally else 0,
        "hands": tally.hands if tally else 0,
        "at_least": bool(tally and tally.is_at_least),
        "hidden": bool(tally and tally.is_hidden),
        "asked": [_line_document(line) for line in tally.lines] if tally else [],
        "steps": [
            {"id": step.key, "dots": step.votes, "first": step.is_decided} for step in record.steps
        ],
        "notes": [{"by": note.name, "text": note.text} for note in record.notes],
        "decision": dict(record.decision),
        "reason": record.reason,
        "dissent": record.dissent,
    }


def _line_document(line: Line) -> dict[str, Any]:
    words = ((NOT_APPLICABLE, line.spread.excused), (UNKNOWN, line.spread.unsure))
    counts = [*line.counts.items(), *[(word, count) for word, count in words if count]]
    return {
        "key": line.key,
        "counts": []
        if line.is_hidden
        else [{"value": value, "votes": count} for value, count in counts],
        "hidden": line.is_hidden,
        "groups": [
            {"list": each.name, "groups": [*map(_group_document, each.groups)]}
            for each in line.groupings
            if each.differs
        ],
    }


def _group_document(group: GroupLine) -> dict[str, Any]:
    middle = middle_of(group.values, group.spread.counts)
    return {
        "options": list(group.options),
        "is_rest": group.is_rest,
        "middle": None if middle is None else list(middle),
    }


# --- read -----------------------------------------------------------------------------------------


def protocol_of_document(document: Mapping[str, Any], matrix: Matrix, public_id: str) -> Protocol:
    """Return the protocol of a document that was checked; it is over, and was no rehearsal."""
    ended = document["ended_at"]
    is_anonymous, names = document["is_anonymous"], tuple(document["names"])
    return Protocol(
        public_id=public_id,
        title=document["title"],
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
        state=State(data["state"]),
        decision=data["decision"],
        reason=data["reason"],
        dissent=data["dissent"],
    )
    return round_record(matrix, question, tally, facts)


def question_in(matrix: Matrix, data: Mapping[str, Any]) -> Question:
    """Return what a round of a document asks. Raises: NoSuchQuestion."""
    steps = [each["id"] for each in data["steps"]]
    return question_of(matrix, RoundKind(data["kind"]), data["dimension"], data["gate_to"], steps)


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
    notes = tuple(VoteNote(each["text"], each["by"]) for each in data["notes"])
    if question.kind is RoundKind.STEPS:
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
    groupings = tuple(
        GroupingLine(
            each["list"], tuple(_group(data["key"], question.values, one) for one in each["groups"])
        )
        for each in data["groups"]
    )
    return Line(data["key"], question.values, spread, groupings, is_hidden=data["hidden"])


def _group(key: str, values: tuple[int, ...], data: Mapping[str, Any]) -> GroupLine:
    middle = data["middle"] or ()
    spread = Spread(key, tuple([middle.count(value) for value in values]), 0, 0)
    return GroupLine(tuple(data["options"]), data["is_rest"], values, spread)
