"""Narrowing the audit trail."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maturity.web.fields import set_choices


class TrailForm(forms.Form):
    """A person and a kind of event, either of which may be left open."""

    person = forms.ChoiceField(
        required=False, label="Who", widget=forms.Select(attrs={"class": "form-select"})
    )
    kind = forms.ChoiceField(
        required=False, label="What", widget=forms.Select(attrs={"class": "form-select"})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[tuple[str, str]],
        kinds: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        set_choices(self, "person", [("", "Everybody"), *people])
        set_choices(self, "kind", [("", "Everything"), *kinds])
