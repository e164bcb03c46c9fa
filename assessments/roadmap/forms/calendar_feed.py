"""What a calendar is shown."""

from django import forms

from assessments.models import StepFeed


class StepFeedForm(forms.Form):
    """One's own steps, or all one may see; who may see no others is not asked."""

    shows = forms.ChoiceField(
        choices=StepFeed.Shows.choices,
        label="What it shows",
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose what it shows."},
    )
