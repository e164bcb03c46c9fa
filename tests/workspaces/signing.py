"""What the tests of signing in share."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from maturity.workspaces.models import User

ADDRESS = "ada@example.org"
PASSWORD = "grindstone under the lark"


def let_mail_go_out(settings: Any) -> None:
    """Set everything that depends on mail, as WAYMARK_EMAIL_URL does; mails land in the outbox."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
            "ENQUEUE_ON_COMMIT": False,
        }
    }
    settings.CAN_SEND_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


def make_account(
    email: str = ADDRESS, *, name: str = "Ada Byron", password: str | None = PASSWORD
) -> User:
    """Return an account whose address is proved."""
    user = User.objects.create_user(email, password, name=name)
    user.emailaddress_set.create(email=user.email, primary=True, verified=True)
    return user


def enter(client: Client, email: str = ADDRESS, password: str = PASSWORD, **more: str) -> Any:
    """Send the sign-in form."""
    return client.post("/account/login/", {"login": email, "password": password, **more})


def who(client: Client) -> str:
    """Return the id of the account a client is signed in with; empty for nobody."""
    page = client.get("/my/profile/")
    if page.status_code == 302:
        return ""
    return str(page.context["user"].pk)


def code_of_last_mail() -> str:
    """Return the code in the newest mail."""
    (code,) = re.findall(r"^([A-Z]{4}-[A-Z]{4})$", str(mail.outbox[-1].body), re.M)
    return str(code)


def link_of_last_mail() -> str:
    """Return the path of the first link in the newest mail."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]
