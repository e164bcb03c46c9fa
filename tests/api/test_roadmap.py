"""The roadmap: suggestions read, steps decided and changed by the rules of the board."""

import pytest

from assessments.models import Step
from assessments.roadmap.queries.steps import suggestions_of
from tests.api.calling import code_of, problems_of
from tests.roles_cast import make_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(organisation, version):
    """Return the address of an organisation with a result."""
    make_result(organisation, version, picks=2)
    return f"/organisations/{organisation.public_id}"


def test_a_suggestion_becomes_a_step_and_is_suggested_no_more(program, place):
    before = program.get(f"{place}/roadmap").json()
    wanted = before["suggestions"][0]
    assert before["steps"] == []

    made = program.post(
        f"{place}/steps",
        {"descriptor": wanted["descriptor"], "owner": "Ada Byron", "due": "2027-03-31"},
    )

    assert made.status_code == 201
    step = made.json()
    assert (step["words"], step["status"]) == (wanted["action"], "planned")
    assert (step["owner"], step["due"]) == ("Ada Byron", "2027-03-31")
    assert step["days"] is not None
    after = program.get(f"{place}/roadmap").json()
    assert after["steps"] == [step] == [program.get(f"{place}/steps/{step['id']}").json()]
    assert after["suggestions"] == before["suggestions"][1:]
    # The name is a member's, so the step is theirs.
    assert Step.objects.get().member.name == "Ada Byron"
    again = program.post(f"{place}/steps", {"descriptor": wanted["descriptor"], "owner": "B"})
    assert (again.status_code, code_of(again)) == (409, "already_decided")


def test_what_a_step_builds_on_is_asked_about_first(program, place, organisation):
    waiting = next(each for each in suggestions_of(organisation).steps if each.requires)
    body = {"descriptor": waiting.descriptor_id, "owner": "Ada"}

    response = program.post(f"{place}/steps", body)

    assert (response.status_code, code_of(response)) == (409, "missing_prerequisites")
    assert set(problems_of(response)) == {"descriptor"}
    assert not Step.objects.exists()
    assert program.post(f"{place}/steps", body | {"anyway": True}).status_code == 201


def test_a_step_of_its_own_needs_words_and_somebody_or_a_day(program, place):
    response = program.post(f"{place}/steps", {})
    assert set(problems_of(response)) == {"words"}
    response = program.post(f"{place}/steps", {"words": "Do it"})
    assert set(problems_of(response)) == {"body"}
    wrong = {"words": "Do it", "owner": "A", "dimension": "nothing", "evidence": "javascript:x"}
    response = program.post(f"{place}/steps", wrong)
    assert set(problems_of(response)) == {"dimension", "evidence"}
    late = {"words": "Do it", "start": "2027-02-01", "due": "2027-01-01"}
    assert set(problems_of(program.post(f"{place}/steps", late))) == {"start"}
    unknown = {"descriptor": "nothing", "owner": "A"}
    assert set(problems_of(program.post(f"{place}/steps", unknown))) == {"descriptor"}
    assert not Step.objects.exists()

    own = {"words": "Do it", "owner": "Ann", "dimension": "metrics", "days": 3}
    made = program.post(f"{place}/steps", own).json()
    assert {name: made[name] for name in own} == own
    assert made["descriptor"] == ""


@pytest.fixture
def step(program, place):
    """Return the address of a step."""
    full = {
        "words": "Do it",
        "owner": "Ann",
        "due": "2027-01-01",
        "days": 3,
        "notes": "One\nTwo",
        "evidence": "https://example.org/x",
    }
    made = program.post(f"{place}/steps", full).json()
    return f"{place}/steps/{made['id']}"


def test_only_what_is_named_of_a_step_changes(program, step):
    before = program.get(step).json()

    after = program.patch(step, {"owner": "Bea", "due": None}).json()

    assert after == before | {"owner": "Bea", "due": None}
    response = program.patch(step, {"owner": ""})
    assert set(problems_of(response)) == {"body"}
    assert set(problems_of(program.patch(step, {"words": ""}))) == {"words"}
    assert program.patch(step, {}).json() == after == program.get(step).json()


def test_a_step_goes_the_ways_of_the_board(program, step):
    def go(status, **more):
        return program.patch(step, {"status": status} | more)

    assert go("doing").json()["status"] == "doing"
    back = go("planned")
    assert (back.status_code, code_of(back)) == (409, "conflict")
    done = go("done").json()
    assert (done["status"], done["done_at"] is not None) == ("done", True)
    assert go("planned").json()["done_at"] is None
    assert set(problems_of(go("dropped"))) == {"reason"}
    dropped = go("dropped", reason="Another way was found").json()
    assert (dropped["status"], dropped["reason"]) == ("dropped", "Another way was found")
    assert set(problems_of(program.patch(step, {"reason": "x"}))) == {"reason"}
    assert go("doing").json()["reason"] == ""


def test_a_change_is_made_whole_or_not_at_all(program, step):
    before = program.get(step).json()

    response = program.patch(step, {"owner": "Bea", "status": "dropped"})

    assert response.status_code == 422
    assert program.get(step).json() == before


def test_a_step_elsewhere_is_not_there(program, step, workspace):
    other = program.post("/organisations", {"name": "Else"}).json()["id"]
    number = step.rpartition("/")[2]

    for path in (f"/organisations/{other}/steps/{number}", f"{step}999999", f"{step[:-1]}0"):
        assert program.get(path).status_code == 404
        assert program.patch(path, {"owner": "x"}).status_code == 404
    assert program.get(f"{step.rpartition('/')[0]}/x").status_code == 422
