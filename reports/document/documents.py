"""PURE. A report's whole content as frozen values: every format is written from a `Document`.

Every figure and every sentence is made once, by `composing` and the `wording` modules, so that a
page, a PDF and a file of data cannot disagree.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.scoring.placement import DimensionPlacement, Placement
from assessments.scoring.sheets import UNKNOWN, Answer, AnswerSheet
from assessments.workshops.rules.protocol import Protocol
from maturity.catalogue.matrix import Effort, Matrix
from maturity.workspaces.branding.colours import Branding

Position = Literal["passed", "here", "ahead"]
Horizon = Literal["now", "next", "later"]
Verdict = Literal["moved", "kept", "same", "fell", "open"]
MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A stage; `tone` is its colour, 1 to 5, on the ramp every stage is shown with."""

    number: int
    name: str
    summary: str
    question: str
    tone: int

    def __str__(self) -> str:
        return f"stage {self.number}, {self.name}"


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One dimension on the radar; a value that does not exist is None, `figure` is shown."""

    name: str
    figure: str
    now: float | None
    target: float | None
    before: float | None
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True)
class RadarValues:
    """Everything the radar is drawn from; the same values are the same picture.

    In a comparison the earlier scores are drawn as strongly as today's. `now_colour` is today's
    where it is not Waymark's own.
    """

    title: str
    description: str
    stages: tuple[StageFacts, ...]
    axes: tuple[RadarAxis, ...]
    now_name: str = "Now"
    before_name: str = "Last time"
    is_comparison: bool = False
    now_colour: str = ""

    @property
    def has_range(self) -> bool:
        """Whether missing answers leave some score open."""
        return any(
            a.lowest is not None and a.highest is not None and a.highest > a.lowest
            for a in self.axes
        )

    @property
    def is_numbered(self) -> bool:
        """Whether numbers stand for the names, which would run into each other."""
        return len(self.axes) > MOST_NAMES

    @property
    def has_target(self) -> bool:
        return any(a.target is not None for a in self.axes)

    @property
    def has_before(self) -> bool:
        return any(a.before is not None for a in self.axes)


RemarkKind = Literal["gate", "missing", "holding", "unanswered", "ahead", "disagree", "people"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One plain sentence or two about why a dimension stands where it stands."""

    kind: RemarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote; `by` is empty when there is one unnamed respondent."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A descriptor with how often each answer was given, best first, and all notes to it.

    Where the group agreed on an answer, it stands alone.
    """

    id: str
    stage: int
    kind: Literal["practice", "condition"]
    facet: str
    statement: str
    action: str
    evidence: str
    effort: Effort | None
    answers: tuple[tuple[Answer, int], ...]
    is_agreed: bool
    notes: tuple[Note, ...]

    @property
    def is_answered(self) -> bool:
        """Whether anybody knew an answer."""
        return any(answer != UNKNOWN for answer, _ in self.answers)


@dataclass(frozen=True, slots=True)
class GateFacts:
    """How far the way to a stage is open: shares in place, and needed to open it.

    `progress` is None where nothing of the gate applies.
    """

    to: StageFacts
    progress: Fraction | None
    needed: Fraction
    is_open: bool
    items: int
    applicable: int
    answered: int


@dataclass(frozen=True, slots=True)
class CellFacts:
    """One cell of the matrix, as seen from where the organisation stands.

    `gate` is the one that leads to its stage; the first stage has none.
    """

    stage: StageFacts
    summary: str
    position: Position | None
    is_target: bool
    was_here: bool
    gate: GateFacts | None
    statements: tuple[StatementFacts, ...]

    @property
    def has_long_notes(self) -> bool:
        """Whether its notes may fill a page."""
        return sum(len(note.text) for item in self.statements for note in item.notes) > 1500


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    """A dimension, with its figures in `placed`; `stage` and `target` are None without one."""

    key: str
    name: str
    summary: str
    placed: DimensionPlacement
    stage: StageFacts | None
    target: StageFacts | None
    headline: str
    remarks: tuple[Remark, ...]
    cells: tuple[CellFacts, ...]
    next_gate: StageFacts | None
    missing: tuple[StatementFacts, ...]
    holding: tuple[StatementFacts, ...]
    unanswered: tuple[StatementFacts, ...]
    ahead: tuple[StatementFacts, ...]
    rests_on: tuple[StatementFacts, ...]
    notes: tuple[Note, ...]

    @property
    def reason(self) -> str:
        """The one sentence that says most about why it stands where it stands."""
        return self.remarks[0].text if self.remarks else self.headline

    @property
    def further_remarks(self) -> tuple[Remark, ...]:
        return self.remarks[1:]

    @property
    def to_do(self) -> tuple[StatementFacts, ...]:
        """What the next gate still asks for: missing, still held on to, not yet answered."""
        return (*self.missing, *self.holding, *self.unanswered)

    @property
    def has_answers(self) -> bool:
        """Whether any of its statements has an answer or a note."""
        return any(
            item.is_answered or item.notes for cell in self.cells for item in cell.statements
        )


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A suggested step; `needs` are the numbers of the steps that come first.

    `to` is the stage whose gate it belongs to; with `opens_gate` that gate opens, when every step
    before it is done; `is_beyond` marks a step the gate no longer needs.
    """

    number: int
    id: str
    dimension_key: str
    dimension: str
    action: str
    statement: str
    item: StatementFacts
    to: StageFacts
    horizon: Horizon
    effort: Effort | None
    needs: tuple[int, ...]
    opens_gate: bool
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class DecidedFacts:
    """A step that is decided on and still to be done; days in words, empty where there is none.

    `id` is the descriptor it is to put in place; empty for a step of the organisation's own.
    """

    id: str
    words: str
    owner: str
    dimension: str
    status: str
    start: str
    due: str
    when: str
    is_overdue: bool
    days: int | None


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """A step that was done since the result before, and whether its statement moved.

    `share_before` and `share_now` say how far the statement held: an exact share such as "2/3",
    "not_applicable", or None. `done_date` is an ISO day.
    """

    id: str
    dimension: str
    words: str
    statement: str
    verdict: Verdict
    done_date: str
    share_before: str | None
    share_now: str | None


