"""Kantele Software: the one that moves fast, and asks once more before its budget."""

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

_AINO = Voice("Aino Lehtonen", "lead@waymark.example", lean=0.1)
_MIKKO = Voice(
    "Mikko Salonen",
    "contributor@waymark.example",
    views={"tools-integration": -0.3, "metrics": -0.2},
    unsure=("strategy",),
)
_JUSSI = Voice("Jussi Rautio", "jussi.rautio@kantele.example", lean=-0.2, unsure=("metrics",))
_NOOR = Voice("Noor Haddad", "noor.haddad@kantele.example", lean=0.2, views={"strategy": 0.3})
_ELINA = Voice("Elina Mäkelä", lean=0.1, unsure=("crisis-management", "internal-use"))
_PETRA = Voice("Petra Nyman", lean=-0.1, unsure=("people-profiles",))
_DANIEL = Voice("Daniel Osei", views={"internal-use": 0.3}, unsure=("metrics",))

_FIRST = AssessmentPlan(
    begun=date(2024, 1, 22),
    day=date(2024, 2, 6),
    closed=date(2024, 2, 9),
    purpose="Where we start from",
    scope="Support and community, all products",
    levels=(1.7, 2.2, 1.9, 1.4, 1.5, 1.7, 1.9, 2.1),
    up_to=3,
    voices=(_AINO, _MIKKO, _JUSSI, _ELINA),
    notes=(
        Note(
            "Mikko Salonen",
            "tools-integration.2.03",
            "I copy the forum link into the ticket by hand. Twice last week I forgot.",
        ),
        Note(
            "Jussi Rautio",
            "strategy.2.01",
            "The forum is Mikko's, the chat is mine, and the company account is whoever has time.",
        ),
        Note("Elina Mäkelä", "metrics.2.02", "Reach is the only number anybody ever asks me for."),
        Note(
            "Aino Lehtonen",
            "crisis-management.1.06",
            "The January outage: 140 tickets before anyone looked at the forum.",
        ),
    ),
    agreed=(
        Agreed(
            "strategy.2.01",
            1,
            "Everyone named a different owner when we went round the table.",
        ),
    ),
    targets=(3, 3, 3, 2, 3, 3, 3, 3),
    weights={"customer-engagement": "2", "crisis-management": "1.5"},
    steps=(
        StepPlan(
            "strategy.3.03",
            "Aino Lehtonen",
            date(2024, 9, 30),
            "Give the community team of three its own mandate and budget line.",
            done=date(2024, 8, 29),
        ),
        StepPlan(
            "crisis-management.2.03",
            "Jussi Rautio",
            date(2024, 5, 31),
            "Put one name and one number on the wall: whom to tell, day and night.",
            done=date(2024, 4, 16),
        ),
        StepPlan("customer-engagement.3.03", "Elina Mäkelä", None, done=date(2024, 11, 12)),
    ),
)
_SECOND = AssessmentPlan(
    begun=date(2025, 1, 27),
    day=date(2025, 2, 11),
    closed=date(2025, 2, 14),
    purpose="One year on",
    scope="Support and community, all products",
    levels=(2.7, 3.2, 2.6, 2.1, 2.4, 2.5, 2.9, 2.8),
    up_to=4,
    goes_on=True,
    voices=(_AINO, _MIKKO, _JUSSI, _NOOR, _ELINA),
    notes=(
        Note(
            "Mikko Salonen",
            "tools-integration.3.04",
            "Works since October. One click and the thread is in the case. I would not go back.",
        ),
        Note(
            "Noor Haddad",
            "strategy.3.07",
            "We have figures for the forum. For the rest we have hopes.",
        ),
        Note(
            "Jussi Rautio",
            "employee-engagement.3.01",
            "It is in two job descriptions now, mine and Mikko's. Not in the others.",
        ),
        Note(
            "Elina Mäkelä",
            "people-profiles.3.06",
            "We know our ten best answerers by heart. Nothing in the system does.",
        ),
        Note(
            "Aino Lehtonen",
            "customer-engagement.3.03",
            "Rules fit on one page. New people read them on the first day, I have checked.",
        ),
    ),
    agreed=(
        Agreed(
            "strategy.3.06",
            3,
            "The line is in the budget for 2025 and the board has signed it.",
            "Noor: it is there, but the first savings round will show whether it is firm.",
        ),
        Agreed("crisis-management.3.02", 2, "Names are there; the weekend rota is not."),
    ),
    targets=(4, 4, 3, 3, 3, 3, 4, 3),
    weights={"customer-engagement": "2", "crisis-management": "1.5"},
    steps=(
        StepPlan(
            "tools-integration.3.07",
            "Mikko Salonen",
            date(2025, 6, 30),
            "Draw the one-page map of our tools and who looks after which link.",
            done=date(2025, 6, 3),
        ),
        StepPlan("metrics.3.10", "Noor Haddad", date(2025, 10, 31), done=date(2025, 12, 4)),
    ),
)
_THIRD = AssessmentPlan(
    begun=date(2026, 1, 26),
    day=date(2026, 2, 10),
    closed=date(2026, 2, 13),
    purpose="Two years on, before the new region",
    scope="Support, community and marketing, all products",
    levels=(3.4, 4.0, 3.3, 2.7, 3.2, 3.1, 3.8, 3.5),
    goes_on=True,
    voices=(_AINO, _MIKKO, _JUSSI, _NOOR, _ELINA, _PETRA, _DANIEL),
    notes=(
        Note(
            "Petra Nyman",
            "customer-engagement.4.01",
            "The yearly thank-you to the top twenty went down better than any campaign of mine.",
        ),
        Note(
            "Mikko Salonen",
            "tools-integration.4.01",
            "Everything but the app store reviews. Those still come as an e-mail on Mondays.",
        ),
        Note(
            "Jussi Rautio",
            "crisis-management.4.02",
            "We did it after the November outage and it was uncomfortable in a good way.",
        ),
        Note(
            "Daniel Osei",
            "internal-use.3.02",
            "Difficult cases run through the swarm channel. My best week here was in there.",
        ),
        Note(
            "Noor Haddad",
            "metrics.4.05",
            "I can show the curve next to renewals. I cannot yet show which one moves the other.",
        ),
        Note(
            "Elina Mäkelä",
            "people-profiles.4.01",
            "Legal want to see what we join before we join it. Fair enough.",
        ),
        Note(
            "Aino Lehtonen",
            "strategy.4.04",
            "Finnish and English, yes. The Polish group runs itself and we only read along.",
        ),
    ),
    agreed=(
        Agreed(
            "metrics.4.05",
            1,
            "We see it move together with renewals. That is not the same as showing it.",
            "Petra would have said Mostly: the board accepts the curve as it is.",
        ),
        Agreed("strategy.4.04", 2, "Two languages out of three, and the third is on its way."),
        Agreed("tools-integration.4.01", 2, "App store reviews are the last thing outside."),
    ),
    targets=(4, 5, 4, 3, 4, 4, 5, 4),
    weights={"customer-engagement": "2", "crisis-management": "1.5", "people-profiles": "0.5"},
    steps=(
        StepPlan(
            "people-profiles.3.06",
            "Elina Mäkelä",
            date(2026, 6, 30),
            "Mark the answers others rely on, and show whose they are.",
            done=date(2026, 6, 18),
        ),
        StepPlan(
            "metrics.4.05",
            "Noor Haddad",
            date(2026, 10, 30),
            "Set the answers people got beside whether they renewed, for one product.",
        ),
        StepPlan(
            "strategy.4.04",
            "Aino Lehtonen",
            date(2026, 12, 18),
            "Find two people in Kraków who may answer for us in Polish.",
        ),
        StepPlan("crisis-management.4.07", "Jussi Rautio", date(2027, 1, 29)),
        StepPlan("people-profiles.4.01", "Petra Nyman", None),
    ),
)
_NOW = AssessmentPlan(
    begun=date(2026, 11, 9),
    day=date(2026, 11, 27),
    closed=None,
    purpose="Check before the 2027 budget",
    scope="Support, community and marketing, all products",
    levels=(3.8, 4.2, 3.6, 3.0, 3.5, 3.3, 4.0, 3.7),
    goes_on=True,
    voices=(
        _AINO,
        Voice("Mikko Salonen", "contributor@waymark.example", unsure=("strategy",), share=0.45),
        _JUSSI,
        Voice("Noor Haddad", "noor.haddad@kantele.example", lean=0.2, share=0.6),
        Voice("Elina Mäkelä", "elina.makela@kantele.example", share=0.3),
        Voice("Daniel Osei", "daniel.osei@kantele.example", share=0),
    ),
    notes=(
        Note(
            "Aino Lehtonen",
            "strategy.4.02",
            "Sales sat at the table for the first time in September. Product did not come.",
        ),
        Note(
            "Jussi Rautio",
            "crisis-management.3.06",
            "Changed twice since summer, both times within the week.",
        ),
        Note(
            "Mikko Salonen",
            "customer-engagement.3.06",
            "We ask in every closing message. About a third answer, and we keep what they say.",
        ),
    ),
    targets=(4, 5, 4, 4, 4, 4, 5, 4),
    weights={"customer-engagement": "2", "crisis-management": "1.5", "people-profiles": "0.5"},
)

KANTELE = OrganisationPlan(
    key="kantele",
    name="Kantele Software",
    sector="Information and communication",
    size="250 to 999",
    country="Finland",
    tags=("growth", "subscription", "Nordics"),
    since=date(2024, 1, 15),
    people=(
        Person("lead@waymark.example", "Aino Lehtonen", Role.LEAD),
        Person("contributor@waymark.example", "Mikko Salonen", Role.CONTRIBUTOR),
        Person("jussi.rautio@kantele.example", "Jussi Rautio", Role.CONTRIBUTOR),
        Person("noor.haddad@kantele.example", "Noor Haddad", Role.CONTRIBUTOR),
        Person("executive@waymark.example", "Katarina Berg", Role.VIEWER),
    ),
    invited=(("daniel.osei@kantele.example", Role.CONTRIBUTOR),),
    foreign=("crisis-management.1.08", "tools-integration.4.02"),
    assessments=(_FIRST, _SECOND, _THIRD, _NOW),
)
