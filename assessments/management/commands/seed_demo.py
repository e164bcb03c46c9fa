"""Create the demo, and print how to look at it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from assessments.core.services.links import token_of
from assessments.demo.accounts import fits, give_password, kept_password
from assessments.demo.guest import seed_guest
from assessments.demo.reading import read_demo
from assessments.demo.stories import DemoWorkspace
from assessments.demo.workspace import seed_workspace
from maturity.catalogue.queries import UnknownModel, matrix_of_version, newest_version
from maturity.web.strict_json import InvalidDocument

MODEL = "social-engagement-journey"


class Command(BaseCommand):
    """seed_demo [--reset] [--base ADDRESS] [--password-from-stdin]"""

    help = (
        "Creates the demo unless it exists: an assessment under a secret link, and a consultancy"
        " with six organisations. Prints the link, and who can sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--reset", action="store_true", help="delete the demo and create it again"
        )
        here = f"http://127.0.0.1:{settings.SERVE_PORT}"
        parser.add_argument("--base", default=here, help=f"address of the site, else {here}")
        parser.add_argument(
            "--password-from-stdin",
            action="store_true",
            help="let the demo's accounts sign in with the password on the first line of stdin;"
            " without it they can on a local installation only, with a random one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; print the link alone on the first line, then the sign-ins."""
        given = _password_given() if options["password_from_stdin"] else ""
        try:
            version = newest_version(MODEL)
        except UnknownModel:
            raise CommandError(
                f"The model {MODEL} is not published here. First:"
                f" manage.py loaddata fixtures/{MODEL}.json"
            ) from None
        matrix = matrix_of_version(version.pk)
        try:
            demo = read_demo(settings.BASE_DIR / "fixtures" / "demo", matrix)
        except InvalidDocument as fault:
            raise CommandError(f"The demo's files are wrong. Nothing was made.\n{fault}") from None
        how = {
            "model_version_id": version.pk,
            "matrix": matrix,
            "now": timezone.now(),
            "is_reset": options["reset"],
        }
        token = token_of(seed_guest(demo.workspace.guest, **how))
        if token is None:
            raise CommandError(
                "The key of this installation has changed since the demo was created."
                " Create it again: manage.py seed_demo --reset"
            )
        base = options["base"].rstrip("/")
        self.stdout.write(f"{base}{reverse('assessments:open-link', args=[token])}")
        is_new = seed_workspace(demo, **how)
        self.stdout.write(f"\n{demo.workspace.name}, a demo with six organisations:")
        self.stdout.write(f"  {base}{reverse('account_login')}")
        for email, what in demo.workspace.sign_ins.items():
            self.stdout.write(f"  {email:28}  {what}")
        self.stdout.write(f"  {_let_in(demo.workspace, given, is_new=is_new)}")


def _password_given() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password)
    except ValidationError as problem:
        raise CommandError(f"Nothing was made. {' '.join(problem.messages)}") from None
    return password


def _let_in(workspace: DemoWorkspace, given: str, *, is_new: bool) -> str:
    """See to it that the accounts can sign in, where they may; say with what."""
    if given:
        give_password(given, workspace.sign_ins)
        return "They sign in with the password you gave."
    if settings.IS_PUBLIC:
        return (
            "Nobody can sign in to these accounts unless somebody gave them a password:"
            " manage.py seed_demo --password-from-stdin"
        )
    password, is_fresh = kept_password(settings.STATE_DIR)
    if is_new or is_fresh:
        give_password(password, workspace.sign_ins)
    elif not fits(password, workspace.owner.email):
        return "Their password was changed; manage.py seed_demo --reset sets a new one."
    return f"Password of all five: {password}"
