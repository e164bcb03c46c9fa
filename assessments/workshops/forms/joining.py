"""What somebody types to come in: the code, a name if they like, where they belong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.core.forms.grouping import GroupsForm
from assessments.workshops.models.participant import NAME_LENGTH
from maturity.web.fields import PlainTextField

# Whatever is typed is cleaned by rules.codes; longer than this nothing is read at all.
_LONGEST_CODE = 80


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(
        label="The code on the wall",
        max_length=_LONGEST_CODE,
        error_messages={
            "required": "Please type the six characters of the code.",
            "max_length": "A code has six characters.",
        },
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "autocorrect": "off",
                "spellcheck": "false",
                "enterkeyhint": "go",
                "inputmode": "text",
            }
        ),
    )


class ParticipantNameForm(forms.Form):
    """A name to go by, or none."""

    name = PlainTextField(label="Your name", max_length=NAME_LENGTH, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "nickname", "enterkeyhint": "go"}


class JoinForm(GroupsForm):
    """A name or none, and a choice in each of the workshop's lists or none."""

    name = PlainTextField(label="Your name", max_length=NAME_LENGTH, required=False)

    def __init__(
        self, data: Any = None, *, groups: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(data, groups=groups, **kwargs)
        self.fields["name"].widget.attrs |= {"autocomplete": "nickname", "enterkeyhint": "go"}


class AddressForm(forms.Form):
    """Where the result is to go; empty takes an address back."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        required=False,
        error_messages={"invalid": "This is not an e-mail address. Please look at it again."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "enterkeyhint": "send"}),
    )
