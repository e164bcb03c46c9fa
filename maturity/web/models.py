"""What is counted against limits."""

from django.db import models


class LimitCount(models.Model):
    """How often something was done in one window of a limit; see maturity/web/rate_limits.py.

    `key` names the limit, the window, and by a digest who did it.
    """

    key = models.CharField(max_length=200, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"
