"""A protocol as JSON values and back: equal in every word, and every fault has its place."""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workshops.rules.kinds import Question, RoundKind, State
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.protocol_checks import check_protocol
from assessments.workshops.rules.protocol_file import protocol_document, protocol_of_document
from assessments.workshops.rules.records import RoundFacts, RoundRecord, round_record
from assessments.workshops.rules.tallies import Ballot, Hands, tally_of
from maturity.web.validation import Findings
from tests.workshops.rounds import TREES, VOTES, ask, ballot

LATEST = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
STEPS = ("a.2.1", "a.3.1", "a.3.2")


def recorded(
    question: Question,
    votes: Sequence[Ballot] | None,
    *,
    hands: Hands | None = None,
    fewest: int = 0,
    **facts: Any,
) -> RoundRecord:
    """Return a round; one without votes was not shown."""
    tally = None if votes is None else tally_of(question, votes, hands or {}, fewest=fewest)
    base = RoundFacts(1, 1, 1, State.SKIPPED if votes is None else State.REVEALED, {}, "", "")
    return round_record(TREES, question, tally, replace(base, **facts))


def held(*rounds: RoundRecord, **fields: Any) -> Protocol:
    """Return the protocol of a workshop of ten people that is over."""
    protocol = Protocol(
        public_id="w",
        title="Kick-off",
        began=datetime(2026, 11, 20, 9, tzinfo=UTC),
        ended=datetime(2026, 11, 20, 11, 40, tzinfo=UTC),
        is_over=True,
        is_cut=False,
        is_rehearsal=False,
        is_anonymous=False,
        fewest=3,
        facilitators=("Ada Byron",),
        joined=10,
        removed=1,
        names=("Ana", "Zoë"),
        unnamed=8,
        rounds=rounds,
    )
    return replace(protocol, **fields)


def faults_of(document: Any) -> list[str]:
    found = Findings()
    check_protocol(found, "w", document, TREES, latest=LATEST)
    return list(map(str, found.problems))


def assert_comes_back(protocol: Protocol) -> None:
    document = json.loads(json.dumps(protocol_document(protocol)))
    assert faults_of(document) == []

    back = protocol_of_document(document, TREES, "w")

    assert protocol_document(back) == document
    for name in (
        "title",
        "name",
        "date",
        "time",
        "attendance",
        "summary",
        "ran",
        "privacy",
        "is_cut",
    ):
        assert getattr(back, name) == getattr(protocol, name)
    assert (back.names, back.unnamed) == (protocol.names, protocol.unnamed)
    for one, other in zip(back.rounds, protocol.rounds, strict=True):
        told = [each.name for each in fields(one) if each.name not in ("tally", "question")]
        assert [(key, getattr(one, key)) for key in told] == [
            (key, getattr(other, key)) for key in told
        ]


VOTED = [
    ballot(2, {"Team": "IT"}, "A note\nof two lines", "Ana"),
    ballot(4, {"Team": "Service"}, name="Zoë"),
    ballot("unknown"),
    ballot(4, {"Team": "Service"}),
    ballot(1, {"Team": "IT"}),
]
GATE = [
    ballot({"a.1.1": 1, "a.2.1": "not_applicable"}),
    ballot({"a.1.1": 3, "a.1.2": "unknown"}),
    ballot({"a.1.1": 0}),
]
DOTS = [ballot(dict.fromkeys(STEPS[:2], 1)), ballot({STEPS[1]: 1})]
WHOLE = held(
    recorded(ask(RoundKind.STAGE), VOTED, attempts=2),
    recorded(
        ask(RoundKind.STAGE),
        VOTED,
        attempt=2,
        attempts=2,
        state=State.AGREED,
        decision={"a": 3},
        reason="We saw it.\nTwice.",
        dissent="Ana: 2",
    ),
    recorded(
        ask(RoundKind.GATE, to=2),
        GATE,
        number=2,
        state=State.AGREED,
        decision={"a.1.1": 3, "a.2.1": "not_applicable"},
    ),
    recorded(
        ask(RoundKind.STEPS, candidates=STEPS),
        DOTS,
        number=3,
        state=State.AGREED,
        decision={STEPS[1]: 1},
    ),
    recorded(ask(RoundKind.IMPORTANCE), None, number=4),
)


@pytest.mark.parametrize(
    "protocol",
    [
        WHOLE,
        held(),
        held(title="", names=(), unnamed=10, facilitators=()),
        held(ended=None, is_cut=True),
        held(ended=datetime(2026, 11, 21, 1, tzinfo=UTC)),
        held(
            recorded(ask(RoundKind.IMPORTANCE), [], state=State.AGREED, decision={"a": 7}),
            recorded(
                ask(RoundKind.GATE, to=3),
                GATE[:0],
                number=2,
                hands={"a.3.1": {"0": 4, "3": 1, "unknown": 2}, "a.3.2": {"1": 3}},
            ),
            recorded(
                ask(RoundKind.STEPS, candidates=STEPS), [], number=3, hands={STEPS[2]: {"1": 9}}
            ),
        ),
        held(
            recorded(ask(RoundKind.STAGE), VOTED[:2], fewest=3),
            recorded(ask(RoundKind.GATE, to=2), GATE, fewest=3, number=2),
            recorded(ask(RoundKind.STEPS, candidates=STEPS), DOTS, fewest=3, number=3),
            is_anonymous=True,
            names=(),
            unnamed=0,
        ),
    ],
    ids=["whole", "empty", "nameless", "cut", "past-midnight", "hands", "hidden"],
)
def test_every_word_comes_back(protocol: Protocol) -> None:
    assert_comes_back(protocol)


