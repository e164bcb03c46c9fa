"""Inviting people, changing their roles, handing over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from maturity.web.fields import PlainTextField, set_choices
from maturity.workspaces.role_words import ROLE_WORDS, RoleWords
from maturity.workspaces.roles import Role

MOST_AT_ONCE = 50
_ROLE = {"required": "Please choose a role.", "invalid_choice": "Please choose one of these roles."}


class RoleForm(forms.Form):
    """A role, out of those that can be given here."""

    role = forms.TypedChoiceField(coerce=Role, error_messages=_ROLE)

    def __init__(self, data: Any = None, *, roles: Sequence[Role], **options: Any) -> None:
        if len(roles) == 1:
            options.setdefault("initial", {"role": roles[0].value})
        super().__init__(data, **options)
        self.roles = roles
        set_choices(self, "role", [(role.value, ROLE_WORDS[role].name) for role in roles])

    @property
    def options(self) -> list[tuple[str, RoleWords, bool]]:
        """Each role with its words, and whether it is the one chosen."""
        chosen = self["role"].value()
        return [(role.value, ROLE_WORDS[role], role.value == chosen) for role in self.roles]


class InviteForm(RoleForm):
    """Addresses, one a line, and the role they are all offered."""

    emails = PlainTextField(
        max_length=MOST_AT_ONCE * 260,
        multiline=True,
        label="E-mail addresses",
        help_text=f"One a line, {MOST_AT_ONCE} at most.",
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "form-control",
            }
        ),
        error_messages={"required": "Please type at least one address."},
    )

    def clean_emails(self) -> list[str]:
        """Return the addresses in lower case, each once. Every problem is named at once."""
        text: str = self.cleaned_data["emails"]
        lines = [line.strip(" ,;") for line in text.split("\n")]
        emails = list(dict.fromkeys(line.lower() for line in lines if line))
        problems = [
            f"“{email[:100]}” is not an e-mail address." for email in emails if not _is_email(email)
        ]
        if len(emails) > MOST_AT_ONCE:
            problems.append(
                f"{len(emails)} addresses are too many at once: {MOST_AT_ONCE} at most."
            )
        if problems:
            raise ValidationError(problems)
        if not emails:
            raise ValidationError("Please type at least one address.")
        return emails


class HandOverForm(forms.Form):
    """Who is to be the owner instead."""

    user = forms.TypedChoiceField(
        coerce=int,
        label="New owner",
        error_messages={
            "required": "Please choose who is to be the owner.",
            "invalid_choice": "Please choose somebody of this list.",
        },
    )

    def __init__(self, data: Any = None, *, heirs: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        set_choices(self, "user", [("", "Choose somebody"), *heirs])


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
