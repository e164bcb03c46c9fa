"""Somebody's name, asked for on signing up and changed on the account's page.

allauth builds its own sign-up forms on NameForm, so nothing of allauth may be imported here.
"""

from django import forms
from django.http import HttpRequest

from maturity.web.fields import PlainTextField
from maturity.workspaces.models import User


class NameForm(forms.Form):
    """The name others see."""

    name = PlainTextField(
        max_length=200,
        label="Your name",
        help_text="The people you work with see it beside what you do.",
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "form-control"}),
        error_messages={"required": "Please give the name others should see."},
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name with the new account; allauth calls this after making it."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
