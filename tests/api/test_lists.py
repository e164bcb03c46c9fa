"""Lists: in pages, in an order that stays, at a cost that stays; and single rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User, Workspace
from maturity.workspaces.organisations.services import archive_organisation
from maturity.workspaces.roles import Role
from tests.api.calling import Program, code_of, secret_of
from tests.people import give_role, make_organisation, make_workspace
from tests.roles_cast import make_assessment, make_result

pytestmark = pytest.mark.django_db


def test_a_list_comes_in_pages_and_nothing_is_missing_or_twice(program, workspace):
    made = [make_organisation(workspace, f"Client {n}").public_id for n in range(7)]

    found, pages = [], 1
    page = 1
    while page <= pages:
        answer = program.get(f"/organisations?page={page}&per_page=3").json()
        found += [each["id"] for each in answer["items"]]
        pages, page = answer["pages"], page + 1

    assert (found, pages, answer["count"]) == (made, 3, 7)
    beyond = program.get("/organisations?page=9&per_page=3").json()
    assert (beyond["items"], beyond["page"], beyond["pages"]) == ([], 9, 3)


def test_an_empty_list_is_one_empty_page(program):
    assert program.get("/assessments").json() == {"page": 1, "pages": 1, "count": 0, "items": []}


def test_models_are_listed_and_read_whole(program, version, journey):
    (line,) = program.get("/models").json()["items"]
    assert (line["key"], line["version"]) == ("social-engagement-journey", "1.0.0")

    assert program.get("/models/social-engagement-journey").json() == journey
    assert program.get("/models/social-engagement-journey?version=1.0.0").status_code == 200
    assert program.get("/models/social-engagement-journey?version=0.9").status_code == 404
    assert program.get("/models/nothing").status_code == 404


def test_an_organisation_has_what_its_page_has(program):
    body = {
        "name": "  Harbour Lights ",
        "sector": "education",
        "size": "10-49",
        "country": "Norway",
        "tags": ["north", "pilot"],
        "months_between": 6,
    }
    made = program.post("/organisations", body)

    assert made.status_code == 201
    answer = made.json()
    assert answer == program.get(f"/organisations/{answer['id']}").json()
    given = body | {"name": "Harbour Lights", "days_a_month": None, "is_archived": False}
    assert {name: answer[name] for name in given} == given


def test_a_team_has_its_one_organisation(owner):
    team = make_workspace(Workspace.Kind.TEAM, "Fernhill", owner=owner)
    program = Program(secret_of(team, owner))

    response = program.post("/organisations", {"name": "Another"})

    assert (response.status_code, code_of(response)) == (409, "one_organisation_only")


def test_archived_organisations_are_seen_by_the_workspaces_people_alone(
    program, workspace, organisation
):
    lead = Program(secret_of(workspace, User.objects.get(email="lea@example.org")))
    archive_organisation(organisation, now=timezone.now(), by=Actor("test"))

    assert program.get("/organisations").json()["items"][0]["is_archived"] is True
    assert lead.get("/organisations").json()["items"] == []
    assert lead.get(f"/organisations/{organisation.public_id}").status_code == 404


def test_open_assessments_are_seen_by_who_may_see_them_on_the_pages(
    program, workspace, organisation, version
):
    closed = make_result(organisation, version).assessment.public_id
    opened = make_assessment(organisation, version).public_id
    elsewhere = make_assessment(make_organisation(workspace, "Else"), version).public_id

    def seen(by, question=""):
        return {each["id"] for each in by.get(f"/assessments{question}").json()["items"]}

    assert seen(program) == {closed, opened, elsewhere}
    assert seen(program, f"?organisation={organisation.public_id}") == {closed, opened}
    people = {
        name: Program(secret_of(workspace, User.objects.get(email=f"{name}@example.org")))
        for name in ("lea", "cora", "vic")
    }
    assert seen(people["lea"]) == {closed, opened}
    assert seen(people["cora"]) == seen(people["vic"]) == {closed}
    assert people["cora"].get(f"/assessments/{opened}").status_code == 200
    assert people["vic"].get(f"/assessments/{opened}").status_code == 403
    assert people["vic"].get(f"/assessments/{opened}/placement").status_code == 403
    assert people["vic"].get(f"/assessments/{elsewhere}").status_code == 404
    assert people["vic"].get(f"/assessments/{closed}/placement").status_code == 200


def test_lists_and_rows_cost_the_same_however_much_there_is(
    program, workspace, organisation, version, assessment
):
    make_result(organisation, version)
    program.get("/organisations")

    def costs():
        # And of each: the call is counted, which is an update in a savepoint.
        found = {}
        for path in (
            # token; count, rows
            "/organisations",
            "/assessments",
            # token; rows
            "/models",
            # token, organisation with roles; result or open assessment and its 5 or 6, steps
            f"/organisations/{organisation.public_id}/roadmap",
            # token, assessment with roles; the placement is told again as it was told before
            f"/assessments/{assessment}/placement",
            # token, assessment with roles; ratings, respondents, notes, picks, settings, agreed
            f"/assessments/{assessment}/answers",
            # token, assessment with roles, respondent; ratings, picks
            f"/assessments/{assessment}/answers/mine",
            f"/assessments/{assessment}/reports",
        ):
            program.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert program.get(path).status_code == 200
            asked = sum("waymark_cache" not in q["sql"] for q in queries.captured_queries)
            found[path] = asked - 3
        return list(found.values())

    first = costs()
    for number in range(3):
        more = make_organisation(workspace, f"More {number}")
        give_role(User.objects.create_user(f"{number}@example.org"), Role.LEAD, workspace, more)
        make_result(organisation, version, number=1)
        make_assessment(more, version)
        body = {"ratings": {f"strategy.2.0{number + 1}": 2}, "picks": {"metrics": 2}}
        program.patch(f"/assessments/{assessment}/answers/mine", body)

    assert first == costs() == [3, 3, 2, 4, 2, 8, 5, 3]
