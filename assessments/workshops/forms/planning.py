"""How a workshop is set up, and what goes onto its agenda."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.core.forms.grouping import GroupsField, lines_of
from assessments.workshops.models import Workshop
from assessments.workshops.models.workshop import FEWEST_VOTES_EVER, MOST_PARTICIPANTS
from assessments.workshops.rules.kinds import RoundKind
from assessments.workshops.services.planning import WorkshopSetup
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.web.fields import PlainTextField, set_choices

LONGEST_WORKSHOP = 480
LONGEST_ROUND = 60
STAGE, GATE = "stage", "gate"


class WorkshopForm(forms.Form):
    """Everything about a workshop but its agenda; `setup` is what it says."""

    title = PlainTextField(
        max_length=120,
        required=False,
        label="Title",
        help_text="Optional: it stands on the wall and on the phones.",
    )
    minutes = forms.IntegerField(
        label="Time available, in minutes",
        min_value=10,
        max_value=LONGEST_WORKSHOP,
        initial=60,
        error_messages={
            "required": "Please say how many minutes there are.",
            "invalid": "Please give a whole number of minutes.",
            "min_value": "Ten minutes are the least.",
            "max_value": "Eight hours (480 minutes) are the most. Make two workshops of it.",
        },
    )
    voices = forms.ChoiceField(
        label="Named or anonymous?",
        choices=[
            (
                Workshop.Voices.ANONYMOUS.value,
                "Anonymous: the room sees how many chose what, and nobody ever sees who",
            ),
            (
                Workshop.Voices.NAMED.value,
                "Named: once a question is revealed, everybody sees who chose what",
            ),
        ],
        widget=forms.RadioSelect,
        initial=Workshop.Voices.ANONYMOUS.value,
    )
    fewest_votes = forms.IntegerField(
        label="Fewest votes to show anything",
        help_text="For an anonymous workshop: answers are shown once at least so many have voted,"
        " and so is the difference of a group.",
        min_value=FEWEST_VOTES_EVER,
        max_value=100,
        required=False,
        initial=FEWEST_VOTES_EVER,
        error_messages={
            "invalid": "Please give a whole number from 3 to 100.",
            "min_value": "At least 3: with fewer, it would be plain who said what.",
            "max_value": "100 at most.",
        },
    )
    entry = forms.ChoiceField(
        label="Who may come in?",
        choices=[
            (Workshop.Entry.OPEN.value, "Whoever has the code is in at once"),
            (Workshop.Entry.LOBBY.value, "People wait at the door, and you let them in"),
        ],
        widget=forms.RadioSelect,
        initial=Workshop.Entry.OPEN.value,
    )
    most_participants = forms.IntegerField(
        label="People at most",
        min_value=1,
        max_value=MOST_PARTICIPANTS,
        initial=300,
        error_messages={
            "required": "Please say how many people may join.",
            "invalid": "Please give a whole number.",
            "min_value": "At least one.",
            "max_value": "1,000 people are the most.",
        },
    )
    groups = GroupsField(
        label="Groups",
        required=False,
        help_text="Optional, to see whether groups differ. One line each, the name, a colon and"
        " what to choose from: “Function: Service, IT, Marketing”.",
    )
    takes_addresses = forms.BooleanField(
        label="People may leave an address to get the result by mail", required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        workshop: Workshop | None = None,
        fixed: Sequence[str] = (),
        groups: Sequence[Mapping[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        if workshop is not None:
            names = [name for name in self.base_fields if name != "groups"]
            kwargs["initial"] = {name: getattr(workshop, name) for name in names}
            groups = workshop.groups
        kwargs["initial"] = {"groups": lines_of(groups), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)
        self.workshop = workshop
        for name in fixed:
            self.fields[name].disabled = True

    @property
    def setup(self) -> WorkshopSetup:
        """Return what a form that is in order says."""
        given = self.cleaned_data
        groups = given["groups"]
        if self.fields["groups"].disabled and self.workshop is not None:
            groups = self.workshop.groups
        return WorkshopSetup(
            title=given["title"],
            voices=given["voices"],
            fewest_votes=given["fewest_votes"] or FEWEST_VOTES_EVER,
            entry=given["entry"],
            most_participants=given["most_participants"],
            groups=groups,
            takes_addresses=given["takes_addresses"],
            minutes=given["minutes"],
        )


class NewWorkshopForm(WorkshopForm):
    """A new workshop: as `WorkshopForm`, and what is to be talked about.

    `chosen` are the dimensions, `detail` those whose statements are rated, with the gate.
    """

    round_minutes = forms.IntegerField(
        label="Minutes for each question",
        help_text="Left empty, the time is shared out evenly.",
        min_value=1,
        max_value=LONGEST_ROUND,
        required=False,
        error_messages={
            "invalid": "Please give a whole number of minutes, or nothing.",
            "min_value": "One minute is the least.",
            "max_value": "An hour is the most.",
        },
    )
    with_targets = forms.BooleanField(
        label="Ask after each dimension where we want to be", required=False
    )
    with_importance = forms.BooleanField(
        label="Ask how much each dimension matters", required=False
    )
    with_steps = forms.BooleanField(
        label="End with three dots each for the steps that come first", required=False, initial=True
    )

    def __init__(
        self,
        data: Any = None,
        *,
        matrix: Matrix,
        next_gates: Mapping[str, int | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.matrix = matrix
        for row in matrix.dimensions:
            self.fields[f"in-{row.key}"] = forms.BooleanField(
                label=row.name, required=False, initial=True
            )
            self.fields[f"how-{row.key}"] = forms.ChoiceField(
                label=f"How {row.name} is asked",
                choices=[(STAGE, "Pick a stage"), *_gates(matrix, row, next_gates.get(row.key))],
                required=False,
                initial=STAGE,
            )

    @property
    def rows(self) -> list[tuple[Dimension, forms.BoundField, forms.BoundField]]:
        """Return each dimension with its two fields."""
        return [(r, self[f"in-{r.key}"], self[f"how-{r.key}"]) for r in self.matrix.dimensions]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Return the chosen dimensions, each a key and its name, in the model's order."""
        return [
            (row.key, row.name)
            for row in self.matrix.dimensions
            if self.cleaned_data.get(f"in-{row.key}")
        ]

    @property
    def detail(self) -> dict[str, int]:
        """Return the gate to rate, by dimension."""
        found = {}
        for row in self.matrix.dimensions:
            how = self.cleaned_data.get(f"how-{row.key}") or STAGE
            if how != STAGE:
                found[row.key] = int(how.removeprefix(GATE))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a workshop about nothing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.chosen and not cleaned.get("with_steps"):
            self.add_error(None, "Please choose at least one dimension to talk about.")
        return cleaned


