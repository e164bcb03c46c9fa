"""What the demo's stories are written in: every text and key could have been typed in a form."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.core.validators import validate_email

from assessments.scoring.asked import asked_of
from assessments.services.demo.clients import STORIES
from assessments.services.demo.plans import DIMENSIONS, AssessmentPlan, OrganisationPlan
from maturity.catalogue.matrix import Matrix, matrix_of
from maturity.web.text import clean_text
from maturity.workspaces.models.workspace import MOST_TAGS, SECTORS, SIZES, TAG_LENGTH

ASSESSMENTS = [(story, plan) for story in STORIES for plan in story.assessments]


@pytest.fixture
def journey_matrix(journey: dict[str, Any]) -> Matrix:
    return matrix_of(journey)


def named(value: Any) -> str:
    if isinstance(value, OrganisationPlan):
        return value.key
    return str(value.day) if isinstance(value, AssessmentPlan) else ""


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a plan, however deep."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))
    elif isinstance(value, dict):
        yield from texts_in(tuple(value.items()))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_texts_are_clean(story: OrganisationPlan) -> None:
    texts = list(texts_in(story))

    assert len(texts) > 40
    for text in texts:
        assert clean_text(text, max_length=200) == text


@pytest.mark.parametrize("story", STORIES, ids=named)
def test_particulars_are_on_the_lists(story: OrganisationPlan) -> None:
    assert story.sector in SECTORS
    assert story.size in SIZES
    assert 0 < len(story.tags) <= MOST_TAGS
    assert all(len(tag) <= TAG_LENGTH for tag in story.tags)
    for email in [person.email for person in story.people] + [each for each, _ in story.invited]:
        validate_email(email)
        # Mail to such an address reaches nobody.
        assert email.endswith(".example")


@pytest.mark.parametrize(("story", "plan"), ASSESSMENTS, ids=named)
def test_days_are_in_order(story: OrganisationPlan, plan: AssessmentPlan) -> None:
    assert story.since < plan.begun < plan.day
    assert plan.closed is None or plan.day < plan.closed
    for step in plan.steps:
        assert plan.closed is not None
        assert all(day > plan.closed for day in (step.due, step.done) if day)


@pytest.mark.parametrize(("story", "plan"), ASSESSMENTS, ids=named)
def test_keys_are_asked_and_steps_have_something_to_do(
    story: OrganisationPlan, plan: AssessmentPlan, journey_matrix: Matrix
) -> None:
    asked = asked_of(journey_matrix, "picks" if plan.asks_picks else "gates", plan.up_to)
    kind = "pick" if plan.asks_picks else "rating"
    agreed = {each.key: each.value for each in plan.agreed}

    assert all(asked.is_asked(kind, note.key) for note in plan.notes)
    assert all(asked.is_asked(kind, key) for key in agreed)
    assert {note.who for note in plan.notes} <= {voice.name for voice in plan.voices}
    assert set(plan.weights) <= set(DIMENSIONS) == set(journey_matrix.dimension_by_key)
    assert set(plan.targets) <= set(journey_matrix.stage_by_number)
    for step in plan.steps:
        assert step.descriptor in journey_matrix.descriptors
        assert agreed.get(step.descriptor, 0) < journey_matrix.top_step
    assert set(story.foreign) <= set(journey_matrix.descriptors)
