"""PURE. The mail that brings the result of a workshop to who took part."""

from assessments.workshops.rules.protocol import Protocol
from maturity.web.words import joined
from reports.document.documents import Document

MOST_TOLD = 40


def mail_subject(document: Document) -> str:
    """Return the subject: whose result it is."""
    return f"Result of the workshop: {document.organisation}"


def mail_text(document: Document, protocol: Protocol) -> str:
    """Return the mail: the whole in a sentence, what was decided, and what is attached.

    It says what the protocol says and no more; nobody is named in it but who ran the workshop.
    """
    who = f", run by {joined(protocol.facilitators)}" if protocol.facilitators else ""
    parts = [
        "Hello,",
        f"on {protocol.date} you took part in a workshop on where {document.organisation} stands"
        f"{who}. You left your address to get its result, and here it is.",
        document.overall.headline,
        _decided(protocol),
        _first_steps(protocol),
        "The whole report is attached as a PDF. It says why each dimension stands where it stands,"
        " and has the protocol of the workshop in it.",
        "This is the only mail you get for it: your address is deleted now that it is on its way.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _decided(protocol: Protocol) -> str:
    told = [each for each in protocol.decided if not each.steps]
    lines = [f"- {each.about}: {each.decided}" for each in told[:MOST_TOLD]]
    if (more := len(told) - MOST_TOLD) > 0:
        lines.append(f"- and {more} more, in the report")
    return "\n".join(["What the room decided:", *lines]) if lines else ""


def _first_steps(protocol: Protocol) -> str:
    steps = protocol.first_steps
    if not steps:
        return ""
    lines = [f"- {each.action}" for each in steps[:MOST_TOLD]]
    return "\n".join(["What comes first:", *lines])
