"""Workspaces and the organisations in them."""

from django.db import models

from maturity.web.ids import new_public_id
from maturity.workspaces.scopes import scoped

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


class Sector(models.TextChoices):
    """What an organisation does."""

    AGRICULTURE = "agriculture", "Agriculture and food"
    ARTS = "arts", "Arts, sport and leisure"
    BANKING = "banking", "Banking and insurance"
    CONSTRUCTION = "construction", "Construction and property"
    EDUCATION = "education", "Education"
    ENERGY = "energy", "Energy and water"
    HEALTH = "health", "Health and social care"
    HOSPITALITY = "hospitality", "Hotels and restaurants"
    INFORMATION = "information", "Information and communication"
    MANUFACTURING = "manufacturing", "Manufacturing"
    NON_PROFIT = "non_profit", "Non-profit and membership"
    PROFESSIONAL = "professional", "Professional services"
    PUBLIC = "public", "Public administration"
    RETAIL = "retail", "Retail and wholesale"
    TRANSPORT = "transport", "Transport and logistics"
    OTHER = "other", "Other"


class Size(models.TextChoices):
    """How many people work in an organisation."""

    UP_TO_9 = "1-9", "1 to 9"
    UP_TO_49 = "10-49", "10 to 49"
    UP_TO_249 = "50-249", "50 to 249"
    UP_TO_999 = "250-999", "250 to 999"
    UP_TO_9999 = "1000-9999", "1,000 to 9,999"
    MORE = "10000+", "10,000 and more"


class Organisation(models.Model):
    """What is assessed. An archived one can be read by workspace people and changed by nobody.

    `sector` and `size` may be empty, `tags` is a list of short texts. `days_a_month` is how much
    work its team has time for, in one person's days.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=60, choices=Sector, blank=True)
    size = models.CharField(max_length=40, choices=Size, blank=True)
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
