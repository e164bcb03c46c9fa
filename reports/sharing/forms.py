"""What is asked before a result is shared by a link, and before a shared one is opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from maturity.web.fields import PlainTextField, set_choices
from maturity.web.words import day_text
from reports.sharing.contents import DAYS, DEFAULT_DAYS, PARTS, PASSWORD_LENGTH

_CHECK = {"class": "form-check-input"}


class ShareForm(forms.Form):
    """What the link shows, for how long, and whether it asks for a password."""

    what = forms.ChoiceField(
        label="What it shows",
        error_messages={"required": "Choose what the link shows."},
    )
    shows = forms.MultipleChoiceField(
        label="Beside the overall figures and the picture",
        choices=list(PARTS.items()),
        initial=["matrix", "steps"],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_CHECK),
    )
    days = forms.TypedChoiceField(
        label="It opens for",
        choices=list(DAYS.items()),
        initial=DEFAULT_DAYS,
        coerce=int,
        error_messages={"required": "Choose for how long it opens."},
    )
    label = PlainTextField(
        max_length=120, required=False, label="Whom it is for", help_text="Only you see this."
    )
    password = forms.CharField(
        required=False,
        max_length=200,
        strip=False,
        label="Password, if it should ask for one",
        help_text=f"At least {PASSWORD_LENGTH} characters. Send it by another way than the link.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        results: Sequence[tuple[int, datetime]],
        is_closed: bool,
    ) -> None:
        super().__init__(data)
        frozen = [
            (str(number), f"Result {number}, closed on {day_text(closed.date().isoformat())}")
            for number, closed in reversed(results)
        ]
        # What is closed has a result, and nothing that goes on.
        live = [] if is_closed else [("now", "The assessment as it stands when the link is opened")]
        set_choices(self, "what", [*frozen, *live])

    def clean_password(self) -> str:
        """Refuse a password that is guessed soon."""
        password: str = self.cleaned_data["password"]
        if password and len(password) < PASSWORD_LENGTH:
            raise forms.ValidationError(f"Please take at least {PASSWORD_LENGTH} characters.")
        return password


class OpenShareForm(forms.Form):
    """The password of a shared result."""

    password = forms.CharField(
        max_length=200,
        strip=False,
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please type the password."},
    )
