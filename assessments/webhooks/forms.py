"""Which address is told of which events."""

from typing import Any

from django import forms
from django.conf import settings

from assessments.models import Event
from assessments.webhooks.words import problem_text
from maturity.web.fields import PlainTextField
from maturity.web.net.url_guard import LENGTH, AddressRefused, destination_of


class WebhookForm(forms.Form):
    """One address and its events."""

    url = PlainTextField(
        max_length=LENGTH,
        label="Address",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Please type the address."},
    )
    events = forms.MultipleChoiceField(
        choices=[choice for choice in Event.choices if choice[0] != Event.TEST],
        label="Told when",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Please choose at least one."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begins = "https:// or http://" if settings.WEBHOOKS_INSIDE else "https://"
        self.fields["url"].help_text = f"Of your own program; it begins with {begins}"

    def clean_url(self) -> str:
        """Refuse what nothing would be sent to; where a name leads is looked up at sending."""
        url: str = self.cleaned_data["url"]
        try:
            destination_of(url, inside=settings.WEBHOOKS_INSIDE)
        except AddressRefused as refused:
            text = f"Nothing can be sent to this address: {problem_text(refused.code)}."
            raise forms.ValidationError(text) from None
        return url
