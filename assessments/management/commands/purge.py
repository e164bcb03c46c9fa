"""`manage.py purge`: delete for good what its time is over for."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services.purging import purge


class Command(BaseCommand):
    """Delete for good what its time is over for; `manage.py serve` runs this every hour."""

    help = (
        "Delete workspaces whose 14 days to undo are over, assessments without an account whose"
        " links have expired, and old invitations, jobs and sessions."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much of each kind when there was anything."""
        purged = purge(now=timezone.now())
        counts = {
            "workspaces": purged.workspaces,
            "workspaces without an account": purged.guest_workspaces,
            "invitations": purged.invitations,
            "jobs": purged.tasks,
            "sessions": purged.sessions,
        }
        if told := [f"{name} {count}" for name, count in counts.items() if count]:
            self.stdout.write(f"Deleted for good: {', '.join(told)}.")
