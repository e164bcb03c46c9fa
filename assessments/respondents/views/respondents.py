"""Who is asked, who has begun, who is finished; asking more people, reminding, removing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import access_assessment
from assessments.core.queries.respondents import (
    asking_of,
    members_to_ask,
    open_link_of,
    respondent_of,
)
from assessments.core.services.assessments import AsksOnePersonOnly
from assessments.core.services.locking import AnswersEnded, AssessmentClosed
from assessments.core.services.mailing import can_send_mail
from assessments.core.views.lookups import asked_in
from assessments.models import Assessment, Respondent
from assessments.respondents.forms import GuestsForm, MembersForm, OpenLinkForm
from assessments.respondents.services.open_links import change_open_link, make_open_link
from assessments.respondents.services.reminders import TooManyEmails, mail_respondents, remind
from assessments.respondents.services.respondents import (
    CannotRemove,
    LinkIsTheirs,
    TooManyRespondents,
    add_guests,
    add_members,
    may_remove_from,
    new_personal_link,
    remove_respondent,
)
from assessments.respondents.views.rows import page_of, site_of
from maturity.web.rate_limits import LimitReached, undone_when_refused
from maturity.workspaces.access import actor_of
from maturity.workspaces.people.services.mailing import count_mails
from maturity.workspaces.roles import Action

_FOR_ONE = (
    "One person answers this assessment as they like. To ask several, first choose on the page"
    " “Set-up” that several people answer, and what everybody is asked."
)
_ENDED = "No more answers are taken, so nobody else can be asked."
_TOO_MANY = "An assessment has at most 1,000 respondents."
_TOO_MANY_MAILS = (
    "This assessment has sent as many mails as it may in one day. The links below work all the"
    " same: copy them, or try again tomorrow."
)


@require_safe
def respondents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show everybody who is asked and how far they are; never what they said."""
    return _page(request, access_assessment(request, public_id, Action.RUN_ASSESSMENT))


