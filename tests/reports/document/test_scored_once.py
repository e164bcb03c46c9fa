"""Answers are settled and placed once for a whole report."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from assessments.scoring.consensus import settle
from assessments.scoring.placement import place
from maturity.workspaces.actors import LINK
from reports.jobs.kinds import OF_A_RESULT
from reports.jobs.services.making import request_report
from tests.assessments.conftest import Guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count the calls of `settle` and `place`, whichever module they are called from."""
    counted: Counter[str] = Counter()

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **options: Any) -> Any:
            counted[function.__name__] += 1
            return function(*args, **options)

        return called

    for function in (settle, place):
        wrapped = counting(function)
        for name, module in list(sys.modules.items()):
            if name.startswith(("assessments", "reports", "maturity")):
                for key, value in list(vars(module).items()):
                    if value is function:
                        monkeypatch.setattr(module, key, wrapped)
    return counted


@pytest.mark.parametrize("kind", [kind.key for kind in OF_A_RESULT])
def test_report_settles_and_places_once(
    answered: Guest,
    calls: Counter[str],
    kind: str,
    record_property: Callable[[str, object], None],
) -> None:
    request_report(answered.assessment, paper="a4", now=datetime.now(UTC), by=LINK, kind=kind)

    # `make house` prints them.
    for name, count in calls.items():
        record_property(name, count)
    assert calls == {"settle": 1, "place": 1}


def test_result_page_settles_and_places_once(answered: Guest, calls: Counter[str]) -> None:
    answered.get("result/")

    assert calls == {"settle": 1, "place": 1}


def test_what_if_places_the_same_values_again(answered: Guest, calls: Counter[str]) -> None:
    answered.get("what-if/?done=strategy.3.01")

    assert calls == {"settle": 1, "place": 2}
