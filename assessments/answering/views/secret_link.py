"""The secret link: shown, mailed, renewed; and leaving: forgotten on this device."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.access import access_assessment, access_respondent, drop_grant, grant
from assessments.answering.forms.mail import MailForm
from assessments.core.queries.links import current_link
from assessments.core.services.links import renew_link, token_of
from assessments.core.services.mailing import TooManyLinkEmails, can_send_mail, mail_link
from assessments.models import Respondent
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.actors import LINK, Actor
from maturity.workspaces.roles import Action, Role


@require_safe
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the link, with what can be done about it."""
    return _page(request, access_respondent(request, public_id), MailForm())


@require_POST
def renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a new link; this browser keeps its access, every other one loses it."""
    respondent = _by_link_only(access_respondent(request, public_id))
    link = renew_link(respondent, now=timezone.now(), by=_actor(request, respondent))
    url_id = grant(request, link)
    messages.success(request, "This is the new link. The old one no longer opens anything.")
    return _back(url_id)


@require_POST
def mail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the link sent to an address."""
    respondent = _by_link_only(access_respondent(request, public_id))
    form, now = MailForm(request.POST), timezone.now()
    found = current_link(respondent, now=now)
    if not can_send_mail() or found is None or token_of(found) is None or not form.is_valid():
        return _page(request, respondent, form, status=422)
    try:
        address = form.cleaned_data["address"]
        mail_link(
            found,
            address=address,
            link_base=_link_base(request),
            now=now,
            by=_actor(request, respondent),
        )
    except TooManyLinkEmails:
        form.add_error(
            "address",
            "The link was sent five times within the last hour. Please wait a little,"
            " or copy the link and send it yourself.",
        )
        return _page(request, respondent, form, status=429)
    messages.success(request, f"The link is on its way to {address}.")
    return _back(respondent.assessment.url_id)


@require_POST
def forget(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget the assessment on this device; the link opens it again."""
    assessment = access_assessment(request, public_id, Action.ANSWER)
    drop_grant(request, assessment.url_id)
    name = assessment.organisation.name
    messages.success(request, f"{name} is forgotten on this device. Its link opens it again.")
    return HttpResponseRedirect(reverse("assessments:home"))


def _by_link_only(respondent: Respondent) -> Respondent:
    """Let pass who comes by a link. Raises: Http404: a member's access must end with their role."""
    if respondent.user_id is not None:
        raise Http404
    return respondent


def _actor(request: HttpRequest, respondent: Respondent) -> Actor:
    """Return who acts; an anonymous respondent leaves no address in the trail."""
    return LINK if respondent.assessment.is_anonymous else actor_of(request)


def _back(url_id: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("assessments:link", args=[url_id]))


def _link_base(request: HttpRequest) -> str:
    example = reverse("assessments:open-link", args=["t"])
    return request.build_absolute_uri(example.removesuffix("t/"))


def _page(
    request: HttpRequest, respondent: Respondent, form: MailForm, *, status: int = 200
) -> HttpResponse:
    is_member = respondent.user_id is not None
    found = None if is_member else current_link(respondent, now=timezone.now())
    token = token_of(found) if found else None
    context = {
        "assessment": respondent.assessment,
        "respondent": respondent,
        "part": "link",
        "is_member": is_member,
        "is_holder": Role.HOLDER in access_of(request).roles,
        "address": f"{_link_base(request)}{token}/" if token else "",
        "expires_at": found.expires_at if found else None,
        "can_send_mail": can_send_mail(),
        "form": form,
    }
    return render(request, "answering/link.html", context, status=status)
