"""How often something may be done: counted exactly, by everybody at once, and worded kindly."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpResponse

from maturity.web.models import LimitCount
from maturity.web.rate_limits import (
    DAY_S,
    HOUR_S,
    Limit,
    LimitReached,
    count,
    forget_past_counts,
    network_of,
    undone_when_refused,
)
from tests.databases import on_sqlite

NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
LIMITS = (Limit("tests", 3, HOUR_S), Limit("tests", 5, DAY_S))


def times_until_refused(who: str, now: datetime) -> int:
    done = 0
    try:
        while done < 100:
            count(LIMITS, who, now=now)
            done += 1
    except LimitReached:
        pass
    return done


@pytest.mark.django_db
def test_each_has_their_own_count_and_the_next_hour_begins_anew() -> None:
    assert times_until_refused("ada", NOW) == 3
    assert times_until_refused("ben", NOW) == 3
    assert times_until_refused("ada", NOW + timedelta(minutes=20)) == 2
    assert times_until_refused("ada", NOW + timedelta(days=1)) == 3


@pytest.mark.django_db
def test_refusal_says_how_long_to_wait() -> None:
    times_until_refused("ada", NOW)
    with pytest.raises(LimitReached) as hour:
        count(LIMITS, "ada", now=NOW)
    assert (hour.value.wait_s, hour.value.wait) == (20 * 60, "about 20 minutes")
    assert hour.value.on(HttpResponse())["Retry-After"] == "1200"

    times_until_refused("ada", NOW + timedelta(hours=1))
    with pytest.raises(LimitReached) as day:
        count(LIMITS, "ada", now=NOW + timedelta(hours=2))
    assert day.value.wait == "about 11 hours"


@pytest.mark.django_db
def test_what_does_not_fit_is_not_counted_in_part() -> None:
    with pytest.raises(LimitReached):
        count(LIMITS, "ada", now=NOW, amount=4)
    count(LIMITS, "ada", now=NOW, amount=3)


@pytest.mark.django_db
def test_what_failed_counts_as_nothing() -> None:
    def counted_in_vain() -> None:
        with undone_when_refused():
            count(LIMITS, "ada", now=NOW, amount=3)
            raise LookupError

    with pytest.raises(LookupError):
        counted_in_vain()
    assert times_until_refused("ada", NOW) == 3


@pytest.mark.django_db
def test_no_address_is_stored() -> None:
    count(LIMITS, "192.0.2.77", now=NOW)

    keys = list(LimitCount.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert not any("192.0.2.77" in key for key in keys)


@pytest.mark.django_db
def test_counting_again_costs_one_query_for_each_limit(django_assert_num_queries: Any) -> None:
    count(LIMITS, "ada", now=NOW)
    with django_assert_num_queries(2 + 2):  # and a savepoint in this test's transaction
        count(LIMITS, "ada", now=NOW)


@pytest.mark.django_db
def test_only_counts_that_are_over_are_forgotten() -> None:
    times_until_refused("ada", NOW)

    forget_past_counts(now=NOW + timedelta(hours=1))

    assert LimitCount.objects.count() == 1
    assert times_until_refused("ada", NOW + timedelta(hours=1)) == 2


@pytest.mark.django_db
def test_a_database_that_refuses_to_write_is_no_limit_reached() -> None:
    if not on_sqlite():
        pytest.skip("a transaction of PostgreSQL is over after the first refusal")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            with pytest.raises(OperationalError):
                count(LIMITS, "ada", now=NOW)
            with pytest.raises(OperationalError):
                cache.add("a-lock", 1)
        finally:
            cursor.execute("PRAGMA query_only = OFF")

    assert cache.add("a-lock", 1)
    assert not cache.add("a-lock", 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_count_as_two() -> None:
    limits = (Limit("tests-at-once", 12, HOUR_S),)
    barrier, refused = threading.Barrier(4), []

    def use_up() -> None:
        try:
            barrier.wait()
            for _ in range(5):
                try:
                    count(limits, "ada", now=NOW)
                except LimitReached:
                    refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=use_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 20 - 12


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.77"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_network_is_what_one_household_gets(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "about a minute"), (61, "about 2 minutes"), (5400, "about 2 hours")],
)
def test_wait_in_words(seconds: int, words: str) -> None:
    assert LimitReached(seconds).wait == words
