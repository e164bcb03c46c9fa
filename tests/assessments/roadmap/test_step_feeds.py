"""The secret address of a calendar: what it shows, to whom, how long, and that it is RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.lifecycle.services.purging import purge
from assessments.models import Step, StepFeed
from assessments.roadmap.services import calendar_feeds as step_feeds
from assessments.roadmap.services.calendar_feeds import make_feed
from assessments.roadmap.services.steps import StepPlan, change_step, drop_step, finish_step
from maturity.web.rate_limits import HOUR_S, Limit
from maturity.workspaces.models import AuditEvent, Membership, Organisation, User
from maturity.workspaces.roles import Role
from tests.assessments.reading import text_of
from tests.assessments.roadmaps import BY, make_contributor, make_place, own
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import NOW, client_of

pytestmark = pytest.mark.django_db
DUE = date(2031, 12, 31)


@pytest.fixture
def place(version: Any) -> Organisation:
    return make_place(version)


@pytest.fixture
def ines(place: Organisation) -> User:
    return make_contributor(place)


def feed(place: Organisation, user: User, shows: str = "mine") -> str:
    """Make a feed and return where it is."""
    _, token = make_feed(place.workspace, user=user, shows=shows, now=NOW, by=BY)
    return f"/calendar/{token}/steps.ics"


def page(place: Organisation, rest: str = "") -> str:
    return f"/workspaces/{place.workspace.public_id}/calendar/{rest}"


def events(content: bytes) -> list[dict[str, str]]:
    """Read a calendar back by the rules of RFC 5545, and refuse what breaks them."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content), "every line ends with CR LF (3.1)"
    raw = content[:-2].split(b"\r\n")
    assert max(map(len, raw)) <= 75, "no line is longer than 75 octets (3.1)"
    for line in raw:
        line.decode("utf-8")
    lines = content.decode()[:-2].replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("VERSION:2.0") == 1
    assert sum(line.startswith("PRODID:") for line in lines) == 1
    found: list[dict[str, str]] = []
    inside: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*", name), line
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in found[-1], "once in an event (3.6.1)"
            found[-1][name] = _plain(value) if name in ("SUMMARY", "DESCRIPTION") else value
    assert inside == []
    assert "BEGIN:VEVENT" in lines or "BEGIN:VTIMEZONE" in lines, "one component at least (3.6)"
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"]), "in UTC (3.8.7.2)"
        start, end = event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]
        a, b = (datetime.strptime(each, "%Y%m%d").replace(tzinfo=UTC) for each in (start, end))
        assert b - a == timedelta(days=1), "the end is the day after (3.6.1)"
    assert len({event["UID"] for event in found}) == len(found)
    return found


def _plain(value: str) -> str:
    assert not re.search(r"(?<!\\)(\\\\)*[;,]", value), "commas and semicolons are escaped (3.3.11)"
    return re.sub(r"\\(.)", lambda each: {"n": "\n", "N": "\n"}.get(each[1], each[1]), value)


def shown(url: str) -> list[str]:
    response = Client().get(url)
    assert response.status_code == 200
    return [_words(each["SUMMARY"]) for each in events(response.content)]


def _words(title: str) -> str:
    found = re.fullmatch(r"Due: (.*) \([^()]+\)", title)
    assert found is not None, "a calendar of several organisations says whose it is"
    return found[1]


# --- what it says --------------------------------------------------------------------------------


def test_an_event_says_what_when_where_and_comes_back_as_it_was(place, ines, settings):
    settings.SITE_URL = "https://waymark.example.org/"
    words = "Answer; within, a day \\ “sofort” " + "ü" * 90
    step = own(place, words, member_id=ines.pk, owner="Ines", due=DUE, notes="One\nTwo: https://a")

    (event,) = events(Client().get(feed(place, ines)).content)

    assert event == {
        "UID": f"step-{step.pk}@{place.public_id}.waymark",
        "DTSTAMP": f"{NOW:%Y%m%dT%H%M%SZ}",
        "DTSTART;VALUE=DATE": "20311231",
        "DTEND;VALUE=DATE": "20320101",
        "SUMMARY": f"Due: {words} (Fernhill Outdoor)",
        "DESCRIPTION": "Fernhill Outdoor\nInes\nOne\nTwo: https://a",
        "URL": f"https://waymark.example.org/organisations/{place.public_id}/",
        "TRANSP": "TRANSPARENT",
    }


