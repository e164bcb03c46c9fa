"""Who is asked: members, guests by personal link, those who begin by themselves; and their end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.core.queries.respondents import has_answered
from assessments.core.services.assessments import AsksOnePersonOnly, locked
from assessments.core.services.links import make_link
from assessments.core.services.locking import AnswersEnded, AssessmentClosed
from assessments.models import Assessment, Respondent, SecretLink
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.audit.services import record_event

MOST_RESPONDENTS = 1_000


class TooManyRespondents(Exception):
    """The assessment has as many respondents as one may have."""


class CannotRemove(Exception):
    """Figures that rest on this person's answers may have been seen: without them, the difference
    would say what they answered."""


class LinkIsTheirs(Exception):
    """Nobody else may hold a key to these answers: an anonymous guest has begun, or it is or was a
    member's."""


class NothingAnswered(Exception):
    """Nothing was answered or noted yet, so there is nothing to be finished with."""


@dataclass(frozen=True, slots=True)
class NewGuest:
    """Somebody to be asked by a personal link."""

    name: str
    email: str = ""


@transaction.atomic
def add_member_respondent(
    assessment: Assessment, *, user: Any, groups: Mapping[str, str], now: datetime, by: Actor
) -> Respondent:
    """Ask a member to answer; one who is asked already stays as they are.

    Raises: AnswersEnded, AsksOnePersonOnly, TooManyRespondents. Costs: 5 queries.
    """
    (respondent,) = _add_members(assessment, [user], groups, now=now, by=by)
    return respondent


@transaction.atomic
def add_members(
    assessment: Assessment, *, users: Sequence[Any], now: datetime, by: Actor
) -> list[Respondent]:
    """Ask several members at once; see `add_member_respondent`."""
    return _add_members(assessment, users, {}, now=now, by=by)


def add_guest(
    assessment: Assessment,
    *,
    name: str,
    email: str,
    groups: Mapping[str, str],
    now: datetime,
    by: Actor,
) -> SecretLink:
    """Ask a guest; return the personal link, with respondent and assessment loaded.

    Raises: AnswersEnded, AsksOnePersonOnly, TooManyRespondents. Costs: 7 queries.
    """
    guest = NewGuest(name, email)
    (link,) = add_guests(assessment, guests=[guest], groups=groups, now=now, by=by)
    return link


@transaction.atomic
def add_guests(
    assessment: Assessment,
    *,
    guests: Sequence[NewGuest],
    groups: Mapping[str, str],
    now: datetime,
    by: Actor,
) -> list[SecretLink]:
    """Ask several guests at once, all of the same groups; see `add_guest`."""
    current = room_for(assessment, len(guests))
    links = []
    for guest in guests:
        respondent = Respondent.objects.create(
            assessment=current,
            name=guest.name,
            email=guest.email,
            groups=_fitting(current, groups),
            invited_at=now,
        )
        links.append(make_link(respondent, now=now))
    _record("respondent.guests_asked", current, now=now, by=by, people=len(guests))
    return links


@transaction.atomic
def begin_answering(
    assessment: Assessment,
    *,
    respondent: Respondent | None,
    user: Any,
    groups: Mapping[str, str],
    now: datetime,
    by: Actor,
) -> tuple[Respondent, SecretLink | None]:
    """Note that somebody was told what will be seen, and begins; a member becomes a respondent.

    Whoever comes to an anonymous assessment by a personal link gets a new one, which is returned:
    the one that came by mail stops working, so that nobody else holds a key to the answers.
    Raises: AnswersEnded, AsksOnePersonOnly, TooManyRespondents. Costs: 5 to 9 queries.
    """
    if respondent is None:
        (respondent,) = _add_members(assessment, [user], groups, now=now, by=by)
        current = respondent.assessment
    else:
        current = locked(assessment)
        if not current.takes_answers:
            raise AnswersEnded
    is_first = respondent.begun_at is None
    respondent.assessment = current
    respondent.groups = _fitting(current, groups)
    respondent.begun_at = now
    respondent.save(update_fields=["groups", "begun_at"])
    link = None
    if is_first and current.is_anonymous and respondent.user_id is None:
        SecretLink.objects.filter(respondent=respondent, revoked_at=None).update(revoked_at=now)
        link = make_link(respondent, now=now)
    return respondent, link


