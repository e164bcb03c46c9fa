"""No text of B is in anything the people of A can read, what they may read of A is there, and
reading changes nothing."""

import pytest

from maturity.web.models import LimitCount
from maturity.workspaces.models import AuditEvent
from tests.tenancy.crawl import Crawl, crawl, starts_of
from tests.tenancy.snapshot import everything
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import Tenant, World

FOLK = ("owner", "consultant", "lead", "contributor", "viewer", "guest", "anonymous", "staff")
OPEN = ("open", "settling", "anonymous", "anonymous-settling")


@pytest.fixture(scope="module")
def crawls() -> dict[str, Crawl]:
    """Return what was read, so that each visitor's way is gone once."""
    return {}


def _crawl(name: str, world: World, visitors: dict[str, Visitor], kept: dict[str, Crawl]) -> Crawl:
    if name not in kept:
        before, events = everything(), AuditEvent.objects.count()
        kept[name] = crawl(visitors[name], starts_of(world, name))
        after = everything()
        kept[name].changed = {label for label in before if before[label] != after[label]}
        kept[name].noted = {event.verb for event in AuditEvent.objects.order_by("pk")[events:]}
    faults = [url for url, status in kept[name].statuses.items() if status >= 500]
    assert faults == []
    return kept[name]


def secrets_of(tenant: Tenant) -> list[str]:
    """Return the texts that would betray a tenant: each of its canaries holds the first."""
    rows = [tenant.workspace, *tenant.organisations.values(), *tenant.assessments.values()]
    return [f"canary-{tenant.mark}-".lower(), *(row.public_id for row in rows)]


@pytest.mark.parametrize("name", FOLK)
def test_canaries_of_another_workspace_are_nowhere(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    read = _crawl(name, world, visitors, crawls)

    found = {secret: read.with_text(secret) for secret in secrets_of(world.b)}

    # What was asked for stands in an address; nobody asked for B's.
    assert {secret: pages for secret, pages in found.items() if pages} == {}
    assert len(read.pages) > 5


@pytest.mark.parametrize("name", ["anonymous", "staff"])
def test_canaries_of_no_workspace_at_all_for_who_has_no_role(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    read = _crawl(name, world, visitors, crawls)

    assert read.with_text("canary-a-") == []


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "owner",
            [
                "workspace-name",
                "footer",
                "logo",
                "organisation-main",
                "organisation-other",
                "organisation-archived",
                "user-lead",
                "user-consultant",
                "country",
                "tag",
                "purpose-open",
                "respondent-guest-open",
                "group",
                "option",
                "note-rating-strategy-guest-open",
                "reason-pick-settling",
                "dissent-pick-settling",
                "step-open",
                "webhook",
                "step-owner-open",
                "invited-waiting",
                "invited-of-workspace",
                "content-result-closed",
                "file-result-closed",
                "workshop-open",
                "phone-first-open",
                "vote-shown-first-closed",
            ],
        ),
        ("consultant", ["organisation-main", "organisation-other", "user-lead", "step-open"]),
        ("lead", ["organisation-main", "purpose-open", "respondent-guest-open", "step-open"]),
        ("contributor", ["organisation-main", "note-rating-strategy-contributor-open"]),
        ("viewer", ["organisation-main", "content-result-closed"]),
        (
            "guest",
            [
                "organisation-main",
                "note-rating-strategy-guest-open",
                "vote-unseen-first-open",
            ],
        ),
    ],
)
def test_canaries_of_one_s_own_are_there(
    name: str,
    texts: list[str],
    world: World,
    visitors: dict[str, Visitor],
    crawls: dict[str, Crawl],
) -> None:
    """Without this the tests above could not fail."""
    read = _crawl(name, world, visitors, crawls)

    assert [each for each in texts if not read.with_text(f"canary-a-{each}")] == []


