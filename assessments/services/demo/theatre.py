"""Tallow Street Theatre: new since autumn, its first assessment open and half answered."""

from datetime import date

from assessments.services.demo.plans import AssessmentPlan, Note, OrganisationPlan, Person, Voice
from maturity.workspaces.roles import Role

_FIRST = AssessmentPlan(
    begun=date(2026, 11, 4),
    day=date(2026, 11, 25),
    closed=None,
    purpose="Before the new season's tickets go on sale",
    scope="The whole house",
    levels=(1.6, 2.4, 1.7, 1.2, 1.3, 1.4, 1.5, 1.9),
    up_to=3,
    voices=(
        Voice("Renée Tremblay", "renee.tremblay@tallowstreet.example"),
        Voice("Marcus Bell", lean=0.2, unsure=("metrics", "people-profiles")),
        Voice("Joy Castellano", lean=-0.3, share=0.7),
        Voice("Dev Chatterjee", unsure=("strategy",), share=0.4),
        Voice("Hannah Frost", "hannah.frost@tallowstreet.example", share=0),
        Voice("Luc Pelletier", "luc.pelletier@tallowstreet.example", share=0),
    ),
    notes=(
        Note(
            "Renée Tremblay",
            "customer-engagement.1.05",
            "Somebody asks about wheelchair places every single week. We answer every single week.",
        ),
        Note(
            "Marcus Bell",
            "strategy.2.02",
            "Three posts a day before a premiere, then nothing till the next one. Guilty.",
        ),
        Note(
            "Joy Castellano",
            "crisis-management.1.03",
            "When the lead fell ill we rang all 300 bookings. The phones were down by six.",
        ),
        Note(
            "Dev Chatterjee",
            "employee-engagement.1.04",
            "The actors post from backstage. Nobody has said yes and nobody has said no.",
        ),
    ),
    targets=(3, 3, 2, 2, 2, 2, 2, 3),
    weights={"customer-engagement": "2"},
)

TALLOW_STREET = OrganisationPlan(
    key="tallow-street",
    name="Tallow Street Theatre",
    sector="Arts, sport and leisure",
    size="50 to 249",
    country="Canada",
    tags=("charity", "new"),
    since=date(2026, 10, 28),
    people=(Person("renee.tremblay@tallowstreet.example", "Renée Tremblay", Role.CONTRIBUTOR),),
    invited=(("odile.gagnon@tallowstreet.example", Role.LEAD),),
    foreign=("crisis-management.1.08", "crisis-management.1.07"),
    assessments=(_FIRST,),
)
