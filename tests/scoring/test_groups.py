"""Groups in the open, and groups against somebody who subtracts."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.groups import (
    Group,
    Grouping,
    answered_by,
    groupings_of,
    safe_groupings,
    sheet_of_group,
)
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN
from tests.scoring.models import several
from tests.scoring.strategies import quick

FUNCTION = ("Function", ["Service", "IT", "Marketing"])


def _choose(text: str, name: str = "Function") -> list[dict[str, str]]:
    options = {"S": "Service", "I": "IT", "M": "Marketing", "N": "North", "W": "West"}
    return [{name: options[letter]} if letter in options else {} for letter in text]


def _sizes(groupings) -> list[dict[tuple[str, ...], int]]:
    return [{group.options: len(group.members) for group in each.groups} for each in groupings]


def _safe(*choices: tuple[str, str], fewest: int = 3, answered=None):
    lists = {"Function": FUNCTION, "Site": ("Site", ["North", "West"])}
    people = range(len(choices[0][1]))
    groupings = groupings_of(
        [lists[name] for name, _ in choices],
        [
            dict(kv for name, text in choices for kv in _choose(text, name)[p].items())
            for p in people
        ],
    )
    return safe_groupings(groupings, answered or [frozenset(people)], fewest)


def test_everybody_is_in_one_group_of_each_list():
    (grouping,) = groupings_of([FUNCTION], [*_choose("SSI"), {}, {"Function": "Of old"}])

    assert grouping == Grouping(
        "Function",
        (
            Group(("Service",), frozenset({0, 1})),
            Group(("IT",), frozenset({2})),
            Group(("",), frozenset({3, 4})),
        ),
    )


def test_a_groups_sheet_holds_its_own_answers_only():
    sheet = several({"a.1.1": 3}, {"a.1.1": 1}, {"a.1.1": UNKNOWN}, agreed_ratings={"a.1.1": 0})

    own = sheet_of_group(sheet, Group(("IT",), frozenset({1, 2})))

    assert [each.ratings for each in own.respondents] == [{"a.1.1": 1}, {}]
    assert own.agreed_ratings == {}


def test_do_not_know_is_no_answer_of_a_group():
    sheet = several({"q": 3}, {"q": NOT_APPLICABLE}, {"q": UNKNOWN}, {})

    assert answered_by(sheet) == {"q": frozenset({0, 1})}


def test_groups_that_are_large_enough_are_shown():
    assert _sizes(_safe(("Function", "SSSIII"))) == [{("Service",): 3, ("IT",): 3}]


def test_small_groups_are_put_together():
    found = _safe(("Function", "SSSSIMM"))

    assert _sizes(found) == [{("Service",): 4, ("IT", "Marketing"): 3}]
    assert [group.is_rest for group in found[0].groups] == [False, True]


def test_a_small_rest_takes_the_next_smallest_with_it():
    """Shown alone, the two large groups would give the one left over away."""
    assert _sizes(_safe(("Function", "SSSSIIIM"))) == [{("Service",): 4, ("IT", "Marketing"): 4}]


def test_too_few_for_two_groups_shows_none():
    assert _safe(("Function", "SSSII")) == ()


def test_every_question_shown_must_have_enough_of_each_group():
    everybody = frozenset(range(6))

    assert _safe(("Function", "SSSIII"), answered=[everybody, everybody - {0}]) == ()


def test_without_questions_no_group_is_shown():
    assert safe_groupings(groupings_of([FUNCTION], _choose("SSSIII")), [], 3) == ()


def test_two_groupings_that_differ_by_one_person_are_not_shown_together():
    found = _safe(("Function", "SSSSIIII"), ("Site", "NNNWWWWW"))

    assert [each.name for each in found] == ["Function"]


def test_two_groupings_that_swap_one_person_each_are_not_shown_together():
    """Neither set holds the other, but the difference is between two people."""
    found = _safe(("Function", "SSSSIIII"), ("Site", "NNNWNWWW"))

    assert [each.name for each in found] == ["Function"]


def test_a_union_of_groups_is_a_set_one_can_work_out():
    """Service and IT together are North and one person more."""
    found = _safe(("Function", "SSSIIIMMM"), ("Site", "NNNNNWWWW"))

    assert [each.name for each in found] == ["Function"]


def test_two_groupings_across_each_other_are_shown_together():
    found = _safe(("Function", "SSSSIIII"), ("Site", "NNWWNNWW"))

    assert [each.name for each in found] == ["Function", "Site"]


# --- somebody who subtracts -----------------------------------------------------------------------

_GROUPS = st.integers(4, 11).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=3),
        st.lists(st.sets(st.integers(0, n - 1)), max_size=2),
        st.integers(2, 4),
    )
)


@quick
@given(_GROUPS)
def test_nothing_that_follows_from_what_is_shown_rests_on_too_few(drawn):
    choices, absent, fewest = drawn
    people = frozenset(range(len(choices[0])))
    answered = [people - missing for missing in absent] or [people]
    lists = [(str(number), ["0", "1", "2"]) for number in range(len(choices))]
    chosen = [{str(k): str(c[p]) for k, c in enumerate(choices)} for p in sorted(people)]

    found = safe_groupings(groupings_of(lists, chosen), answered, fewest)

    for question in answered:
        sets = [group.members & question for each in found for group in each.groups]
        assert all(len(members) >= fewest for members in sets)
        # All differences of two sets one can see or add up.
        sums = {
            frozenset().union(*some)
            for each in found
            for size in range(len(each.groups) + 1)
            for some in combinations([g.members & question for g in each.groups], size)
        }
        for one, other in combinations(sums, 2):
            assert one == other or len(one ^ other) >= fewest
        # All combinations with any factors: what rests on those people only.
        assert not any(
            _gives_away(sets, question, set(few))
            for size in range(1, fewest)
            for few in combinations(sorted(question), size)
        )


def _gives_away(sets: list[frozenset[int]], people: frozenset[int], few: set[int]) -> bool:
    """Say whether some sum of the sets, with factors, rests on these few people alone."""
    everybody, others = sorted(people), sorted(people - few)
    return _rank(sets, everybody) > _rank(sets, others)


def _rank(sets: list[frozenset[int]], people: list[int]) -> int:
    rows = [[Fraction(person in members) for person in people] for members in sets]
    rank = 0
    for column in range(len(people)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rank += 1
        rows = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
    return rank


def test_three_lists_and_many_people_are_judged_quickly():
    people = 60
    lists = [(name, list("abcde")) for name in ("Function", "Level", "Site")]
    chosen = [
        {"Function": "abcde"[p % 5], "Level": "abc"[p * 7 % 11 % 3], "Site": "abcd"[p * 5 % 13 % 4]}
        for p in range(people)
    ]

    found = safe_groupings(groupings_of(lists, chosen), [frozenset(range(people))], 5)

    # What takes too long to prove is not shown.
    assert len(found) == 3
