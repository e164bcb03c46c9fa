"""Until the reveal nobody can learn a vote, the facilitator neither.

Two rooms that differ in nothing but what was voted answer every request with the same bytes, after
the same number of queries. What may differ, because it may be known, is how many have voted.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from assessments.workshops.access import cookie_name, screen_ticket
from assessments.workshops.models import Round, Vote, Workshop
from assessments.workshops.queries.rounds import question_of_round
from assessments.workshops.rules.kinds import RoundKind
from maturity.workspaces.models import AuditEvent
from tests.architecture import product_modules
from tests.counting import counted_queries
from tests.workshops.room import add_participant, add_round, make_live

pytestmark = pytest.mark.django_db

KINDS: dict[str, dict[str, Any]] = {
    "stage": {"dimension": "strategy"},
    "gate": {"dimension": "strategy", "gate_to": 2},
    "importance": {"dimension": "strategy"},
    "target": {"dimension": "strategy"},
    "steps": {"candidates": ["strategy.2.01", "strategy.2.02", "metrics.2.01", "metrics.2.02"]},
}
# Masked anew, signed or timed at each request, or the participant's own key.
_CHANGING = re.compile(
    rb'(name="csrfmiddlewaretoken" value=")[^"]+'
    rb"|(/pulse/)[^/]+"
    rb'|((?:name="person" value|data-person)=")[0-9a-f]{32}'
    rb'|(data-now=")\d+'
    rb'|(role="timer"[^>]*>)[\d:]+'
)


def plain(body: bytes) -> bytes:
    return _CHANGING.sub(b"", body)


@pytest.fixture(params=["named", "anonymous"])
def workshop(request: Any, assessment: Any, lena: Any) -> Workshop:
    groups = [{"name": "Function", "options": ["Service", "IT"]}]
    return make_live(
        assessment,
        now=timezone.now(),
        voices=request.param,
        groups=groups,
        takes_addresses=True,
        created_by=lena,
    )


def votes_of(matrix: Any, round_: Round, *, is_high: bool) -> list[dict[str, int | str]]:
    """Return four votes, as different from the other room's as can be."""
    question = question_of_round(matrix, round_)
    if question.kind is RoundKind.STEPS:
        chosen = question.keys[2:] if is_high else question.keys[:2]
        return [dict.fromkeys(chosen, 1)] * 4
    value = question.values[-1] if is_high else question.values[0]
    votes: list[dict[str, int | str]] = [dict.fromkeys(question.keys, value)] * 3
    last = question.values[1] if is_high else (question.words or question.values)[-1]
    return [*votes, dict.fromkeys(question.keys, last)]


def requests_of(workshop: Workshop, round_: Round) -> Iterator[tuple[str, str]]:
    """Yield every address that shows something of a workshop or its assessment, and who asks."""
    one, of = f"/workshops/{workshop.public_id}/", f"/assessments/{workshop.assessment.public_id}/"
    organisation = workshop.assessment.organisation.public_id
    for rest in (
        "",
        "screen/",
        "wall/",
        "wall/screen/",
        "agenda/",
        "setup/",
        "delete/",
        f"rounds/{round_.pk}/hands/",
        f"pulse/{screen_ticket(workshop)}/",
        "after/",
        "protocol.csv",
    ):
        yield "facilitator", one + rest
    for rest in ("workshops/", "workshops/new/", "consensus/", "consensus/strategy/", "result/"):
        yield "facilitator", of + rest
    for rest in ("report/", "targets/", "respondents/", "close/"):
        yield "facilitator", of + rest
    yield "facilitator", f"/organisations/{organisation}/"
    yield "facilitator", f"/organisations/{organisation}/steps/"
    yield "facilitator", "/my/"
    yield "facilitator", "/my/data/"
    for rest in ("", "poll/?seen=0", f"poll/?seen={workshop.revision}"):
        yield "participant", f"/room/{workshop.public_id}/{rest}"


