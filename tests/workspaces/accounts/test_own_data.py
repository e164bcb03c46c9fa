"""One's own data: taken along, and deleted."""

import json
from datetime import timedelta
from typing import Any

import pytest

from assessments.core.services.links import make_link
from assessments.models import AgreedAnswer, Assessment, Pick, Rating, Respondent, SecretLink, Step
from assessments.own_account.queries import own_data_of
from assessments.roadmap.services.calendar_feeds import make_feed
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import (
    AuditEvent,
    Invitation,
    Membership,
    Organisation,
    User,
    Workspace,
)
from maturity.workspaces.roles import Role
from tests.people import NOW, PASSWORD, give_role, make_user, make_workspace
from tests.workspaces.cast import as_, place_of

pytestmark = pytest.mark.django_db
LEA = "lea@example.org"


def _assess(workspace: Workspace, state: str = "collecting", voices: str = "named") -> Assessment:
    version, _ = MaturityModel.objects.get_or_create(
        key="m", version="1", defaults={"document": {}, "published_at": NOW}
    )
    return Assessment.objects.create(
        workspace=workspace,
        organisation=workspace.organisations.get(),
        model_version=version,
        date=NOW.date(),
        voices=voices,
        created_at=NOW,
        answers_ended_at=None if state == "collecting" else NOW,
        closed_at=NOW if state == "closed" else None,
    )


def _answer(assessment: Assessment, user: User | None, name: str = "") -> Respondent:
    person = Respondent.objects.create(
        assessment=assessment, name=name, email=user.email if user else ""
    )
    # As a guest first, as they would before they keep it in an account.
    make_link(person, now=NOW)
    person.user = user
    person.save()
    Rating.objects.create(
        respondent=person, descriptor_id="a.1.01", step=2, note=f"note of {name}", updated_at=NOW
    )
    Pick.objects.create(respondent=person, dimension="a", word="unknown", updated_at=NOW)
    return person


def _lea() -> User:
    return User.objects.get(email=LEA)


