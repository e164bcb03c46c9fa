"""Who may open which assessment: the only way from a request to a row.

Access comes from an account's role for the organisation, or from a link. Opening a link puts a
grant into the session: the assessment's `url_id` and the link it came from. A link that is
revoked or expires takes its grants with it. One browser may hold the links of several people into
one assessment: each has a `url_id`, the public id or `ID~2` and so on, and their pages keep to it.
A page names who answers on it in the field `person`, and what it sends is taken as theirs or not at
all. The holder of an assessment that belongs to no account
yet manages it; in everybody else's workspace a link makes a guest, who answers and no more.

Each `access_*` function returns the row or ends the request, as in maturity/workspaces/access.py.
"""

from dataclasses import replace
from itertools import count

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Respondent, Result, SecretLink, StepFeed
from maturity.web.http.redirects import AnotherPerson, GoElsewhere
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.access import (
    Access,
    access_of,
    access_organisation,
    check,
    check_workspace,
    roles_in,
    roles_of,
    set_access,
    with_roles,
)
from maturity.workspaces.models import Membership, Organisation, Workspace
from maturity.workspaces.roles import Action, Role, may
from maturity.workspaces.scopes import every_workspace, narrow_to, scope_of

_SESSION_KEY = "grants"
MOST_GRANTS = 50


