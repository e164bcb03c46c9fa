"""Work by month: spread over workdays, nothing lost, and the months that overflow."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring.workload import Work, load_by_month, overflowing

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def months(*works: Work) -> dict[str, Fraction]:
    return {f"{month.first:%Y-%m}": month.days for month in load_by_month(works)}


def test_work_is_spread_over_workdays():
    # 28 January to 3 February 2027: Thursday, Friday | Monday to Wednesday.
    assert months(Work(date(2027, 1, 28), date(2027, 2, 3), 10)) == {"2027-01": 4, "2027-02": 6}


def test_months_between_are_told_too():
    early, late = date(2027, 1, 4), date(2027, 4, 5)
    assert months(Work(early, early, 1), Work(late, late, 2)) == {
        "2027-01": 1,
        "2027-02": 0,
        "2027-03": 0,
        "2027-04": 2,
    }


def test_a_weekend_alone_and_a_wrong_order_lose_nothing():
    assert months(Work(date(2027, 1, 2), date(2027, 1, 3), 4)) == {"2027-01": 4}
    assert months(Work(date(2027, 1, 9), date(2027, 1, 2), 3)) == {"2027-01": 3}


def test_overflowing_months_have_more_than_there_is():
    load = load_by_month([Work(date(2027, 1, 4), date(2027, 1, 4), 20)])

    assert overflowing(load, 20) == ()
    assert overflowing(load, 19) == load


def test_nothing_to_do_is_no_month():
    assert load_by_month([]) == ()


@given(st.lists(st.tuples(DAYS, DAYS, st.integers(0, 999)), max_size=5))
def test_all_work_is_in_some_month(given_works):
    works = [Work(min(a, b), max(a, b), days) for a, b, days in given_works]

    load = load_by_month(works)

    assert sum(month.days for month in load) == sum(work.days for work in works)
    firsts = [month.first for month in load]
    assert firsts == sorted(set(firsts))
