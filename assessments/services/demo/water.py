"""Otterburn Water: the same picture three times; strong only when a pipe bursts."""

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

_MARGARET = Voice("Margaret Doyle", "margaret.doyle@otterburn.example", lean=0.2)
_OWEN = Voice(
    "Owen Price",
    "owen.price@otterburn.example",
    views={"crisis-management": 0.3},
    unsure=("people-profiles",),
)
_SUE = Voice("Sue Barraclough", lean=-0.3, unsure=("metrics", "strategy"))
_HAMZA = Voice("Hamza Iqbal", lean=-0.1, unsure=("employee-engagement",))
_RUTH = Voice("Ruth Pemberton", views={"strategy": 0.4}, unsure=("tools-integration",))
_SCOPE = "Customer operations and the control room"

_FIRST = AssessmentPlan(
    begun=date(2024, 6, 3),
    day=date(2024, 6, 18),
    closed=date(2024, 6, 20),
    purpose="Baseline for the five-year plan",
    scope=_SCOPE,
    levels=(2.1, 2.3, 1.8, 1.5, 3.1, 1.9, 1.7, 1.6),
    up_to=4,
    voices=(_MARGARET, _OWEN, _SUE, _HAMZA),
    notes=(
        Note(
            "Owen Price",
            "crisis-management.3.01",
            "Burst mains are what we do. Everybody knows the sheet, day shift and night shift.",
        ),
        Note(
            "Sue Barraclough",
            "customer-engagement.2.01",
            "We post the roadworks. We do not answer what comes underneath, nobody told us to.",
        ),
        Note(
            "Hamza Iqbal",
            "tools-integration.2.03",
            "I keep a spreadsheet of who wrote what. It is mine and it is on my laptop.",
        ),
        Note(
            "Margaret Doyle",
            "strategy.2.05",
            "The promise is on the vans. I would not say our goals come from it.",
        ),
    ),
    agreed=(
        Agreed(
            "crisis-management.3.02",
            3,
            "Names and deputies are on the sheet, and the sheet is tested every quarter.",
        ),
    ),
    targets=(3, 3, 3, 2, 4, 3, 3, 2),
    weights={"crisis-management": "2", "customer-engagement": "1.5"},
    steps=(
        StepPlan(
            "tools-integration.2.01",
            "Hamza Iqbal",
            date(2024, 12, 20),
            "Buy one tool for all four accounts and retire the spreadsheet.",
        ),
        StepPlan("strategy.3.03", "Margaret Doyle", date(2025, 3, 31)),
    ),
)
_SECOND = AssessmentPlan(
    begun=date(2025, 6, 2),
    day=date(2025, 6, 17),
    closed=date(2025, 6, 19),
    purpose="Yearly check",
    scope=_SCOPE,
    levels=(2.2, 2.3, 1.7, 1.5, 3.2, 2.0, 1.7, 1.7),
    up_to=4,
    goes_on=True,
    voices=(_MARGARET, _OWEN, _SUE, _HAMZA),
    notes=(
        Note(
            "Hamza Iqbal", "tools-integration.2.03", "Still the spreadsheet. It has two tabs now."
        ),
        Note(
            "Margaret Doyle",
            "strategy.3.03",
            "Approved in principle, twice. No posts, no money, no start date.",
        ),
        Note(
            "Sue Barraclough",
            "employee-engagement.2.05",
            "They say it at the away day. On Monday it is average handling time again.",
        ),
        Note(
            "Owen Price",
            "crisis-management.4.02",
            "Every incident, within ten days, written down. Ask me for any of them.",
        ),
    ),
    agreed=(
        Agreed(
            "strategy.3.03",
            0,
            "Approved is not the same as having one.",
            "Margaret: the paper with the signature ought to count for something.",
        ),
    ),
    targets=(3, 3, 3, 2, 4, 3, 3, 2),
    weights={"crisis-management": "2", "customer-engagement": "1.5"},
    steps=(
        StepPlan(
            "customer-engagement.3.03",
            "Sue Barraclough",
            date(2025, 10, 31),
            "Write the two pages on how we answer in public, and have legal read them.",
            done=date(2026, 2, 26),
        ),
    ),
)
_THIRD = AssessmentPlan(
    begun=date(2026, 6, 1),
    day=date(2026, 6, 16),
    closed=date(2026, 6, 18),
    purpose="Yearly check, with the regulator's questions in mind",
    scope=_SCOPE,
    levels=(2.1, 2.4, 1.8, 1.5, 3.1, 2.0, 1.8, 1.6),
    up_to=4,
    goes_on=True,
    voices=(_MARGARET, _OWEN, _SUE, _HAMZA, _RUTH),
    notes=(
        Note(
            "Sue Barraclough",
            "customer-engagement.3.03",
            "We have the rules now, and they are good. Who is meant to apply them at weekends?",
        ),
        Note(
            "Hamza Iqbal",
            "tools-integration.2.03",
            "Third year, same answer. I have stopped being funny about it.",
        ),
        Note(
            "Ruth Pemberton",
            "strategy.3.06",
            "There is a line, it is under 'innovation', and it goes first when something bursts.",
        ),
        Note(
            "Owen Price",
            "crisis-management.4.05",
            "Minutes on the phone and the website. On social it is whoever is awake.",
        ),
        Note(
            "Margaret Doyle",
            "metrics.2.07",
            "We count posts. The regulator will ask what came of them.",
        ),
    ),
    agreed=(
        Agreed(
            "strategy.3.06",
            1,
            "Money that goes first is not firmly set aside.",
            "Ruth: it has been there three years running, which is more than others can say.",
        ),
        Agreed("customer-engagement.3.03", 2, "Written and known; not applied at weekends."),
    ),
    targets=(3, 3, 3, 2, 4, 3, 3, 2),
    weights={"crisis-management": "2", "customer-engagement": "1.5"},
    steps=(
        StepPlan(
            "crisis-management.4.05",
            "Owen Price",
            date(2026, 10, 16),
            "Add social channels to the control room's night duty, with a handover note.",
        ),
        StepPlan("metrics.3.09", "Ruth Pemberton", date(2027, 3, 31)),
    ),
)

OTTERBURN = OrganisationPlan(
    key="otterburn",
    name="Otterburn Water",
    sector="Energy and water",
    size="1,000 to 9,999",
    country="United Kingdom",
    tags=("regulated", "field service"),
    since=date(2024, 5, 20),
    people=(
        Person("margaret.doyle@otterburn.example", "Margaret Doyle", Role.LEAD),
        Person("owen.price@otterburn.example", "Owen Price", Role.CONTRIBUTOR),
    ),
    foreign=("strategy.4.04", "crisis-management.1.08", "metrics.4.12"),
    assessments=(_FIRST, _SECOND, _THIRD),
)
