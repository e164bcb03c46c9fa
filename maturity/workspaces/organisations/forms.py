"""An organisation's particulars."""

from typing import Any

from django import forms

from maturity.web.fields import PlainTextField
from maturity.workspaces.models import Organisation
from maturity.workspaces.models.workspace import MOST_TAGS, TAG_LENGTH, Sector, Size
from maturity.workspaces.organisations.services import unique_tags

_MONTHS = "Please give a whole number from 1 to 60."


class OrganisationForm(forms.Form):
    """Name, sector, size, country, tags, and how often it is assessed."""

    name = PlainTextField(
        max_length=200,
        label="Name",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please give the organisation a name."},
    )
    sector = forms.ChoiceField(choices=[("", "Not given"), *Sector.choices], required=False)
    size = forms.ChoiceField(
        choices=[("", "Not given"), *Size.choices],
        required=False,
        label="Size",
        help_text="People who work there.",
    )
    country = PlainTextField(max_length=80, required=False, label="Country")
    tags = PlainTextField(
        max_length=MOST_TAGS * (TAG_LENGTH + 2),
        required=False,
        label="Tags",
        help_text="Your own words to find it by, with commas between: north, pilot, 2026.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    months_between = forms.IntegerField(
        min_value=1,
        max_value=60,
        initial=12,
        label="Months between assessments",
        help_text="From this follows when the next one is due.",
        error_messages={
            "required": _MONTHS,
            "invalid": _MONTHS,
            "min_value": _MONTHS,
            "max_value": _MONTHS,
        },
    )

    def __init__(self, data: Any = None, *, organisation: Organisation | None = None) -> None:
        initial: dict[str, Any] = {}
        if organisation is not None:
            initial = {name: getattr(organisation, name) for name in self.base_fields}
            initial["tags"] = ", ".join(organisation.tags)
        super().__init__(data, initial=initial)

    def clean_tags(self) -> list[str]:
        """Return the tags, each once, in the order typed."""
        tags = unique_tags(self.cleaned_data["tags"].split(","))
        if long := next((tag for tag in tags if len(tag) > TAG_LENGTH), None):
            raise forms.ValidationError(
                f"“{long}” is too long for a tag: {TAG_LENGTH} characters at most."
            )
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(
                f"Please keep it to {MOST_TAGS} tags; there are {len(tags)} now."
            )
        return tags
