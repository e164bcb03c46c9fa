"""Ask for what is about something else than one result: a workshop's protocol, two results."""

from datetime import datetime

from assessments.models import Assessment, Result
from assessments.workshops.models import Workshop
from assessments.workshops.queries.protocol import protocols_for_report
from maturity.web.rate_limits import undone_when_refused
from maturity.workspaces.actors import Actor
from maturity.workspaces.branding.queries import branding_of
from reports.comparing.results import ComparisonDocument
from reports.core.services.documents import document_of
from reports.core.services.layout import Paper, comparison_html, protocol_html
from reports.jobs.kinds import KINDS
from reports.jobs.services.asking import count_if_new
from reports.jobs.services.making import digest_of, file_name, keep_report, shown_standing
from reports.models import Report


class WorkshopNotTold(RuntimeError):
    """The report tells nothing of it: it still runs, was a rehearsal, or began later."""


def ask_for_protocol(
    assessment: Assessment,
    *,
    workshop: str,
    paper: Paper,
    now: datetime,
    by: Actor,
    result: Result | None = None,
) -> Report:
    """Return the protocol of a workshop on paper, word for word the chapter of the full report.

    `workshop` is its public id; `result` asks for it as the report on one frozen result tells it.
    Raises: WorkshopNotTold, ResultHidden; LimitReached, and then nothing is made.
    """
    standing = shown_standing(assessment, result)
    told = protocols_for_report(assessment, result=standing.result, now=now)
    workshops = tuple(each for each in told if each.public_id == workshop)
    if not workshops:
        raise WorkshopNotTold
    (protocol,) = workshops
    branding = branding_of(assessment.workspace)
    document = document_of(standing, workshops=workshops, branding=branding)
    html = protocol_html(document, paper=paper)
    with undone_when_refused():
        found = keep_report(
            assessment,
            kind="protocol",
            digest=digest_of(html.encode()),
            now=now,
            by=by,
            result=standing.result,
            workshop=Workshop.objects.get(assessment=assessment, public_id=workshop),
            file_name=file_name(document.organisation, protocol.iso_date, KINDS["protocol"]),
            paper=paper,
            html=html,
        )
        count_if_new(found, assessment, now=now, by=by)
    return found


def ask_for_comparison(
    document: ComparisonDocument,
    *,
    assessment: Assessment,
    result: Result | None,
    compared: Assessment,
    compared_result: Result | None,
    paper: Paper,
    now: datetime,
    by: Actor,
) -> Report:
    """Return a comparison of two results on paper; it is kept with the later one.

    The later one is `result` of an `assessment`, or how this stands; the earlier one is
    `compared_result` of the assessment `compared`, or how that stands.
    Raises: LimitReached, and then nothing is made.
    """
    html = comparison_html(document, paper=paper)
    day = result.date if result else assessment.date
    with undone_when_refused():
        found = keep_report(
            assessment,
            kind="comparison",
            digest=digest_of(html.encode()),
            now=now,
            by=by,
            result=result,
            compared=compared,
            compared_result=compared_result,
            file_name=file_name(document.organisation, day.isoformat(), KINDS["comparison"]),
            paper=paper,
            html=html,
        )
        count_if_new(found, assessment, now=now, by=by)
    return found
