"""`manage.py report`: a file from a shell, without a database; or every problem and no file."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from assessments.scoring.answers_file import answers_of
from assessments.scoring.placement_file import placement_document
from assessments.scoring.scored import score
from tests.reports.sheets import JOURNEY, journey_matrix, sheet

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return an answers file; the test's database is out of reach."""
    path = tmp_path / "answers.json"
    document = answers_of(sheet(notes={"strategy": "A note."}), journey_matrix().key)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def report(*arguments: object) -> None:
    call_command("report", *map(str, arguments), model=str(JOURNEY))


def test_pdf_is_written_by_the_files_ending(answers, tmp_path):
    report(answers, "--out", tmp_path / "out.pdf")

    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_json_holds_everything(answers, tmp_path):
    report(answers, "--out", tmp_path / "out.json")

    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    placement = placement_document(score(journey_matrix(), sheet()).placement)
    assert data["format"] == "waymark-report/1"
    assert data["placement"] == placement
    assert data["answers"] == json.loads(answers.read_text(encoding="utf-8"))
    assert [row["key"] for row in data["dimensions"]] == [
        row.key for row in journey_matrix().dimensions
    ]
    assert data["overall"]["score"] == 2.8014
    assert data["dimensions"][0]["notes"] == [{"by": "", "text": "A note."}]
    assert len(data["roadmap"]) == len({step["id"] for step in data["roadmap"]})
    assert set(data["three_steps"]) <= {step["id"] for step in data["roadmap"]}


def test_given_format_wins_over_the_ending_and_same_input_gives_same_bytes(answers, tmp_path):
    for name in ("one.bin", "two.bin"):
        report(answers, "--out", tmp_path / name, "--format", "json")

    assert (tmp_path / "one.bin").read_bytes() == (tmp_path / "two.bin").read_bytes()


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("out.pptx", "ppt/slides/slide11.xml"),
        ("out.xlsx", "xl/charts/chart1.xml"),
        ("out.csv", "placement.csv"),
        ("out.zip", "placement.csv"),
    ],
)
def test_each_ending_gives_its_format(answers, tmp_path, name, holds):
    report(answers, "--out", tmp_path / name)

    names = zipfile.ZipFile(tmp_path / name).namelist()
    assert holds in names


@pytest.mark.parametrize(("kind", "pages"), [("summary", 1), ("roadmap", 4)])
def test_parts_of_the_report_on_paper(answers, tmp_path, kind, pages):
    report(answers, "--out", tmp_path / "out.pdf", "--kind", kind)

    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert len(document) == pages
    document.close()


def test_unknown_ending_asks_for_the_format(answers, tmp_path):
    with pytest.raises(CommandError, match="add --format with one of pdf, pptx"):
        report(answers, "--out", tmp_path / "out.docx")


def test_every_problem_is_named_and_no_file_written(tmp_path):
    path = tmp_path / "wrong.json"
    document = answers_of(sheet({}), journey_matrix().key)
    document["respondents"][0]["ratings"] = {"nonsense.1.01": 3, "strategy.1.01": 9}
    path.write_text(json.dumps(document), encoding="utf-8")
    out = tmp_path / "out.pdf"
    out.write_text("the old one")

    with pytest.raises(CommandError) as error:
        report(path, "--out", out)

    assert "2 problems, no report was written" in str(error.value)
    assert "nonsense.1.01" in str(error.value)
    assert out.read_text() == "the old one"


def test_folder_that_is_not_there_is_said_and_nothing_left_behind(answers, tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        report(answers, "--out", tmp_path / "nowhere" / "out.json")


def test_runs_from_a_shell_without_any_database(answers, tmp_path):
    environment = {
        **os.environ,
        "WAYMARK_STATE_DIR": str(tmp_path / "state"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'none' / 'db.sqlite3'}",
    }
    command = [sys.executable, "manage.py", "report", str(answers)]
    finished = subprocess.run(
        [*command, "--out", str(tmp_path / "out.pdf"), "--paper", "letter"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.7")

    wrong = subprocess.run(
        [*command[:3], str(tmp_path / "missing.json"), "--out", str(tmp_path / "no.pdf")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "no report was written" in wrong.stderr
    assert not (tmp_path / "no.pdf").exists()