@transaction.atomic
def finish(respondent: Respondent, *, now: datetime) -> None:
    """Note that the respondent is done; answering on takes it back.

    Raises: AnswersEnded; NothingAnswered. Costs: 3 or 4 queries.
    """
    if not locked(respondent.assessment).takes_answers:
        raise AnswersEnded
    if not has_answered(respondent):
        raise NothingAnswered
    respondent.finished_at = now
    respondent.save(update_fields=["finished_at"])


@transaction.atomic
def remove_respondent(respondent: Respondent, *, now: datetime, by: Actor) -> None:
    """Take somebody out, with every answer and note of theirs; there is no way back.

    Raises: AssessmentClosed; CannotRemove. Costs: about 8 queries.
    """
    current = locked(respondent.assessment)
    if current.is_closed:
        raise AssessmentClosed
    if not may_remove_from(current):
        raise CannotRemove
    respondent.delete()
    current.revision += 1
    current.save(update_fields=["revision"])
    _record("respondent.removed", current, now=now, by=by)


def may_remove_from(assessment: Assessment) -> bool:
    """Say whether respondents can be removed as it stands."""
    if assessment.is_anonymous:
        return assessment.takes_answers
    return not assessment.is_closed


@transaction.atomic
def new_personal_link(respondent: Respondent, *, now: datetime, by: Actor) -> SecretLink:
    """Make a new personal link for a guest; every earlier one stops working at once.

    Raises: LinkIsTheirs. Costs: 5 queries.
    """
    current = locked(respondent.assessment)
    if not may_hold_link_of(current, respondent):
        raise LinkIsTheirs
    SecretLink.objects.filter(respondent=respondent, revoked_at=None).update(revoked_at=now)
    link = make_link(respondent, now=now)
    _record("respondent.link_renewed", current, now=now, by=by)
    return link


def may_hold_link_of(assessment: Assessment, respondent: Respondent) -> bool:
    """Say whether the lead may see, make or mail a guest's personal link.

    A member has none, also when the account was deleted since. Whoever holds it sees the answers,
    so an anonymous guest's is nobody else's from the moment they begin, and one who came by the
    open link never had one.
    """
    if respondent.had_account or respondent.came_by_open_link:
        return False
    return not (assessment.is_anonymous and respondent.begun_at is not None)


def room_for(assessment: Assessment, count: int) -> Assessment:
    """Return the assessment, locked, when so many more may be asked. For use in a transaction.

    Raises: AnswersEnded, AsksOnePersonOnly, TooManyRespondents. Costs: 2 queries.
    """
    current = locked(assessment)
    if not current.takes_answers:
        raise AnswersEnded
    there = Respondent.objects.filter(assessment=current).count()
    if current.asked == Assessment.Asked.FREE and there + count > 1:
        raise AsksOnePersonOnly
    if there + count > MOST_RESPONDENTS:
        raise TooManyRespondents
    return current


def _add_members(
    assessment: Assessment,
    users: Sequence[Any],
    groups: Mapping[str, str],
    *,
    now: datetime,
    by: Actor,
) -> list[Respondent]:
    current = locked(assessment)
    there = {
        each.user_id: each for each in Respondent.objects.filter(assessment=current, user__in=users)
    }
    wanted = [user for user in users if user.pk not in there]
    if wanted:
        current = room_for(current, len(wanted))
        for user in wanted:
            there[user.pk] = Respondent.objects.create(
                assessment=current,
                user=user,
                name=str(user)[:200],
                groups=_fitting(current, groups),
                invited_at=None if by.user_id == user.pk else now,
            )
        _record("respondent.members_asked", current, now=now, by=by, people=len(wanted))
    elif not current.takes_answers:
        raise AnswersEnded
    for each in there.values():
        each.assessment = current
    return [there[user.pk] for user in users]


def _fitting(assessment: Assessment, groups: Mapping[str, str]) -> dict[str, str]:
    """Return the chosen options. Raises: ValueError, for one the lead's list does not hold."""
    options = {group["name"]: group["options"] for group in assessment.groups}
    for name, option in groups.items():
        if option not in options.get(name, ()):
            raise ValueError(f"{option} is no option of {name}")
    return dict(groups)


def _record(
    verb: str, assessment: Assessment, *, now: datetime, by: Actor, people: int = 1
) -> None:
    # Who comes by a link to an anonymous assessment leaves no address behind.
    actor = LINK if assessment.is_anonymous and by.user_id is None else by
    record_event(
        verb,
        by=actor,
        subject=assessment.public_id,
        workspace=assessment.workspace.public_id,
        at=now,
        detail={"people": people},
    )
