"""A live workshop with three hundred phones: how soon they see a change, and what it costs."""

import asyncio
import os
import re
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench import cast
from tests.bench.phones import EVERY_S, Phone, run
from tests.bench.server import Browser, serving
from tests.bench.timing import Figure, medians

PHONES = 300
FEW = 12
CALM_S = 20.0
CHANGES = 5
VOTES_WITHIN_S = 5.0
MOST_S = 120.0


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        cast.prepare(Path(folder))
        room = _room()
        with serving(Path(folder), workers=1) as (port, _):
            figures = _requests(port, room)
        with serving(Path(folder), workers=2) as (port, pid):
            figures += _three_hundred(port, pid, room)
    return figures


class _Room:
    """A live workshop with its lead's cookies, and the cookies of its phones."""

    def __init__(self, workshop: Any, lead: dict[str, str], phones: list[str], ids: Any) -> None:
        self.workshop = workshop
        self.lead = lead
        self.phones = phones
        self.few, self.many, self.rounds = ids
        self.base = f"/workshops/{workshop.public_id}/"


def _room() -> _Room:
    import secrets

    from django.utils import timezone

    from assessments.core.services.assessments import new_assessment
    from assessments.workshops.access import cookie_name
    from assessments.workshops.models import Participant, Round, Vote, Workshop
    from assessments.workshops.services.doors import open_doors
    from maturity.catalogue.queries import newest_version
    from maturity.web.secrets.tokens import hash_of
    from maturity.workspaces.actors import Actor
    from maturity.workspaces.lifecycle.services import create_workspace
    from maturity.workspaces.models import User
    from maturity.workspaces.organisations.services import add_organisation

    now, by = timezone.now(), Actor("bench")
    lead = User.objects.create_user("lead@example.org", None, name="Lead")
    workspace = create_workspace(user=lead, kind="clients", name="Bench", now=now, by=by)
    organisation = add_organisation(
        workspace,
        name="Bench",
        sector="education",
        size="10-49",
        country="",
        tags=[],
        now=now,
        by=by,
    )
    version = newest_version("social-engagement-journey")
    assessment = new_assessment(
        organisation,
        model_version_id=version.pk,
        date=now.date(),
        purpose="",
        scope="",
        voices="named",
        fewest_answers=5,
        asked="picks",
        asked_up_to=None,
        groups=[],
        now=now,
        by=by,
    )
    workshop = Workshop.objects.create(
        assessment=assessment, voices="named", created_at=now, created_by=lead
    )
    keys = [row["key"] for row in version.document["dimensions"]]
    rounds = [
        Round.objects.create(workshop=workshop, position=n, kind="stage", dimension=keys[n % 8])
        for n in range(1, CHANGES + 4)
    ]
    workshop = open_doors(workshop, now=now, by=by)
    tokens = [secrets.token_urlsafe(32) for _ in range(PHONES)]
    people = Participant.objects.bulk_create(
        Participant(
            workshop=workshop,
            name=f"Person {n}",
            token_hash=hash_of(token),
            joined_at=now,
            admitted_at=now,
            seen_at=now,
        )
        for n, token in enumerate(tokens)
    )
    few, many, *rest = rounds
    for round_, voters in ((few, people[:FEW]), (many, people)):
        Vote.objects.bulk_create(
            Vote(round=round_, participant=each, answers={round_.dimension: 1 + n % 5})
            for n, each in enumerate(voters)
        )
        round_.state = "revealed"
        round_.save(update_fields=["state"])
    name = cookie_name(workshop.public_id)
    phones = [f"{name}={token}" for token in tokens]
    return _Room(workshop, cast.session_of(lead), phones, (few, many, rest))


def _requests(port: int, room: _Room) -> list[Figure]:
    """Return what single requests cost beside the simplest page."""
    from assessments.workshops.models import Workshop

    member = Browser(port, cast.signed_in())
    name, _, token = room.phones[0].partition("=")
    phone = Browser(port, {name: token})
    lead = Browser(port, room.lead)
    revision = Workshop.objects.get(pk=room.workshop.pk).revision
    poll = f"/room/{room.workshop.public_id}/poll/?seen={revision}"
    _expect(phone.get(poll), 204)
    unchanged, simplest = medians(
        lambda: phone.get(poll), lambda: member.get("/bench/simplest/"), rounds=200
    )
    figures = [Figure("an unchanged poll ÷ simplest page", unchanged / simplest, 1.5)]
    pages = {
        "the wall": (lead, f"{room.base}wall/screen/"),
        "the facilitator’s screen": (lead, f"{room.base}screen/"),
        "the phone": (phone, f"/room/{room.workshop.public_id}/"),
    }
    for what, (browser, path) in pages.items():

        def shown(round_: Any, browser: Browser = browser, path: str = path) -> None:
            # Moving the room is part of both, and costs both the same.
            Workshop.objects.filter(pk=room.workshop.pk).update(current=round_)
            _expect(browser.get(path), 200)

        many, few = medians(lambda: shown(room.many), lambda: shown(room.few), rounds=40)
        figures.append(Figure(f"{what} with 300 votes ÷ with 12", many / few, 1.5))
    Workshop.objects.filter(pk=room.workshop.pk).update(current=None)
    return figures


