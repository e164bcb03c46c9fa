"""Keeping in an account what was started without one."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.answering.services.claiming import AlreadyClaimed, claim_into_new_team
from assessments.core.services.links import token_of
from assessments.models import Assessment, Rating, Respondent, SecretLink
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent, Membership, Organisation, User, Workspace
from maturity.workspaces.roles import Role
from maturity.workspaces.scopes import every_workspace
from tests.assessments.answering.test_answers_service import in_threads
from tests.assessments.asking import Place, make_assessment, make_place
from tests.assessments.conftest import NOW, Guest
from tests.assessments.reading import answer, text_of
from tests.people import give_role, make_organisation, make_user, make_workspace


@pytest.fixture
def user(db: None) -> User:
    return make_user()


@pytest.fixture
def holder(guest: Guest, user: User) -> Guest:
    """Return the browser of the holder, who has answered and signed in since."""
    answer(guest.link, strategy__1__01=2)
    guest.client.force_login(user)
    return guest


def test_signed_out_holder_is_offered_an_account(guest: Guest) -> None:
    page = text_of(guest.get("claim/"))

    back = f"?next=%2Fassessments%2F{guest.assessment.public_id}%2Fclaim%2F"
    assert f'href="{reverse("account_login")}{back}"' in page
    assert f'href="{reverse("account_signup")}{back}"' in page
    assert guest.post("claim/", {"place": "team"}).status_code == 200
    assert Assessment.objects.get().workspace.kind == Workspace.Kind.GUEST


def test_grant_outlasts_signing_in(holder: Guest) -> None:
    assert holder.get("claim/").status_code == 200


@pytest.mark.parametrize("rest", ["result/", "link/"])
def test_pages_offer_to_keep_it(guest: Guest, rest: str) -> None:
    answer(guest.link, strategy__1__01=2)

    page = text_of(guest.get(rest))

    assert f'href="{guest.url("claim/")}"' in page
    assert "Keep this in an account" in page


def test_first_claim_makes_a_team(holder: Guest, user: User) -> None:
    guest_workspace = holder.assessment.workspace.pk
    assert "A new team of my own, “Alder Books”" in text_of(holder.get("claim/"))

    response = holder.post("claim/", {"place": "team"}, follow=True)

    assessment = Assessment.objects.select_related("workspace", "organisation").get()
    assert response.redirect_chain[-1][0] == holder.url("result/")
    assert "old link opens nothing any more" in text_of(response)
    assert assessment.workspace.kind == Workspace.Kind.TEAM
    assert assessment.organisation.workspace == assessment.workspace
    assert assessment.organisation.name == "Alder Books"
    assert not Workspace.objects.filter(pk=guest_workspace).exists()
    assert (Organisation.objects.count(), Workspace.objects.count()) == (1, 1)
    assert Membership.objects.get().role == Role.OWNER.value
    assert Respondent.objects.get().user == user
    assert Rating.objects.get().step == 2


def test_old_link_opens_nothing_any_more(holder: Guest) -> None:
    other_device = Client()
    other_device.get(f"/link/{token_of(holder.link)}/")
    holder.post("claim/", {"place": "team"})

    assert Client().get(f"/link/{token_of(holder.link)}/").status_code == 404
    assert other_device.get(holder.url("quick/strategy/")).status_code == 404
    assert SecretLink.objects.filter(revoked_at=None).count() == 0
    assert holder.get("everything/strategy/").status_code == 200
    holder.client.logout()
    assert holder.get("everything/strategy/").status_code == 404


def test_claim_into_an_organisation_or_a_new_one(holder: Guest, user: User) -> None:
    workspace = make_workspace()
    give_role(user, Role.CONSULTANT, workspace)
    organisation = make_organisation(workspace)
    page = text_of(holder.get("claim/"))
    assert "A new organisation “Alder Books” in Northbank Advisers" in page
    assert "Fernhill Outdoor (Northbank Advisers)" in page
    assert "A new team" not in page

    holder.post("claim/", {"place": f"organisation:{organisation.public_id}"})

    assessment = Assessment.objects.get()
    assert (assessment.organisation, assessment.workspace) == (organisation, workspace)
    assert (Organisation.objects.count(), Workspace.objects.count()) == (1, 1)
    event = AuditEvent.objects.get(verb="assessment.claimed")
    assert (event.workspace, event.actor) == (workspace.public_id, f"user:{user.pk}")


def test_claim_into_a_workspace_brings_the_organisation(holder: Guest, user: User) -> None:
    workspace = make_workspace()
    give_role(user, Role.OWNER, workspace)

    holder.post("claim/", {"place": f"workspace:{workspace.public_id}"})

    assessment = Assessment.objects.select_related("organisation").get()
    assert assessment.workspace == workspace
    assert (assessment.organisation.name, assessment.organisation.workspace) == (
        "Alder Books",
        workspace,
    )
    assert Workspace.objects.count() == 1


def test_claim_goes_nowhere_the_user_may_not(holder: Guest, user: User) -> None:
    place = make_place()
    give_role(user, Role.CONTRIBUTOR, place.workspace, place.organisation)
    theirs = make_organisation(make_workspace(name="Elsewhere"), "Not theirs")
    page = text_of(holder.get("claim/"))

    for sent in (
        "",
        f"organisation:{place.organisation.public_id}",
        f"organisation:{theirs.public_id}",
        f"workspace:{place.workspace.public_id}",
        "organisation:aaaaaaaaaaaa",
    ):
        assert holder.post("claim/", {"place": sent}).status_code == 422, sent
    assert "Not theirs" not in page
    assert "Fernhill" not in page
    assert Assessment.objects.get().workspace.kind == Workspace.Kind.GUEST


def test_only_the_holder_claims(
    holder: Guest, stranger: Guest, user: User, version: MaturityModel
) -> None:
    stranger.client.force_login(make_user("eve@example.org"))
    assert stranger.client.get(holder.url("claim/")).status_code == 404
    assert stranger.client.post(holder.url("claim/"), {"place": "team"}).status_code == 404

    holder.post("claim/", {"place": "team"})
    # In a workspace by now: nothing is left to claim, not even for its owner.
    assert holder.get("claim/").status_code == 404
    assert Assessment.objects.get(pk=holder.assessment.pk).workspace.memberships.get().user == user


def test_assessment_of_a_workspace_cannot_be_claimed(version: MaturityModel, db: None) -> None:
    place: Place = make_place()
    assessment = make_assessment(place, version)
    client = Client()
    client.force_login(place.lead)

    assert client.get(f"/assessments/{assessment.public_id}/claim/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_leave_one_owner(guest: Guest) -> None:
    users = [make_user(f"u{number}@example.org") for number in range(4)]
    respondent = guest.respondent

    def claim(number: int) -> None:
        user = users[number]
        by = Actor(f"user:{user.pk}")
        with every_workspace():
            assessment = Assessment.objects.select_related("workspace", "organisation").get()
            claim_into_new_team(assessment, respondent=respondent, user=user, now=NOW, by=by)

    errors = in_threads(4, claim)

    assert [type(error) for error in errors] == [AlreadyClaimed] * 3
    assert (Workspace.objects.count(), Membership.objects.count()) == (1, 1)
    assert Respondent.objects.get().user == Membership.objects.get().user


def test_claimed_one_says_how_others_are_asked(holder: Guest) -> None:
    """Nothing promises that others answer in what one person answered as they liked."""
    assert "to ask others as well, start a new assessment" in text_of(holder.get("claim/"))
    holder.post("claim/", {"place": "team"})
    organisation = Assessment.objects.get().organisation
    new = f'href="/organisations/{organisation.public_id}/assessments/new/"'

    respondents, setup = text_of(holder.get("respondents/")), text_of(holder.get("setup/"))

    assert "To ask others, start a new assessment; this one stays as your first result" in (
        respondents
    )
    assert new in respondents
    assert "first choose what everybody is asked" not in respondents
    assert new in setup
    assert "add choices to a group" not in setup


def test_unanswered_one_can_still_ask_several(version: MaturityModel, db: None) -> None:
    place: Place = make_place()
    assessment = make_assessment(place, version, asked="free")
    client = Client()
    client.force_login(place.lead)

    page = text_of(client.get(f"/assessments/{assessment.public_id}/respondents/"))

    assert "first choose what everybody is asked" in page
    assert "start a new assessment" not in page
