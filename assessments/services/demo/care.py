"""Riverside Care Trust: two assessments by picks, an hour each, and the third one overdue."""

from datetime import date

from assessments.services.demo.plans import (
    Agreed,
    AssessmentPlan,
    Note,
    OrganisationPlan,
    Person,
    StepPlan,
    Voice,
)
from maturity.workspaces.roles import Role

_SIOBHAN = Voice("Siobhán Keane", "siobhan.keane@riverside.example")
_DECLAN = Voice("Declan Moore", lean=-0.2, unsure=("metrics",))
_GRACE = Voice("Grace Adeyemi", lean=0.2)
_FIONA = Voice("Fiona Walsh", views={"crisis-management": -0.9})
_PAWEL = Voice("Paweł Nowak", unsure=("people-profiles",), lean=-0.1)
_MAEVE = Voice("Maeve Brennan", lean=0.3, views={"internal-use": -0.6})
_SCOPE = "Day centres, home care and the family helpline"

_FIRST = AssessmentPlan(
    begun=date(2024, 9, 30),
    day=date(2024, 10, 8),
    closed=date(2024, 10, 9),
    purpose="An hour with the coordinators",
    scope=_SCOPE,
    levels=(1.3, 2.1, 1.5, 1.2, 2.2, 1.2, 1.3, 2.0),
    asks_picks=True,
    voices=(_SIOBHAN, _DECLAN, _GRACE, _FIONA, _PAWEL, _MAEVE),
    notes=(
        Note(
            "Grace Adeyemi",
            "customer-engagement",
            "The families' group answers itself by now. We mostly say thank you.",
        ),
        Note(
            "Fiona Walsh",
            "crisis-management",
            "When the heating failed I rang forty families. That was the whole procedure.",
        ),
        Note("Declan Moore", "metrics", "I do not know what we would count."),
        Note(
            "Paweł Nowak",
            "tools-integration",
            "Paper diary, phone, and a tablet that is usually flat.",
        ),
    ),
    agreed=(
        Agreed(
            "crisis-management",
            2,
            "People know whom to ring, and that is more than a stage one.",
            "Fiona: ringing forty families one by one is a stage one.",
        ),
    ),
    targets=(2, 3, 2, 2, 3, 2, 2, 3),
    weights={"crisis-management": "2"},
    steps=(
        StepPlan(
            "crisis-management.2.02",
            "Fiona Walsh",
            date(2025, 3, 31),
            "Set up one message list for all families, and two people who may send on it.",
            done=date(2025, 3, 18),
        ),
    ),
)
_SECOND = AssessmentPlan(
    begun=date(2025, 10, 6),
    day=date(2025, 10, 14),
    closed=date(2025, 10, 15),
    purpose="The same hour a year later",
    scope=_SCOPE,
    levels=(1.9, 2.5, 2.1, 1.3, 2.9, 1.6, 1.6, 2.3),
    asks_picks=True,
    goes_on=True,
    voices=(
        _SIOBHAN,
        _DECLAN,
        _GRACE,
        Voice("Fiona Walsh", views={"crisis-management": -0.5}),
        _PAWEL,
        _MAEVE,
        Voice("Conor Lynch", lean=0.1, unsure=("strategy", "metrics")),
    ),
    notes=(
        Note(
            "Fiona Walsh",
            "crisis-management",
            "The list worked in the January storm. Two centres are still not on it.",
        ),
        Note(
            "Siobhán Keane",
            "strategy",
            "It is on the board's agenda twice a year. I would like it to be on somebody's desk.",
        ),
        Note(
            "Maeve Brennan",
            "internal-use",
            "Night staff see none of it. They start when the office goes home.",
        ),
        Note(
            "Conor Lynch",
            "customer-engagement",
            "New here. The families know more about our changes than I did in my first week.",
        ),
    ),
    agreed=(
        Agreed("crisis-management", 3, "Written down, practised, used in January."),
        Agreed(
            "internal-use",
            2,
            "It works by day. A stage three would have to work for the night staff too.",
            "Grace would have gone for three.",
        ),
    ),
    targets=(3, 3, 3, 2, 4, 2, 2, 3),
    weights={"crisis-management": "2"},
    steps=(
        StepPlan(
            "internal-use.3.03",
            "Maeve Brennan",
            date(2026, 9, 30),
            "Give the night staff a tablet on each floor, and a page on what to use it for.",
        ),
        StepPlan("strategy.3.03", "Siobhán Keane", date(2026, 12, 4)),
    ),
)

RIVERSIDE = OrganisationPlan(
    key="riverside",
    name="Riverside Care Trust",
    sector="Health and social care",
    size="250 to 999",
    country="Ireland",
    tags=("charity", "members"),
    since=date(2024, 9, 16),
    people=(
        Person("siobhan.keane@riverside.example", "Siobhán Keane", Role.LEAD),
        Person("bernard.quill@riverside.example", "Bernard Quill", Role.VIEWER),
    ),
    assessments=(_FIRST, _SECOND),
)
