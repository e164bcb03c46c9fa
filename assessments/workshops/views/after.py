"""What comes after a workshop: result, report, first steps, addresses, and the protocol to read."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from assessments.core.services.mailing import can_send_mail
from assessments.models import Step
from assessments.roadmap.forms.steps import DecideForm
from assessments.roadmap.queries.steps import members_by_name, steps_of
from assessments.roadmap.services.steps import AlreadyDecided, TooManySteps, decide_step
from assessments.workshops.access import access_workshop
from assessments.workshops.models import Sending, Workshop
from assessments.workshops.queries.protocol import protocol_of
from assessments.workshops.queries.rounds import matrix_of
from assessments.workshops.queries.sending import Addresses, addresses_of, sending_of
from assessments.workshops.rules.protocol import Protocol
from assessments.workshops.rules.protocol_table import protocol_csv as csv_of
from assessments.workshops.rules.records import StepDots
from assessments.workshops.services.doors import record
from assessments.workshops.services.sending import ADDRESSES_KEPT, DEAD_AFTER
from maturity.web.text import storable_name
from maturity.workspaces.access import access_of, actor_of
from maturity.workspaces.roles import Action

TOO_MANY = "Too many steps are open already. Finish or drop some of them first."
TAKEN = "Somebody has decided on this step already, so nothing was changed."
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class FirstStep:
    """A step the room wants first, and the decision on it if there is one."""

    step: StepDots
    decided: Step | None


@dataclass(frozen=True, slots=True)
class Mailing:
    """How it stands with the addresses that were left: what the page says, and what it offers."""

    addresses: Addresses
    sending: Sending | None
    is_dead: bool
    can_mail: bool
    last_day: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Say whether mails go out at this moment."""
        return self.sending is not None and self.sending.is_under_way and not self.is_dead

    @property
    def failure(self) -> str:
        """Return why the last sending did not get through, as its row says; empty if it did."""
        if self.sending is None:
            return ""
        return "died" if self.is_dead else self.sending.reason

    @property
    def button(self) -> str:
        """Return what the button says."""
        count = self.addresses.waiting
        return f"Send the result to {count} address{'es' * (count != 1)}"


@require_safe
def after(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what came of a workshop, and what can be done with it; of a running one, so far."""
    return _page(request, access_workshop(request, public_id))


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide on a step the room wants first: it gets an owner, a date, or both."""
    workshop = access_workshop(request, public_id)
    now = timezone.now()
    protocol = protocol_of(workshop, now=now)
    wanted = request.POST.get("descriptor", "")
    is_offered = _leaves(protocol) and access_of(request).may(Action.MANAGE_STEPS)
    if not is_offered or not any(each.key == wanted for each in protocol.first_steps):
        raise Http404
    form = DecideForm(request.POST, members=members_by_name(workshop.assessment.organisation))
    if not form.is_valid():
        return _page(request, workshop, form=form, wanted=wanted, status=422)
    assessment = workshop.assessment
    try:
        step = decide_step(
            assessment.organisation,
            assessment=assessment,
            model_version_id=assessment.model_version_id,
            descriptor=matrix_of(workshop).descriptors[wanted],
            plan=form.plan,
            now=now,
            by=actor_of(request),
        )
    except AlreadyDecided:
        messages.warning(request, TAKEN)
    except TooManySteps:
        messages.warning(request, TOO_MANY)
    else:
        messages.success(request, f"Decided: {step.words}")
    return HttpResponseRedirect(f"{reverse('workshops:after', args=[public_id])}#steps")


@require_safe
def protocol_csv(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the protocol as a table; there is none of a rehearsal or before the end."""
    workshop = access_workshop(request, public_id)
    now = timezone.now()
    protocol = protocol_of(workshop, now=now)
    if not _leaves(protocol):
        raise Http404
    if request.method == "GET":
        record(workshop, "workshop.protocol_exported", now=now, by=actor_of(request))
    response = HttpResponse(csv_of(protocol), content_type="text/csv; charset=utf-8")
    name = file_name(workshop.assessment.organisation.name, protocol.iso_date)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(organisation: str, iso_date: str) -> str:
    """Return a name every system can store: letters, digits, blanks and hyphens."""
    return f"{storable_name(f'Waymark workshop {organisation}', most=_NAME_LENGTH)} {iso_date}.csv"


def _leaves(protocol: Protocol) -> bool:
    """Say whether anything of the workshop may leave the room: it is over, and was no rehearsal."""
    return protocol.is_over and not protocol.is_rehearsal


def _page(
    request: HttpRequest,
    workshop: Workshop,
    *,
    form: DecideForm | None = None,
    wanted: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    protocol = protocol_of(workshop, now=now)
    leaves = _leaves(protocol)
    may_decide = leaves and access_of(request).may(Action.MANAGE_STEPS)
    context = {
        "assessment": workshop.assessment,
        "part": "workshops",
        "workshop": workshop,
        "protocol": protocol,
        "leaves": leaves,
        "steps": _first_steps(workshop, protocol) if may_decide else [],
        "form": form or DecideForm(),
        "wanted": wanted,
        "mailing": _mailing_of(workshop, now=now) if leaves else None,
    }
    return render(request, "workshops/after.html", context, status=status)


def _first_steps(workshop: Workshop, protocol: Protocol) -> list[FirstStep]:
    """Return the steps the room wants first. Costs: 1 query, none where there are no steps."""
    if not protocol.first_steps:
        return []
    rows = steps_of(workshop.assessment.organisation)
    decided = {each.descriptor_id: each for each in reversed(rows)}
    return [FirstStep(each, decided.get(each.key)) for each in protocol.first_steps]


def _mailing_of(workshop: Workshop, *, now: datetime) -> Mailing | None:
    """Return how it stands with the addresses, None where none were asked for. Costs: 2 queries."""
    addresses, sending = addresses_of(workshop), sending_of(workshop)
    if not workshop.takes_addresses and not addresses.waiting and not addresses.sent:
        return None
    over_at = workshop.ended_at or workshop.expires_at
    return Mailing(
        addresses=addresses,
        sending=sending,
        is_dead=(
            sending is not None and sending.is_under_way and now - sending.moved_at > DEAD_AFTER
        ),
        can_mail=can_send_mail(),
        last_day=over_at + ADDRESSES_KEPT if over_at else None,
    )
