"""Anonymous answers, against somebody who looks at every page, before and after."""

import re
from typing import Any

import pytest
from django.test import Client

from assessments.models import Rating
from tests.assessments.voices import (
    KEY,
    add_person,
    lead_of,
    make_assessment,
    people_say,
    url,
)
from tests.people import NOW

pytestmark = pytest.mark.django_db

SECRETS = ("Person 1", "Person 5", "Zebedee Quill", "Only we in Kirkwall do it so.")
OTHER = "strategy.2.01"


@pytest.fixture
def assessment(version):
    return make_assessment(version, voices="anonymous")


@pytest.fixture
def lead(assessment):
    return lead_of(assessment)


def _end(assessment: Any) -> None:
    assessment.answers_ended_at = NOW
    assessment.save()


def _pages(client: Client, assessment: Any) -> list[str]:
    """Return everything the lead can look at that is made from answers."""
    below = [url(assessment), url(assessment, "?sort=agreement"), url(assessment, "?show=names")]
    below += [url(assessment, f"{key}/") for key in ("strategy", "metrics")]
    below += [f"/assessments/{assessment.public_id}/{rest}" for rest in ("result/", "report/")]
    pages = []
    for path in below:
        page = client.get(path).content.decode()
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page))
    return pages


def test_while_collecting_one_more_answer_changes_no_page(assessment, lead):
    for person in people_say(assessment, [0, 1, 2, 3, 3, 2]):
        Rating(respondent=person, descriptor_id=OTHER, step=1, updated_at=NOW).save()
    (last,) = people_say(assessment, ["unknown"])
    before = _pages(lead, assessment)
    row = Rating.objects.get(respondent=last, descriptor_id=KEY)

    row.step, row.word, row.note = 0, "", SECRETS[3]
    row.save()

    after = _pages(lead, assessment)
    assert after == before
    assert "Answers are still coming in" in after[0]
    assert not any(secret in page for page in after for secret in SECRETS)


def test_too_few_answers_show_nothing_after_collecting(assessment, lead):
    people_say(assessment, [0, 3, 3, 3])
    _end(assessment)
    before = _pages(lead, assessment)

    Rating.objects.filter(step=0).update(step=3)

    after = _pages(lead, assessment)
    assert after == before
    assert "4 of at least 5 people answered" in after[0]
    context = lead.get(url(assessment)).context
    assert all(strip.score == strip.agreement == "" for strip in context["strips"])
    assert all(not cell.dots for strip in context["strips"] for cell in strip.cells)


def test_enough_answers_show_without_names(assessment, lead):
    people_say(assessment, [0, 1, 2, 3, 3])
    add_person(assessment, SECRETS[2], {OTHER: 3}, notes={OTHER: SECRETS[3]})
    _end(assessment)

    pages = _pages(lead, assessment)

    context = lead.get(url(assessment, "strategy/")).context
    shown = [*context["apart"], *context["together"]]
    assert [question.key for question in shown] == [KEY]
    assert sum(option.count for option in shown[0].options) == 5
    assert {option.names for option in shown[0].options} == {()}
    assert not any(secret in page for page in pages for secret in SECRETS)


def test_a_question_too_few_answered_stays_out_with_its_notes(assessment, lead):
    people = people_say(assessment, [0, 1, 2, 3, 3])
    for person in people[:4]:
        Rating(
            respondent=person, descriptor_id=OTHER, step=0, note=SECRETS[3], updated_at=NOW
        ).save()
    _end(assessment)
    before = _pages(lead, assessment)

    Rating.objects.filter(descriptor_id=OTHER).update(step=3, note="Another one")

    assert _pages(lead, assessment) == before


def test_who_gave_which_answer_cannot_be_told(assessment, lead):
    """Two people of a like stage change an answer with each other: no page changes."""
    people = people_say(assessment, [3, 3, 0, 0, 1])
    for person, step in zip(people, (0, 3, 2, 2, 1), strict=True):
        Rating(
            respondent=person,
            descriptor_id=OTHER,
            step=step,
            note=f"Note about {step}",
            updated_at=NOW,
        ).save()
    _end(assessment)
    before = _pages(lead, assessment)

    first, second = (Rating.objects.get(respondent=p, descriptor_id=OTHER) for p in people[:2])
    first.step, second.step = second.step, first.step
    first.note, second.note = second.note, first.note
    first.save()
    second.save()

    assert _pages(lead, assessment) == before


def test_dots_carry_neither_name_nor_score(assessment, lead):
    for number, stage in enumerate((1, 2, 2, 3, 5)):
        add_person(assessment, f"Person {number}", picks={"strategy": stage})
    _end(assessment)

    strip = lead.get(url(assessment), {"show": "names"}).context["strips"][0]

    assert [len(cell.dots) for cell in strip.cells] == [1, 2, 1, 0, 1]
    dots = {dot for cell in strip.cells for dot in cell.dots}
    assert {(dot.name, dot.score) for dot in dots} == {("", "")}
    assert len(dots) == 1


def test_picks_of_too_few_leave_no_dots(assessment, lead):
    for number, stage in enumerate((1, 2, 2, 3)):
        add_person(assessment, f"Person {number}", picks={"strategy": stage})
    people_say(assessment, [3, 3, 3, 3, 3], "metrics.1.01")
    _end(assessment)

    strips = {each.key: each for each in lead.get(url(assessment)).context["strips"]}

    assert sum(len(cell.dots) for cell in strips["strategy"].cells) == 0
    assert sum(len(cell.dots) for cell in strips["metrics"].cells) == 5


@pytest.mark.parametrize(
    ("functions", "shown"),
    [
        ("SSSSSIIIII", [("Service", 5), ("IT", 5)]),
        ("SSSSSSIIII", []),
        ("SSSSSIIIMM", [("Service", 5), ("The others together (IT, Marketing)", 5)]),
    ],
)
def test_groups_show_only_where_nobody_stands_alone(version, functions, shown):
    names = {"S": "Service", "I": "IT", "M": "Marketing"}
    assessment = make_assessment(
        version,
        voices="anonymous",
        groups=[{"name": "Function", "options": list(names.values())[:1] + ["IT", "Marketing"]}],
    )
    for letter in functions:
        add_person(assessment, "P", picks={"strategy": 2}, groups={"Function": names[letter]})
    _end(assessment)

    response = lead_of(assessment).get(url(assessment, "strategy/"))

    found = [(s.label, s.people) for _, strips in response.context["groupings"] for s in strips]
    assert found == shown
    if not shown:
        assert "Groups are not shown here" in response.content.decode()


def test_nothing_is_recorded_while_collecting(assessment, lead):
    response = lead.post(
        url(assessment, "strategy/agree/"),
        {"what": "rating", "key": KEY, "value": "2", "seen": "0"},
        follow=True,
    )

    assert "Nothing was recorded" in response.content.decode()
    assert not assessment.agreed.exists()


def test_a_named_assessment_shows_its_names(version):
    """What must not be seen in the others is there to be seen."""
    assessment = make_assessment(version)
    people_say(assessment, [0, 1, 2, 3, 3])
    add_person(assessment, SECRETS[2], {KEY: 3}, notes={KEY: SECRETS[3]})

    pages = "".join(_pages(lead_of(assessment), assessment))

    assert all(secret in pages for secret in SECRETS)
