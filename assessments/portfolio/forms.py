"""What somebody wants to see of the portfolio, as the address says it."""

from typing import Any, NamedTuple

from django import forms

from assessments.portfolio.queries.filter import OVERALL, SORTS, Wanted
from maturity.catalogue.matrix import Matrix
from maturity.web.fields import PlainTextField, set_choices

NOT_ASSESSED = "none"
STATES = (
    ("", "Anything"),
    ("overdue", "Assessment overdue"),
    ("due", "Assessment due or overdue"),
    ("soon", "Assessment due within 60 days"),
    ("never", "Never assessed"),
    ("open", "Assessment open"),
    ("close", "Waiting to be closed"),
    ("steps", "Steps overdue"),
)
_DAY = "Please give the day as year-month-day, such as 2026-11-22."
_CHOICE = "This is not one of the choices any more. Please choose again."


class Select(NamedTuple):
    """A field with one choice: each option's value and label, and whether it is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


class PortfolioForm(forms.Form):
    """Filters, order and model; every field may be left out."""

    q = PlainTextField(max_length=200, required=False, label="Search")
    sector = PlainTextField(max_length=60, required=False, label="Sector")
    size = PlainTextField(max_length=40, required=False, label="Size")
    tag = PlainTextField(max_length=40, required=False, label="Tag")
    assessed_from = forms.DateField(
        required=False, label="Last assessed from", error_messages={"invalid": _DAY}
    )
    assessed_to = forms.DateField(
        required=False, label="Last assessed up to", error_messages={"invalid": _DAY}
    )
    on = forms.ChoiceField(
        required=False, label="Stage of", error_messages={"invalid_choice": _CHOICE}
    )
    stage = forms.ChoiceField(
        required=False, label="Stage", error_messages={"invalid_choice": _CHOICE}
    )
    state = forms.ChoiceField(
        choices=STATES,
        required=False,
        label="Waiting for",
        error_messages={"invalid_choice": _CHOICE},
    )
    archived = forms.BooleanField(required=False, label="Show archived ones as well")

    def __init__(self, data: Any, *, matrix: Matrix | None) -> None:
        super().__init__(data)
        rows = ((each.key, each.name) for each in (matrix.dimensions if matrix else ()))
        set_choices(self, "on", [(OVERALL, "Overall"), *rows])
        known = matrix.stages if matrix else ()
        stages = [
            ("", "Any"),
            *((str(each.number), f"{each.number} {each.name}") for each in known),
            *((f"-{each.number}", f"{each.number} or below") for each in known[1:-1]),
            (NOT_ASSESSED, "Not assessed"),
        ]
        set_choices(self, "stage", stages)

    @property
    def wanted(self) -> Wanted:
        """What to show; a field that is wrong asks for nothing, and says so on the page."""
        found = self.cleaned_data
        stage = found.get("stage", "")
        number = stage.removeprefix("-")
        return Wanted(
            text=found.get("q", ""),
            sector=found.get("sector", ""),
            size=found.get("size", ""),
            tag=found.get("tag", ""),
            assessed_from=found.get("assessed_from"),
            assessed_to=found.get("assessed_to"),
            dimension=found.get("on") or OVERALL,
            stage=int(number) if number.isdigit() else None,
            or_below=stage.startswith("-"),
            is_not_assessed=stage == NOT_ASSESSED,
            state=found.get("state", ""),
            with_archived=found.get("archived", False),
        )

    @property
    def further(self) -> int:
        """How many filters other than the search are in use."""
        names = ("sector", "size", "tag", "assessed_from", "assessed_to", "stage", "state")
        return sum(bool(self.data.get(name)) for name in (*names, "archived"))

    def selects(self, **in_use: dict[str, str]) -> tuple[Select, ...]:
        """Return the fields with one choice, each with its options; `in_use` are those of rows."""
        found = []
        for name in ("sector", "size", "tag", "on", "stage", "state"):
            value = str(self.data.get(name, ""))
            field: Any = self.fields[name]
            if name in in_use:
                known = in_use[name]
                # One that is gone meanwhile stays visible, so that one sees why nothing is found.
                extra = {value: value} if value and value not in known else {}
                choices = [("", "Any"), *(known | extra).items()]
            else:
                choices = field.choices
            options = tuple((key, label, key == value) for key, label in choices)
            found.append(Select(name, field.label, options))
        return tuple(found)


def sort_of(text: str, matrix: Matrix | None) -> str:
    """Return the order an address asks for; by name, where the model has no such column."""
    column = text.removeprefix("-")
    if column in SORTS or (matrix and column in matrix.dimension_by_key):
        return text
    return "name"
