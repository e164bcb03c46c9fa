"""Workshops in a file of data: their protocols come back in every word, and nothing wrong does."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from assessments.core.queries.standing import standing_of
from assessments.lifecycle.services.closing import close_assessment, reopen_assessment
from assessments.models import Assessment, Result
from assessments.workshops.models import Participant, Round, Workshop
from assessments.workshops.queries.protocol import (
    is_told_in_result,
    protocol_of,
    protocols_for_report,
    workshops_in_brief,
)
from assessments.workshops.queries.workshops import workshops_of
from maturity.workspaces.models import Organisation
from reports.core.services.documents import document_of
from reports.exports.json import json_report
from reports.importing.file import InvalidReport
from reports.importing.services import take_in
from tests.assessments.closed import BY, House, answered_by, begin, make_house
from tests.people import make_organisation, make_workspace
from tests.workshops.held import END, hold, revealed
from tests.workshops.room import NOW, add_participant, vote

pytestmark = pytest.mark.django_db
LATER = END + timedelta(days=2)
NAME = "Fernhill Outdoor"


@pytest.fixture
def house(version) -> House:
    return make_house(version, NAME)


@pytest.fixture
def elsewhere() -> Organisation:
    return make_organisation(make_workspace(), NAME)


@pytest.fixture
def assessment(house: House) -> Assessment:
    found = begin(house, date(2026, 11, 20))
    answered_by(found, "Ana")
    return found


def data_of(assessment: Assessment, result: Result | None = None) -> bytes:
    standing = standing_of(assessment, result=result)
    workshops = protocols_for_report(assessment, result=standing.result, now=LATER)
    return json_report(document_of(standing, workshops=workshops))


def brought_in(data: bytes, organisation: Organisation) -> Assessment:
    return take_in(organisation, data, now=LATER, by=BY).assessment


def assert_comes_back(data: bytes, organisation: Organisation) -> Assessment:
    assert b'"workshops"' in data
    back = brought_in(data, organisation)
    assert data_of(back).decode() == data.decode()
    return back


def told(protocol: Any) -> str:
    """Return everything a protocol tells but its id, and what stands behind figures of groups."""
    return json.dumps(
        {
            name: [{**{key: str(getattr(row, key)) for key in _ROUND}} for row in protocol.rounds]
            if name == "rounds"
            else str(getattr(protocol, name))
            for name in _PROTOCOL
        },
        indent=1,
    )


_PROTOCOL = (
    "name",
    "iso_date",
    "date",
    "time",
    "is_over",
    "is_cut",
    "is_rehearsal",
    "is_anonymous",
    "fewest",
    "facilitators",
    "joined",
    "removed",
    "names",
    "unnamed",
    "attendance",
    "summary",
    "ran",
    "privacy",
    "first_steps",
    "rounds",
)
_ROUND = (
    "number",
    "attempt",
    "attempts",
    "kind",
    "dimension",
    "title",
    "prompt",
    "state",
    "n",
    "per_dot",
    "voted",
    "texts",
    "asked",
    "steps",
    "notes",
    "decided",
    "tone",
    "reason",
    "dissent",
    "about",
    "which",
)


@pytest.mark.parametrize("voices", ["named", "anonymous"])
def test_every_word_of_a_protocol_comes_back(house, assessment, elsewhere, voices) -> None:
    workshop = hold(assessment, by=house.people["lead"], voices=voices, title="Kick-off").end()

    back = assert_comes_back(data_of(assessment), elsewhere)

    (row,) = Workshop.objects.filter(assessment=back)
    assert told(protocol_of(row, now=LATER)) == told(protocol_of(workshop, now=LATER))
    assert not Round.objects.filter(workshop=row).exists()
    assert not Participant.objects.filter(workshop=row).exists()


def test_what_too_few_answered_stays_hidden(assessment, elsewhere) -> None:
    held = hold(assessment, voices="anonymous", fewest_votes=5, title="Small")
    hidden = revealed(held.workshop, "target", "metrics", position=8, gate_to=None)
    gate = revealed(held.workshop, "gate", "metrics", gate_to=2, position=9)
    steps = revealed(
        held.workshop, "steps", position=10, candidates=["metrics.3.01", "strategy.3.01"]
    )
    for person in held.people[:2]:
        vote(person, hidden, {"metrics": 4}, note="Hidden")
        vote(person, gate, {"metrics.1.01": 1, "metrics.1.02": 2})
        vote(person, steps, {"strategy.3.01": 1})
    for person in held.people[2:]:
        vote(person, gate, {"metrics.1.01": 0})
    workshop = held.end()
    data = data_of(assessment)

    rounds = json.loads(data)["workshops"][0]["rounds"]
    assert [rounds[n]["hidden"] for n in (-3, -2, -1)] == [True, False, True]
    assert [each["hidden"] for each in rounds[-2]["asked"][:2]] == [False, True]
    back = assert_comes_back(data, elsewhere)
    (row,) = Workshop.objects.filter(assessment=back)
    assert told(protocol_of(row, now=LATER)) == told(protocol_of(workshop, now=LATER))


def test_hands_and_people_without_a_name(assessment, elsewhere) -> None:
    held = hold(assessment, voices="named", title="Hands")
    add_participant(held.workshop, "")
    add_participant(held.workshop, "Taken Out", removed_at=NOW + timedelta(minutes=9))
    revealed(
        held.workshop,
        "gate",
        "metrics",
        gate_to=2,
        position=8,
        hands={"metrics.1.01": {"0": 4, "3": 1, "unknown": 2}, "metrics.1.02": {"1": 3}},
    )
    revealed(held.workshop, "importance", "metrics", position=9, hands={"metrics": {"3": 12}})
    workshop = held.end()

    back = assert_comes_back(data_of(assessment), elsewhere)

    (row,) = Workshop.objects.filter(assessment=back)
    protocol = protocol_of(row, now=LATER)
    assert (protocol.joined, protocol.removed, protocol.unnamed) == (8, 1, 1)
    assert told(protocol) == told(protocol_of(workshop, now=LATER))


def test_frozen_one_tells_of_what_had_begun(house, assessment, elsewhere) -> None:
    hold(assessment, title="Over").end()
    running = hold(
        assessment,
        title="",
        code="BCD347",
        token_hash="i" * 64,
        opened_at=NOW + timedelta(hours=9),
    ).workshop
    closed_at = NOW + timedelta(hours=10)
    close_assessment(assessment, user=house.people["lead"], now=closed_at, by=BY)
    data = data_of(assessment)
    assert [each["ended_at"] for each in json.loads(data)["workshops"]] == [
        "2026-11-20T11:00Z",
        None,
    ]

    back = assert_comes_back(data, elsewhere)

    rows = Workshop.objects.filter(assessment=back).order_by("opened_at")
    assert all(map(is_told_in_result, rows))
    names = [each.name for each in workshops_in_brief(back, result=None, now=LATER)]
    assert names == ["Over", "Workshop of 20 November 2026"]
    assert rows[1].title == ""
    assert protocol_of(rows[1], now=LATER).is_cut
    # What happens to the assessment later changes nothing of it.
    reopen_assessment(back, now=LATER, by=BY)
    close_assessment(back, user=None, now=LATER, by=BY)
    assert json.loads(data_of(back))["workshops"] == json.loads(data)["workshops"]
    assert running.public_id not in data.decode()


def test_pages_list_it_and_show_it(house, assessment, elsewhere, client) -> None:
    hold(assessment, by=house.people["lead"], title="Kick-off").end()

    back = brought_in(data_of(assessment), house.organisation)

    (listed,) = workshops_of(back, now=LATER)
    assert (listed.title, listed.state, listed.people, listed.rounds, listed.agreed) == (
        "Kick-off",
        "over",
        7,
        7,
        5,
    )
    client.force_login(house.people["lead"])
    client.raise_request_exception = True
    for address in ("", "after/", "protocol.csv", "setup/", "wall/", "delete/"):
        response = client.get(f"/workshops/{listed.public_id}/{address}")
        assert response.status_code in (200, 302), address
    after = client.get(f"/workshops/{listed.public_id}/after/").content.decode()
    assert "The service desk sees stage 2." in after
    made = client.post(
        f"/assessments/{back.public_id}/report/",
        {"paper": "a4", "workshop": listed.public_id},
    )
    assert made.status_code == 302


# --- what is wrong in a file ----------------------------------------------------------------------


def test_wrong_workshop_is_named_and_nothing_is_made(assessment, elsewhere) -> None:
    hold(assessment, title="Kick-off").end()
    document = json.loads(data_of(assessment))
    document["workshops"][0]["rounds"][0]["votes"] = 8
    document["workshops"].append(None)

    with pytest.raises(InvalidReport) as raised:
        brought_in(json.dumps(document).encode(), elsewhere)

    assert list(map(str, raised.value.problems)) == [
        "workshops[0].rounds[0].votes: is 8, and the votes give 7",
        "workshops[1]: must be an object, is null",
    ]
    assert (Assessment.objects.count(), Workshop.objects.count()) == (1, 1)


def test_workshop_after_the_closing_is_refused(house, assessment, elsewhere) -> None:
    hold(assessment, title="Over").end()
    close_assessment(assessment, user=None, now=NOW + timedelta(hours=10), by=BY)
    document = json.loads(data_of(assessment))
    document["workshops"][0]["began_at"] = "2026-11-21T09:00Z"
    document["workshops"][0]["ended_at"] = None

    with pytest.raises(InvalidReport, match=r"began_at: must be a minute .* to 2026-11-20T23:59Z"):
        brought_in(json.dumps(document).encode(), elsewhere)