def test_it_holds_codes_and_what_people_typed() -> None:
    def texts(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set().union(*map(texts, value.values()))
        if isinstance(value, list):
            return set().union(*map(texts, value))
        return {value} if isinstance(value, str) else set()

    typed = {"Kick-off", "Ada Byron", "Ana", "Zoë", "A note\nof two lines", "Ana: 2", "Team"}
    typed |= {"We saw it.\nTwice.", "IT", "Service"}
    keys = {"a", *TREES.descriptors}
    moments = {"2026-11-20T09:00Z", "2026-11-20T11:40Z"}
    codes = {each.value for each in (*RoundKind, *State)} | {"unknown", "not_applicable", ""}

    assert texts(protocol_document(WHOLE)) <= typed | keys | moments | codes


@given(VOTES, st.sampled_from([0, 3, 5]))
def test_whatever_was_voted_comes_back(votes: list[Ballot], fewest: int) -> None:
    is_anonymous = fewest > 0
    assert_comes_back(
        held(
            recorded(ask(RoundKind.STAGE), votes, fewest=fewest),
            is_anonymous=is_anonymous,
            fewest=fewest or 3,
            names=(),
            unnamed=0 if is_anonymous else 10,
        )
    )


# --- what is wrong in a file ----------------------------------------------------------------------


def put(*path: Any) -> Callable[[Any], None]:
    """Return what sets the last value at the keys before it."""
    *keys, last, value = path

    def change(workshop: Any) -> None:
        for key in keys:
            workshop = workshop[key]
        workshop[last] = value

    return change


GROUP = ("rounds", 0, "asked", 0, "groups", 0)
STEP = {"id": "a.2.1", "dots": 1, "first": False}
FAULTS = [
    (put("title", None), "w.title: must be a text"),
    (put("title", "x" * 121), "w.title: Please shorten this to 120"),
    (put("title", "a\u202eb"), "w.title: This has a hidden mark"),
    (put("title", " a"), "w.title: has blanks at an end"),
    (put("began_at", "2026-11-20"), "w.began_at: must be a minute in UTC from 2000-01-01T00:00Z"),
    (put("began_at", "2036-11-20T09:00Z"), "w.began_at: must be a minute in UTC"),
    (put("ended_at", "2026-11-20T08:59Z"), "w.ended_at: must be a minute in UTC from 2026-11-20T"),
    (put("ended_at", "2026-11-22T09:00Z"), "w.ended_at: must be a minute in UTC"),
    (put("is_anonymous", 1), "w.is_anonymous: must be true or false"),
    (put("is_anonymous", True), "w.names: must be empty, as the workshop was anonymous"),
    (put("fewest", 2), "w.fewest: must be a whole number from 3 to 100, is 2"),
    (put("joined", True), "w.joined: must be a whole number"),
    (put("joined", 1), "w.names: has more names than the 1 who joined"),
    (put("names", 0, 7), "w.names[0]: must be a text, is 7"),
    (put("run_by", "Ada"), "w.run_by: must be a list"),
    (put("rounds", [None] * 201), "w.rounds: must have at most 200"),
    (put("rounds", 0, None), "w.rounds[0]: must be an object"),
    (put("rounds", 0, "surprise", 1), "w.rounds[0].surprise: is not known here"),
    (put("rounds", 0, "number", 0), "w.rounds[0].number: must be a whole number from 1"),
    (put("rounds", 0, "kind", "poll"), "w.rounds[0].kind: must be"),
    (put("rounds", 0, "kind", []), "w.rounds[0].kind: must be"),
    (put("rounds", 0, "state", "done"), "w.rounds[0].state: must be"),
    (put("rounds", 0, "state", "open"), 'w.rounds[0].asked: must be empty, as the round is "open"'),
    (put("rounds", 0, "dimension", "magic"), "w.rounds[0]: This model has no dimension 'magic'"),
    (put("rounds", 0, "dimension", {}), "w.rounds[0]: The model has no such question"),
    (put("rounds", 2, "gate_to", 9), "w.rounds[2]: Row a has no gate to a stage 9"),
    (put("rounds", 2, "gate_to", []), "w.rounds[2]: The model has no such question"),
    (put("rounds", 0, "votes", 8), "w.rounds[0].votes: is 8, and the votes give 5"),
    (put("rounds", 0, "phones", -1), "w.rounds[0].phones: must be a whole number from 0"),
    (put("rounds", 0, "phones", 9), "w.rounds[0].votes: is 5, and the votes give 9"),
    (put("rounds", 0, "hidden", True), "w.rounds[0].notes[0]: must not be there"),
    (put("rounds", 2, "hidden", True), "w.rounds[2].asked: must tell of nothing"),
    (put("rounds", 3, "hidden", True), "w.rounds[3].steps[0].dots: must be null"),
    (put("rounds", 0, "at_least", "no"), "w.rounds[0].at_least: must be true or false"),
    (put("rounds", 0, "asked", []), "w.rounds[0].asked: must tell of a, in this order"),
    (put("rounds", 0, "asked", 0, "key", "b"), "w.rounds[0].asked: must tell of a"),
    (put("rounds", 0, "asked", 0, "hidden", True), "w.rounds[0].asked[0].counts: must be empty"),
    (put("rounds", 0, "asked", 0, "counts", []), ".counts: must have every answer on offer once"),
    (put("rounds", 0, "asked", 0, "counts", 0, "value", True), ".counts: must have every answer"),
    (put("rounds", 0, "asked", 0, "counts", 5, "value", "maybe"), ".counts: must have every"),
    (put("rounds", 0, "asked", 0, "counts", 0, "votes", 1.5), ".counts[0].votes: must be a whole"),
    (put("rounds", 0, "asked", 0, "groups", [""]), ".asked[0].groups[0]: must be an object"),
    (put("rounds", 0, "asked", 0, "groups", [{}]), ".asked[0].groups[0].list: is missing"),
    (put("rounds", 0, "asked", 0, "groups", 0, "list", 1), ".groups[0].list: must be a text"),
    (put("rounds", 0, "asked", 0, "groups", 0, "groups", [1]), ".groups[0].groups[0]: must be an"),
    (
        put("rounds", 0, "asked", 0, "groups", 0, "groups", 0, "options", []),
        ".groups[0].groups[0].options: must have one at least",
    ),
    (
        put("rounds", 0, "asked", 0, "groups", 0, "groups", 0, "is_rest", 1),
        ".groups[0].groups[0].is_rest: must be true or false",
    ),
    *(
        (
            put("rounds", 0, "asked", 0, "groups", 0, "groups", 0, "middle", middle),
            ".groups[0].groups[0].middle: must be two answers on offer, in order",
        )
        for middle in ([2], [4, 1], [1, 9], [True, 1], "12")
    ),
    (
        put("rounds", 0, "asked", 0, "groups", 0, "groups", 0, "middle", [4, 4]),
        "w.rounds[0].asked[0].groups: is a list, and the votes give a list",
    ),
    (put("rounds", 0, "notes", 0, "text", ""), ".notes[0].text: must be a text"),
    (put("rounds", 0, "notes", 0, "text", "a\x00"), ".notes[0].text: This has a control"),
    (
        put("rounds", 0, "decision", {"a": 3}),
        ".decision: nothing is decided in a round",
    ),
    (put("rounds", 1, "decision", []), "w.rounds[1].decision: must be an object"),
    (put("rounds", 1, "decision", {"b": 3}), 'w.rounds[1].decision."b": is not part of'),
    (put("rounds", 1, "decision", {"a": 9}), 'w.rounds[1].decision."a": is not on offer'),
    (put("rounds", 1, "decision", {"a": "unknown"}), '.decision."a": is not on offer'),
    (put("rounds", 1, "decision", {"a": True}), '.decision."a": is not on offer'),
    (put("rounds", 1, "reason", None), "w.rounds[1].reason: must be a text"),
    (put("rounds", 3, "steps", 0, "dots", None), "w.rounds[3].steps[0].dots: must be a whole"),
    (put("rounds", 3, "steps", 0, "id", "z.1.1"), "w.rounds[3]: This model has no descriptor"),
    (put("rounds", 3, "steps", 0, "id", {}), "w.rounds[3]: The model has no such question"),
    (put("rounds", 3, "steps", 0, "first", False), "w.rounds[3].steps: is a list, and the votes"),
    (put("rounds", 0, "steps", [STEP]), "w.rounds[0].steps: must be empty"),
    (put("rounds", 3, "asked", [{}]), "w.rounds[3].asked[0].key: is missing"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS, ids=[words for _, words in FAULTS])
def test_fault_is_named_with_its_place(change: Callable[[Any], None], words: str) -> None:
    document = protocol_document(WHOLE)
    change(document)

    faults = faults_of(document)

    assert any(words in each for each in faults), faults


def test_every_key_is_needed() -> None:
    for path in ((), ("rounds", 0), ("rounds", 0, "asked", 0), GROUP, ("rounds", 0, "notes", 0)):
        part: Any = protocol_document(WHOLE)
        for key in path:
            part = part[key]
        for key in part:
            document = copy.deepcopy(protocol_document(WHOLE))
            here: Any = document
            for step in path:
                here = here[step]
            del here[key]
            assert any(each.endswith(f"{key}: is missing") for each in faults_of(document))


def test_what_is_no_workshop_is_said() -> None:
    assert faults_of(None) == ["w: must be an object, is null"]
