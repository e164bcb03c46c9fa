"""Addresses of accounts: those of allauth's pages that we offer, under the names it knows them by.

Left out, so that they do not exist: user names, phones, trusted browsers, signing up by passkey,
deprecated addresses, and every provider but OpenID Connect.
"""

from allauth.account import views as accounts
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from maturity.workspaces.accounts import views as signing
from maturity.workspaces.accounts.views import View, needs_mail, needs_provider, ours

# Some of allauth's views know more methods than their pages use.
_only_pages = require_http_methods(["GET", "HEAD", "POST"])


def _page(route: str, view: View, name: str) -> URLPattern:
    make = re_path if route.startswith("^") else path
    return make(route, _only_pages(ours(view)), name=name)


urlpatterns = [
    _page("", signing.to_profile, "account_home"),
    _page("everywhere/", signing.sign_out_everywhere, "account_sign_out_everywhere"),
    # coming in
    _page("login/", accounts.login, "account_login"),
    _page("logout/", accounts.logout, "account_logout"),
    _page("signup/", accounts.signup, "account_signup"),
    _page("inactive/", accounts.account_inactive, "account_inactive"),
    _page(
        "login/code/",
        needs_mail(accounts.request_login_code),
        "account_request_login_code",
    ),
    _page(
        "login/code/confirm/",
        needs_mail(accounts.confirm_login_code),
        "account_confirm_login_code",
    ),
    _page(
        "confirm-email/",
        needs_mail(accounts.email_verification_sent),
        "account_email_verification_sent",
    ),
    _page("reauthenticate/", accounts.reauthenticate, "account_reauthenticate"),
    # address and password
    _page("email/", signing.change_email, "account_email"),
    _page("password/change/", accounts.password_change, "account_change_password"),
    _page("password/set/", accounts.password_set, "account_set_password"),
    _page("password/reset/", signing.forgotten, "account_reset_password"),
    _page(
        "password/reset/done/",
        accounts.password_reset_done,
        "account_reset_password_done",
    ),
    _page(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        accounts.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    _page(
        "password/reset/key/done/",
        accounts.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    # second factor
    _page("2fa/", second_factor.index, "mfa_index"),
    _page("2fa/authenticate/", second_factor.authenticate, "mfa_authenticate"),
    _page("2fa/reauthenticate/", second_factor.reauthenticate, "mfa_reauthenticate"),
    _page("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    _page("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("2fa/recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _page(
        "2fa/recovery-codes/generate/",
        recovery.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _page(
        "2fa/recovery-codes/download/",
        recovery.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _page("2fa/webauthn/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _page("2fa/webauthn/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    _page("2fa/webauthn/login/", passkeys.login_webauthn, "mfa_login_webauthn"),
    _page(
        "2fa/webauthn/reauthenticate/",
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    _page(
        "2fa/webauthn/keys/<int:pk>/remove/",
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
    ),
    _page(
        "2fa/webauthn/keys/<int:pk>/edit/",
        passkeys.edit_webauthn,
        "mfa_edit_webauthn",
    ),
    # another provider, if one is set up
    _page(
        "3rdparty/",
        needs_provider(social.connections),
        "socialaccount_connections",
    ),
    _page("3rdparty/signup/", needs_provider(social.signup), "socialaccount_signup"),
    _page(
        "3rdparty/login/cancelled/",
        needs_provider(social.login_cancelled),
        "socialaccount_login_cancelled",
    ),
    _page(
        "3rdparty/login/error/",
        needs_provider(social.login_error),
        "socialaccount_login_error",
    ),
    _page(
        "oidc/<str:provider_id>/login/",
        needs_provider(signing.provider_login),
        "openid_connect_login",
    ),
    _page(
        "oidc/<str:provider_id>/login/callback/",
        needs_provider(signing.provider_callback),
        "openid_connect_callback",
    ),
]