@require_POST
def ask_members(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the members who were ticked."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    form = MembersForm(request.POST, members=members_to_ask(assessment), can_mail=can_send_mail())
    if not form.is_valid():
        return _page(request, assessment, members_form=form, status=422)
    try:
        people = add_members(
            assessment, users=form.chosen, now=timezone.now(), by=actor_of(request)
        )
    except (AnswersEnded, AsksOnePersonOnly, TooManyRespondents) as refusal:
        return _refused(request, assessment, refusal)
    words = "person is" if len(people) == 1 else "people are"
    messages.success(request, f"{len(people)} {words} asked now. They answer when they sign in.")
    if form.cleaned_data.get("is_mailed"):
        _mail(request, assessment, people)
    return _back(assessment)


@require_POST
def ask_guests(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask guests, each by a personal link."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    form = GuestsForm(request.POST, groups=assessment.groups, can_mail=can_send_mail())
    if not form.is_valid():
        return _page(request, assessment, guests_form=form, status=422)
    try:
        links = add_guests(
            assessment,
            guests=form.cleaned_data["guests"],
            groups=form.chosen,
            now=timezone.now(),
            by=actor_of(request),
        )
    except (AnswersEnded, AsksOnePersonOnly, TooManyRespondents) as refusal:
        return _refused(request, assessment, refusal)
    words = (
        "guest is asked, with a link" if len(links) == 1 else "guests are asked, each with a link"
    )
    messages.success(request, f"{len(links)} {words} of their own: it stands in the list.")
    if form.cleaned_data.get("is_mailed"):
        _mail(request, assessment, [link.respondent for link in links])
    return _back(assessment)


@require_POST
def remind_all(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remind everybody who is not finished, at most once a day each."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    if not can_send_mail():
        raise Http404
    now = timezone.now()
    asking = asking_of(assessment, asked_in(assessment), now=now)
    waiting = [each.respondent for each in asking.waiting]
    by = actor_of(request)
    try:
        with undone_when_refused():
            sent = remind(assessment, respondents=waiting, site=site_of(request), now=now, by=by)
            count_mails(sent, now=now, by=by)
    except AnswersEnded as refusal:
        return _refused(request, assessment, refusal)
    except TooManyEmails:
        messages.error(request, _TOO_MANY_MAILS)
        return _back(assessment)
    except LimitReached as reached:
        messages.error(request, _too_many_of_yours(reached))
        return reached.on(_back(assessment))
    if sent:
        messages.success(request, f"{sent} reminder{'s are' if sent > 1 else ' is'} on the way.")
    else:
        messages.info(request, "Nobody to remind: they are finished, or were reminded today.")
    return _back(assessment)


@require_POST
def send_link(request: HttpRequest, public_id: str, respondent_id: int) -> HttpResponse:
    """Send one respondent the mail that asks."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    respondent = _one(assessment, respondent_id)
    if not can_send_mail():
        raise Http404
    _mail(request, assessment, [respondent])
    return _back(assessment)


@require_POST
def new_link(request: HttpRequest, public_id: str, respondent_id: int) -> HttpResponse:
    """Make a new personal link; the old one stops working."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    try:
        new_personal_link(_one(assessment, respondent_id), now=timezone.now(), by=actor_of(request))
    except LinkIsTheirs:
        messages.error(request, "The link is theirs alone, so you cannot make another one.")
    else:
        messages.success(request, "There is a new link. The old one opens nothing any more.")
    return _back(assessment)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str, respondent_id: int) -> HttpResponse:
    """Ask once more, then remove a respondent with their answers."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    respondent = _one(assessment, respondent_id)
    may_remove = may_remove_from(assessment)
    if request.method == "POST":
        try:
            remove_respondent(respondent, now=timezone.now(), by=actor_of(request))
        except (CannotRemove, AssessmentClosed):
            may_remove = False
        else:
            messages.success(request, f"{respondent} is removed, with all answers.")
            return _back(assessment)
    context = {
        "assessment": assessment,
        "part": "respondents",
        "respondent": respondent,
        "may_remove": may_remove,
    }
    status = 200 if may_remove else 409
    return render(request, "respondents/remove_respondent.html", context, status=status)


@require_POST
def open_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the open link, renew it, switch it on or off, or change how many it lets in.

    `do` says which: "make", "renew", "on", "off" or "limit".
    """
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    there, do = open_link_of(assessment), request.POST.get("do", "")
    if do not in ("make", "renew", "on", "off", "limit") or (there is None) != (do == "make"):
        return _back(assessment)
    form = OpenLinkForm(request.POST)
    limit = there.most_respondents if there else 0
    if do in ("make", "limit"):
        if not form.is_valid():
            return _page(request, assessment, link_form=form, status=422)
        limit = form.cleaned_data["most_respondents"]
    now, by = timezone.now(), actor_of(request)
    try:
        if there is None or do == "renew":
            make_open_link(assessment, most_respondents=limit, now=now, by=by)
        else:
            is_on = there.is_on if do == "limit" else do == "on"
            change_open_link(assessment, is_on=is_on, most_respondents=limit, now=now, by=by)
    except (AnswersEnded, AsksOnePersonOnly) as refusal:
        return _refused(request, assessment, refusal)
    messages.success(
        request,
        {
            "make": "The open link is there. Whoever has it can answer.",
            "renew": "The open link has a new address. The old one opens nothing any more.",
            "on": "The open link is switched on.",
            "off": "The open link is switched off. Who came by it can go on answering.",
            "limit": "Saved.",
        }[do],
    )
    return _back(assessment)


def _one(assessment: Assessment, respondent_id: int) -> Respondent:
    """Return a respondent a lead may deal with singly. Raises: Http404."""
    respondent = respondent_of(assessment, respondent_id)
    # Who came to an anonymous assessment by the open link is counted, and never told apart.
    if respondent is None or (assessment.is_anonymous and respondent.came_by_open_link):
        raise Http404
    return respondent


def _mail(request: HttpRequest, assessment: Assessment, people: list[Respondent]) -> None:
    now, by = timezone.now(), actor_of(request)
    try:
        with undone_when_refused():
            sent = mail_respondents(
                assessment, respondents=people, site=site_of(request), now=now, by=by
            )
            count_mails(sent, now=now, by=by)
    except (TooManyEmails, AnswersEnded) as refusal:
        words = _TOO_MANY_MAILS if isinstance(refusal, TooManyEmails) else _ENDED
        messages.error(request, words)
        return
    except LimitReached as reached:
        messages.error(request, _too_many_of_yours(reached))
        return
    if sent:
        messages.success(request, f"{sent} mail{'s are' if sent > 1 else ' is'} on the way.")


def _too_many_of_yours(reached: LimitReached) -> str:
    return (
        "You have sent as many e-mails today as one account may. The links below work all the same:"
        f" copy them, or send mails again in {reached.wait}."
    )


def _refused(request: HttpRequest, assessment: Assessment, refusal: Exception) -> HttpResponse:
    words = {AnswersEnded: _ENDED, AsksOnePersonOnly: _FOR_ONE}.get(type(refusal), _TOO_MANY)
    messages.error(request, words)
    return _page(request, assessment, status=409)


def _back(assessment: Assessment) -> HttpResponse:
    place = reverse("assessments:respondents", args=[assessment.public_id])
    return HttpResponseRedirect(place)


def _page(
    request: HttpRequest,
    assessment: Assessment,
    *,
    members_form: MembersForm | None = None,
    guests_form: GuestsForm | None = None,
    link_form: OpenLinkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = page_of(
        request,
        assessment,
        asked=asked_in(assessment),
        members_form=members_form,
        guests_form=guests_form,
        link_form=link_form,
    )
    return render(request, "respondents/respondents.html", context, status=status)
