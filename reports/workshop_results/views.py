"""The result of a workshop by mail, to who left an address in it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.workshops.access import access_workshop
from assessments.workshops.services.locking import WorkshopGone
from assessments.workshops.services.sending import AlreadySending, NothingToSend, NotOver
from maturity.web.rate_limits import LimitReached
from maturity.web.words import capital, people_text
from maturity.workspaces.access import actor_of
from reports.jobs.services.making import ResultHidden
from reports.workshop_results.services import NoMailHere, request_sending


@require_POST
def send_result(request: HttpRequest, public_id: str) -> HttpResponse:
    """Have the result sent to everybody who left an address and has not got it."""
    workshop = access_workshop(request, public_id)
    back = HttpResponseRedirect(f"{reverse('workshops:after', args=[public_id])}#addresses")
    try:
        mails = request_sending(workshop, now=timezone.now(), by=actor_of(request))
    except (NoMailHere, NotOver, WorkshopGone):
        raise Http404 from None
    except ResultHidden:
        messages.error(
            request,
            "The result cannot be shown to anybody yet, so nothing was sent. The page “Result”"
            " says why and when that changes; the addresses are kept.",
        )
    except AlreadySending:
        messages.info(request, "The result is being sent already.")
    except NothingToSend:
        messages.info(request, "Nobody waits for the result, so nothing was sent.")
    except LimitReached as reached:
        messages.error(
            request,
            "You have sent as many results today as one account may, so nothing was sent. The"
            f" addresses are kept; please try again in {reached.wait}.",
        )
        return reached.on(back)
    else:
        messages.success(
            request, f"The result is on its way. {capital(people_text(mails))} will get a mail."
        )
    return back
