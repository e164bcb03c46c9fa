"""A result shared by link: what it shows, for how long, and that it shows nothing else."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assessments.lifecycle.services.closing import close_assessment, end_answers
from maturity.workspaces.actors import LINK
from maturity.workspaces.models import AuditEvent
from maturity.workspaces.organisations.services import archive_organisation
from reports.models import Share
from reports.sharing import services as sharing
from reports.sharing.contents import PARTS
from reports.sharing.services import TooManyShares, make_share, revoke_share, token_of_share
from tests.assessments.closed import BY, NOW, answered_by, begin, closed, make_house

pytestmark = pytest.mark.django_db
PASSWORD = "a good password"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def house(version):
    return make_house(version)


@pytest.fixture
def result(house):
    return closed(house, date(2026, 3, 3))


def share(assessment, **more):
    wanted = {
        "result": None,
        "shows": list(PARTS),
        "label": "For the board",
        "days": 30,
        "password": "",
        "now": timezone.now(),
        "by": LINK,
    }
    return make_share(assessment, **(wanted | more))


def url(made, rest=""):
    return f"/shared/{token_of_share(made)}/{rest}"


def main_of(response):
    return response.content.decode().partition("<main")[2]


# --- made and ended ------------------------------------------------------------------------------


def test_lead_makes_a_link_that_opens_and_ends_it(house, result):
    lead, assessment = house.client("lead"), result.assessment
    page = f"/assessments/{assessment.public_id}/share/"
    sent = {"what": "1", "shows": ["steps"], "days": "7", "label": "Board", "password": ""}

    assert lead.post(page, sent).status_code == 302
    made = Share.objects.get()
    assert (made.result, made.shows, made.label) == (result, ["steps"], "Board")
    assert timedelta(days=6) < made.expires_at - timezone.now() < timedelta(days=8)
    (link,) = re.findall(
        r'value="http://testserver(/shared/[^"]+/)"', lead.get(page).content.decode()
    )
    assert Client().get(link).status_code == 200
    assert "opened once" in " ".join(lead.get(page).content.decode().split())

    lead.post(f"{page}{made.pk}/revoke/")

    ended = Client().get(link)
    assert ended.status_code == 410
    assert "This link opens nothing any more" in ended.content.decode()
    assert link not in lead.get(page).content.decode()
    verbs = AuditEvent.objects.filter(verb__startswith="share.").values_list("verb", flat=True)
    assert sorted(verbs) == ["share.created", "share.ended"]


def test_token_is_nowhere_in_the_database(house, result):
    made = share(result.assessment)

    token = token_of_share(made)
    assert token
    assert len(token) >= 43
    assert token not in str(Share.objects.values_list())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": ""}, "Choose what the link shows."),
        ({"what": "9"}, "not one of the available choices"),
        ({"what": "now"}, "not one of the available choices"),
        ({"days": "9999"}, "not one of the available choices"),
        ({"shows": ["everything"]}, "not one of the available choices"),
        ({"password": "short"}, "Please take at least 8 characters."),
        ({"label": "x" * 121}, "120 characters"),
    ],
)
def test_what_cannot_be_meant_is_refused(house, result, change, words):
    sent = {"what": "1", "days": "7", "label": "", "password": ""} | change

    response = house.client("lead").post(f"/assessments/{result.assessment.public_id}/share/", sent)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Share.objects.count() == 0


def test_more_links_than_anybody_follows_are_refused(result, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_SHARES", 1)
    first = share(result.assessment)

    with pytest.raises(TooManyShares):
        share(result.assessment)
    revoke_share(first, now=timezone.now(), by=BY)
    share(result.assessment)


@pytest.mark.parametrize("who", ["contributor", "viewer"])
def test_who_only_reads_shares_nothing(house, result, who):
    page = f"/assessments/{result.assessment.public_id}/share/"

    assert house.client(who).get(page).status_code == 403
    assert house.client(who).post(page, {"what": "1", "days": "7"}).status_code == 403


# --- what it shows -------------------------------------------------------------------------------


def test_only_what_was_chosen_is_shown(house, result):
    headings = {"matrix": "The matrix", "reasons": "Why, dimension by dimension"}
    headings |= {"steps": "The steps that matter most", "summary": "Download one page as PDF"}

    for part in PARTS:
        body = main_of(Client().get(url(share(result.assessment, shows=[part]))))
        assert "The picture in numbers" in body
        assert {key: words in body for key, words in headings.items()} == {
            key: key == part for key in headings
        }


def test_no_note_and_no_name_is_ever_shown(house):
    assessment = begin(house)
    answered_by(assessment, "Canary Ana", notes={"strategy.1.01": "Canary note"})
    answered_by(assessment, "Canary Bo", notes={"metrics.1.01": "Canary note"})

    body = Client().get(url(share(assessment))).content.decode()

    assert "Where Fernhill Outdoor stands" in body
    assert "Canary" not in body
    assert assessment.public_id not in body


def test_open_one_shows_today_and_a_frozen_one_what_was_frozen(house, result):
    assessment = begin(house)
    live, frozen = share(assessment), share(result.assessment, result=result)
    assert "Nothing is answered yet" in main_of(Client().get(url(live)))

    answered_by(assessment, "Ana")

    assert "The assessment is open" in main_of(Client().get(url(live)))
    assert "Closed on 3 March 2026." in main_of(Client().get(url(frozen)))


def test_anonymous_answers_are_not_shown_before_they_may(house):
    assessment = begin(house, voices="anonymous", fewest_answers=3)
    for name in ("Ana", "Bo", "Cy"):
        answered_by(assessment, name)
    made = share(assessment)

    collecting = main_of(Client().get(url(made)))
    assert "Answers are still being collected." in collecting
    assert "<svg" not in collecting
    assert Client().get(url(made, "summary.pdf")).status_code == 404
    end_answers(assessment, now=NOW, by=BY)
    close_assessment(assessment, user=None, now=NOW, by=BY)
    assert "The picture in numbers" in main_of(Client().get(url(made)))


def test_page_is_kept_out_of_search_and_caches(result):
    response = Client().get(url(share(result.assessment)))

    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_page_is_handed_over_where_it_is_shown(result):
    made, without = share(result.assessment), share(result.assessment, shows=["matrix"])

    response = Client().get(url(made, "summary.pdf"))

    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert "Waymark summary Fernhill Outdoor" in response["Content-Disposition"]
    assert Client().get(url(without, "summary.pdf")).status_code == 404


# --- for how long, and to whom -------------------------------------------------------------------


def test_it_ends_with_its_time_its_workspace_and_its_organisation(house, result):
    over, asked, archived = (share(result.assessment) for _ in range(3))
    Share.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    assert Client().get(url(over)).status_code == 410
    assert Client().get(url(over, "summary.pdf")).status_code == 410
    house.workspace.deletion_asked_at = timezone.now()
    house.workspace.save()
    assert Client().get(url(asked)).status_code == 404
    house.workspace.deletion_asked_at = None
    house.workspace.save()

    archive_organisation(house.organisation, now=timezone.now(), by=BY)

    assert Client().get(url(archived)).status_code == 410


def test_views_are_counted_by_reading_alone(result):
    made = share(result.assessment)

    for _ in range(3):
        Client().get(url(made))
    Client().head(url(made))

    made.refresh_from_db()
    assert made.views == 3
    assert isinstance(made.last_viewed_at, datetime)


def test_password_is_asked_for_once_a_browser(result):
    made = share(result.assessment, password=PASSWORD)
    client = Client()

    locked = client.get(url(made))
    assert "This link asks for a password." in locked.content.decode()
    assert "Fernhill" not in locked.content.decode()
    assert "asks for a password" in client.get(url(made, "summary.pdf")).content.decode()
    assert client.post(url(made), {"password": ""}).status_code == 422
    wrong = client.post(url(made), {"password": "something else"})
    assert (wrong.status_code, "not the password" in wrong.content.decode()) == (422, True)

    assert client.post(url(made), {"password": PASSWORD})["Location"] == url(made)
    assert "Where Fernhill Outdoor stands" in client.get(url(made)).content.decode()
    assert "asks for a password" in Client().get(url(made)).content.decode()
    made.refresh_from_db()
    assert made.views == 1
    assert PASSWORD not in made.password


def test_passwords_cannot_be_tried_for_long_not_even_the_right_one(result):
    made, other = (share(result.assessment, password=PASSWORD) for _ in range(2))
    for _ in range(10):
        Client().post(url(made), {"password": "guess"})

    refused = Client().post(url(made), {"password": PASSWORD})

    assert refused.status_code == 429
    assert "Too many tries." in refused.content.decode()
    assert refused["Retry-After"]
    assert Client().post(url(other), {"password": PASSWORD}).status_code == 302


def test_tokens_cannot_be_tried_for_long_and_a_good_one_still_opens(result):
    made = share(result.assessment)
    statuses = [Client().get(f"/shared/guess-{n}/").status_code for n in range(31)]

    assert statuses == [404] * 30 + [429]
    assert Client().get(url(made)).status_code == 200
