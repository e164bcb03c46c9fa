"""Solvaria Hotels: marketing and guest service see two companies; both asked without names.

The labels of the anonymous voices (M for marketing, G for guest service) are not kept.
"""

from datetime import date
from typing import Final

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

_GROUPS: Final = {
    "Function": ("Marketing", "Guest service"),
    "Site": ("Coast", "City"),
}
# What the two see differently, in steps of the scale.
_FROM_MARKETING = {
    "strategy": 1.1,
    "customer-engagement": 1.0,
    "crisis-management": 0.7,
    "metrics": 0.9,
    "tools-integration": 0.3,
}
_FROM_SERVICE = {
    "strategy": -0.9,
    "customer-engagement": -1.1,
    "crisis-management": -0.8,
    "metrics": -0.7,
    "tools-integration": -0.4,
}


def _marketing(label: str, site: str, lean: float, *unsure: str) -> Voice:
    groups = {"Function": "Marketing", "Site": site}
    return Voice(label, lean=lean, views=_FROM_MARKETING, unsure=unsure, groups=groups)


def _service(label: str, site: str, lean: float, *unsure: str) -> Voice:
    groups = {"Function": "Guest service", "Site": site}
    return Voice(label, lean=lean, views=_FROM_SERVICE, unsure=unsure, groups=groups)


