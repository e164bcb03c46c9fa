"""The name of what is to be deleted, typed to be sure."""

from django import forms

from maturity.web.fields import PlainTextField
from maturity.workspaces.lifecycle.forms import TypedNameForm


class TypedOrganisationForm(TypedNameForm):
    """The name of the organisation an assessment is of."""

    name = PlainTextField(
        max_length=200,
        label="Name of the organisation",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please type the name, to be sure."},
    )
