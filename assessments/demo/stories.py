"""PURE. What the demo's files hold.

`workspace.json` has the consultancy, its accounts and the guest's assessment; each organisation it
lists has a file of its own. All days are fixed.

Answers to descriptors are one text per dimension: a group of letters for each stage, in it a letter
for each descriptor, in the model's order. A digit is a step of the answer scale, `u` means don't
know, `-` does not apply, `.` no answer. Stages without answers can be left out at the end.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer, NotStep
from maturity.catalogue.matrix import Dimension
from maturity.web.text import clean_text
from maturity.workspaces.roles import Role

NO_ANSWER: Final = "."
_WORDS: Final[dict[str, NotStep]] = {"u": UNKNOWN, "-": NOT_APPLICABLE}

TextOrEmpty = Annotated[str, AfterValidator(partial(clean_text, max_length=200))]
Text = Annotated[TextOrEmpty, Field(min_length=1)]
# Mail to such an address reaches nobody.
Email = Annotated[str, Field(pattern=r"^[a-z.]+@[a-z]+\.example$")]
EmailOrEmpty = Annotated[str, Field(pattern=r"^([a-z.]+@[a-z]+\.example)?$")]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class DemoAccount(_Part):
    """Somebody with an account; only those in `sign_ins` can ever sign in."""

    email: Email
    name: Text


class DemoMember(DemoAccount):
    """A member of an organisation."""

    role: Role


class DemoInvitation(_Part):
    """An invitation that has not been accepted."""

    email: Email
    role: Role


class DemoAnswers(_Part):
    """What one person answers; `answers` and `picks` go by dimension.

    `notes` go by descriptor or dimension; an empty one deletes the note carried over from the last
    assessment.
    """

    answers: dict[str, str] = {}
    picks: dict[str, int | Literal["unknown"]] = {}
    notes: dict[str, TextOrEmpty] = {}


class DemoSetting(_Part):
    """What an assessment sets for one dimension."""

    target: int | None = None
    weight: Decimal | None = None
    baseline: Decimal | None = None


class DemoRespondent(DemoAnswers):
    """A member where the e-mail address is a member's, else a guest; anonymous without a name.

    `begun` is when they sat down to answer; nothing for somebody who has not.
    """

    name: TextOrEmpty = ""
    email: EmailOrEmpty = ""
    groups: dict[str, Text] = {}
    begun: AwareDatetime | None = None


class DemoAgreed(_Part):
    """What the group agreed on: a step for a descriptor, a stage for a dimension."""

    key: str
    value: int
    reason: Text
    dissent: TextOrEmpty = ""


class DemoStep(_Part):
    """A step decided on when the assessment was closed; without words, the model's own action."""

    descriptor: str
    words: TextOrEmpty = ""
    owner: Text
    due: dt.date | None = None
    done: dt.date | None = None


class DemoAssessment(_Part):
    """One assessment; still open without a day on which it was closed.

    One that follows the last starts from the answers of the one before it in the file.
    """

    begun: dt.date
    date: dt.date
    closed: dt.date | None = None
    purpose: Text
    scope: Text
    voices: Literal["named", "anonymous"] = "named"
    asked: Literal["gates", "picks"] = "gates"
    asked_up_to: int | None = None
    follows_last: bool = False
    groups: dict[str, tuple[Text, ...]] = {}
    settings: dict[str, DemoSetting]
    respondents: tuple[DemoRespondent, ...]
    agreed: tuple[DemoAgreed, ...] = ()
    steps: tuple[DemoStep, ...] = ()


class DemoOrganisation(_Part):
    """One client with its story."""

    name: Text
    sector: Text
    size: Text
    country: Text
    tags: tuple[Text, ...]
    months_between: int
    since: dt.date
    members: tuple[DemoMember, ...]
    invitations: tuple[DemoInvitation, ...] = ()
    assessments: tuple[DemoAssessment, ...]


class DemoGuest(DemoAnswers):
    """The assessment of somebody without an account."""

    organisation: Text
    date: dt.date
    settings: dict[str, DemoSetting]


class DemoWorkspace(_Part):
    """The consultancy. `sign_ins` says what each account that can sign in is there for."""

    name: Text
    founded: dt.date
    owner: DemoAccount
    consultant: DemoAccount
    sign_ins: dict[Email, Text]
    invitations: tuple[DemoInvitation, ...] = ()
    organisations: tuple[str, ...]
    guest: DemoGuest


def ratings_in(row: Dimension, letters: str) -> Iterator[tuple[str, Answer]]:
    """Yield each descriptor of a dimension that is answered, with its step or word.

    The letters must have been checked.
    """
    for cell, group in zip(row.cells, letters.split(" "), strict=False):
        for descriptor, letter in zip(cell.descriptors, group, strict=True):
            if letter != NO_ANSWER:
                yield descriptor.id, _WORDS.get(letter) or int(letter)
