"""No sentence about votes is wrong, whatever the votes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.rules.tallies import tally_of
from assessments.workshops.rules.tally_words import (
    answer_text,
    line_text,
    tally_text,
)
from maturity.web.words import number_text
from tests.scoring.strategies import quick
from tests.workshops.rounds import STAGES, TREES, ask, counted

STAGE = ask(RoundKind.STAGE)
# The first is a condition, the others are practices.
GATE = ask(RoundKind.GATE, to=3)


def _rated(key, counts, excused=0, unsure=0):
    """Return the line of a statement by counts of its steps."""
    hands = {str(step): count for step, count in enumerate(counts)}
    hands |= {"not_applicable": excused, "unknown": unsure}
    lines = tally_of(GATE, [], {key: hands}, fewest=0).lines
    return next(line for line in lines if line.key == key)


# --- never wrong ----------------------------------------------------------------------------------

_WORDS = {number_text(number): number for number in range(13)} | {"both": 2}
_NAME = "|".join(STAGES)
_COUNT = r"(\d+|" + "|".join(_WORDS) + ")"


def _number(word):
    word = word.lower()
    return int(word) if word.isdigit() else _WORDS[word]


@quick
@given(
    st.lists(st.integers(0, 6), min_size=5, max_size=5),
    st.integers(0, 5),
    st.sampled_from([1, 1, 30]),
)
def test_no_sentence_states_a_wrong_count(counts, unsure, times):
    counts = [count * times for count in counts]
    tally = counted(counts, unsure=unsure)
    n, by_name = sum(counts), dict(zip(STAGES, counts, strict=True))

    text = tally_text(TREES, STAGE, tally)

    for word, name in re.findall(
        rf"\b{_COUNT} (?:(?:person |who chose )?sees? )?({_NAME})\b(?! \()", text, re.I
    ):
        assert _number(word) == by_name[name], text
    for name, count, of in re.findall(rf"({_NAME}) \((\d+) of (\d+)", text):
        assert (int(count), int(of)) == (by_name[name], n), text
    for word in re.findall(rf"\b{_COUNT} (?:is|are) not sure", text, re.I):
        assert _number(word) == unsure, text
    if match := re.search(
        rf"between ({_NAME}) and ({_NAME}), (\w+) stages? apart: (\w+) each", text
    ):
        low, high, far, each = match.groups()
        assert [by_name[low], by_name[high]] == [_number(each)] * 2, text
        assert 2 * _number(each) == n, text
        assert STAGES.index(high) - STAGES.index(low) == _number(far), text
    if "Most" in text:
        named = re.findall(rf"({_NAME}) \(\d+ of", text)
        assert 2 * sum(by_name[name] for name in named) > n, text
    chosen = [name for name in STAGES if by_name[name]]
    if match := re.search(rf"the others range from ({_NAME}) to ({_NAME})", text):
        top = max(STAGES, key=by_name.__getitem__)
        others = [name for name in chosen if name != top]
        assert list(match.groups()) == [others[0], others[-1]], text
    elif match := re.search(rf"from ({_NAME}) to ({_NAME})", text):
        assert list(match.groups()) == [chosen[0], chosen[-1]], text
    else:
        # Whoever is not summed up is named.
        assert [name for name in STAGES if name in text] == chosen, text


@quick
@given(st.lists(st.integers(0, 6), min_size=5, max_size=5).filter(lambda c: sum(c) > 2))
def test_no_adjective_speaks_against_the_counts(counts):
    tally = counted(counts)
    spread, n = tally.line.spread, sum(counts)

    text = tally_text(TREES, STAGE, tally)

    if "differ" in text:
        assert spread.range > 1, text
        assert 4 * max(counts) <= 3 * n, text
    if "agree" in text or "close together" in text:
        assert spread.agreement > 0.5, text
        assert 2 * max(counts) <= n, text
    if "differ" not in text and "split" not in text and spread.agreement <= 0.5:
        assert 4 * max(counts) >= 3 * n, text
    assert text.endswith(".")
    assert "  " not in text


@quick
@given(
    st.lists(st.integers(0, 4), min_size=4, max_size=4),
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from(GATE.keys),
)
def test_no_sentence_about_a_statement_states_a_wrong_count(counts, excused, unsure, key):
    line = _rated(key, counts, excused, unsure)
    labels = {answer_text(TREES, GATE, key, step): count for step, count in enumerate(counts)}

    text = line_text(TREES, GATE, line)

    for word, label in re.findall(
        rf"\b{_COUNT} (?:(?:person |who rated it )?says? )?“([^”]*)”(?! \()", text, re.I
    ):
        assert _number(word) == {**labels, "Don’t know": unsure}[label], text
    for label, count, of in re.findall(r"“([^”]*)” \((\d+) of (\d+)", text):
        assert (int(count), int(of)) == (labels[label], sum(counts)), text
    for word in re.findall(rf"\b{_COUNT} (?:person )?says? this does not apply", text, re.I):
        assert _number(word) == excused, text
    for count, of in re.findall(r"does not apply \((\d+) of (\d+)\)", text):
        assert (int(count), int(of)) == (excused, excused + sum(counts)), text
    for word in re.findall(rf"\b{_COUNT} (?:doesn|don)’t know", text, re.I):
        assert _number(word) == unsure, text
    assert ("not apply" in text) == bool(excused), text
    assert ("know" in text) == bool(unsure), text
