"""`manage.py purge`: delete what its time is over for, end what is over, tell of what is due.

It stands here because it tidies up in every app, and this one is above the others.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.lifecycle.services.purging import purge
from assessments.roadmap.services.step_mails import mail_owners
from assessments.webhooks.services.delivery import tidy_deliveries
from assessments.workshops.services.purging import purge_workshops
from maturity.web.rate_limits import forget_past_counts
from reports.workshop_results.services import revive_sendings


class Command(BaseCommand):
    """Delete for good what its time is over for; `manage.py serve` runs this every hour."""

    help = (
        "Delete workspaces whose 14 days to undo are over, assessments without an account whose"
        " links have expired, addresses left in workshops 30 days ago, calendar addresses of"
        " people who left, and old invitations, messages to webhooks, jobs and sessions; end the"
        " workshops whose twelve hours are over; have the owners of steps told by mail of what"
        " falls due, and messages to webhooks sent again whose worker died."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much of each kind when there was anything."""
        now = timezone.now()
        purged, workshops = purge(now=now), purge_workshops(now=now)
        forget_past_counts(now=now)
        # A job whose worker died is nobody's until somebody looks.
        revive_sendings(now=now)
        mail_owners(now=now)
        counts = {
            "workspaces": purged.workspaces,
            "workspaces without an account": purged.guest_workspaces,
            "addresses left in workshops": workshops.addresses,
            "invitations": purged.invitations,
            "calendar addresses": purged.step_feeds,
            "messages to webhooks": tidy_deliveries(now=now),
            "jobs": purged.tasks,
            "sessions": purged.sessions,
        }
        if told := [f"{name} {count}" for name, count in counts.items() if count]:
            self.stdout.write(f"Deleted for good: {', '.join(told)}.")
        if workshops.ended:
            self.stdout.write(f"Ended because their time was over: workshops {workshops.ended}.")