class OrganisationArchived(GoElsewhere):
    """Who comes by a link finds the organisation archived: sent to where that is said."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(reverse("assessments:begin", args=[assessment.url_id]))
        self.assessment = assessment


def access_assessment(request: HttpRequest, public_id: str, action: Action) -> Assessment:
    """Return the assessment with its organisation and workspace, if the action is allowed.

    Raises: Http404, for a stranger exactly as for an unknown id; PermissionDenied.
    Costs: 1 query, and the session and account.
    """
    return _access(request, public_id, action)[0]


def access_result(
    request: HttpRequest, public_id: str, *, number: int | None = None
) -> tuple[Assessment, Result | None]:
    """Return an assessment and which of its frozen results the visitor is to see.

    None stands for the answers as they are now: only who may see an open result gets it. Of a
    closed one it is the newest result, and so it is for everybody else while one is reopened.
    `number` asks for one of the results. What is frozen in it is read when it is asked for.
    Raises: as `access_assessment`; PermissionDenied, when there is nothing to see yet.
    Costs: as `access_assessment`, and 1 query where a frozen result is shown.
    """
    assessment, _ = _access(request, public_id, Action.SEE_CLOSED_RESULT)
    results = Result.objects.filter(assessment=assessment).order_by("-number").defer("frozen")
    if number is not None:
        found = results.filter(number=number).first()
        if found is None:
            raise Http404
        return assessment, found
    if not assessment.is_closed and access_of(request).may(Action.SEE_OPEN_RESULT):
        return assessment, None
    found = results.first()
    if found is None:
        raise PermissionDenied
    return assessment, found


def access_respondent(request: HttpRequest, public_id: str) -> Respondent:
    """Return the respondent this visitor answers as, with the assessment and all above it.

    Raises: as `access_assessment`; GoElsewhere, to where everybody begins who was not told yet what
    will be seen, and where all are told that no more answers are taken. Costs: 1 query by link, 3
    for an account.
    """
    assessment, respondent = access_beginning(request, public_id)
    if (
        respondent is None
        or not assessment.takes_answers
        or (respondent.begun_at is None and assessment.asked != Assessment.Asked.FREE)
    ):
        raise GoElsewhere(reverse("assessments:begin", args=[assessment.url_id]))
    return respondent


def access_beginning(request: HttpRequest, public_id: str) -> tuple[Assessment, Respondent | None]:
    """Return the assessment, and whom this visitor answers as if they are a respondent already.

    For before the first question and after the last. Who is a respondent by their account is that
    one; a member who is none, but was let in by a link, goes on as the guest they are.
    Raises: as `access_assessment`; OrganisationArchived; AnotherPerson, for what was sent from a
    page of somebody else. Costs: as `access_respondent`, and 1 query for such a member.
    """
    assessment, respondent = _access(request, public_id, Action.ANSWER)
    if respondent is None and request.user.is_authenticated:
        respondent = Respondent.objects.filter(assessment=assessment, user=request.user.pk).first()
        if respondent is None and (respondent := _by_link(request, public_id)) is not None:
            access = access_of(request)
            assessment.opened_as = respondent.assessment.opened_as
            set_access(request, replace(access, roles=(*access.roles, Role.GUEST)))
    sent_by = request.POST.get("person")
    if sent_by is not None and not (respondent and respondent.has_key(sent_by)):
        raise AnotherPerson
    if respondent is not None:
        # What was loaded to check the access need not be loaded again.
        respondent.assessment = assessment
    return assessment, respondent


def access_roadmap(request: HttpRequest, public_id: str) -> Organisation:
    """Return the organisation to those who look after it; others have no part in its steps.

    Raises: Http404, for a stranger exactly as for an unknown id; PermissionDenied.
    Costs: 1 query, and the session and account.
    """
    organisation = access_organisation(request, public_id, Action.SEE_ORGANISATION)
    if not looks_after(access_of(request)):
        raise PermissionDenied
    return organisation


def access_feed(request: HttpRequest, token: str) -> StepFeed:
    """Return the feed of a token, and narrow the request to its workspace.

    Nobody has to be signed in: a calendar is not. Raises: Http404, for a token there is not, that
    has ended, or whose member holds no role in the workspace any more. Costs: 1 query.
    """
    with every_workspace():
        roles = Membership.objects.filter(user=OuterRef("user"), workspace=OuterRef("workspace"))
        feed: StepFeed | None = (
            StepFeed.objects.select_related("workspace")
            .filter(
                Exists(roles.filter(organisation__archived_at=None)),
                token_hash=hash_of(token),
                user__is_active=True,
                workspace__deletion_asked_at=None,
            )
            .first()
        )
    if feed is None:
        raise Http404
    narrow_to(feed.workspace_id)
    return feed


def looks_after(access: Access) -> bool:
    """Say whether the visitor leads the organisation or works in its workspace."""
    return access.is_of_workspace or Role.LEAD in access.roles


def sees_people(access: Access) -> bool:
    """Say whether the visitor may learn who answered what: who runs it, and who answers alone."""
    return access.may(Action.RUN_ASSESSMENT) or Role.HOLDER in access.roles


def _access(
    request: HttpRequest, public_id: str, action: Action
) -> tuple[Assessment, Respondent | None]:
    """Return the assessment, and the respondent whose link opened it if one did."""
    assessment: Assessment | None = None
    respondent: Respondent | None = None
    roles: tuple[Role, ...] = ()
    with every_workspace():
        if request.user.is_authenticated:
            rows = Assessment.objects.select_related("organisation", "workspace").filter(
                public_id=public_id.partition("~")[0]
            )
            found = list(with_roles(rows, request.user.pk, organisation="organisation"))
            assessment = found[0] if found else None
            roles = roles_of(found)
        # A link may add to what a role allows: a viewer can be asked to answer as well.
        if not any(may(role, action) for role in roles):
            respondent = _by_link(request, public_id)
    if respondent is not None:
        assessment = respondent.assessment
        is_holder = assessment.workspace.kind == Workspace.Kind.GUEST
        roles = (*roles, Role.HOLDER if is_holder else Role.GUEST)
    if assessment is None or not roles:
        raise Http404
    access = Access(roles, assessment.workspace, assessment.organisation)
    check_workspace(access)
    is_guest = respondent is not None and not access.is_of_workspace
    if is_guest and assessment.organisation.archived_at is not None:
        raise OrganisationArchived(assessment)
    check(request, access, action)
    return assessment, respondent


def answers_by_role(request: HttpRequest, assessment: Assessment) -> bool:
    """Say whether the visitor may answer as a member, needing no link.

    Costs: 1 query for an account, and its organisation if that is not loaded.
    """
    if not request.user.is_authenticated:
        return False
    with scope_of(assessment.workspace_id):
        roles = roles_in(request.user.pk, assessment.organisation)
    return any(may(role, Action.ANSWER) for role in roles)


def where_held(request: HttpRequest, respondent: Respondent) -> str:
    """Return the `url_id` under which a valid link lets this browser answer as this respondent.

    The assessment must be loaded. Empty when none does. Costs: 1 query, none without a grant.
    """
    with scope_of(respondent.assessment.workspace_id):
        held = _held(request, respondent.assessment.public_id)
    spots = (at for at, link in held.items() if link.respondent_id == respondent.pk)
    return next((at for at in spots if _is_valid(held[at])), "")


def holds_grant(request: HttpRequest, assessment: Assessment) -> bool:
    """Return whether this browser was let into an assessment by a link that is still valid.

    Costs: 1 query, none without a grant.
    """
    with scope_of(assessment.workspace_id):
        return _by_link(request, assessment.public_id) is not None


def _by_link(request: HttpRequest, url_id: str) -> Respondent | None:
    """Return whom a grant of this browser stands for, None when none is valid.

    Of several people it is the one whose page sent the request, else the one the address names.
    """
    held = _held(request, url_id).items()
    people: dict[str, Respondent] = {at: each.respondent for at, each in held if _is_valid(each)}
    at = url_id
    if sent_by := request.POST.get("person"):
        at = next((at for at, each in people.items() if each.has_key(sent_by)), url_id)
    if at not in people and "~" not in url_id:
        at = next(iter(people), at)
    if (respondent := people.get(at)) is None:
        return None
    respondent.assessment.opened_as = at
    return respondent


def _held(request: HttpRequest, url_id: str) -> dict[str, SecretLink]:
    """Return the links this browser holds into an assessment, by `url_id`, also invalid ones.

    Costs: 1 query, none without a grant.
    """
    public_id = url_id.partition("~")[0]
    spots = {
        pk: at for at, pk in granted_links(request).items() if at.partition("~")[0] == public_id
    }
    if not spots:
        return {}
    # By its key and not through the assessment: every request asks this, and it is the cheapest.
    links = SecretLink.objects.select_related(
        "respondent__assessment__organisation", "respondent__assessment__workspace"
    ).filter(pk__in=spots)
    return {spots[link.pk]: link for link in links}


def _is_valid(link: SecretLink) -> bool:
    return link.revoked_at is None and link.expires_at > timezone.now()


def granted_links(request: HttpRequest) -> dict[str, int]:
    """Return this browser's grants, `url_id` to link id, oldest first; none of them checked."""
    grants: dict[str, int] = request.session.get(_SESSION_KEY, {})
    return grants


