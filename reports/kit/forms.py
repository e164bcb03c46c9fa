"""What is asked before a paper kit is made."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

_LONGEST_SHOWN = 40


class KitForm(forms.Form):
    """What of a model's paper kit to print and on which papers; what is left out has a default."""

    poster = forms.ChoiceField(
        label="Paper for the poster",
        choices=[
            ("a3", "A3, for a table and an office printer"),
            ("a1", "A1, for a wall, from a copy shop"),
        ],
        initial="a3",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": "Option poster: choose a3 or a1."},
    )
    paper = forms.ChoiceField(
        label="Paper for cards and tally sheet",
        choices=[("a4", "A4"), ("letter", "Letter")],
        initial="a4",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": "Option paper: choose a4 or letter."},
    )
    part = forms.ChoiceField(
        choices=[(part, part) for part in ("all", "poster", "cards", "tally")],
        initial="all",
        required=False,
        error_messages={"invalid_choice": "Option part: choose poster, cards, tally or all."},
    )

    def clean(self) -> dict[str, Any]:
        """Fill in what was left out; refuse an option that stands twice or is none."""
        given = super().clean() or {}
        # It comes from an address, where a name may stand twice.
        sent = cast(QueryDict, self.data)
        for name in sent:
            if name not in self.fields:
                shown = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
                self.add_error(None, f"Option {shown}: there is none of this name.")
            elif len(sent.getlist(name)) > 1:
                self.add_error(name, f"Option {name}: it may stand there once only.")
        return {name: given.get(name) or field.initial for name, field in self.fields.items()}

    @property
    def faults(self) -> list[str]:
        """What is wrong, each fault with its option's name."""
        return [str(each) for faults in self.errors.values() for each in faults]
