"""What the browser tests of answering share."""

import re
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.core.services.links import token_of
from assessments.lifecycle.services.starting import start_assessment
from assessments.models import Pick, Rating, SecretLink
from maturity.catalogue.models import MaturityModel


def publish(document: dict[str, Any]) -> MaturityModel:
    return MaturityModel.objects.create(
        key=document["key"],
        version=document["version"],
        document=document,
        published_at=timezone.now(),
    )


def start(version: MaturityModel, name: str = "Alder Books") -> SecretLink:
    now = timezone.now()
    return start_assessment(
        organisation_name=name, model_version_id=version.pk, date=now.date(), now=now
    )


def url(link: SecretLink, rest: str = "") -> str:
    return f"/assessments/{link.respondent.assessment.public_id}/{rest}"


def enter(page: Page, link: SecretLink, rest: str = "") -> None:
    """Open the link, then a page of the assessment."""
    page.goto(f"/link/{token_of(link)}/")
    if rest:
        page.goto(url(link, rest))


def block(page: Page, key: str) -> Any:
    return page.locator(f'[id="q-{key}"]')


def choose(page: Page, key: str, value: str) -> None:
    """Click an answer as a person would, on its label."""
    radio = block(page, key).locator(f'input[value="{value}"]')
    radio.locator("xpath=ancestor::label").click()


def saved(page: Page) -> None:
    """Wait until everything is saved."""
    expect(page.locator("#save-state")).to_have_text(re.compile(r"^Saved"))


def ratings() -> dict[str, Any]:
    rows = Rating.objects.values_list("descriptor_id", "step", "word")
    return {key: word or step for key, step, word in rows}


def picks() -> dict[str, Any]:
    rows = Pick.objects.values_list("dimension", "stage", "word")
    return {key: word or stage for key, stage, word in rows}
