"""What is asked before a report is made."""

from typing import Any

from django import forms

from reports.jobs.kinds import KINDS, OF_A_RESULT
from reports.models import Report


class PaperForm(forms.Form):
    """On which paper something is printed."""

    paper = forms.ChoiceField(
        label="Paper, for a PDF",
        choices=Report.Paper.choices,
        initial=Report.Paper.A4,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Choose a paper size.",
            "invalid_choice": "Choose one of the paper sizes shown.",
        },
    )


class ReportForm(PaperForm):
    """What the result is to be had as; for what is printed, on which paper.

    `workshop` asks for the protocol of one instead.
    """

    kind = forms.ChoiceField(
        label="What do you need?",
        choices=[(kind.key, kind.name) for kind in OF_A_RESULT],
        initial="report",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": "Choose one of the kinds shown."},
    )
    workshop = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def clean_kind(self) -> str:
        """Take the full report where nothing was chosen."""
        return self.cleaned_data["kind"] or "report"

    @property
    def kinds(self) -> list[tuple[Any, str]]:
        """Return each choice of a kind with what it holds."""
        return [(choice, KINDS[choice.data["value"]].about) for choice in self["kind"]]
