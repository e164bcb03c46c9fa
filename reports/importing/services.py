"""Make an assessment out of a file of data, all of it or nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db import transaction
from django.utils import timezone

from assessments.lifecycle.services.importing import FrozenAs, import_assessment
from assessments.models import Assessment
from assessments.workshops.rules.protocol_file import moment_in
from assessments.workshops.services.telling import keep_told
from maturity.catalogue.queries import matrix_of_version, version_of
from maturity.web.strict_json import Problem
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import Organisation
from reports.importing.file import InvalidReport, ReportFile, read_document, read_report


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was made; `number` is that of its frozen result, 0 of an open one."""

    assessment: Assessment
    number: int


def take_in(
    organisation: Organisation,
    data: bytes,
    *,
    takes_any_name: bool = False,
    now: datetime,
    by: Actor,
) -> TakenIn:
    """Return the assessment a file of data was made from, made anew in an organisation.

    With `takes_any_name` the organisation may be called otherwise in the file. The workspace must
    be loaded. Raises: InvalidReport, with every problem and its place; nothing is made then.
    """
    document = read_document(data)
    model = document["model"]
    version = version_of(model["key"], model["version"])
    if version is None:
        text = f"{model['key']} {model['version']} is not published here; load it first"
        raise InvalidReport((Problem("model", text),))
    file = read_report(
        document,
        matrix_of_version(version.pk),
        organisation=None if takes_any_name else organisation.name,
        today=timezone.localdate(now),
    )
    with transaction.atomic():
        assessment = import_assessment(
            organisation,
            file.sheet,
            model_version_id=version.pk,
            purpose=file.purpose,
            scope=file.scope,
            is_anonymous=file.is_anonymous,
            counts_from_first=file.counts_from_first,
            steps=file.steps,
            frozen=_frozen(file),
            now=now,
            by=by,
        )
        keep_told(assessment, file.workshops, now=now)
    return TakenIn(assessment, file.number)


def _frozen(file: ReportFile) -> FrozenAs | None:
    if file.closed_date is None:
        return None
    # A file tells the day. Its result tells of the workshops that had begun by then, so that it
    # was closed after the last one of them.
    began = [moment_in(each["began_at"]) for each in file.workshops]
    noon = datetime.combine(file.closed_date, time(12), UTC)
    return FrozenAs(number=file.number, closed_at=max([noon, *began]))
