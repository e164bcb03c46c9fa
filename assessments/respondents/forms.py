"""Whom to ask: members by a tick, guests by a list, everybody else by an open link."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from assessments.core.forms.grouping import GroupsForm
from assessments.respondents.services.open_links import MOST_BY_LINK
from assessments.respondents.services.respondents import NewGuest
from maturity.web.fields import PlainTextField, set_choices
from maturity.workspaces.models import User

MOST_AT_ONCE = 50


class MembersForm(forms.Form):
    """A tick for each member who may answer and is not asked yet."""

    members = forms.TypedMultipleChoiceField(
        label="Members",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Please tick at least one person.",
            "invalid_choice": "Somebody you ticked is asked already, or no longer a member."
            " Please look at the list again.",
        },
    )
    is_mailed = forms.BooleanField(label="Tell them by e-mail", required=False, initial=True)

    def __init__(self, data: Any = None, *, members: Sequence[User], can_mail: bool) -> None:
        super().__init__(data)
        self.users = {user.pk: user for user in members}
        names = (f"{user} ({user.email})" if user.name else user.email for user in members)
        set_choices(self, "members", zip(self.users, names, strict=True))
        if not can_mail:
            del self.fields["is_mailed"]

    @property
    def chosen(self) -> list[User]:
        """The accounts that were ticked."""
        return [self.users[pk] for pk in self.cleaned_data["members"]]


class GuestsForm(GroupsForm):
    """Several guests at once, one a line; the groups hold for all of them."""

    left_open = "They choose themselves"

    guests = PlainTextField(
        max_length=12_000,
        multiline=True,
        label="Guests",
        help_text="One person a line, name and e-mail with a comma between: “Ann Lee,"
        " ann@example.org”. The name or the address alone will do.",
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": "Please name at least one person."},
    )
    is_mailed = forms.BooleanField(
        label="Send each their link by e-mail, where an address is given",
        required=False,
        initial=True,
    )

    def __init__(
        self, data: Any = None, *, groups: Sequence[Mapping[str, Any]], can_mail: bool
    ) -> None:
        super().__init__(data, groups=groups)
        if not can_mail:
            del self.fields["is_mailed"]

    def clean_guests(self) -> list[NewGuest]:
        """Return the people. Raises: ValidationError, saying what is wrong with which line."""
        lines = [line for line in self.cleaned_data["guests"].split("\n") if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(f"At most {MOST_AT_ONCE} people at once, please.")
        guests = [_guest_of(line) for line in lines]
        addresses = [guest.email for guest in guests if guest.email]
        if len(set(addresses)) < len(addresses):
            raise ValidationError("One address stands there twice.")
        return guests


class OpenLinkForm(forms.Form):
    """How many the open link lets in."""

    most_respondents = forms.IntegerField(
        label="Lets in at most",
        min_value=1,
        max_value=MOST_BY_LINK,
        initial=50,
        error_messages={
            "required": "Please say how many people may come by this link.",
            "min_value": "At least 1.",
            "max_value": f"At most {MOST_BY_LINK}.",
            "invalid": "Please give a whole number.",
        },
    )


class JoinByLinkForm(GroupsForm):
    """What who comes by the open link may say of themselves: a name where it is named, groups."""

    name = PlainTextField(
        max_length=200,
        required=False,
        label="Your name",
        help_text="Optional. It stands beside your answers.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(
        self, data: Any = None, *, groups: Sequence[Mapping[str, Any]], is_named: bool
    ) -> None:
        super().__init__(data, groups=groups)
        if not is_named:
            del self.fields["name"]


def _guest_of(line: str) -> NewGuest:
    """Return the guest of a line: "name, address", "name <address>", or either of the two."""
    *words, last = line.replace("<", ",").replace(">", "").replace(";", ",").rsplit(",", 1)
    name, email = (words[0].strip() if words else ""), last.strip()
    if "@" not in email:
        name, email = line.strip(), ""
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(f"“{email[:80]}” is no e-mail address.") from None
    if len(name) > 200 or len(email) > 254:
        raise ValidationError(f"“{name[:60]}…” is too long.")
    return NewGuest(name.rstrip(", "), email.lower())