def test_the_same_steps_are_the_same_bytes_and_a_change_is_told(place, ines):
    step = own(place, "Answer within a day", member_id=ines.pk, owner="Ines", due=DUE)
    url, client = feed(place, ines), Client()
    first = client.get(url)
    assert client.get(url).content == first.content

    same = client.get(url, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == first["ETag"]
    assert same["Cache-Control"] == "private, no-cache"

    later = NOW + timedelta(hours=1)
    plan = StepPlan(owner="Ines", member_id=ines.pk, due=DUE + timedelta(days=1))
    change_step(step, words=step.words, plan=plan, now=later, by=BY)
    changed = client.get(url, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    (before,), (after,) = events(first.content), events(changed.content)
    assert after["UID"] == before["UID"]
    assert after["DTSTAMP"] == f"{later:%Y%m%dT%H%M%SZ}"
    assert after["DTSTART;VALUE=DATE"] == "20320101"


def test_headers_keep_it_out_of_caches_and_search_engines(place, ines):
    response = Client().get(feed(place, ines))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Set-Cookie" not in response
    assert events(response.content) == []


# --- which steps ---------------------------------------------------------------------------------


def _steps(place: Organisation, ines: User) -> None:
    own(place, "Mine", member_id=ines.pk, owner="Ines", due=DUE)
    own(place, "Not mine", due=DUE)
    own(place, "No day", member_id=ines.pk, owner="Ines")
    finish_step(own(place, "Done", member_id=ines.pk, due=DUE), now=NOW, by=BY)
    drop_step(own(place, "Dropped", member_id=ines.pk, due=DUE), reason="No", now=NOW, by=BY)


def test_own_steps_are_those_open_ones_with_a_day(place, ines):
    _steps(place, ines)

    assert shown(feed(place, ines)) == ["Mine"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.VIEWER, ["Mine"]),
        (Role.CONTRIBUTOR, ["Mine"]),
        (Role.LEAD, ["Mine", "Not mine"]),
        (Role.CONSULTANT, ["Mine", "Not mine", "Elsewhere"]),
    ],
)
def test_all_are_those_of_the_roadmaps_one_may_see(place, ines, role, seen):
    _steps(place, ines)
    own(make_organisation(place.workspace, "Zinnia"), "Elsewhere", due=DUE)
    Membership.objects.filter(user=ines).delete()
    give_role(ines, role, place.workspace, place)

    assert shown(feed(place, ines, "all")) == seen


def test_what_one_may_no_longer_see_drops_out_at_once(place, ines):
    other = make_organisation(place.workspace, "Zinnia")
    for where in (place, other):
        own(where, f"At {where}", member_id=ines.pk, owner="Ines", due=DUE)
    there = give_role(ines, Role.LEAD, place.workspace, other)
    for shows in ("mine", "all"):
        url = feed(place, ines, shows)
        assert shown(url) == ["At Fernhill Outdoor", "At Zinnia"]

        other.archived_at = NOW
        other.save()
        assert shown(url) == ["At Fernhill Outdoor"]
        other.archived_at = None
        other.save()

        there.delete()
        assert shown(url) == ["At Fernhill Outdoor"]
        there = give_role(ines, Role.LEAD, place.workspace, other)


def test_nothing_of_another_workspace_is_shown(place, ines):
    elsewhere = make_organisation(make_workspace(name="Elsewhere"), "Secret")
    give_role(ines, Role.LEAD, elsewhere.workspace, elsewhere)
    own(elsewhere, "Secret step", member_id=ines.pk, due=DUE)
    own(place, "Mine", member_id=ines.pk, due=DUE)

    assert shown(feed(place, ines, "all")) == ["Mine"]
    assert shown(feed(elsewhere, ines, "all")) == ["Secret step"]


def test_many_steps_cost_no_more_queries(place, ines, django_assert_num_queries):
    url, client = feed(place, ines, "all"), Client()
    for number in range(3):
        own(place, f"Step {number}", member_id=ines.pk, due=DUE)
    client.get(url)

    # the feed, the steps
    with django_assert_num_queries(2):
        client.get(url)
    for number in range(5):
        other = make_organisation(place.workspace, f"Other {number}")
        give_role(ines, Role.LEAD, place.workspace, other)
        own(other, "Step", due=DUE)
    with django_assert_num_queries(2):
        assert len(events(client.get(url).content)) == 8


# --- how long ------------------------------------------------------------------------------------


def _left(place: Organisation, user: User) -> None:
    Membership.objects.filter(user=user).delete()


def _archived(place: Organisation, user: User) -> None:
    place.archived_at = NOW
    place.save()


def _going(place: Organisation, user: User) -> None:
    place.workspace.deletion_asked_at = NOW
    place.workspace.save()


