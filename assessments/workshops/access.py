"""Who may open which workshop, and whose phone this is: the only way from a request to a row.

Running one takes the right to run its assessment. A phone is known by a cookie of its own, one a
workshop, which holds a token and nothing else; no session is read for it. Screens that ask whether
anything has changed show a ticket instead of the session, so that the answer costs one query.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from assessments.access import access_assessment
from assessments.workshops.models import Participant, Workshop
from maturity.web.http.redirects import AnotherPerson, GoElsewhere
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.roles import Action
from maturity.workspaces.scopes import every_workspace, narrow_to

# Long enough to leave an address on the day after.
COOKIE_AGE = timedelta(hours=36)
# What no phone needs of the assessment and of what it belongs to: half of the columns.
_SELDOM_READ = tuple(
    f"workshop__assessment__{name}"
    for name in (
        "date",
        "purpose",
        "scope",
        "fewest_answers",
        "asked",
        "asked_up_to",
        "groups",
        "follows",
        "told",
        "revision",
        "created_at",
        "answers_ended_at",
        "organisation__sector",
        "organisation__size",
        "organisation__country",
        "organisation__tags",
        "organisation__months_between",
        "organisation__created_at",
        "workspace__name",
        "workspace__kind",
        "workspace__created_at",
    )
)
_TICKET_SALT = "waymark.workshops.screen"
_TICKET_AGE = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a screen compares to know whether it is up to date."""

    revision: int
    tally: int

    @property
    def text(self) -> str:
        """Return it as a screen sends it."""
        return f"{self.revision}.{self.tally}"


def access_workshop(request: HttpRequest, public_id: str) -> Workshop:
    """Return a workshop with its assessment and current round, if the visitor may run it.

    Raises: Http404, for a stranger exactly as for an unknown id; PermissionDenied.
    Costs: 1 query, and those of `access_assessment`.
    """
    with every_workspace():
        found = (
            Workshop.objects.select_related("assessment", "current")
            .filter(public_id=public_id)
            .first()
        )
    if found is None:
        raise Http404
    workshop: Workshop = found
    workshop.assessment = access_assessment(
        request, workshop.assessment.public_id, Action.RUN_ASSESSMENT
    )
    return workshop


def access_participant(request: HttpRequest, public_id: str) -> Participant:
    """Return whose phone this is, also who waits, was taken out, or stayed after the end.

    Workshop, current round, assessment, organisation and workspace are loaded, and the scope is
    narrowed. Raises: GoElsewhere to joining, for who is not known here, exactly as for an unknown
    id; AnotherPerson, for what was sent from the page of another participant. Costs: 1 query.
    """
    token = request.COOKIES.get(cookie_name(public_id), "")
    found = None
    if token:
        with every_workspace():
            found = (
                Participant.objects.select_related(
                    "workshop__current",
                    "workshop__assessment__organisation",
                    "workshop__assessment__workspace",
                )
                .defer(*_SELDOM_READ)
                .filter(token_hash=hash_of(token), workshop__public_id=public_id)
                .first()
            )
    if found is None or _is_shut(found):
        raise GoElsewhere(reverse("workshops:join"))
    participant: Participant = found
    sent_by = request.POST.get("person")
    if sent_by is not None and not participant.has_key(sent_by):
        raise AnotherPerson
    narrow_to(participant.workshop.assessment.workspace_id)
    return participant


def _is_shut(participant: Participant) -> bool:
    assessment = participant.workshop.assessment
    return (
        assessment.workspace.deletion_asked_at is not None
        or assessment.organisation.archived_at is not None
    )


def is_known_phone(request: HttpRequest, workshop: Workshop) -> bool:
    """Say whether this phone is in the workshop already. Costs: 1 query, none without a cookie."""
    token = request.COOKIES.get(cookie_name(workshop.public_id), "")
    if not token:
        return False
    with every_workspace():
        known = Participant.objects.filter(workshop=workshop, token_hash=hash_of(token))
        return known.exists()


def phone_is_up_to_date(request: HttpRequest, public_id: str, *, now: datetime) -> bool:
    """Say whether a phone shows what there is: the revision it says it has seen is the newest.

    A workshop whose time is over counts as changed until the phone says with `over` that it knows.
    For who is not known here nothing is. Costs: 1 query, and no session.
    """
    token = request.COOKIES.get(cookie_name(public_id), "")
    if not token:
        return False
    with every_workspace():
        known = Participant.objects.filter(token_hash=hash_of(token), workshop__public_id=public_id)
        row = known.values_list("workshop__revision", "workshop__expires_at").first()
    if row is None:
        return False
    revision, expires_at = row
    is_over = expires_at is not None and expires_at <= now
    return request.GET.get("seen") == str(revision) and (not is_over or "over" in request.GET)


def pulse_for_screen(public_id: str, ticket: str) -> Pulse:
    """Return what the facilitator's screen and the wall compare.

    Raises: Http404, for a ticket that is wrong, too old, or another workshop's. Costs: 1 query.
    """
    try:
        named = signing.loads(ticket, salt=_TICKET_SALT, max_age=_TICKET_AGE)
    except signing.BadSignature:
        raise Http404 from None
    if named != public_id:
        raise Http404
    with every_workspace():
        rows = Workshop.objects.filter(public_id=public_id)
        row = rows.values_list("revision", "tally").first()
    if row is None:
        raise Http404
    return Pulse(*row)


def screen_ticket(workshop: Workshop) -> str:
    """Return what lets a screen ask for this workshop's pulse, and for nothing else."""
    return signing.dumps(workshop.public_id, salt=_TICKET_SALT)


def cookie_name(public_id: str) -> str:
    """Return the name of the cookie that a phone is known by in one workshop."""
    prefix = "__Host-" if settings.HTTPS else ""
    return f"{prefix}waymark-room-{public_id}"


def remember_phone(response: HttpResponse, workshop: Workshop, token: str) -> None:
    """Let the phone that gets this answer be known from now on."""
    response.set_cookie(
        cookie_name(workshop.public_id),
        token,
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget_phone(response: HttpResponse, public_id: str) -> None:
    """Let the phone be known no longer."""
    response.delete_cookie(cookie_name(public_id), samesite="Lax")
