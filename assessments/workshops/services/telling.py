"""Workshops that were held elsewhere, as a file tells of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from assessments.models import Assessment
from assessments.workshops.models import Workshop
from assessments.workshops.rules.protocol_file import moment_in
from assessments.workshops.services.doors import LIFETIME


def keep_told(
    assessment: Assessment, documents: Iterable[Mapping[str, Any]], *, now: datetime
) -> list[Workshop]:
    """Return a workshop that is over for each document, in their order; it tells what that told.

    The documents were checked (rules/protocol_checks.py). Costs: 1 query, none for none.
    """
    return Workshop.objects.bulk_create(_told(assessment, each, now) for each in documents)


def _told(assessment: Assessment, document: Mapping[str, Any], now: datetime) -> Workshop:
    began = moment_in(document["began_at"])
    ended = document["ended_at"]
    voices = Workshop.Voices.ANONYMOUS if document["is_anonymous"] else Workshop.Voices.NAMED
    return Workshop(
        assessment=assessment,
        title=document["title"],
        voices=voices,
        fewest_votes=document["fewest"],
        told=dict(document),
        created_at=now,
        opened_at=began,
        expires_at=began + LIFETIME,
        # One that still ran is over here all the same.
        ended_at=moment_in(ended) if ended else began + LIFETIME,
    )
