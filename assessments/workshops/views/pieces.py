"""The parts of a phone's screen that are the same for everybody, drawn once and kept.

When the room moves on three hundred phones fetch their screen within two seconds. The form of a
question and what came of it are therefore drawn once for each change of the workshop; only what is
one's own (the form's token, whose it is, the mark at one's own vote) is put in for each phone.

What is kept goes by the workshop's revision, and what shows people's names by its tally as well:
nothing of it can change without one of them growing.
"""

import re
from functools import lru_cache

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape

from assessments.workshops.models import Round, Workshop
from assessments.workshops.queries.rounds import matrix_of
from assessments.workshops.views.phone import Phone, blank_phone
from assessments.workshops.views.shown import shown_round

# Noncharacters: no text that was cleaned can hold one, and escaping leaves them alone.
SLOT = "\uffff"
_TOKEN, _OWN, _PERSON = "\ufdd0", "\ufdd1", "\ufdd2"
_OWN_MARK = re.compile(f"{_OWN}([^{_OWN}]*){_OWN}".encode())
_IS_OWN = b' <span class="pile__own">your vote</span>'


def fill(content: bytes, phone: Phone, request: HttpRequest) -> bytes:
    """Put the kept part into a phone's screen, where one is wanted. Costs: as `Phone` says."""
    slot = SLOT.encode()
    if slot not in content:
        return content
    return content.replace(slot, _piece_for(phone, request))


def _piece_for(phone: Phone, request: HttpRequest) -> bytes:
    workshop, round_ = phone.workshop, phone.round
    if round_ is None:
        return b""
    if phone.screen == "open":
        form = _form(workshop, workshop.revision, round_)
        person = phone.participant.key if phone.participant else ""
        form = form.replace(_PERSON.encode(), person.encode())
        return form.replace(_TOKEN.encode(), escape(get_token(request)).encode())
    own = {value.encode() for value in phone.own_values}
    reveal = _reveal(workshop, workshop.revision, workshop.tally, round_)
    return _OWN_MARK.sub(lambda found: _IS_OWN if found[1] in own else b"", reveal)


@lru_cache(maxsize=64)
def _form(workshop: Workshop, revision: int, round_: Round) -> bytes:
    """Return the form of a question nobody has answered in yet."""
    phone = blank_phone(workshop, round_)
    context = {"phone": phone, "shown": phone.shown, "csrf_token": _TOKEN, "person": _PERSON}
    return render_to_string("workshops/_vote_form.html", context).encode()


@lru_cache(maxsize=64)
def _reveal(workshop: Workshop, revision: int, tally: int, round_: Round) -> bytes:
    """Return what a question came to, with a mark at each answer for who gave it."""
    shown = shown_round(workshop, round_, matrix=matrix_of(workshop))
    context = {"shown": shown, "own_mark": _OWN}
    return render_to_string("workshops/_reveal.html", context).encode()


def forget() -> None:
    """Forget everything that was drawn."""
    _form.cache_clear()
    _reveal.cache_clear()
