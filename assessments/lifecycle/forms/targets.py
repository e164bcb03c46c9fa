"""Organisation, date, and for each dimension target, weight and score last time, in one form."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from assessments.core.forms.dates import AssessedField
from assessments.lifecycle.services.targets import SettingChange
from assessments.models import Assessment, DimensionSetting
from maturity.catalogue.matrix import Matrix
from maturity.web.fields import PlainTextField

_FIELDS = ("target", "weight", "baseline")


class FramingForm(forms.Form):
    """Everything that frames an assessment.

    Each field stands beside what it held when the page was made, so that two tabs do not undo each
    other: what was not touched is not a change. `proposed` targets are shown instead of the stored
    ones, and are a change once the form is sent.
    """

    organisation = PlainTextField(
        max_length=200,
        label="Organisation",
        error_messages={"required": "Please give the organisation a name."},
    )
    date = AssessedField()

    def __init__(
        self,
        data: Any = None,
        *,
        assessment: Assessment,
        matrix: Matrix,
        stored: Mapping[str, DimensionSetting],
        proposed: Mapping[str, int] | None = None,
    ) -> None:
        initial: dict[str, Any] = {
            "organisation": assessment.organisation.name,
            "date": assessment.date,
        }
        initial |= {f"target:{key}": stage for key, stage in (proposed or {}).items()}
        self.matrix = matrix
        super().__init__(data, initial=initial)
        first, top = matrix.first_stage, matrix.top_stage
        stages = [(stage.number, f"{stage.number} {stage.name}") for stage in matrix.stages]
        for row in matrix.dimensions:
            setting = stored.get(row.key)
            self.fields[f"target:{row.key}"] = forms.TypedChoiceField(
                label="Target",
                choices=[("", "The next stage"), *stages],
                coerce=int,
                empty_value=None,
                required=False,
                initial=setting.target if setting else None,
            )
            self.fields[f"weight:{row.key}"] = forms.DecimalField(
                label="Weight",
                min_value=0,
                max_value=10,
                max_digits=4,
                decimal_places=2,
                initial=_short(setting.weight if setting else Decimal(1)),
                error_messages=_number_messages(0, 10),
            )
            self.fields[f"baseline:{row.key}"] = forms.DecimalField(
                label="Score last time",
                min_value=first,
                max_value=top,
                max_digits=6,
                decimal_places=4,
                required=False,
                initial=_short(setting.baseline) if setting else None,
                error_messages=_number_messages(first, top),
            )
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            if isinstance(field, forms.DecimalField):
                field.widget.attrs["step"] = "any"
                field.widget.attrs["inputmode"] = "decimal"
            if ":" in name:
                row_name = matrix.dimension_by_key[name.split(":")[1]].name
                field.widget.attrs["aria-label"] = f"{field.label}: {row_name}"

    def clean(self) -> dict[str, Any]:
        """Refuse weights that are all 0: nothing would be left to take the mean of."""
        cleaned = super().clean() or self.cleaned_data
        weights = [value for name, value in cleaned.items() if name.startswith("weight:")]
        if len(weights) == len(self.matrix.dimensions) and not any(weights):
            raise forms.ValidationError(
                "At least one dimension needs a weight above 0, or there is no overall score."
            )
        return cleaned

    @property
    def setting_changes(self) -> list[SettingChange]:
        """The dimensions somebody changed, each with only the fields that changed."""
        changed = set(self.changed_data)
        changes = []
        for row in self.matrix.dimensions:
            fields = {
                name: self.cleaned_data[f"{name}:{row.key}"]
                for name in _FIELDS
                if f"{name}:{row.key}" in changed
            }
            if fields:
                changes.append(SettingChange(row.key, fields))
        return changes

    def changed_value(self, name: str) -> Any:
        """Return the new value of a field, or None when it was not changed."""
        return self.cleaned_data[name] if name in self.changed_data else None

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each dimension's name with its fields."""
        return [
            (row.name, [self[f"{name}:{row.key}"] for name in _FIELDS])
            for row in self.matrix.dimensions
        ]

    @property
    def befores(self) -> list[tuple[str, str]]:
        """What each field held when the page was made, as names and values of hidden inputs.

        Crispy draws some fields without them, and with a proposed target as if it were stored; so
        these stand last in the form, where they count.
        """
        pairs = []
        for name in self.fields:
            bound = self[name]
            # Of a target what is stored, whatever is proposed.
            stored = self.fields[name].initial if ":" in name else bound.initial
            before = self.data.get(bound.html_initial_name, stored)
            pairs.append((bound.html_initial_name, "" if before is None else str(before)))
        return pairs


def _short(number: Decimal | None) -> Decimal | None:
    """Return the number without the zeros its column adds at the end."""
    if number is None:
        return None
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _number_messages(lowest: int, highest: int) -> dict[str, str]:
    wanted = f"Please give a number from {lowest} to {highest}."
    return {"required": wanted, "invalid": wanted, "min_value": wanted, "max_value": wanted}
