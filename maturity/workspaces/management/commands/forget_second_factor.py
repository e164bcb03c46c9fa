"""`manage.py forget_second_factor ADDRESS`: let somebody in who lost every second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from maturity.workspaces.accounts.queries import account_at
from maturity.workspaces.accounts.services.accounts import remove_second_factors
from maturity.workspaces.actors import Actor

_ACTOR = Actor("forget_second_factor")


class Command(BaseCommand):
    help = "Take every passkey, app and recovery code off an account whose owner lost them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account's address."""
        parser.add_argument("address", metavar="ADDRESS", help="the account's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them off, or say that there is no such account."""
        user_id = account_at(options["address"])
        if user_id is None:
            raise CommandError(f"There is no account for {options['address']}.")
        count = remove_second_factors(user_id, now=timezone.now(), by=_ACTOR)
        if options["verbosity"]:
            self.stdout.write(f"{options['address']}: {count} removed. The password is unchanged.")
