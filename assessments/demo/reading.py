"""PURE. The demo's files, read strictly: whatever is wrong is refused, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assessments.demo.checks import problems_in_guest, problems_in_organisation
from assessments.demo.stories import DemoOrganisation, DemoWorkspace
from maturity.catalogue.matrix import Matrix
from maturity.web.strict_json import InvalidDocument, read_json
from maturity.web.validation import Problem

_MAX_BYTES = 1_000_000
_Shape = TypeVar("_Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything the demo holds."""

    workspace: DemoWorkspace
    organisations: tuple[DemoOrganisation, ...]


def read_demo(folder: Path, matrix: Matrix) -> Demo:
    """Return the demo in a folder.

    Raises: InvalidDocument, with every problem of every file and its place; OSError, for a file
    that is not there.
    """
    problems: list[Problem] = []
    workspace = _read(folder / "workspace.json", DemoWorkspace, problems)
    organisations = []
    if workspace is not None:
        _note(problems, "workspace.json", problems_in_guest(workspace.guest, matrix))
        for key in workspace.organisations:
            story = _read(folder / f"{key}.json", DemoOrganisation, problems)
            if story is not None:
                _note(problems, f"{key}.json", problems_in_organisation(story, matrix))
                organisations.append(story)
    if workspace is None or problems:
        raise InvalidDocument(tuple(problems))
    return Demo(workspace, tuple(organisations))


def _read(path: Path, shape: type[_Shape], problems: list[Problem]) -> _Shape | None:
    """Return what a file holds, or None and its problems."""
    try:
        data = path.read_bytes()
        # Refuses what pydantic takes, such as a key twice in one object.
        read_json(data, max_bytes=_MAX_BYTES)
        return shape.model_validate_json(data)
    except InvalidDocument as fault:
        _note(problems, path.name, fault.problems)
    except ValidationError as fault:
        for each in fault.errors():
            text = each["msg"].removeprefix("Value error, ")
            problems.append(Problem(f"{path.name}: {_place_of(each['loc'])}", text))
    return None


def _note(problems: list[Problem], file: str, found: Iterable[Problem]) -> None:
    problems += [Problem(f"{file}: {each.place}", each.text) for each in found]


def _place_of(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps).lstrip(".")