@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize("kind", KINDS)
def test_two_rooms_that_voted_differently_look_the_same(
    kind: str, state: str, workshop: Workshop, lead: Client, matrix: Any
) -> None:
    now = timezone.now()
    round_ = add_round(workshop, kind, state=state, opened_at=now, ends_at=now, **KINDS[kind])
    Workshop.objects.filter(pk=workshop.pk).update(current=round_)
    workshop.refresh_from_db()
    people = [
        add_participant(workshop, f"Person {n}", groups={"Function": ("Service", "IT")[n % 2]})[0]
        for n in range(4)
    ]
    onlooker, token = add_participant(workshop, "Onlooker", seen_at=now)
    phone = Client()
    phone.cookies[cookie_name(workshop.public_id)] = token
    browsers = {"facilitator": lead, "participant": phone}
    requests = list(requests_of(workshop, round_))
    seen: list[dict[str, tuple[int, bytes, int]]] = []
    for is_high in (False, True):
        point = transaction.savepoint()
        for person, answers in zip(people, votes_of(matrix, round_, is_high=is_high), strict=True):
            note = f"unseen note, {'high' if is_high else 'low'}"
            # One after the other in the opposite order, so that no row's place tells anything.
            Vote.objects.create(round=round_, participant=person, answers=answers, note=note)
        found = {}
        for who, url in requests:
            browsers[who].get(url)
            with counted_queries() as queries:
                response = browsers[who].get(url)
            body = b"".join(response) if response.streaming else response.content
            found[f"{who} {url}"] = (response.status_code, plain(body), len(queries))
        seen.append(found)
        transaction.savepoint_rollback(point)

    low, high = seen
    assert [url for url in low if low[url] != high[url]] == []
    assert {status for status, _, _ in low.values()} <= {200, 204, 302, 403, 404, 409}
    # There is no table before the end, and whoever has no account is shown nothing of the rest.
    missing = {url for url, (status, _, _) in low.items() if status == 404}
    assert {url for url in missing if url.startswith("facilitator")} == {
        f"facilitator /workshops/{workshop.public_id}/protocol.csv"
    }
    assert b"unseen note" not in b"".join(body for _, body, _ in low.values())
    # What may be known is there.
    assert b"<b>4</b>" in low[f"facilitator /workshops/{workshop.public_id}/"][1]
    assert onlooker.is_in


def test_a_reveal_tells_them_apart(workshop: Workshop, lead: Client, matrix: Any) -> None:
    """Without this the test above could not fail."""
    round_ = add_round(workshop, "stage", "strategy", state="revealed")
    Workshop.objects.filter(pk=workshop.pk).update(current=round_)
    found = []
    for is_high in (False, True):
        point = transaction.savepoint()
        for answers in votes_of(matrix, round_, is_high=is_high):
            person, _ = add_participant(workshop, "Person")
            Vote.objects.create(round=round_, participant=person, answers=answers, note="noted")
        found.append(plain(lead.get(f"/workshops/{workshop.public_id}/").content))
        transaction.savepoint_rollback(point)

    assert found[0] != found[1]
    assert b"noted" in found[0]


def test_no_event_of_the_trail_holds_a_vote(workshop: Workshop, lead: Client, matrix: Any) -> None:
    round_ = add_round(workshop, "stage", "strategy")
    for do in ("open", "close", "reveal"):
        lead.post(f"/workshops/{workshop.public_id}/act/", {"do": do, "round": round_.pk})

    details = [each.detail for each in AuditEvent.objects.filter(verb__startswith="round.")]
    assert len(details) == 3
    assert {key for each in details for key in each} == {"workshop", "round"}


def test_votes_are_read_in_one_module_only() -> None:
    """Who wants to know what was voted asks `queries.votes`, which asks for the reveal first."""
    allowed = {
        "assessments.workshops.queries.votes",
        # They write, delete or count, and read no answer.
        "assessments.workshops.services.voting",
        "assessments.workshops.services.rounds",
        "assessments.workshops.services.joining",
        "assessments.workshops.services.doors",
    }
    found = set()
    for module in product_modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "Vote.objects":
                found.add(module.name)
    assert found == allowed