def _three_hundred(port: int, pid: int, room: _Room) -> list[Figure]:
    from assessments.workshops.models import Vote

    lead = Browser(port, room.lead)
    lead.take_token(room.base)
    phones = [Phone(port, room.workshop.public_id, cookie) for cookie in room.phones]
    _get_tokens(port, phones)
    changed: list[tuple[str, float]] = []
    calm: dict[str, float] = {}
    last = room.rounds[-1]

    async def act(do: str, round_id: int) -> None:
        loop = asyncio.get_running_loop()
        sent = {"do": do, "round": round_id}
        _expect(await loop.run_in_executor(None, lead.post, f"{room.base}act/", sent), 302)
        revision = await loop.run_in_executor(None, _revision_of, room)
        changed.append((revision, time.monotonic()))

    async def play() -> None:
        await asyncio.sleep(2 * EVERY_S)
        start, polls = time.monotonic(), sum(each.polls for each in phones)
        before = _cpu_s(pid)
        await asyncio.sleep(CALM_S)
        taken = time.monotonic() - start
        calm["cpu"] = (_cpu_s(pid) - before) / taken
        calm["polls"] = (sum(each.polls for each in phones) - polls) / taken
        for round_ in room.rounds[:CHANGES]:
            await act("show", round_.pk)
            await asyncio.sleep(1.75 * EVERY_S)
        await act("open", last.pk)
        await asyncio.sleep(1.75 * EVERY_S)
        await asyncio.gather(
            *(
                phone.vote(last.pk, last.dimension, 1 + n % 5, VOTES_WITHIN_S)
                for n, phone in enumerate(phones)
            )
        )

    run(phones, play, most_s=MOST_S)
    errors = [error for phone in phones for error in phone.errors]
    if errors:
        print("phones met errors, the first:", errors[0])
    delays = [_seen_since(phone, revision, at) for revision, at in changed for phone in phones]
    votes = [each.vote_s for each in phones if each.vote_s is not None]
    kept = Vote.objects.filter(round=last).count()
    print(f"{calm['polls']:.0f} polls a second while nothing changed")
    return [
        Figure("300 phones: a change seen, p95 ÷ the interval", _p95(delays) / EVERY_S, 1.1),
        Figure("300 phones: processor time of the server, cores", calm["cpu"], 0.3),
        Figure("300 phones: errors", len(errors), 0),
        Figure("300 votes in five seconds: lost", PHONES - kept, 0),
        Figure("300 votes in five seconds: p95 of the answer, ms", _p95(votes) * 1000, 250),
    ]


def _seen_since(phone: Phone, revision: str, at: float) -> float:
    """Return how long after a change a phone saw it, or a later one."""
    later = [seen for each, seen in phone.seen_at.items() if int(each) >= int(revision)]
    return min(later) - at if later else MOST_S


def _get_tokens(port: int, phones: list[Phone]) -> None:
    """Let each phone have the form token that its page brought along."""
    name, _, value = phones[0].cookie.partition("=")
    browser = Browser(port, {name: value})
    browser.take_token(f"/room/{phones[0].public_id}/")
    for phone in phones:
        own = "; ".join(f"{k}={v}" for k, v in browser.cookies.items() if k != name)
        phone.cookie = f"{phone.cookie}; {own}"
        phone.token = browser.token


def _revision_of(room: _Room) -> str:
    from assessments.workshops.models import Workshop
    from maturity.workspaces.scopes import every_workspace

    with every_workspace():
        return str(Workshop.objects.values_list("revision", flat=True).get(pk=room.workshop.pk))


def _cpu_s(pid: int) -> float:
    """Return the processor seconds of the server with all its processes."""
    ticks, tree = 0, {pid}
    for each in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            fields = (each / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(each.name) in tree or int(fields[1]) in tree:
            tree.add(int(each.name))
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _p95(values: list[float]) -> float:
    return quantiles(values, n=100)[94]


def _expect(answer: tuple[int, bytes], status: int) -> None:
    if answer[0] != status:
        text = re.sub(rb"<[^>]+>", b" ", answer[1])[:300]
        raise RuntimeError(f"answered {answer[0]}: {text!r}")