def _download(client: Any) -> dict[str, Any]:
    answer = client.post("/my/data/")
    assert answer["Content-Disposition"].startswith('attachment; filename="waymark-my-data-')
    assert answer["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.content)
    return found


# --- taking it along -----------------------------------------------------------------------------


def test_the_download_holds_everything_of_one_and_nothing_of_others(client, workspace):
    lea = _lea()
    lea.emailaddress_set.create(email=LEA, primary=True, verified=True)
    assessment = _assess(workspace)
    _answer(assessment, lea, "Lea")
    _answer(assessment, User.objects.get(email="vic@example.org"), "Canary")
    _answer(assessment, None, "Canary guest")
    AgreedAnswer.objects.create(
        assessment=assessment, what="pick", key="a", number=2, decided_by=lea, decided_at=NOW
    )
    Invitation.objects.create(
        workspace=workspace,
        organisation=workspace.organisations.get(),
        role="viewer",
        email="new@example.org",
        nonce="secret nonce",
        token_hash="secret hash",
        invited_by=lea,
        created_at=NOW,
        expires_at=NOW,
    )
    make_feed(workspace, user=lea, shows="mine", now=NOW, by=Actor("test"))
    for name, user in (("Lea", lea), ("Canary", User.objects.get(email="vic@example.org"))):
        Step.objects.create(
            organisation=assessment.organisation,
            words=f"Step of {name}",
            owner=name,
            member=user,
            created_at=NOW,
        )
    as_(client, LEA)

    first = _download(client)
    found = _download(client)

    assert (found["format"], found["account"]["email"], found["account"]["name"]) == (
        "waymark-own-data/1",
        LEA,
        "Lea",
    )
    assert found["account"]["addresses"] == [{"email": LEA, "verified": True, "primary": True}]
    assert found["roles"] == [
        {
            "workspace": "Northbank Advisers",
            "organisation": "Fernhill Outdoor",
            "role": "lead",
            "since": NOW.isoformat(),
        }
    ]
    assert [each["email"] for each in found["invitations_sent"]] == ["new@example.org"]
    (own,) = found["assessments"]
    assert own["ratings"] == [
        {
            "descriptor": "a.1.01",
            "answer": 2,
            "note": "note of Lea",
            "is_from_before": False,
            "answered_at": NOW.isoformat(),
        }
    ]
    assert [each["answer"] for each in own["picks"]] == ["unknown"]
    assert [each["pick"] for each in found["agreed_answers_recorded"]] == ["a"]
    assert found["account"]["step_mails"] is True
    assert [each["shows"] for each in found["calendar_addresses"]] == ["mine"]
    assert [(each["step"], each["owner"]) for each in found["steps"]] == [("Step of Lea", "Lea")]
    assert [each["verb"] for each in first["audit_events"]] == []
    assert [each["verb"] for each in found["audit_events"]] == ["account.data_exported"]
    text = json.dumps(found)
    assert "Canary" not in text
    assert "secret" not in text


def test_the_export_is_noted_where_one_belongs(client, workspace):
    as_(client, LEA).post("/my/data/")

    event = AuditEvent.objects.get(verb="account.data_exported")
    assert event.workspace == workspace.public_id


def test_looking_at_the_page_hands_nothing_out(client, workspace):
    answer = as_(client, LEA).get("/my/data/")

    assert answer["Content-Type"].startswith("text/html")
    assert not AuditEvent.objects.filter(verb="account.data_exported").exists()


@pytest.mark.parametrize("page", ["/my/data/", "/my/account/"])
def test_who_is_not_signed_in_is_asked_to(client, page):
    for answer in (client.get(page), client.post(page)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=")


def test_it_costs_the_same_for_one_and_three_assessments(
    client, workspace, django_assert_num_queries
):
    lea = _lea()
    _answer(_assess(workspace), lea)
    # addresses, second factors, other accounts; roles, invitations, respondents, ratings, picks,
    # agreed answers, tokens, steps, calendar addresses, events
    with django_assert_num_queries(13):
        own_data_of(lea, now=NOW)
    for _ in range(2):
        _answer(_assess(workspace), lea)
    with django_assert_num_queries(13):
        assert len(own_data_of(lea, now=NOW)["assessments"]) == 3


# --- deleting the account ------------------------------------------------------------------------


def test_the_account_goes_with_its_roles_and_the_browser_is_signed_out(client, workspace):
    as_(client, LEA)
    user_id = _lea().pk

    answer = client.post("/my/account/", {"email": " LEA@example.org "})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Your account is deleted" in client.get("/").content.decode()
    assert not User.objects.filter(pk=user_id).exists()
    assert Membership.objects.count() == 3
    assert client.get("/my/account/").status_code == 302
    event = AuditEvent.objects.get(verb="account.deleted")
    assert (event.workspace, event.subject) == (workspace.public_id, f"user:{user_id}")
    as_(client, "ada@example.org")
    assert "deleted account" in client.get(f"{place_of(workspace)}trail/").content.decode()


@pytest.mark.parametrize("state", ["collecting", "settling", "closed"])
@pytest.mark.parametrize("voices", ["named", "anonymous"])
def test_answers_stay_without_a_name(client, workspace, state, voices):
    assessment = _assess(workspace, state, voices)
    person = _answer(assessment, _lea(), "Lea")

    as_(client, LEA).post("/my/account/", {"email": LEA})

    person.refresh_from_db()
    assert (person.user, person.name, person.email) == (None, "", "")
    assert (person.ratings.count(), person.picks.count()) == (1, 1)
    assert not SecretLink.objects.exists()


def test_finished_reports_that_may_show_the_name_go(client, workspace):
    named, anonymous, of_others = (
        _assess(workspace),
        _assess(workspace, voices="anonymous"),
        _assess(workspace),
    )
    _answer(named, _lea(), "Lea")
    _answer(anonymous, _lea(), "")
    for assessment in (named, anonymous, of_others):
        assessment.reports.create(
            digest="d",
            paper="a4",
            file_name="r.pdf",
            status="ready",
            content=b"%PDF",
            asked_at=NOW,
            queued_at=NOW,
        )

    as_(client, LEA).post("/my/account/", {"email": LEA})

    left = [each for each in (named, anonymous, of_others) if each.reports.exists()]
    assert left == [anonymous, of_others]


@pytest.mark.parametrize(
    ("state", "voices", "go"),
    [
        ("collecting", "named", True),
        ("collecting", "anonymous", True),
        ("settling", "named", True),
        # Two looks at the figures would tell what the missing one was.
        ("settling", "anonymous", False),
        ("closed", "named", False),
        ("closed", "anonymous", False),
    ],
)
def test_answers_in_open_assessments_go_when_asked_for(client, workspace, state, voices, go):
    assessment = _assess(workspace, state, voices)
    _answer(assessment, _lea(), "Lea")
    other = _answer(assessment, None, "Other")
    before = assessment.revision

    as_(client, LEA).post("/my/account/", {"email": LEA, "with_answers": "on"})

    left = list(Respondent.objects.order_by("pk"))
    assert (len(left) == 1) is go
    assert left[-1] == other
    assert Rating.objects.count() == len(left)
    assert not Respondent.objects.filter(name="Lea").exists()
    assessment.refresh_from_db()
    assert (assessment.revision > before) is go


def test_the_last_owner_of_others_is_refused_and_told_what_to_do(client, workspace):
    as_(client, "ada@example.org")

    page = client.get("/my/account/").content.decode()
    answer = client.post("/my/account/", {"email": "ada@example.org", "with_workspaces": "on"})

    assert "other people would be left without an owner" in page
    assert place_of(workspace) + "people/" in page
    assert "Delete my account</button>" not in page
    assert answer.status_code == 422
    assert User.objects.filter(email="ada@example.org").exists()


def test_a_second_owner_may_go(client, workspace):
    give_role(make_user("bob@example.org"), Role.OWNER, workspace)

    as_(client, "ada@example.org").post("/my/account/", {"email": "ada@example.org"})

    assert not User.objects.filter(email="ada@example.org").exists()
    assert Workspace.objects.count() == 1


def test_a_workspace_of_one_goes_with_the_account_when_that_is_ticked(client, workspace):
    lea = _lea()
    own = make_workspace("team", "Lea's own", owner=lea)
    Organisation.objects.create(workspace=own, name="Lea's own", created_at=NOW)
    _answer(_assess(own), lea)
    as_(client, LEA)

    page = client.get("/my/account/").content.decode()
    refused = client.post("/my/account/", {"email": LEA})
    assert "Lea&#x27;s own" in page
    assert (refused.status_code, Workspace.objects.count()) == (422, 2)

    client.post("/my/account/", {"email": LEA, "with_workspaces": "on"})

    assert list(Workspace.objects.all()) == [workspace]
    assert (Assessment.objects.count(), Respondent.objects.count()) == (0, 0)
    assert not User.objects.filter(email=LEA).exists()
    assert AuditEvent.objects.filter(verb="workspace.deleted", workspace=own.public_id).exists()


def test_a_workspace_that_waits_to_be_deleted_stands_in_nobodys_way(client, workspace):
    workspace.deletion_asked_at = NOW + timedelta(days=1)
    workspace.save()

    as_(client, "ada@example.org").post("/my/account/", {"email": "ada@example.org"})

    assert not User.objects.filter(email="ada@example.org").exists()
    assert Workspace.objects.count() == 1


def test_the_password_is_asked_for_where_there_is_one(client, workspace):
    lea = _lea()
    lea.set_password(PASSWORD)
    lea.save()
    as_(client, LEA)

    for typed in ({}, {"password": "wrong"}):
        answer = client.post("/my/account/", {"email": LEA, **typed})
        assert answer.status_code == 422
    assert User.objects.filter(email=LEA).exists()

    assert client.post("/my/account/", {"email": LEA, "password": PASSWORD}).status_code == 302
    assert not User.objects.filter(email=LEA).exists()


def test_passwords_cannot_be_guessed_here(client, workspace, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    lea = _lea()
    lea.set_password(PASSWORD)
    lea.save()
    as_(client, LEA)

    codes = [
        client.post("/my/account/", {"email": LEA, "password": f"guess {n}"}).status_code
        for n in range(12)
    ]
    right = client.post("/my/account/", {"email": LEA, "password": PASSWORD})

    assert codes[0] == 422
    assert (codes[-1], right.status_code) == (429, 429)
    assert User.objects.filter(email=LEA).exists()


def test_another_address_is_refused(client, workspace):
    answer = as_(client, LEA).post("/my/account/", {"email": "vic@example.org"})

    assert answer.status_code == 422
    assert "This is not the address of this account." in answer.content.decode()
    assert User.objects.filter(email=LEA).exists()


def test_the_page_offers_to_leave_each_place(client, workspace):
    page = as_(client, "vic@example.org").get("/my/account/").content.decode()
    organisation = workspace.organisations.get()

    assert "Fernhill Outdoor" in page
    assert f"/organisations/{organisation.public_id}/people/leave/" in page
