"""What a story is written in: an organisation, its people, and its assessments over the years.

A level is the score an assessment is meant to come to on a dimension, a target the stage wanted;
both are one number for each of DIMENSIONS in their order. A lean is how many steps of the scale
somebody sees things better (or, below zero, worse) than the others do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from maturity.workspaces.roles import Role

DIMENSIONS: Final = (
    "strategy",
    "customer-engagement",
    "employee-engagement",
    "people-profiles",
    "crisis-management",
    "metrics",
    "tools-integration",
    "internal-use",
)
Levels = tuple[float, float, float, float, float, float, float, float]
Stages = tuple[int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the organisation. Nobody can sign in as one without a demo account's address."""

    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who answers: a member where the e-mail address is a member's, else a guest.

    In an anonymous assessment the name only says here who writes which note; it is not kept.
    `views` are leans on single dimensions; in those named by `unsure` some answers are "don't
    know". `share` is how much of what is asked has been answered: 1 is done, 0 has not begun.
    """

    name: str
    email: str = ""
    lean: float = 0.0
    views: Mapping[str, float] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote beside an answer; `key` is a descriptor's id or a dimension."""

    who: str
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the group settled on: a step for a descriptor, a stage for a dimension."""

    key: str
    value: int
    reason: str
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step decided on after an assessment; without words the model's own action is taken."""

    descriptor: str
    owner: str
    due: date | None
    words: str = ""
    done: date | None = None


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """One assessment: begun on a day, held on a day, closed on a day or open still.

    `up_to` is the stage the highest gate asked leads to, None for all gates; `asks_picks` asks for
    a stage for each dimension instead. `steps` were decided when it was closed. One that
    `goes_on` starts from the answers of the one before.
    """

    begun: date
    day: date
    closed: date | None
    levels: Levels
    targets: Stages
    voices: tuple[Voice, ...]
    purpose: str
    scope: str = ""
    is_anonymous: bool = False
    asks_picks: bool = False
    up_to: int | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goes_on: bool = False
    notes: tuple[Note, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[StepPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    """One client with its story; `key` seeds what chance decides.

    `foreign` are descriptors that do not apply here. `invited` wait for an answer to their
    invitation.
    """

    key: str
    name: str
    sector: str
    size: str
    country: str
    tags: tuple[str, ...]
    since: date
    people: tuple[Person, ...]
    assessments: tuple[AssessmentPlan, ...]
    months_between: int = 12
    foreign: tuple[str, ...] = ()
    invited: tuple[tuple[str, Role], ...] = ()
