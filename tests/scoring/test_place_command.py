"""`manage.py place`, as a shell runs it: without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scoring.models import WORKED_RATINGS, document

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the command where there is no database at all."""

    def place(
        *arguments: str, given: bytes | None = None, code: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it once, or as often as the code says."""
        command = ["-c", code] if code else [str(ROOT / "manage.py"), "place"]
        return subprocess.run(
            [sys.executable, *command, *arguments],
            input=given,
            capture_output=True,
            timeout=60,
            cwd=tmp_path,
            env={
                **os.environ,
                "DATABASE_URL": f"sqlite:///{tmp_path}/there/is/none.sqlite3",
                "PYTHONIOENCODING": "ascii",
            },
        )

    return place


@pytest.fixture
def model_file(tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps(document({"a": ("cc", "ppc", "pp")})))
    return str(path)


def answers(**more) -> bytes:
    """Return an answers file with the worked example's ratings."""
    whole = {
        "format": "waymark-answers/1",
        "model": "small",
        "respondents": [{"name": "Ana", "ratings": WORKED_RATINGS, "picks": {"a": 3}}],
        **more,
    }
    return json.dumps(whole).encode()


def test_place_prints_the_worked_example(run, model_file, tmp_path):
    file = tmp_path / "answers.json"
    file.write_bytes(answers(targets={"a": 3}, weights={"a": 2}, baseline={"a": 1.5}))

    done = run(str(file), "--model", model_file)

    assert (done.returncode, done.stderr) == (0, b"")
    expected = {
        "format": "waymark-placement/1",
        "model": "small",
        "version": "1.0",
        "overall": {
            "score": 2.3333,
            "stage": 2,
            "percent_to_target": 0.6667,
            "progress_to_date": 0.5556,
        },
        "dimensions": [
            {
                "key": "a",
                "basis": "derived",
                "stage": 2,
                "score": 2.3333,
                "lowest": 2.3333,
                "highest": 2.8333,
                "coverage": 0.8571,
                "target": 3,
                "weight": 2.0,
                "derived": {"stage": 2, "score": 2.3333},
                "declared": {"stage": 3, "score": 3.0, "n": 1},
                "gates": [
                    {
                        "to": 2,
                        "progress": 0.75,
                        "open": True,
                        "items": 4,
                        "applicable": 4,
                        "answered": 4,
                    },
                    {
                        "to": 3,
                        "progress": 0.2222,
                        "open": False,
                        "items": 3,
                        "applicable": 3,
                        "answered": 2,
                    },
                ],
                "agreement": {"ratings": None, "picks": None, "n": 1},
                "next_steps": ["a.2.3", "a.3.2"],
            }
        ],
    }
    # Compared as text: the order of the keys is part of the format.
    assert json.dumps(json.loads(done.stdout)) == json.dumps(expected)


def test_place_reads_standard_input_and_the_shipped_model(run):
    whole = {
        "format": "waymark-answers/1",
        "model": "social-engagement-journey",
        "respondents": [{"picks": {"strategy": 4}}],
    }

    done = run("-", given=json.dumps(whole).encode())

    assert (done.returncode, done.stderr) == (0, b"")
    placement = json.loads(done.stdout)
    assert placement["overall"]["stage"] == 4
    assert [each["basis"] for each in placement["dimensions"]] == ["declared"] + ["none"] * 7


def test_place_names_every_problem_and_prints_nothing(run, model_file):
    wrong = {"format": "other", "targets": {"a": 9, "z": 1}, "agreed": {"ratings": {"gone": 1}}}

    done = run("-", "--model", model_file, given=answers(**wrong))

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == [
        "CommandError: standard input: 4 problems, nothing was placed:",
        '  format: must be "waymark-answers/1", is "other"',
        '  agreed.ratings["gone"]: is no descriptor of this model',
        '  targets["a"]: must be a stage from 1 to 3, is 9',
        '  targets["z"]: is no dimension of this model',
    ]


# Each is a run of its own by the command's own door, in one process: starting one takes longest.
SEVERAL = f"""
import contextlib, io, json, os, sys
sys.path.insert(0, {str(ROOT)!r})
os.environ["DJANGO_SETTINGS_MODULE"] = "maturity.settings"
from django.core.management import execute_from_command_line
found = []
for arguments, given in json.load(sys.stdin):
    sys.stdin = io.TextIOWrapper(io.BytesIO(given.encode()))
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            code = execute_from_command_line(["manage.py", "place", *arguments])
        except SystemExit as end:
            code = end.code
    found.append([code, out.getvalue(), said.getvalue()])
print(json.dumps(found))
"""


def test_place_says_what_it_could_not_find(run):
    cases = [
        (["missing.json"], "", "  file: cannot be read: No such file or directory"),
        (["-"], "{}", "  model: is missing"),
        (
            ["-"],
            '{"model": "gone"}',
            "  model: gone is neither a published model nor a model file",
        ),
        (
            ["-", "--model", "gone.json"],
            "{}",
            "  model: gone.json is neither a published model nor a model file",
        ),
        # Answers come from others and must not choose a file.
        (["-"], '{"model": "../x"}', '  model: must be a model\'s key, is "../x"'),
    ]

    done = run(code=SEVERAL, given=json.dumps([case[:2] for case in cases]).encode())

    assert (done.returncode, done.stderr) == (0, b"")
    runs = json.loads(done.stdout)
    assert [(code, out) for code, out, _ in runs] == [(1, "")] * len(cases)
    for (_, _, line), (_, _, said) in zip(cases, runs, strict=True):
        assert said.splitlines()[1:] == [line]
        assert "1 problem, nothing was placed" in said


def test_place_names_the_problems_of_the_model_file(run, tmp_path):
    path = tmp_path / "model.json"
    path.write_text("[" * 10_000)

    done = run("-", "--model", str(path), given=answers())

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"model, file: is nested deeper than" in done.stderr
