"""What is asked before a report is made."""

from django import forms

from reports.models import Report


class ReportForm(forms.Form):
    """The paper a report is made for."""

    paper = forms.ChoiceField(
        label="Paper",
        choices=Report.Paper.choices,
        initial=Report.Paper.A4,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Choose a paper size.",
            "invalid_choice": "Choose one of the paper sizes shown.",
        },
    )