def _shut(place: Organisation, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _ended(place: Organisation, user: User) -> None:
    assert client_of(user).post(page(place, "end/")).status_code == 302


def _anew(place: Organisation, user: User) -> None:
    feed(place, user)


def _deleted(place: Organisation, user: User) -> None:
    user.delete()


@pytest.mark.parametrize("ending", [_left, _archived, _going, _shut, _ended, _anew, _deleted])
def test_an_address_that_has_ended_is_as_one_there_never_was(place, ines, ending):
    url = feed(place, ines)
    assert Client().get(url).status_code == 200

    ending(place, ines)

    ended, unknown = Client().get(url), Client().get("/calendar/nothing/steps.ics")
    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.content == unknown.content


def test_tidying_ends_the_address_of_who_left_for_good(place, ines):
    other = make_user("otto@example.org", "Otto")
    give_role(other, Role.LEAD, place.workspace, place)
    url, kept = feed(place, ines), feed(place, other)
    _left(place, ines)

    assert purge(now=NOW).step_feeds == 1
    give_role(ines, Role.CONTRIBUTOR, place.workspace, place)

    assert Client().get(url).status_code == 404
    assert Client().get(kept).status_code == 200


def test_guessing_is_counted_and_a_right_address_is_let_through(place, ines, monkeypatch):
    monkeypatch.setattr(step_feeds, "UNKNOWN", (Limit("step-feed-unknown", 2, HOUR_S),))
    url, client = feed(place, ines), Client()

    answers = [client.get(f"/calendar/guess-{number}/steps.ics") for number in range(3)]

    assert [each.status_code for each in answers] == [404, 404, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert client.get(url).status_code == 200


def test_only_a_hash_of_256_bits_is_kept(place, ines):
    token = feed(place, ines).split("/")[2]

    assert len(token) == 43
    assert token not in str(list(StepFeed.objects.values_list()))
    assert token not in str(list(AuditEvent.objects.values_list()))


def test_use_is_noted_once_an_hour(place, ines):
    url = feed(place, ines)
    Client().get(url)
    (first,) = StepFeed.objects.values_list("last_used_at", flat=True)
    Client().get(url)
    assert StepFeed.objects.get().last_used_at == first

    StepFeed.objects.update(last_used_at=timezone.now() - timedelta(hours=2))
    Client().get(url)
    assert StepFeed.objects.get().last_used_at >= first


# --- the page ------------------------------------------------------------------------------------


def test_address_is_shown_once_and_works(place, ines):
    client = client_of(ines)
    assert "Make the address" in text_of(client.get(page(place)))

    made = client.post(page(place), follow=True).content.decode()
    (address,) = re.findall(r'value="http://testserver(/calendar/[^"]+)"', made)

    assert Client().get(address).status_code == 200
    again = client.get(page(place)).content.decode()
    assert "/steps.ics" not in again
    assert "a calendar last looked on" in again
    assert address.split("/")[2] not in str(client.session.items())


def test_lead_chooses_what_it_shows_and_others_are_not_asked(place, ines):
    lead = make_user("lead@example.org", "Lena Lead")
    give_role(lead, Role.LEAD, place.workspace, place)
    client = client_of(lead)

    refused = client.post(page(place), {"shows": "everything"})
    assert refused.status_code == 422
    assert not StepFeed.objects.exists()
    client.post(page(place), {"shows": "all"})
    assert StepFeed.objects.get().shows == "all"

    assert 'name="shows"' not in client_of(ines).get(page(place)).content.decode()
    client_of(ines).post(page(place), {"shows": "all"})
    assert StepFeed.objects.get(user=ines).shows == "mine"


def test_what_is_done_with_it_is_in_the_trail(place, ines):
    client = client_of(ines)
    for rest in ("", "", "end/", "end/"):
        client.post(page(place, rest))

    told = AuditEvent.objects.filter(verb__startswith="calendar_feed.").order_by("pk")
    assert list(told.values_list("verb", "actor", "workspace", "detail")) == [
        (verb, f"user:{ines.pk}", place.workspace.public_id, detail)
        for verb, detail in (
            ("calendar_feed.created", {"shows": "mine"}),
            ("calendar_feed.renewed", {"shows": "mine"}),
            ("calendar_feed.ended", {}),
        )
    ]


def test_page_is_for_members_alone(place, ines):
    stranger = client_of(make_user("eve@example.org"))
    for client in (Client(), stranger):
        for rest, method in (("", "get"), ("", "post"), ("end/", "post")):
            assert getattr(client, method)(page(place, rest)).status_code == 404


def test_page_leads_on_from_the_list_of_steps_once_a_workspace(place, ines):
    other = make_organisation(place.workspace, "Zinnia")
    give_role(ines, Role.LEAD, place.workspace, other)

    assert client_of(ines).get("/my/steps/").content.decode().count(page(place)) == 1


def test_steps_from_before_say_when_they_were_made(place, ines):
    own(place, "Old", member_id=ines.pk, due=DUE)
    Step.objects.update(changed_at=None, created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))

    (event,) = events(Client().get(feed(place, ines)).content)

    assert event["DTSTAMP"] == "20260102T030405Z"
