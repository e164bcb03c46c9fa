"""The groups of an assessment: the lead's list of them, and a respondent's choice."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessments.core.services.setup import groups_problem
from maturity.web.fields import PlainTextField


class GroupsField(PlainTextField):
    """Lines like "Function: Service, IT"; its value is `[{"name": …, "options": […]}]`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8_000, multiline=True, **kwargs)
        self.widget.attrs.update(rows="4")

    def to_python(self, value: Any) -> Any:
        """Return the groups. Raises: ValidationError, saying what is wrong with which line."""
        text = super().to_python(value)
        groups = [_group_of(line) for line in text.split("\n") if line.strip()]
        if problem := groups_problem(groups):
            raise ValidationError(problem)
        return groups


def lines_of(groups: Sequence[Mapping[str, Any]]) -> str:
    """Return the groups as the field takes them."""
    return "\n".join(f"{group['name']}: {', '.join(group['options'])}" for group in groups)


class GroupsForm(forms.Form):
    """One choice for each group of an assessment; each may be left open."""

    left_open = "I would rather not say"

    def __init__(
        self,
        data: Any = None,
        *,
        groups: Sequence[Mapping[str, Any]],
        chosen: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.groups = groups
        for number, group in enumerate(groups):
            self.fields[f"group-{number}"] = forms.ChoiceField(
                label=group["name"],
                choices=[("", self.left_open), *((o, o) for o in group["options"])],
                required=False,
                initial=(chosen or {}).get(group["name"], ""),
            )

    @property
    def group_fields(self) -> list[forms.BoundField]:
        """The fields, in the lead's order."""
        return [self[f"group-{number}"] for number in range(len(self.groups))]

    @property
    def chosen(self) -> dict[str, str]:
        """The chosen option by the group's name; what was left open is not in it."""
        return {
            group["name"]: option
            for number, group in enumerate(self.groups)
            if (option := self.cleaned_data.get(f"group-{number}"))
        }


def _group_of(line: str) -> dict[str, Any]:
    name, colon, rest = (part.strip() for part in line.partition(":"))
    options = [option for each in rest.split(",") if (option := each.strip())]
    if not name or not colon or len(options) < 2:
        raise ValidationError(
            f"“{line.strip()[:60]}”: please write a name, a colon, and at least two choices with"
            " commas between them."
        )
    return {"name": name, "options": options}
