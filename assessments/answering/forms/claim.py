"""Where to keep an assessment that was started without an account."""

from typing import Any

from django import forms

from assessments.answering.queries.claimable import Places
from maturity.web.fields import set_choices

NEW_TEAM = "team"


class ClaimForm(forms.Form):
    """One of the organisations, or a new one in one of the workspaces with clients.

    A value is "organisation:ID", "workspace:ID" for a new organisation in it, or "team".
    """

    place = forms.ChoiceField(
        label="Keep it in",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Please choose where to keep it.",
            "invalid_choice": "This is not one of the places on offer. Please choose again.",
        },
    )

    def __init__(self, data: Any = None, *, places: Places, name: str) -> None:
        super().__init__(data)
        choices = [
            (f"workspace:{each.public_id}", f"A new organisation “{name}” in {each.name}")
            for each in places.workspaces
        ]
        for each in places.organisations:
            where = "" if each.name == each.workspace.name else f" ({each.workspace.name})"
            choices.append((f"organisation:{each.public_id}", f"{each.name}{where}"))
        if not choices:
            choices = [(NEW_TEAM, f"A new team of my own, “{name}”")]
        set_choices(self, "place", choices)
        self.fields["place"].initial = choices[0][0] if len(choices) == 1 else None
        self.size = len(choices)

    @property
    def chosen(self) -> tuple[str, str]:
        """The kind of place, and its public id."""
        kind, _, public_id = self.cleaned_data["place"].partition(":")
        return kind, public_id
