"""Lindquist Mutual: well under way until the reorganisation of spring 2026 took the team apart."""

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

_INGRID = Voice("Ingrid Sandell", "ingrid.sandell@lindquist.example")
_PER = Voice("Per Holmqvist", "per.holmqvist@lindquist.example", lean=-0.2, unsure=("metrics",))
_AMIRA = Voice("Amira Yusuf", "amira.yusuf@lindquist.example", lean=0.2)
_STEFAN = Voice("Stefan Bergström", unsure=("tools-integration", "people-profiles"))
_LOVISA = Voice("Lovisa Öberg", lean=0.1, views={"internal-use": -0.4})
_TOMAS = Voice("Tomas Falk", lean=-0.3, unsure=("strategy",))
_SCOPE = "Claims, member service and communications"

_FIRST = AssessmentPlan(
    begun=date(2024, 8, 26),
    day=date(2024, 9, 12),
    closed=date(2024, 9, 16),
    purpose="First look, asked for by the members' council",
    scope=_SCOPE,
    levels=(2.6, 2.8, 2.5, 2.1, 2.9, 2.6, 2.4, 2.3),
    up_to=4,
    voices=(_INGRID, _PER, _AMIRA, _STEFAN, _LOVISA),
    notes=(
        Note(
            "Amira Yusuf",
            "customer-engagement.3.04",
            "The tenants' forum is where our members are, so that is where I answer.",
        ),
        Note(
            "Per Holmqvist",
            "employee-engagement.3.04",
            "Two half days, and good ones. It should not have taken three years to get them.",
        ),
        Note(
            "Ingrid Sandell",
            "strategy.3.03",
            "Five people since June. They may answer without asking me, and they do.",
        ),
        Note("Lovisa Öberg", "internal-use.2.03", "Claims use one thing, we use another."),
    ),
    targets=(4, 4, 3, 3, 4, 3, 3, 3),
    weights={"customer-engagement": "2", "employee-engagement": "1.5"},
    steps=(
        StepPlan(
            "customer-engagement.3.06",
            "Amira Yusuf",
            date(2025, 2, 28),
            done=date(2025, 2, 20),
        ),
        StepPlan(
            "internal-use.3.03",
            "Lovisa Öberg",
            date(2025, 5, 30),
            "One page for everybody: which tool for what, and which we switch off.",
            done=date(2025, 5, 27),
        ),
    ),
)
_SECOND = AssessmentPlan(
    begun=date(2025, 9, 1),
    day=date(2025, 9, 18),
    closed=date(2025, 9, 23),
    purpose="Second look, before the merger of the two service units",
    scope=_SCOPE,
    levels=(3.3, 3.5, 3.2, 2.7, 3.4, 3.1, 2.8, 2.9),
    up_to=4,
    goes_on=True,
    voices=(_INGRID, _PER, _AMIRA, _STEFAN, _LOVISA, _TOMAS),
    notes=(
        Note(
            "Ingrid Sandell",
            "strategy.4.01",
            "Six out of seven. The seventh asks for the figures every month, which is healthy.",
        ),
        Note(
            "Per Holmqvist",
            "crisis-management.3.06",
            "After the flood week we changed the order of steps two and three. It was overdue.",
        ),
        Note(
            "Amira Yusuf",
            "customer-engagement.4.03",
            "People ask me how I am before they ask about their claim. That is new.",
        ),
        Note(
            "Tomas Falk",
            "metrics.3.09",
            "Defined, yes. Ask three people for the definition and you get two answers.",
        ),
    ),
    agreed=(
        Agreed(
            "metrics.3.09",
            2,
            "Five measures with one page each; one of the pages is still a draft.",
            "Tomas: a draft is not a definition.",
        ),
        Agreed("strategy.3.03", 3, "Five people, a mandate in writing, and it is used daily."),
    ),
    targets=(4, 4, 4, 3, 4, 4, 4, 3),
    weights={"customer-engagement": "2", "employee-engagement": "1.5"},
    steps=(
        StepPlan(
            "employee-engagement.4.04",
            "Per Holmqvist",
            date(2026, 3, 31),
            "Plan the cover for storm season by week, not by quarter.",
        ),
        StepPlan("metrics.4.03", "Tomas Falk", date(2026, 6, 30)),
    ),
)
_THIRD = AssessmentPlan(
    begun=date(2026, 9, 7),
    day=date(2026, 9, 22),
    closed=date(2026, 9, 25),
    purpose="Half a year after the reorganisation",
    scope="The merged service unit and communications",
    levels=(2.1, 2.7, 1.7, 2.5, 2.4, 2.8, 2.7, 1.8),
    up_to=4,
    goes_on=True,
    voices=(
        _INGRID,
        Voice("Per Holmqvist", "per.holmqvist@lindquist.example", lean=-0.4),
        Voice("Amira Yusuf", "amira.yusuf@lindquist.example", lean=-0.1),
        Voice("Lovisa Öberg", lean=0.1, views={"internal-use": -0.4}),
        Voice("Tomas Falk", lean=-0.3),
        Voice("Cecilia Norén", lean=0.4, unsure=("metrics", "people-profiles")),
    ),
    notes=(
        Note(
            "Per Holmqvist",
            "employee-engagement.3.01",
            "The new job descriptions were written without it. I looked. Twice.",
        ),
        Note(
            "Amira Yusuf",
            "strategy.3.03",
            "Two of us are left and we report to different people. I would not call it a team.",
        ),
        Note(
            "Lovisa Öberg",
            "internal-use.2.03",
            "Back to everyone with their own tool. The one-page guide describes a house that was"
            " pulled down.",
        ),
        Note(
            "Tomas Falk",
            "metrics.3.10",
            "The figures still come every Friday. Nobody is sure whose goals they belong to now.",
        ),
        Note(
            "Cecilia Norén",
            "strategy.2.01",
            "I came in May, so I cannot compare. To me it looks unsorted rather than bad.",
        ),
        Note(
            "Ingrid Sandell",
            "crisis-management.3.02",
            "Four of the nine names on the list have left or moved. We found out in August.",
        ),
    ),
    agreed=(
        Agreed(
            "strategy.3.03",
            0,
            "Two people with two managers are not a dedicated team.",
            "Cecilia: they still act on their own, and well. Not yet is too hard.",
        ),
        Agreed("crisis-management.3.02", 1, "Five of nine names are right."),
        Agreed(
            "employee-engagement.3.01",
            0,
            "It stood in the old descriptions and stands in none of the new ones.",
        ),
    ),
    targets=(3, 4, 3, 3, 3, 4, 3, 3),
    weights={"customer-engagement": "2", "employee-engagement": "1.5"},
    steps=(
        StepPlan(
            "crisis-management.3.02",
            "Ingrid Sandell",
            date(2026, 10, 23),
            "Put nine living names on the crisis list, each with a deputy who knows.",
            done=date(2026, 10, 20),
        ),
        StepPlan(
            "strategy.3.03",
            "Ingrid Sandell",
            date(2026, 12, 11),
            "Bring the two of us under one manager again, with the mandate in writing.",
        ),
        StepPlan("employee-engagement.3.01", "Per Holmqvist", date(2026, 11, 13)),
        StepPlan(
            "internal-use.3.03",
            "Lovisa Öberg",
            date(2027, 2, 26),
            "Write the tool guide again for the house we live in now.",
        ),
    ),
)

LINDQUIST = OrganisationPlan(
    key="lindquist",
    name="Lindquist Mutual",
    sector="Banking and insurance",
    size="1,000 to 9,999",
    country="Sweden",
    tags=("regulated", "members", "Nordics"),
    since=date(2024, 8, 12),
    people=(
        Person("ingrid.sandell@lindquist.example", "Ingrid Sandell", Role.LEAD),
        Person("per.holmqvist@lindquist.example", "Per Holmqvist", Role.CONTRIBUTOR),
        Person("amira.yusuf@lindquist.example", "Amira Yusuf", Role.CONTRIBUTOR),
        Person("gustav.ekman@lindquist.example", "Gustav Ekman", Role.VIEWER),
    ),
    invited=(("cecilia.noren@lindquist.example", Role.CONTRIBUTOR),),
    foreign=("strategy.4.04", "crisis-management.1.08"),
    assessments=(_FIRST, _SECOND, _THIRD),
)
