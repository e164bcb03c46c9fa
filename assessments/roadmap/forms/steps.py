"""What a step needs to be decided on, changed, or dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.core.forms.dates import DayField
from assessments.roadmap.services.steps import (
    LINK_LENGTH,
    MOST_DAYS,
    NOTES_LENGTH,
    OWNER_LENGTH,
    REASON_LENGTH,
    WORDS_LENGTH,
    StepPlan,
    plan_problems,
)
from maturity.web.fields import PlainTextField, set_choices


class DecideForm(forms.Form):
    """Who takes a suggested step on, or until when; one of the two is enough.

    `members` are the accounts a name may belong to: name to account id.
    """

    owner = PlainTextField(max_length=OWNER_LENGTH, required=False, label="Who takes it on")
    due = DayField(required=False, label="Done by")

    def __init__(self, *args: Any, members: Mapping[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members or {}

    def clean(self) -> dict[str, Any]:
        """Refuse a plan that the service would refuse."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (problems := plan_problems(self.plan)):
            raise forms.ValidationError(dict(problems))
        return cleaned

    @property
    def plan(self) -> StepPlan:
        """Return what was given, once it is valid."""
        given = self.cleaned_data
        return StepPlan(
            owner=given["owner"],
            member_id=self.members.get(given["owner"]),
            due=given["due"],
            start=given.get("start"),
            days=given.get("days"),
            notes=given.get("notes", ""),
            evidence=given.get("evidence", ""),
        )


class StepForm(DecideForm):
    """A decided step to be changed, or one of the organisation's own."""

    words = PlainTextField(
        max_length=WORDS_LENGTH,
        multiline=True,
        label="What is to be done",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Please say what is to be done."},
    )
    start = DayField(required=False, label="Begins on")
    days = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        label="Work in it, in days",
        help_text="One person’s days. It counts against the days your team has.",
        error_messages={
            "invalid": "Please give whole days, such as 8.",
            "min_value": "Please give 0 days or more.",
            "max_value": f"Please give {MOST_DAYS} days at most.",
        },
    )
    notes = PlainTextField(
        max_length=NOTES_LENGTH,
        multiline=True,
        required=False,
        label="Notes",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = PlainTextField(
        max_length=LINK_LENGTH,
        required=False,
        label="Link to what shows it is done",
        help_text="An address that begins with https://",
    )
    field_order: tuple[str, ...] = ("words", "owner", "start", "due", "days", "notes", "evidence")


class OwnStepForm(StepForm):
    """A step of the organisation's own, which may belong to a dimension."""

    dimension = forms.ChoiceField(required=False, label="Dimension")
    field_order = ("words", "dimension", "owner", "start", "due", "days", "notes", "evidence")

    def __init__(self, *args: Any, dimensions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "None in particular"), *dimensions]
        set_choices(self, "dimension", choices)


class DropForm(forms.Form):
    """Why a step is dropped."""

    reason = PlainTextField(
        max_length=REASON_LENGTH,
        label="Why is it dropped?",
        help_text="Whoever looks for it later will want to know.",
        error_messages={"required": "Please say why it is dropped."},
    )


class CapacityForm(forms.Form):
    """How many days of work the team has a month."""

    days = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        label="Days your team has a month",
        error_messages={
            "invalid": "Please give whole days, such as 20.",
            "min_value": "Please give one day or more.",
            "max_value": f"Please give {MOST_DAYS} days at most.",
        },
    )