@pytest.mark.parametrize("name", ["lead", "contributor", "viewer", "guest"])
def test_canaries_of_other_organisations_are_nowhere(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    """A client's people see nothing of the workspace's other clients, archived ones included."""
    read = _crawl(name, world, visitors, crawls)
    a = world.a
    secrets = [a.say(f"organisation-{each}") for each in ("other", "archived")]
    secrets += [a.say(f"purpose-{each}") for each in ("other", "other-closed", "archived")]
    secrets += [a.say("step-other"), a.say("user-lead-other"), a.say("user-lead-archived")]
    secrets += [a.email("invited-of-workspace"), a.email("lead-other")]

    assert {each: read.with_text(each) for each in secrets if read.with_text(each)} == {}


@pytest.mark.parametrize("name", ["viewer", "contributor", "guest"])
def test_canaries_of_open_answers_stay_with_their_respondent(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    """What others said, and what was agreed meanwhile, is for those who run the assessment."""
    read = _crawl(name, world, visitors, crawls)
    own = {f"{name}-open"} if name == "guest" else {f"{name}-{each}" for each in OPEN}
    secrets = [
        text
        for each in OPEN
        for who in ("contributor", "guest", "second", "third", "fourth", "fifth")
        if f"{who}-{each}" not in own
        for row in world.a.matrix.dimensions[:2]
        for text in (
            world.a.say(f"note-rating-{row.key}-{who}-{each}"),
            world.a.say(f"note-pick-{row.key}-{who}-{each}"),
            world.a.say(f"respondent-{who}-{each}"),
            world.a.email(f"{who}-{each}"),
        )
    ]
    secrets += [
        world.a.say(f"{word}-{what}-{each}")
        for word in ("reason", "dissent")
        for what in ("pick", "rating")
        for each in OPEN
    ]
    secrets += [world.a.say(f"content-{each}") for each in OPEN]

    # Followed by something else a text is a longer one: "note-…-anonymous-settling".
    found = {each: _exactly(read, each) for each in secrets}

    assert {each: pages for each, pages in found.items() if pages} == {}


@pytest.mark.parametrize("name", FOLK)
def test_canaries_of_votes_before_the_reveal_are_nowhere(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    """Also who runs the workshop sees nothing of them; a phone shows its own."""
    read = _crawl(name, world, visitors, crawls)
    own = {("guest", "first", "open")}
    secrets = [
        world.a.say(f"vote-unseen-{who}-{workshop}")
        for workshop in world.a.workshops
        for who in ("first", "second", "third")
        if (name, who, workshop) not in own
    ]

    assert {each: _exactly(read, each) for each in secrets if _exactly(read, each)} == {}


def _exactly(read: Crawl, text: str) -> list[str]:
    return [
        url
        for url in read.with_text(text)
        if any(not rest.startswith("-") for rest in read.pages[url].lower().split(text.lower())[1:])
    ]


@pytest.mark.parametrize("name", ["owner", "consultant", "lead"])
def test_canaries_of_anonymous_answers_have_no_name(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    """Names stand where people are asked, and nowhere beside what was said."""
    read = _crawl(name, world, visitors, crawls)
    asking = [url for url in read.pages if "/respondents/" in url or url.endswith("/close/")]
    for assessment in ("anonymous", "anonymous-settling"):
        for who in ("contributor", "guest", "second", "third", "fourth", "fifth"):
            text = world.a.say(f"respondent-{who}-{assessment}")
            found = _exactly(read, text)
            assert [url for url in found if url not in asking] == []
    # The names are there to be found, and nothing that was said is beside them.
    assert _exactly(read, world.a.say("respondent-guest-anonymous"))
    assert [url for url in asking if "-note-" in read.pages[url]] == []


@pytest.mark.parametrize("name", ["owner", "consultant", "lead", "contributor", "viewer"])
def test_canaries_of_anonymous_answers_show_nothing_while_collecting(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    read = _crawl(name, world, visitors, crawls)
    for who in ("contributor", "guest", "second", "third", "fourth", "fifth"):
        if who == name:
            continue
        for row in world.a.matrix.dimensions[:2]:
            assert _exactly(read, world.a.say(f"note-rating-{row.key}-{who}-anonymous")) == []


@pytest.mark.parametrize("name", ["owner", "lead", "contributor", "guest"])
def test_reading_changes_nothing(
    name: str, world: World, visitors: dict[str, Visitor], crawls: dict[str, Crawl]
) -> None:
    """Only downloads are recorded and limits counted; the rest of the database is unchanged."""
    read = _crawl(name, world, visitors, crawls)

    assert read.changed <= {AuditEvent._meta.label, LimitCount._meta.label}
    assert read.noted <= {
        "picture.downloaded",
        "report.downloaded",
        "workshop.protocol_exported",
    }
