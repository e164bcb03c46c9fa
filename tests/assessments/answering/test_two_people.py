"""Several people in one browser: what is sent from a page is its respondent's, or refused."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assessments.core.services.links import renew_link, token_of
from assessments.models import Assessment, Pick, Rating, Respondent, SecretLink
from assessments.respondents.services.open_links import make_open_link, open_token_of
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.actors import Actor
from maturity.workspaces.roles import Role
from tests.assessments.asking import ask, ask_member, make_assessment, make_place, signed_in, url
from tests.assessments.conftest import NOW, Guest
from tests.assessments.reading import form_of, text_of
from tests.people import give_role, make_user

pytestmark = pytest.mark.django_db
BY_SCRIPT = [
    {"descriptor": "strategy.1.01", "value": "3"},
    {"descriptor": "strategy.1.01", "value": "not_applicable"},
    {"descriptor": "strategy.1.01", "note": "Ann’s words"},
]


@pytest.fixture(params=["named", "anonymous"])
def voices(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


@pytest.fixture
def gates(version: MaturityModel, voices: str) -> Assessment:
    return make_assessment(make_place(), version, asked="gates", voices=voices)


@pytest.fixture
def picks(version: MaturityModel, voices: str) -> Assessment:
    return make_assessment(make_place(), version, asked="picks", voices=voices)


def come_in(client: Client, link: SecretLink) -> str:
    """Open a link, begin, and return the address all of this person's pages are below."""
    place: str = client.get(f"/link/{token_of(link)}/").url
    client.post(f"{place}begin/")
    return place


def owners() -> set[str]:
    rows = [*Rating.objects.select_related("respondent"), *Pick.objects.all()]
    return {row.respondent.name for row in rows}


def browser_of(assessment: Assessment) -> tuple[Client, str, str]:
    """Return a browser in which Ann and then Bob opened their links, and where each answers."""
    client = Client()
    ann = come_in(client, ask(assessment, "Ann"))
    return client, ann, come_in(client, ask(assessment, "Bob"))


def ann_left(assessment: Assessment) -> tuple[Client, str, dict[str, str]]:
    """Return a browser where Bob answers after Ann, and what Ann's open page names her by."""
    client = Client()
    ann = come_in(client, ask(assessment, "Ann"))
    kept = {"person": form_of(client.get(f"{ann}finish/"))["person"]}
    client.post(f"{ann}forget/")
    assert come_in(client, ask(assessment, "Bob")) == ann
    return client, ann, kept


def test_two_links_in_one_browser_each_answer_as_their_own(gates: Assessment) -> None:
    client, ann, bob = browser_of(gates)
    pages = {place: form_of(client.get(f"{place}everything/strategy/")) for place in (ann, bob)}

    for place, value in ((ann, "3"), (bob, "0")):
        fields = pages[place] | {"r-strategy.1.01": value, "go": "next"}
        following = client.post(f"{place}everything/strategy/", fields)
        assert following.url == f"{place}everything/customer-engagement/"

    stored = Rating.objects.values_list("respondent__name", "step")
    assert sorted(stored) == [("Ann", 3), ("Bob", 0)]
    assert form_of(client.get(f"{ann}everything/strategy/"))["r-strategy.1.01"] == "3"
    assert form_of(client.get(f"{bob}everything/strategy/"))["r-strategy.1.01"] == "0"


def test_every_link_on_a_page_keeps_to_its_respondent(gates: Assessment) -> None:
    client, ann, bob = browser_of(gates)

    for rest in ("everything/strategy/", "guided/strategy/", "finish/", "workbook/", "link/"):
        page = text_of(client.get(bob + rest, follow=True))
        assert bob in page, rest
        assert f'"{ann}' not in page, rest


def test_home_page_leads_to_each_of_them(gates: Assessment) -> None:
    client, ann, bob = browser_of(gates)

    page = text_of(client.get("/"))

    assert f'href="{ann}"' in page
    assert f'href="{bob}"' in page


def test_opening_a_link_again_comes_back_to_the_same_place(gates: Assessment) -> None:
    client, ann, bob = browser_of(gates)
    links = [
        SecretLink.objects.filter(respondent__name=name, revoked_at=None).get()
        for name in ("Ann", "Bob")
    ]

    places = [client.get(f"/link/{token_of(link)}/").url for link in links]
    renewed = renew_link(links[1].respondent, now=timezone.now())

    assert places == [ann, bob]
    assert client.get(f"/link/{token_of(renewed)}/").url == bob


def test_dead_link_does_not_lead_to_another_persons_answers(picks: Assessment) -> None:
    client, old = Client(), ask(picks, "Ann")
    renew_link(old.respondent, now=timezone.now())
    come_in(client, ask(picks, "Bob"))

    assert client.get(f"/link/{token_of(old)}/").status_code == 404


def test_open_link_leads_on_who_came_in(picks: Assessment) -> None:
    link = make_open_link(picks, most_respondents=5, now=NOW, by=Actor("user:1"))
    client = Client()
    place = come_in(client, ask(picks, "Ann"))

    assert client.get(f"/open/{open_token_of(link)}/").url == place


