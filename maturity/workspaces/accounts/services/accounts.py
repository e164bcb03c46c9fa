"""What somebody does to their own account, written down where they belong."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from maturity.workspaces.accounts.queries import workspaces_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import User

SIGNED_IN = "account.signed_in"
SIGNED_OUT = "account.signed_out"
SIGN_IN_FAILED = "account.sign_in_failed"


@transaction.atomic
def record_of_account(
    user_id: int,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write into the trail of every workspace the account holds a role in what happened to it.

    For somebody who belongs to none it is written once, without a workspace.
    Costs: 1 query, and one for each workspace.
    """
    for public_id in workspaces_of(user_id) or [""]:
        record_event(
            verb, by=by, subject=f"user:{user_id}", workspace=public_id, at=at, detail=detail
        )


@transaction.atomic
def change_name(user: User, *, name: str, now: datetime, by: Actor) -> None:
    """Change the name others see."""
    user.name = name
    user.save(update_fields=["name"])
    record_of_account(user.pk, "account.name_changed", by=by, at=now)


@transaction.atomic
def switch_step_mails(user: User, *, is_on: bool, now: datetime, by: Actor) -> None:
    """Have mails about the steps the account owns sent to it, or none."""
    if user.step_mails is not is_on:
        user.step_mails = is_on
        user.save(update_fields=["step_mails"])
        verb = "account.step_emails_turned_on" if is_on else "account.step_emails_turned_off"
        record_of_account(user.pk, verb, by=by, at=now)


@transaction.atomic
def end_sessions(user: User, *, now: datetime, by: Actor) -> None:
    """End every session of the account, on all devices, this one as well.

    A caller who wants to keep the present session has to renew its hash.
    """
    user.sessions_ended_at = now
    user.save(update_fields=["sessions_ended_at"])
    record_of_account(user.pk, "account.signed_out_everywhere", by=by, at=now)


@transaction.atomic
def remove_second_factors(user_id: int, *, now: datetime, by: Actor) -> int:
    """Take every passkey, app and recovery code off the account; return how many there were.

    For somebody who lost them all: the password alone signs in then.
    """
    count, _ = Authenticator.objects.filter(user=user_id).delete()
    detail: dict[str, object] = {"kind": "all", "count": count}
    record_of_account(user_id, "account.second_factor_removed", by=by, at=now, detail=detail)
    return count


@transaction.atomic
def change_address(user: User, *, email: str, now: datetime, by: Actor) -> None:
    """Change the address at once, where no mail goes out that could prove it.

    Raises: IntegrityError, when another account has it.
    """
    user.emailaddress_set.all().delete()
    user.email = email
    user.save(update_fields=["email"])
    user.emailaddress_set.create(email=email, primary=True, verified=False)
    record_of_account(user.pk, "account.email_changed", by=by, at=now)
