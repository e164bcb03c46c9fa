"""Workspaces and the organisations in them."""

from django.db import models

from maturity.web.ids import new_public_id
from maturity.workspaces.scopes import scoped

SECTORS = (
    "Agriculture and food",
    "Arts, sport and leisure",
    "Banking and insurance",
    "Construction and property",
    "Education",
    "Energy and water",
    "Health and social care",
    "Hotels and restaurants",
    "Information and communication",
    "Manufacturing",
    "Non-profit and membership",
    "Professional services",
    "Public administration",
    "Retail and wholesale",
    "Transport and logistics",
    "Other",
)
SIZES = ("1 to 9", "10 to 49", "50 to 249", "250 to 999", "1,000 to 9,999", "10,000 and more")
TAG_LENGTH = 40
MOST_TAGS = 20


class Workspace(models.Model):
    """The tenant. Whatever belongs to nobody's account yet has one of kind "guest" to itself.

    While `deletion_asked_at` is set nobody but its owners gets in, and they only to undo it.
    """

    class Kind(models.TextChoices):
        GUEST = "guest", "started without an account"
        TEAM = "team", "my own team"
        CLIENTS = "clients", "I work with clients"

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    created_at = models.DateTimeField()
    deletion_asked_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("pk")

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """What is assessed. An archived one can be read by workspace people and changed by nobody.

    `sector` and `size` are of SECTORS and SIZES or empty, `tags` is a list of short texts.
    `days_a_month` is how much work its team has time for, in one person's days.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=60, blank=True)
    size = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=80, blank=True)
    tags = models.JSONField(default=list, blank=True)
    months_between = models.PositiveSmallIntegerField(default=12)
    days_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = scoped("workspace")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(months_between__gte=1, months_between__lte=60),
                name="assessed_every_1_to_60_months",
            ),
        ]

    def __str__(self) -> str:
        return self.name
