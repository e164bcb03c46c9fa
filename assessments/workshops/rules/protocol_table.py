"""PURE. A workshop's protocol as one table, for a spreadsheet.

One fact a row: `What` says of which sort, so that a filter on it gives the votes to count, or the
decisions to read. Votes have a row for each question, key and answer on offer, also where nobody
gave it, with the figures of all answers beside it.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.records import ItemRecord, RoundRecord
from maturity.web.files.tables import csv_bytes

HEAD: Final = (
    "Round",
    "Vote",
    "Kind",
    "Dimension",
    "Question",
    "Statement or step",
    "What",
    "Answer",
    "Votes",
    "Answered",
    "Median",
    "Agreement (r_wg)",
    "Text",
    "Who",
)

KINDS: Final = {
    RoundKind.STAGE: "stage",
    RoundKind.GATE: "gate",
    RoundKind.IMPORTANCE: "importance",
    RoundKind.TARGET: "target",
    RoundKind.STEPS: "first steps",
}


class _ProtocolRow(NamedTuple):
    """A row; what is left out stays an empty cell."""

    round: int | None = None
    vote: int | None = None
    kind: str = ""
    dimension: str = ""
    question: str = ""
    item: str = ""
    what: str = ""
    answer: str = ""
    votes: int | None = None
    answered: int | None = None
    median: str = ""
    agreement: float | None = None
    text: str = ""
    who: str = ""


def protocol_csv(protocol: Protocol) -> bytes:
    """Return the protocol as CSV; nothing in it is run by a spreadsheet."""
    return csv_bytes([HEAD, *protocol_rows(protocol)])


def protocol_rows(protocol: Protocol) -> Iterator[_ProtocolRow]:
    """Yield the protocol's rows, each with a cell for every heading of HEAD."""
    yield _ProtocolRow(what="workshop", text=protocol.name)
    yield _ProtocolRow(what="date", answer=protocol.iso_date, text=protocol.time)
    for name in protocol.facilitators:
        yield _ProtocolRow(what="facilitator", who=name)
    yield _ProtocolRow(what="joined", votes=protocol.joined, text=protocol.attendance)
    for name in protocol.names:
        yield _ProtocolRow(what="present", who=name)
    yield _ProtocolRow(what="privacy", text=protocol.privacy)
    for record in protocol.rounds:
        yield from _of_round(record)


def _of_round(record: RoundRecord) -> Iterator[_ProtocolRow]:
    head = _ProtocolRow(
        round=record.number,
        vote=record.attempt,
        kind=KINDS[record.kind],
        dimension=record.dimension,
        question=record.title,
    )
    if not record.is_shown:
        yield head._replace(what=record.state.value)
        return
    yield head._replace(what="people", votes=record.n, text=record.voted)
    for asked in record.asked:
        yield from _of_key(head, asked)
    for step in record.steps:
        yield head._replace(
            dimension=step.dimension, item=step.action, what="votes", votes=step.votes
        )
    for text in record.texts:
        yield head._replace(what="in words", text=text)
    for asked in record.asked:
        item = head._replace(item=asked.name)
        if asked.name and asked.answered:
            yield item._replace(what="in words", text=asked.text)
        for text in asked.groups:
            yield item._replace(what="groups", text=text)
    yield from _decisions(head, record)
    for note in record.notes:
        yield head._replace(what="note", text=note.text, who=note.name)


def _of_key(head: _ProtocolRow, asked: ItemRecord) -> Iterator[_ProtocolRow]:
    item = head._replace(item=asked.name, what="votes")
    if asked.is_hidden:
        yield item._replace(text=asked.text)
    for choice in asked.choices:
        yield item._replace(
            answer=f"{choice.number} {choice.label}" if choice.tone else choice.label,
            votes=choice.count,
            answered=asked.answered,
            median=asked.median,
            agreement=float(asked.agreement) if asked.agreement else None,
        )


def _decisions(head: _ProtocolRow, record: RoundRecord) -> Iterator[_ProtocolRow]:
    if not record.is_decided:
        return
    of_statements = [each for each in record.asked if each.name and each.decision]
    for asked in of_statements:
        yield head._replace(item=asked.name, what="decided", answer=asked.decision)
    for step in record.chosen:
        yield head._replace(
            dimension=step.dimension, item=step.action, what="decided", answer="first"
        )
    if not of_statements and not record.chosen:
        yield head._replace(what="decided", answer=record.decided)
    if record.reason:
        yield head._replace(what="reason", text=record.reason)
    if record.dissent:
        yield head._replace(what="dissent", text=record.dissent)