def grant(request: HttpRequest, link: SecretLink) -> str:
    """Let this browser open the assessment of a link that was checked; return its `url_id`.

    While the link of another respondent is held it is `ID~2`, and so on, so that each of two tabs
    goes on answering as its own. The 51st grant drops the oldest; its link still works.
    Costs: 1 query where this browser holds a link into the assessment already.
    """
    assessment = link.respondent.assessment
    with scope_of(assessment.workspace_id):
        held = _held(request, assessment.public_id)
    own = (at for at, each in held.items() if each.respondent_id == link.respondent_id)
    spots = (f"{assessment.public_id}~{n}" if n > 1 else assessment.public_id for n in count(1))
    free = (at for at in spots if at not in held or not _is_valid(held[at]))
    at = next(own, "") or next(free)
    grants = dict(granted_links(request))
    if grants.get(at) != link.pk:
        # Whoever planted the session id, perhaps with grants of their own in it, must not come in
        # with it now.
        request.session.cycle_key()
    grants.pop(at, None)
    grants[at] = link.pk
    newest = list(grants.items())[-MOST_GRANTS:]
    request.session[_SESSION_KEY] = dict(newest)
    return at


def drop_grant(request: HttpRequest, url_id: str) -> None:
    """Forget an assessment, as one respondent, on this device."""
    grants = dict(granted_links(request))
    if grants.pop(url_id, None) is not None:
        request.session[_SESSION_KEY] = grants
