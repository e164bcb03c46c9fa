"""The report as a PowerPoint deck; `deck` holds its slides.

Eight to twelve slides to show as they are: each title says what the slide shows, charts and tables
can be edited in PowerPoint, and the speaker's notes hold the explanation.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx.presentation import Presentation as Deck

from reports.document.documents import Document
from reports.exports.clock import ZIP_DAY, day_of
from reports.exports.deck import roadmap, standing
from reports.exports.deck.base import bare_deck
from reports.exports.deck.parts import who_of


def pptx_report(document: Document) -> bytes:
    """Return the deck. The same document gives the same bytes."""
    deck = bare_deck(language=document.language, branding=document.branding)
    standing.cover(deck, document)
    standing.overall(deck, document)
    if not document.is_empty:
        standing.radar(deck, document)
        standing.lowest_first(deck, document)
    standing.matrix(deck, document)
    if not document.is_empty:
        standing.reasons(deck, document)
        if document.radar.has_before:
            standing.change(deck, document)
    if document.steps:
        roadmap.three_steps(deck, document)
        roadmap.at_a_glance(deck, document)
        roadmap.now(deck, document)
    roadmap.method(deck, document)
    if document.steps:
        roadmap.decisions(deck, document)
    _name(deck, document)
    out = BytesIO()
    deck.save(out)
    return _without_clock(out.getvalue())


def _name(deck: Deck, document: Document) -> None:
    made = day_of(document.date)
    about = deck.core_properties
    about.title = f"{who_of(document)}: {document.model_title}"[:255]
    about.author, about.last_modified_by, about.comments = "", "", "Made with Waymark"
    about.created = about.modified = made.replace(tzinfo=None)
    about.language, about.revision = document.language, 1


def _without_clock(content: bytes) -> bytes:
    """Return the file with the hour of its making taken out."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w", ZIP_DEFLATED) as clean:
        for name in made.namelist():
            info = ZipInfo(name, ZIP_DAY)
            info.compress_type = ZIP_DEFLATED
            clean.writestr(info, made.read(name))
    return out.getvalue()
