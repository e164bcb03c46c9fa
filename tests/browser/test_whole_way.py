"""The main job in one go: home, quick, guided, result, what if, report, PDF; and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from assessments.models import Pick, Rating
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import matrix_of_version
from tests.looks import scrolls_sideways

pytestmark = pytest.mark.browser

ORGANISATION = "Harbour Lights Outdoor Equipment"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 700}


def test_from_home_to_the_pdf_in_every_look(
    version: MaturityModel,
    new_page: Callable[..., Page],
    every_look: Callable[[Page], list[str]],
    tmp_path: Path,
) -> None:
    page = new_page(viewport=WIDE)

    def look_at(name: str) -> None:
        assert every_look(page) == [], name

    _from_home_to_the_pdf(page, version, look_at, tmp_path)


def test_from_home_to_the_pdf_on_a_dark_phone(
    version: MaturityModel, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(viewport=PHONE, color_scheme="dark", has_touch=True)

    def look_at(name: str) -> None:
        assert not scrolls_sideways(page), name

    _from_home_to_the_pdf(page, version, look_at, tmp_path)


def _from_home_to_the_pdf(
    page: Page, version: MaturityModel, look_at: Callable[[str], None], folder: Path
) -> None:
    page.goto("/")
    look_at("home")
    page.get_by_role("main").get_by_role("link", name="Try it now").click()
    look_at("start")
    page.get_by_label("Organisation").fill(ORGANISATION)
    page.get_by_role("button", name="Start quick").click()
    _pick_every_dimension(page, version, look_at)

    expect(page).to_have_url(re.compile("/result/$"))
    expect(page.get_by_role("main")).to_contain_text("Stage 2, Experimental")
    look_at("result of picks")
    _answer_first_gate(page, look_at)
    page.get_by_role("link", name="Result").click()
    look_at("result")
    page.get_by_role("main").get_by_role("link", name="What if").click()
    look_at("what if")
    page.get_by_role("link", name="Targets").click()
    look_at("targets")
    page.get_by_role("link", name="Your link").click()
    look_at("link")
    page.get_by_role("link", name="Result").click()
    page.get_by_role("main").get_by_role("link", name="Get the report").click()
    pdf = _report(page, look_at, folder)

    _is_the_report(pdf)


def _pick_every_dimension(
    page: Page, version: MaturityModel, look_at: Callable[[str], None]
) -> None:
    rows = matrix_of_version(version.pk).dimensions
    for number, row in enumerate(rows):
        expect(page.get_by_role("heading", level=1)).to_have_text(row.name)
        page.get_by_role("radio", name=re.compile("^2 Experimental")).check()
        expect(page.locator("#save-state")).to_have_text(re.compile("^Saved"))
        if number == 0:
            look_at("quick")
        page.get_by_role("button", name=re.compile("^(Next|To the result)")).click()
    assert Pick.objects.filter(stage=2).count() == len(rows)


def _answer_first_gate(page: Page, look_at: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Answer").click()
    page.get_by_role("link", name="Guided").click()
    expect(page.get_by_role("heading", name=re.compile("reach stage 2"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("reach stage 3"))).to_have_count(0)
    statements = page.locator("fieldset.statement")
    for number in range(statements.count()):
        statements.nth(number).locator('input[value="3"]').locator("xpath=..").click()
    expect(page.get_by_role("heading", name=re.compile("reach stage 3"))).to_be_visible()
    expect(page.locator("#save-state")).to_have_text(re.compile("^Saved"))
    assert Rating.objects.filter(step=3).count() == 6
    look_at("guided")


def _report(page: Page, look_at: Callable[[str], None], folder: Path) -> Path:
    look_at("report")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("next in line")).to_be_visible()
    look_at("report asked for")
    call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload", verbosity=0)
    expect(page.get_by_text("Your report is ready")).to_be_visible()
    look_at("report ready")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    assert download.value.suggested_filename.startswith(f"Waymark report {ORGANISATION}")
    pdf = folder / "report.pdf"
    download.value.save_as(pdf)
    return pdf


def _is_the_report(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            assert outline.root[0].title == ORGANISATION
    pages = pypdfium2.PdfDocument(path)
    assert ORGANISATION in " ".join(pages[0].get_textpage().get_text_range().split())
    pages.close()