@pytest.mark.parametrize("fields", BY_SCRIPT)
def test_script_of_another_person_is_refused(gates: Assessment, fields: dict[str, str]) -> None:
    client, place, kept = ann_left(gates)

    response = client.post(f"{place}answer/", kept | fields)

    assert response.status_code == 412
    assert "Someone else is answering in this browser now" in text_of(response)
    assert not Rating.objects.exists()


def test_pick_of_another_person_is_refused(picks: Assessment) -> None:
    client, place, kept = ann_left(picks)

    response = client.post(f"{place}answer/", kept | {"dimension": "strategy", "value": "4"})

    assert response.status_code == 412
    assert not Pick.objects.exists()


def test_page_of_statements_of_another_person_is_refused(gates: Assessment) -> None:
    fields = {"r-strategy.1.01": "not_applicable", "n-strategy.1.01": "Ann’s words"}
    _refused_and_kept(gates, "everything/strategy/", fields)


def test_page_of_picks_of_another_person_is_refused(picks: Assessment) -> None:
    fields = {"r-strategy": "4", "n-strategy": "Ann’s words"}
    _refused_and_kept(picks, "quick/strategy/", fields)


def _refused_and_kept(assessment: Assessment, rest: str, fields: dict[str, str]) -> None:
    client, place, kept = ann_left(assessment)

    response = client.post(place + rest, kept | fields | {"go": "here"})

    assert response.status_code == 412
    assert "nothing was saved" in text_of(response)
    assert owners() == set()
    again = form_of(response)
    assert again.items() >= (kept | fields).items()
    # She opens her link again in another tab, and sends the page once more.
    ann = Respondent.objects.get(name="Ann")
    link = SecretLink.objects.get(respondent=ann, revoked_at=None)
    own_place = client.get(f"/link/{token_of(link)}/").url
    sent = client.post(place + rest, again)
    assert sent.status_code == 302
    assert sent.url.startswith(f"{own_place}{rest}?saved=1#q-strategy")
    assert owners() == {"Ann"}


@pytest.mark.parametrize(
    ("rest", "fields"),
    [
        ("finish/", {}),
        ("begin/", {}),
        ("link/new/", {}),
        ("link/mail/", {"address": "ann@example.org"}),
    ],
)
def test_nothing_else_of_another_person_is_taken(
    picks: Assessment, rest: str, fields: dict[str, str]
) -> None:
    client, place, kept = ann_left(picks)
    client.post(f"{place}answer/", {"dimension": "strategy", "value": "2"})
    before = list(SecretLink.objects.order_by("pk").values())

    response = client.post(place + rest, kept | fields)

    assert response.status_code == 412
    assert Respondent.objects.get(name="Bob").finished_at is None
    assert list(SecretLink.objects.order_by("pk").values()) == before


def test_workbook_of_another_person_is_refused(picks: Assessment) -> None:
    client, place, kept = ann_left(picks)
    book = b"".join(client.get(f"{place}workbook/answers.xlsx"))
    file = SimpleUploadedFile("answers.xlsx", book)

    response = client.post(f"{place}workbook/", kept | {"file": file})

    assert response.status_code == 412
    assert "Then send the file again" in text_of(response)


def test_members_page_is_not_taken_from_another_member(picks: Assessment) -> None:
    ann, bob = make_user("ann@example.org", "Ann"), make_user("bob@example.org", "Bob")
    rows = [ask_member(picks, user, has_begun=True) for user in (ann, bob)]
    for user in (ann, bob):
        give_role(user, Role.CONTRIBUTOR, picks.workspace, picks.organisation)
    page = form_of(signed_in(ann).get(url(picks, "quick/strategy/")))

    response = signed_in(bob).post(url(picks, "quick/strategy/"), page | {"r-strategy": "4"})

    assert response.status_code == 412
    assert not Pick.objects.exists()
    assert rows[0].key != rows[1].key


@pytest.mark.parametrize(
    "rest", ["quick/strategy/", "guided/strategy/", "everything/", "finish/", "workbook/", "link/"]
)
def test_every_form_names_its_respondent(guest: Guest, rest: str) -> None:
    page = text_of(guest.get(rest))

    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.S)

    assert forms
    field = f'name="person" value="{guest.respondent.key}"'
    assert [form for form in forms if field not in form] == []


def test_page_before_beginning_names_its_respondent(picks: Assessment) -> None:
    link, client = ask(picks, "Ann"), Client()
    place = client.get(f"/link/{token_of(link)}/").url

    assert form_of(client.get(f"{place}begin/"))["person"] == link.respondent.key


@pytest.mark.parametrize("rest", ["quick/strategy/", "guided/strategy/"])
def test_guided_and_quick_pages_are_held_to_it(guest: Guest, rest: str) -> None:
    fields = form_of(guest.get(rest)) | {"person": "0" * 32, "r-strategy.2.01": "3"}

    response = guest.post(rest, fields | {"r-strategy": "4"})

    assert response.status_code == 412
    assert not Rating.objects.exists()
    assert not Pick.objects.exists()
