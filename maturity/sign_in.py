"""How people sign in, as far as no switch changes it; settings.py takes all of it over.

Of all the routes allauth brings only those of maturity/workspaces/accounts/sign_in_urls.py exist.
"""

from typing import Final

_FORMS: Final = "maturity.workspaces.accounts.forms"


def _forms(module: str, *names: str) -> dict[str, str]:
    """Return the forms that stand in for allauth's: "add_email" is AddEmailForm."""
    return {name: f"{_FORMS}.{module}.{name.title().replace('_', '')}Form" for name in names}


AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS: Final = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "maturity.workspaces.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = f"{_FORMS}.profile.NameForm"
ACCOUNT_FORMS = _forms(
    "accounts",
    "login",
    "signup",
    "reauthenticate",
    "change_password",
    "set_password",
    "reset_password",
    "reset_password_from_key",
    "add_email",
    "request_login_code",
    "confirm_login_code",
    "confirm_email_verification_code",
)
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
# Whoever finds a browser open must not take the account away by another address.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# allauth counts these in the cache, which all processes share. "ip" is the network address, "key"
# the e-mail address, code or account that is tried, "user" who is signed in.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "signup": "20/m/ip,100/d/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "request_login_code": "20/m/ip,5/10m/key",
    "confirm_email": "5/10m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "maturity.workspaces.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = _forms(
    "second_factor",
    "authenticate",
    "activate_totp",
    "add_webauthn",
    "edit_webauthn",
    "authenticate_webauthn",
    "login_webauthn",
    "reauthenticate_webauthn",
) | {"reauthenticate": f"{_FORMS}.second_factor.ReauthenticateCodeForm"}
MFA_TOTP_ISSUER = "Waymark"
# One step either way: the clocks of phones differ from ours.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "20/m/ip"}

SOCIALACCOUNT_ADAPTER = "maturity.workspaces.accounts.adapter.ProviderAdapter"