@dataclass(frozen=True, slots=True)
class OverallFacts:
    """The whole; `stage` and `score` are None when nothing was answered.

    `assessed` counts the dimensions it rests on; the shares are None where they do not exist.
    """

    stage: StageFacts | None
    score: Fraction | None
    assessed: int
    headline: str
    sentences: tuple[str, ...]
    percent_to_target: Fraction | None
    progress_to_date: Fraction | None
    strongest: tuple[DimensionFacts, ...]
    weakest: tuple[DimensionFacts, ...]


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """What the figures belong to.

    `number` and `closed_date`, an ISO day, tell of a frozen result: the `number`th of its
    assessment; 0 and empty while it is open. With
    `counts_from_first` the earlier scores are the first result's, else last time's. Of an
    anonymous one nobody's answers stay together.
    """

    number: int = 0
    closed_date: str = ""
    is_anonymous: bool = False
    purpose: str = ""
    scope: str = ""
    counts_from_first: bool = False

    @property
    def is_frozen(self) -> bool:
        return self.number > 0


@dataclass(frozen=True)
class Document:
    """A whole report. `date` is an ISO day, empty when none was given.

    `workshops` are the protocols of those that led to it, the earliest first; they come with all
    their words. `outcomes` are the steps done since the result before. `branding` is the
    look of its workspace on the day it is made; without one it is Waymark's own.
    """

    organisation: str
    date: str
    model_key: str
    model_version: str
    model_title: str
    model_summary: str
    attribution: str
    language: str
    stages: tuple[StageFacts, ...]
    overall: OverallFacts
    radar: RadarValues
    dimensions: tuple[DimensionFacts, ...]
    three_steps: tuple[StepFacts, ...]
    steps: tuple[StepFacts, ...]
    respondents: int
    placement: Placement
    sheet: AnswerSheet
    matrix: Matrix
    occasion: OccasionFacts = OccasionFacts()
    workshops: tuple[Protocol, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()
    branding: Branding | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered."""
        return self.overall.stage is None

    def steps_in(self, horizon: Horizon) -> tuple[StepFacts, ...]:
        return tuple(step for step in self.steps if step.horizon == horizon)

    @property
    def steps_now(self) -> tuple[StepFacts, ...]:
        return self.steps_in("now")

    @property
    def steps_next(self) -> tuple[StepFacts, ...]:
        return self.steps_in("next")

    @property
    def steps_later(self) -> tuple[StepFacts, ...]:
        return self.steps_in("later")
