"""The open link: one address that lets anybody who has it answer, up to a limit."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from assessments.core.services.assessments import AsksOnePersonOnly, locked
from assessments.core.services.links import make_link
from assessments.core.services.locking import AnswersEnded
from assessments.models import Assessment, OpenLink, Respondent, SecretLink
from assessments.respondents.services.respondents import room_for
from maturity.web.rate_limits import HOUR_S, Limit, LimitReached, count, network_of
from maturity.web.secrets.tokens import hash_of, new_nonce, new_token_hash, token_from
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.scopes import every_workspace, scope_of

_SALT = "waymark.assessments.open-link"
MOST_BY_LINK = 900
# Ours: an office behind one address may join all at once; a script that fills the limit may not.
JOINS_AN_HOUR = 300
FAILURES_AN_HOUR = 30


class OpenLinkNotValid(LookupError):
    """No open link has this token."""


class OpenLinkOff(Exception):
    """The link is switched off."""


class OpenLinkFull(Exception):
    """As many have come by the link as it lets in."""


class TooManyTries(Exception):
    """Too much came from one address within the hour."""


@transaction.atomic
def make_open_link(
    assessment: Assessment, *, most_respondents: int, now: datetime, by: Actor
) -> OpenLink:
    """Make the open link, or give an assessment that has one a new address; the old one ends.

    Raises: AnswersEnded, AsksOnePersonOnly. Costs: 6 queries.
    """
    current = locked(assessment)
    if not current.takes_answers:
        raise AnswersEnded
    if current.asked == Assessment.Asked.FREE:
        raise AsksOnePersonOnly
    nonce = new_nonce()
    link, is_new = OpenLink.objects.update_or_create(
        assessment=current,
        defaults={
            "nonce": nonce,
            "token_hash": new_token_hash(_SALT, nonce),
            "is_on": True,
            "most_respondents": most_respondents,
            "created_at": now,
        },
    )
    _record("open_link.created" if is_new else "open_link.renewed", current, now=now, by=by)
    return link


@transaction.atomic
def change_open_link(
    assessment: Assessment, *, is_on: bool, most_respondents: int, now: datetime, by: Actor
) -> None:
    """Switch the link on or off, and set how many it lets in altogether. Costs: 4 queries."""
    current = locked(assessment)
    OpenLink.objects.filter(assessment=current).update(
        is_on=is_on, most_respondents=most_respondents
    )
    _record("open_link.turned_on" if is_on else "open_link.turned_off", current, now=now, by=by)


def open_token_of(link: OpenLink) -> str | None:
    """Return the link's token, or None when the installation's key it was made with is gone."""
    return token_from(_SALT, nonce=link.nonce, token_hash=link.token_hash)


def open_link_for(token: str, *, address: str, now: datetime) -> OpenLink:
    """Return the open link of a token, with all above it loaded.

    A good token is always let through, also where many bad ones came from: an office may share an
    address. Raises: OpenLinkNotValid; TooManyTries. Costs: 1 query, 3 for a token there is not.
    """
    with every_workspace():
        link = (
            OpenLink.objects.select_related("assessment__organisation", "assessment__workspace")
            .filter(token_hash=hash_of(token), assessment__workspace__deletion_asked_at=None)
            .first()
        )
    if link is None:
        _count("failures", address, at_most=FAILURES_AN_HOUR, now=now)
        raise OpenLinkNotValid
    return link


def check_is_open(link: OpenLink) -> None:
    """Let pass what takes one more respondent, as far as the row that was read can tell.

    Raises: AnswersEnded, OpenLinkOff, AsksOnePersonOnly. Costs: nothing.
    """
    if not link.assessment.takes_answers or link.assessment.organisation.archived_at is not None:
        raise AnswersEnded
    if not link.is_on:
        raise OpenLinkOff
    if link.assessment.asked == Assessment.Asked.FREE:
        raise AsksOnePersonOnly


def join(
    link: OpenLink, *, name: str, groups: Mapping[str, str], address: str, now: datetime
) -> SecretLink:
    """Let somebody in by the open link; return the personal link of their own.

    An anonymous respondent's name is not kept. Raises: AnswersEnded, OpenLinkOff, OpenLinkFull,
    OpenLinkNotValid (renewed meanwhile), TooManyTries, AsksOnePersonOnly. Costs: 10 queries.
    """
    _count(f"joins:{link.pk}", address, at_most=JOINS_AN_HOUR, now=now)
    with transaction.atomic(), scope_of(link.assessment.workspace_id):
        current = room_for(link.assessment, 1)
        fresh = OpenLink.objects.filter(pk=link.pk, token_hash=link.token_hash).first()
        if fresh is None:
            raise OpenLinkNotValid
        fresh.assessment = current
        check_is_open(fresh)
        came = Respondent.objects.filter(assessment=current, came_by_open_link=True)
        if came.count() >= fresh.most_respondents:
            raise OpenLinkFull
        respondent = Respondent.objects.create(
            assessment=current,
            name="" if current.is_anonymous else name,
            groups=dict(groups),
            came_by_open_link=True,
            begun_at=now,
        )
        actor = LINK if current.is_anonymous else Actor(LINK.label, address)
        _record("open_link.joined", current, now=now, by=actor)
        return make_link(respondent, now=now)


def _count(what: str, address: str, *, at_most: int, now: datetime) -> None:
    """Count one more try of an address in this hour. Raises: TooManyTries."""
    try:
        count([Limit(f"open-link:{what}", at_most, HOUR_S)], network_of(address), now=now)
    except LimitReached:
        raise TooManyTries from None


def _record(verb: str, assessment: Assessment, *, now: datetime, by: Actor) -> None:
    record_event(
        verb,
        by=by,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
    )
