"""How an assessment stands, as the document that pages, reports and exports are made from."""

from assessments.core.queries.standing import Standing
from assessments.scoring.frozen import DoneStep
from assessments.workshops.rules.protocol import Protocol
from maturity.workspaces.branding.colours import Branding
from reports.document.composing import build_document
from reports.document.documents import Document, OccasionFacts


def document_of(
    standing: Standing,
    *,
    workshops: tuple[Protocol, ...] = (),
    done: tuple[DoneStep, ...] = (),
    branding: Branding | None = None,
) -> Document:
    """Return the document of a standing; of a hidden one it is empty.

    A report brings the protocols of its workshops, the steps that were `done` and the workspace's
    look; pages that show figures only leave them out.
    """
    return build_document(
        standing.scored,
        occasion=occasion_of(standing),
        people=standing.people,
        workshops=workshops,
        done=done,
        branding=branding,
    )


def occasion_of(standing: Standing) -> OccasionFacts:
    """Return what the figures belong to."""
    result = standing.result
    closed_date = result.closed_at.date().isoformat() if result else ""
    return OccasionFacts(
        number=result.number if result else 0,
        closed_date=closed_date,
        is_anonymous=standing.ids is None and bool(standing.sheet.respondents),
        purpose=standing.purpose,
        scope=standing.scope,
        counts_from_first=standing.counts_from_first,
    )
