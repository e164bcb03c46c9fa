"""A workspace: what it is for, its name, its deletion."""

from typing import Any

from django import forms

from maturity.web.fields import PlainTextField
from maturity.workspaces.models import Workspace

_NO_NAME = {"required": "Please give it a name."}


class WelcomeForm(forms.Form):
    """What somebody comes for, and the name of their team or consultancy."""

    KINDS = (
        (
            Workspace.Kind.TEAM.value,
            "My own team",
            "You assess one organisation: your own, or the part of it you work in.",
        ),
        (
            Workspace.Kind.CLIENTS.value,
            "I work with clients",
            "You assess several organisations, each apart from the others.",
        ),
    )

    kind = forms.ChoiceField(
        choices=[(value, label) for value, label, _ in KINDS],
        error_messages={"required": "Please choose one of the two."},
    )
    name = PlainTextField(
        max_length=200,
        label="Name of your team or consultancy",
        help_text="Everybody you invite will see it. You can change it later.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages=_NO_NAME,
    )


class WorkspaceForm(forms.Form):
    """The workspace's name, and for a team's own whether it is to have clients."""

    name = PlainTextField(max_length=200, label="Name", error_messages=_NO_NAME)
    has_clients = forms.BooleanField(
        required=False,
        label="I work with clients",
        help_text=(
            "Adds a portfolio, further organisations, and consultants."
            " Your organisation stays as it is. There is no way back."
        ),
    )

    def __init__(self, data: Any = None, *, workspace: Workspace) -> None:
        super().__init__(data, initial={"name": workspace.name})
        if workspace.kind != Workspace.Kind.TEAM:
            del self.fields["has_clients"]


class TypedNameForm(forms.Form):
    """The name of what is to be deleted, typed to be sure."""

    name = PlainTextField(
        max_length=200,
        label="Name of the workspace",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please type the name, to be sure."},
    )

    def __init__(self, data: Any = None, *, wanted: str) -> None:
        super().__init__(data)
        self.wanted = wanted

    def clean_name(self) -> str:
        """Refuse any other name."""
        name: str = self.cleaned_data["name"]
        if " ".join(name.split()) != " ".join(self.wanted.split()):
            raise forms.ValidationError("This is not the name. Nothing was deleted.")
        return name