_FIRST = AssessmentPlan(
    begun=date(2024, 10, 21),
    day=date(2024, 11, 5),
    closed=date(2024, 11, 7),
    purpose="First look, head office only",
    scope="Head office",
    levels=(2.5, 3.1, 2.0, 1.7, 2.2, 2.4, 1.9, 1.4),
    up_to=4,
    voices=(
        Voice("Lucía Ferrer", "lucia.ferrer@solvaria.example"),
        Voice("Iker Zabala", lean=0.3, unsure=("internal-use",)),
        Voice("Marta Quintana", lean=0.2, unsure=("crisis-management",)),
    ),
    notes=(
        Note(
            "Iker Zabala",
            "customer-engagement.3.01",
            "Families on one channel, weekends on another. It shows in the bookings.",
        ),
        Note(
            "Lucía Ferrer",
            "employee-engagement.2.08",
            "We have not asked a single reception what they see. We should, before we go on.",
        ),
        Note(
            "Marta Quintana",
            "metrics.2.02",
            "Reach, weekly, by hotel. I can do it in my sleep.",
        ),
    ),
    targets=(3, 4, 3, 2, 3, 3, 3, 2),
    weights={"customer-engagement": "2"},
    steps=(
        StepPlan(
            "employee-engagement.3.03",
            "Lucía Ferrer",
            date(2025, 6, 30),
            "Bring reception and marketing to one table every month, and write down what we do.",
            done=date(2025, 9, 9),
        ),
    ),
)
_SECOND = AssessmentPlan(
    begun=date(2025, 10, 6),
    day=date(2025, 10, 21),
    closed=date(2025, 10, 24),
    purpose="The same questions to the houses, without names",
    scope="Head office and the first six houses",
    levels=(2.3, 2.7, 2.0, 1.8, 2.1, 2.3, 1.9, 1.4),
    up_to=4,
    is_anonymous=True,
    groups=_GROUPS,
    voices=(
        _marketing("M1", "Coast", 0.1),
        _marketing("M2", "City", 0.0, "internal-use"),
        _marketing("M3", "City", -0.1),
        _marketing("M4", "Coast", 0.2, "crisis-management"),
        _marketing("M5", "City", 0.1),
        _service("G1", "Coast", 0.0),
        _service("G2", "Coast", -0.2, "metrics"),
        _service("G3", "City", 0.1),
        _service("G4", "City", 0.0, "strategy"),
        _service("G5", "Coast", -0.1, "metrics", "people-profiles"),
    ),
    notes=(
        Note(
            "M1",
            "customer-engagement.3.07",
            "We ask questions in every post and people answer. I do not know what more to do.",
        ),
        Note(
            "G2",
            "customer-engagement.2.01",
            "Guests show me the post on their phone and ask why nobody replied. I did not know of"
            " the post.",
        ),
        Note("G3", "strategy.3.04", "Regularly? Once, and we were told, not asked."),
        Note(
            "M4",
            "strategy.3.08",
            "The calendar is open to everyone. It has been from the first day.",
        ),
        Note("G1", "strategy.3.08", "I have never seen a calendar."),
    ),
    agreed=(
        Agreed(
            "strategy.3.08",
            2,
            "It exists and is kept; the houses have the address since this meeting.",
            "Guest service: a calendar nobody told us of did not exist for us.",
        ),
    ),
    targets=(3, 4, 3, 2, 3, 3, 3, 2),
    weights={"customer-engagement": "2"},
    steps=(
        StepPlan(
            "tools-integration.3.04",
            "Marta Quintana",
            date(2026, 5, 29),
            "Let reception see a guest's messages in the booking system.",
        ),
        StepPlan(
            "crisis-management.2.04",
            "Iker Zabala",
            date(2026, 4, 30),
            "Agree who answers when a house has to close, and within how many minutes.",
            done=date(2026, 4, 21),
        ),
    ),
)
_THIRD = AssessmentPlan(
    begun=date(2026, 10, 5),
    day=date(2026, 10, 20),
    closed=date(2026, 10, 23),
    purpose="All houses, without names",
    scope="Head office and all eleven houses",
    levels=(2.5, 2.9, 2.3, 2.0, 2.4, 2.5, 2.1, 1.5),
    up_to=4,
    is_anonymous=True,
    groups=_GROUPS,
    goes_on=True,
    voices=(
        _marketing("M1", "Coast", 0.1),
        _marketing("M2", "City", 0.0, "internal-use"),
        _marketing("M3", "City", -0.1),
        _marketing("M4", "Coast", 0.2, "crisis-management"),
        _marketing("M5", "City", 0.1),
        _marketing("M6", "Coast", -0.1, "people-profiles"),
        _service("G1", "Coast", 0.0),
        _service("G2", "Coast", -0.2, "metrics"),
        _service("G3", "City", 0.1),
        _service("G4", "City", 0.0, "strategy"),
        _service("G5", "Coast", -0.1, "metrics", "people-profiles"),
        _service("G6", "City", 0.2),
        _service("G7", "Coast", 0.0, "tools-integration"),
    ),
    notes=(
        Note(
            "G6",
            "customer-engagement.3.03",
            "If there are written rules, they are written somewhere I am not.",
        ),
        Note(
            "M2",
            "customer-engagement.3.03",
            "Four pages, approved in 2024. Everybody has them.",
        ),
        Note(
            "G1",
            "strategy.3.04",
            "Better since the monthly table. Reception has two seats at it and they get used.",
        ),
        Note(
            "M6",
            "strategy.3.07",
            "We have figures for every channel. I am surprised this is even a question.",
        ),
        Note(
            "G7",
            "crisis-management.2.05",
            "During the strike a guest got three answers from three of us, all of them polite.",
        ),
        Note(
            "M3",
            "crisis-management.3.01",
            "There is a procedure. We followed it in the strike, at least up here.",
        ),
        Note(
            "G4",
            "metrics.3.02",
            "Somebody measures how happy guests are with us online? Please send it to us.",
        ),
    ),
    agreed=(
        Agreed(
            "customer-engagement.3.03",
            1,
            "Rules that half of those who answer have never seen are partly in place.",
            "Marketing: they are in place. They were not handed on, which is another matter.",
        ),
        Agreed(
            "crisis-management.2.05",
            1,
            "Three polite answers to one question are still three answers.",
        ),
    ),
    targets=(3, 4, 3, 2, 3, 3, 3, 2),
    weights={"customer-engagement": "2", "crisis-management": "1.5"},
    steps=(
        StepPlan(
            "customer-engagement.3.03",
            "Iker Zabala",
            date(2026, 11, 6),
            "Hand the four pages to every reception, and hear where they do not fit.",
        ),
        StepPlan("crisis-management.3.01", "Lucía Ferrer", date(2027, 2, 12)),
        StepPlan(
            "metrics.3.02",
            "Marta Quintana",
            date(2026, 12, 18),
            "Send each house its own satisfaction figure every month.",
        ),
    ),
)

SOLVARIA = OrganisationPlan(
    key="solvaria",
    name="Solvaria Hotels",
    sector="Hotels and restaurants",
    size="1,000 to 9,999",
    country="Spain",
    tags=("seasonal", "growth"),
    since=date(2024, 10, 7),
    people=(
        Person("lucia.ferrer@solvaria.example", "Lucía Ferrer", Role.LEAD),
        Person("iker.zabala@solvaria.example", "Iker Zabala", Role.CONTRIBUTOR),
        Person("rafael.montes@solvaria.example", "Rafael Montes", Role.VIEWER),
    ),
    assessments=(_FIRST, _SECOND, _THIRD),
)
