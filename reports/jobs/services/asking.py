"""Ask for a report as somebody does who may, with a limit on how many are made anew."""

from datetime import datetime

from assessments.models import Assessment, Result
from maturity.web.rate_limits import HOUR_S, Limit, count, undone_when_refused
from maturity.workspaces.actors import Actor
from reports.core.services.layout import Paper
from reports.jobs.services.making import request_report
from reports.models import Report

# Made anew; a report that is there already is handed out as often as anybody likes.
REPORTS_OF_ASSESSMENT = (Limit("reports-of-assessment", 30, HOUR_S),)
REPORTS_OF_ACCOUNT = (Limit("reports-of-account", 30, HOUR_S),)


def ask_for_report(
    assessment: Assessment,
    *,
    kind: str,
    paper: Paper,
    result: Result | None,
    names_people: bool,
    now: datetime,
    by: Actor,
) -> Report:
    """Return the report that `request_report` makes or finds; one that has to be made counts.

    Raises: ResultHidden; LimitReached, and then nothing is made.
    """
    with undone_when_refused():
        found = request_report(
            assessment,
            paper=paper,
            now=now,
            by=by,
            result=result,
            kind=kind,
            names_people=names_people,
        )
        count_if_new(found, assessment, now=now, by=by)
    return found


def count_if_new(found: Report, assessment: Assessment, *, now: datetime, by: Actor) -> None:
    """Count a report that has to be made. Raises: LimitReached."""
    is_queued = found.status == Report.Status.QUEUED and found.queued_at == now
    if not is_queued and found.asked_at != now:
        return
    count(REPORTS_OF_ASSESSMENT, assessment.public_id, now=now)
    if by.user_id is not None:
        count(REPORTS_OF_ACCOUNT, by.label, now=now)
