"""The protocol as a table: its exact bytes, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import pytest

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.protocol_table import HEAD, protocol_csv
from assessments.workshops.rules.records import round_record
from assessments.workshops.rules.tallies import tally_of
from tests.workshops.rounds import TREES, ask, ballot
from tests.workshops.test_rules_protocol import BLANK, FACTS, rounds

NAME = TREES.dimension_by_key["a"].name


def voted(**changes: object) -> Protocol:
    """Return a workshop of one round, a note in it, and one that was left out."""
    question = ask(RoundKind.STAGE)
    votes = [
        ballot(2, name="Ana", note="=1+1"),
        ballot(2, name="Bo"),
        ballot(3, name="Cem", note="Fine, “so far”"),
        ballot("unknown", name="Dee"),
    ]
    facts = replace(
        FACTS, decision={"a": 2}, reason="We agreed,\nall of us.", dissent="@Cem sees more"
    )
    record = round_record(TREES, question, tally_of(question, votes, {}, fewest=0), facts)
    (left_out,) = rounds("skipped")
    return replace(
        BLANK,
        title="+Kick-off",
        facilitators=("Ada Byron",),
        joined=5,
        names=("-Ana", "Bo"),
        unnamed=3,
        rounds=(record, replace(left_out, number=2)),
        **changes,
    )


def test_table_has_exactly_these_bytes() -> None:
    text = "\r\n".join(
        [
            "Round,Vote,Kind,Dimension,Question,Statement or step,What,Answer,Votes,Answered,"
            "Median,Agreement (r_wg),Text,Who",
            ",,,,,,workshop,,,,,,'+Kick-off,",
            ",,,,,,date,2026-11-20,,,,,09:00 to 11:00 UTC,",
            ",,,,,,facilitator,,,,,,,Ada Byron",
            ",,,,,,joined,,5,,,,Five people joined by phone.,",
            ",,,,,,present,,,,,,,'-Ana",
            ",,,,,,present,,,,,,,Bo",
            ",,,,,,privacy,,,,,,"
            "It was not anonymous: a note stands with the name of who wrote it.,",
            f"1,1,stage,{NAME},{NAME},,people,,4,,,,Four people,",
            f"1,1,stage,{NAME},{NAME},,votes,1 Ash,0,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,votes,2 Birch,2,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,votes,3 Cedar,1,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,votes,4 Dogwood,0,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,votes,5 Elm,0,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,votes,Not sure,1,4,Birch,0.83,,",
            f"1,1,stage,{NAME},{NAME},,in words,,,,,,"
            "Most who chose see Birch (2 of 3); one sees Cedar. One is not sure.,",
            f'1,1,stage,{NAME},{NAME},,decided,"Stage 2, Birch",,,,,,',
            f'1,1,stage,{NAME},{NAME},,reason,,,,,,"We agreed,\nall of us.",',
            f"1,1,stage,{NAME},{NAME},,dissent,,,,,,'@Cem sees more,",
            f"1,1,stage,{NAME},{NAME},,note,,,,,,'=1+1,Ana",
            f'1,1,stage,{NAME},{NAME},,note,,,,,,"Fine, “so far”",Cem',
            f"2,1,stage,{NAME},{NAME},,skipped,,,,,,,",
            "",
        ]
    )

    assert protocol_csv(voted()) == b"\xef\xbb\xbf" + text.encode()


def test_every_row_has_every_column() -> None:
    question = ask(RoundKind.GATE, to=2)
    first = question.keys[0]
    record = round_record(
        TREES,
        question,
        tally_of(question, [ballot({first: 2})] * 3, {}, fewest=3),
        replace(FACTS, decision={first: 2}),
    )
    steps = ask(RoundKind.STEPS, candidates=["a.2.1", "a.3.1"])
    chosen = round_record(
        TREES,
        steps,
        tally_of(steps, [ballot({"a.3.1": 1})], {}, fewest=0),
        replace(FACTS, number=2, decision={"a.3.1": 1}),
    )

    text = protocol_csv(replace(BLANK, rounds=(record, chosen))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {len(row) for row in csv.reader(io.StringIO(text))} == {len(HEAD)}
    votes = [row for row in rows if row["What"] == "votes" and row["Kind"] == "gate"]
    # Four steps of the scale for each statement, nobody said anything else.
    assert len(votes) == 4 * len(question.keys)
    assert [
        (row["Statement or step"], row["Answer"]) for row in rows if row["What"] == "decided"
    ] == [
        (TREES.descriptors[first].statement, record.asked[0].decision),
        (TREES.descriptors["a.3.1"].action, "first"),
    ]


def test_hidden_line_has_no_count() -> None:
    question = ask(RoundKind.GATE, to=2)
    first, second = question.keys[:2]
    votes = [ballot({first: 2})] * 3 + [ballot({second: 3})]
    record = round_record(TREES, question, tally_of(question, votes, {}, fewest=3), FACTS)

    text = protocol_csv(replace(BLANK, rounds=(record,))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    statement = TREES.descriptors[second].statement
    hidden = [row for row in rows if row["Statement or step"] == statement]
    assert [(row["What"], row["Votes"], row["Text"]) for row in hidden] == [
        ("votes", "", "Not shown, because too few answered this.")
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(start: str) -> None:
    nasty = f"{start}HYPERLINK(1)"
    (record, left_out) = voted().rounds
    protocol = replace(
        voted(),
        title=nasty,
        facilitators=(nasty,),
        names=(nasty,),
        rounds=(
            replace(record, reason=nasty, dissent=nasty, title=nasty, dimension=nasty),
            left_out,
        ),
    )

    cells = [
        cell
        for row in csv.reader(io.StringIO(protocol_csv(protocol).decode("utf-8-sig"), newline=""))
        for cell in row
    ]

    assert sum(cell == f"'{nasty}" for cell in cells) >= 7
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
