"""Accounts."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    """Makes accounts; addresses are kept in lower case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account. Raises: ValueError, without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account with every permission Django knows; Waymark itself gives it none."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody who signs in with an e-mail address; `is_staff` opens no workspace.

    A new password or a new `sessions_ended_at` ends every session of the account. `step_mails` says
    whether it is told by mail of the steps it owns.
    """

    # None takes a field of the base away; the types do not know that.
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200, blank=True)
    sessions_ended_at = models.DateTimeField(null=True, blank=True)
    step_mails = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    # The base's makes accounts with a user name.
    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta(AbstractUser.Meta):
        verbose_name = "account"
        verbose_name_plural = "accounts"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name, or the address of somebody who gave none."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name, or the address of somebody who gave none."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        ended = self.sessions_ended_at.isoformat() if self.sessions_ended_at else ""
        salt = "maturity.workspaces.models.user.session"
        return salted_hmac(
            salt, f"{self.password}|{ended}", secret=secret, algorithm="sha256"
        ).hexdigest()
