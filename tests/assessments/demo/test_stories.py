"""The demo's files: whatever is wrong in one is refused with its place."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from assessments.demo.reading import read_demo
from assessments.demo.stories import DemoOrganisation
from assessments.models import Assessment
from maturity.catalogue.matrix import Matrix, matrix_of
from maturity.web.strict_json import InvalidDocument
from maturity.workspaces.models.workspace import MOST_TAGS, TAG_LENGTH, Sector, Size
from tests.assessments.demo.seeded import DEMO, FOLDER, seeded


@pytest.fixture
def journey_matrix(journey: dict[str, Any]) -> Matrix:
    return matrix_of(journey)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the demo's files that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "demo"))


def spoil(path: Path, change: Callable[[Any], object]) -> None:
    """Change what a file holds."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def problems(folder: Path, matrix: Matrix) -> list[str]:
    """Return what is said of wrong files."""
    with pytest.raises(InvalidDocument) as refused:
        read_demo(folder, matrix)
    return str(refused.value).splitlines()


@pytest.mark.parametrize("story", DEMO.organisations, ids=lambda story: story.name)
def test_particulars_are_on_the_lists(story: DemoOrganisation) -> None:
    assert story.sector in Sector
    assert story.size in Size
    assert 0 < len(story.tags) <= MOST_TAGS
    assert all(len(tag) <= TAG_LENGTH for tag in story.tags)


def test_every_file_is_read() -> None:
    assert {each.stem for each in FOLDER.iterdir()} == {
        "workspace",
        *DEMO.workspace.organisations,
    }


# The first assessment of Tallow Street Theatre, which is open, and what becomes of it.
WRONG: list[tuple[str, Callable[[Any], object], str]] = [
    ("purpse", lambda a: a.update(purpse="x"), "Extra inputs are not permitted"),
    ("scope", lambda a: a.pop("scope"), "Field required"),
    ("purpose", lambda a: a.update(purpose="two\nlines"), "Please write this on one line."),
    ("begun", lambda a: a.update(begun="2026-10-28"), "is not after the day in since"),
    ("date", lambda a: a.update(date="2026-11-04"), "is not after the day in begun"),
    ("closed", lambda a: a.update(closed="2026-11-25"), "is not after the day in date"),
    ("asked_up_to", lambda a: a.update(asked_up_to=6), "is no stage of the model"),
    ("follows_last", lambda a: a.update(follows_last=True), "is true for the first assessment"),
    (
        "settings.strategi",
        lambda a: a["settings"].update(strategi={"target": 2}),
        "is no dimension of the model",
    ),
    (
        "settings.metrics.target",
        lambda a: a["settings"]["metrics"].update(target=6),
        "is no stage of the model",
    ),
    (
        "respondents[0].begun",
        lambda a: a["respondents"][0].update(begun="2026-11-25T10:00Z"),
        "is not between the assessment's begun and date",
    ),
    (
        "respondents[0].email",
        lambda a: a["respondents"][0].update(email="renee@tallowstreet.com"),
        r"String should match pattern '^([a-z.]+@[a-z]+\.example)?$'",
    ),
    (
        "respondents[0].answers.people-profiles",
        lambda a: a["respondents"][0]["answers"].update({"people-profiles": "12 0111 021000"}),
        "stage 2 has 4 letters for 6 descriptors",
    ),
    (
        "respondents[0].answers.people-profiles",
        lambda a: a["respondents"][0]["answers"].update({"people-profiles": "14"}),
        "stage 1 has the letter '4'; known are u-.0123",
    ),
    (
        "respondents[0].answers.people-profiles",
        lambda a: a["respondents"][0]["answers"].update(
            {"people-profiles": "12 011110 021000 1.."}
        ),
        "stage 4 answers people-profiles.4.01, which is not asked",
    ),
    (
        "respondents[0].notes.strategy.5.01",
        lambda a: a["respondents"][0]["notes"].update({"strategy.5.01": "Never."}),
        "is not asked in this assessment",
    ),
    (
        "respondents[0].picks.strategy",
        lambda a: a["respondents"][0].update(picks={"strategy": 2}),
        "is not asked in this assessment",
    ),
    (
        "respondents[0].groups.Site",
        lambda a: a["respondents"][0].update(groups={"Site": "Coast"}),
        "is not among the assessment's groups",
    ),
    (
        "respondents[0]",
        lambda a: a["respondents"][0].pop("begun"),
        "has answers but has not begun",
    ),
    (
        "respondents[0]",
        lambda a: a["respondents"][0].pop("name"),
        "has a name exactly when voices is named",
    ),
    (
        "agreed[0].key",
        lambda a: a.update(agreed=[{"key": "strategy", "value": 1, "reason": "Because."}]),
        "is not asked in this assessment",
    ),
    (
        "agreed[0].value",
        lambda a: a.update(agreed=[{"key": "strategy.2.01", "value": 4, "reason": "Because."}]),
        "is not between 0 and 3",
    ),
    (
        "steps[0].due",
        lambda a: a.update(steps=[{"descriptor": "strategy.2.01", "owner": "Joy Castellano"}]),
        "is not after the day in closed",
    ),
    (
        "steps[0].descriptor",
        lambda a: a.update(
            agreed=[{"key": "strategy.2.01", "value": 3, "reason": "Because."}],
            steps=[{"descriptor": "strategy.2.01", "owner": "Joy Castellano"}],
        ),
        "was agreed to be in place already",
    ),
    (
        "steps[0].descriptor",
        lambda a: a.update(
            closed="2026-11-26", steps=[{"descriptor": "strategy.2.99", "owner": "Joy Castellano"}]
        ),
        "is no descriptor of the model",
    ),
]


@pytest.mark.parametrize(("place", "change", "text"), WRONG, ids=[each[0] for each in WRONG])
def test_wrong_story_is_refused_with_its_place(
    place: str,
    change: Callable[[Any], object],
    text: str,
    folder: Path,
    journey_matrix: Matrix,
) -> None:
    spoil(folder / "tallow-street.json", lambda story: change(story["assessments"][0]))

    said = problems(folder, journey_matrix)

    assert f"tallow-street.json: assessments[0].{place}: {text}" in said


def test_problems_of_all_files_come_at_once(folder: Path, journey_matrix: Matrix) -> None:
    spoil(folder / "kantele.json", lambda story: story.pop("name"))
    spoil(folder / "workspace.json", lambda it: it["guest"]["notes"].update(strategi="x"))
    text = (folder / "riverside.json").read_text(encoding="utf-8")
    (folder / "riverside.json").write_text(
        text.replace('"country"', '"country": "Wales", "country"'), encoding="utf-8"
    )

    assert problems(folder, journey_matrix) == [
        "workspace.json: guest.notes.strategi: is not asked in this assessment",
        "kantele.json: name: Field required",
        'riverside.json: file: has the key "country" twice in one object',
    ]


@pytest.mark.usefixtures("version")
def test_wrong_file_stops_the_command(settings: Any, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "fixtures" / "demo")
    spoil(tmp_path / "fixtures" / "demo" / "kantele.json", lambda story: story.pop("name"))
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError, match="kantele.json: name: Field required"):
        seeded()

    assert not Assessment.objects.exists()
