"""Deleting one's own account, typed out to be sure."""

from typing import Any

from django import forms

from maturity.workspaces.models import User


class DeleteAccountForm(forms.Form):
    """The address, the password if there is one, and what shall go with the account."""

    email = forms.CharField(
        max_length=254,
        label="Your e-mail address",
        help_text="Typed out, to be sure.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please type your e-mail address, to be sure."},
    )
    password = forms.CharField(
        max_length=1_000,
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Please type your password."},
    )
    with_answers = forms.BooleanField(
        required=False,
        label="Delete my answers in open assessments too",
        help_text=(
            "Left open, they stay as part of the group's, without your name. Answers to closed"
            " assessments stay in any case, and so do those to anonymous ones that take no more"
            " answers: there nobody can tell which were yours, and taking them out would show it."
        ),
    )
    with_workspaces = forms.BooleanField(
        label="Delete these workspaces with my account, at once",
        help_text="With everything in them. There are no two weeks to undo this.",
        error_messages={
            "required": "Nobody would be left in them. Tick this to delete them as well."
        },
    )

    def __init__(self, data: Any = None, *, user: User, has_own_workspaces: bool) -> None:
        super().__init__(data)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]
        if not has_own_workspaces:
            del self.fields["with_workspaces"]

    def clean_email(self) -> str:
        """Refuse any other address."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email != self.user.email:
            raise forms.ValidationError("This is not the address of this account.")
        return email

    def clean_password(self) -> str:
        """Refuse a wrong password."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password. Nothing was deleted.")
        return password
