"""Where to send a link."""

from django import forms


class MailForm(forms.Form):
    """One address."""

    address = forms.EmailField(
        max_length=254,
        label="Your e-mail address",
        help_text="Used for this one message only.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "form-control"}),
        error_messages={"required": "Please type the address the link should go to."},
    )