class AddRoundForm(forms.Form):
    """One more question for the agenda: `kind`, `dimension` and `gate_to` are what it says."""

    what = forms.ChoiceField(
        label="What is asked",
        choices=[
            (RoundKind.STAGE.value, "Pick a stage"),
            (RoundKind.GATE.value, "Rate the statements of a gate"),
            (RoundKind.TARGET.value, "Target"),
            (RoundKind.IMPORTANCE.value, "Importance"),
            (RoundKind.STEPS.value, "Which steps first"),
        ],
    )
    dimension = forms.ChoiceField(label="Dimension", required=False)
    gate = forms.TypedChoiceField(label="Gate", coerce=int, empty_value=None, required=False)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=LONGEST_ROUND,
        initial=5,
        error_messages={
            "required": "Please say how many minutes.",
            "invalid": "Please give a whole number of minutes.",
            "min_value": "One minute is the least.",
            "max_value": "An hour is the most.",
        },
    )

    def __init__(self, data: Any = None, *, matrix: Matrix, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.matrix = matrix
        set_choices(self, "dimension", [(row.key, row.name) for row in matrix.dimensions])
        gates = ((s.number, f"to stage {s.number}, {s.name}") for s in matrix.stages[1:])
        set_choices(self, "gate", [("", "the first one"), *gates])

    @property
    def kind(self) -> RoundKind:
        """Return what is asked."""
        return RoundKind(self.cleaned_data["what"])

    @property
    def dimension_key(self) -> str:
        """Return the dimension, empty for steps."""
        return "" if self.kind is RoundKind.STEPS else self.cleaned_data["dimension"]

    @property
    def gate_to(self) -> int | None:
        """Return the gate that is rated, None for anything else."""
        if self.kind is not RoundKind.GATE:
            return None
        return self.cleaned_data["gate"] or self.matrix.stages[1].number

    def clean(self) -> dict[str, Any]:
        """Ask for a dimension where one is needed."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") not in (None, RoundKind.STEPS.value) and not cleaned.get(
            "dimension"
        ):
            self.add_error("dimension", "Please choose a dimension.")
        return cleaned


class MinutesForm(forms.Form):
    """Other minutes for a question."""

    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_ROUND)


def _gates(matrix: Matrix, row: Dimension, next_gate: int | None) -> list[tuple[str, str]]:
    """Return the gates of a row that have statements; the next closed one says so."""
    found = []
    for stage in matrix.stages[1:]:
        at = stage.number - matrix.first_stage
        has_any = any(d.kind == "practice" for d in row.cells[at].descriptors) or any(
            d.kind == "condition" for d in row.cells[at - 1].descriptors
        )
        if has_any:
            mark = ", the next closed one" if stage.number == next_gate else ""
            found.append(
                (f"{GATE}{stage.number}", f"Rate the gate to {stage.number} {stage.name}{mark}")
            )
    return found
