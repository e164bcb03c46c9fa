"""A workspace's look in every format; without one nothing changes, and no file is for another."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from assessments.scoring.scored import score
from maturity.web.files.images import remade
from maturity.workspaces.actors import LINK
from maturity.workspaces.branding.colours import Branding, Logo
from maturity.workspaces.models import WorkspaceBranding
from reports.charts import palette
from reports.core.services.layout import report_html
from reports.document.composing import build_document
from reports.document.documents import Document
from reports.jobs.kinds import OF_A_RESULT
from reports.jobs.services.files import report_bytes
from reports.jobs.services.making import request_report
from reports.models import Report
from reports.rendering.look import colours_address, found_at, logo_address
from reports.rendering.pdf import LayoutFailed, render_pdf
from reports.sharing.services import make_share, token_of_share
from tests.assessments.closed import closed, make_house
from tests.reports.exports.test_exports import typical
from tests.reports.rendering.test_pdf import problems_of, text_of
from tests.reports.sheets import journey_matrix, sheet

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WINE, OCHRE = "#7A1F5C", "#C98500"
FOOT = "Northbank & Sons <b>“Confidential”</b> 100 %"
ON_PAPER = [kind.key for kind in OF_A_RESULT if kind.on_paper]
LOOKING = [kind.key for kind in OF_A_RESULT if kind.has_look]


@lru_cache(maxsize=1)
def logo() -> Logo:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), WINE).save(out, "PNG")
    picture = remade(out.getvalue())
    return Logo(picture.png, picture.width, picture.height, 'Logo of "Northbank" & Sons')


def look(**changes: Any) -> Branding:
    return replace(Branding(WINE, OCHRE, FOOT, logo()), **changes)


def branded(branding: Branding | None) -> Document:
    answers = sheet(targets={"strategy": 4}, picks={"strategy": 5}, baseline={"strategy": 1})
    return build_document(score(journey_matrix(), answers), branding=branding)


# --- a look in an address ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("branding", "css"),
    [
        (Branding(WINE, OCHRE), b":root { --accent: #7A1F5C; --rule: #C98500 }"),
        (Branding(WINE), b":root { --accent: #7A1F5C; --rule: #7A1F5C }"),
        (Branding(second=OCHRE), b":root { --rule: #C98500 }"),
        (Branding(footer="x"), b":root {  }"),
    ],
)
def test_colours_stand_in_their_address(branding, css):
    assert found_at(colours_address(branding)) == (css, "text/css")


def test_logo_stands_in_its_address():
    assert found_at(logo_address(logo())) == (logo().png, "image/png")


@pytest.mark.parametrize(
    "address",
    [
        "colours:7A1F5C",
        "colours:7A1F5C-C98500;}*{color:red",
        "colours:url(x)-",
        "logo:",
        "logo:PHN2Zy8-",
        "logo:?",
        "asset:report.css",
        "https://example.org/logo.png",
    ],
)
def test_nothing_else_stands_in_an_address(address):
    assert found_at(address) is None


@pytest.mark.parametrize("address", ["logo:PHN2Zy8-", "colours:red-"])
def test_an_address_without_a_look_stops_the_render(address):
    with pytest.raises(LayoutFailed):
        render_pdf(f"<html lang=en><title>x</title><body><img alt=x src='{address}'></body></html>")


# --- on paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ON_PAPER)
def test_without_a_look_no_trace_of_one(kind):
    html = report_html(branded(None), paper="a4", kind=kind)

    assert [each for each in ("brand.css", "colours:", "logo:", "data-foot") if each in html] == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("kind", ON_PAPER)
def test_on_paper_a_look_is_accessible_and_the_same_each_time(kind, paper):
    html = report_html(branded(look()), paper=paper, kind=kind)

    content = render_pdf(html).content

    assert problems_of(content) == []
    if paper == "a4":
        assert render_pdf(html).content == content
    words = " ".join(text_of(content).split())
    pages = len(pypdfium2.PdfDocument(content))
    # The cover has the line once, every other page at its foot; the cover's own foot is empty.
    assert words.count(FOOT) == pages
    with pikepdf.open(io.BytesIO(content)) as document:
        alts = [str(each["/Alt"]) for each in document.objects if _is_figure(each)]
        images = [each for each in document.objects if _is_image(each)]
    assert 'Logo of "Northbank" & Sons' in alts
    assert [(int(each.Width), int(each.Height)) for each in images] == [(300, 100)]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_one_page_stays_one_page_with_a_look(paper):
    html = report_html(branded(look(footer="W" * 100)), paper=paper, kind="summary")

    assert len(pypdfium2.PdfDocument(render_pdf(html).content)) == 1


def _is_figure(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/Alt" in item


def _is_image(item: Any) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def test_headings_are_in_the_accent_and_stages_keep_their_colours():
    plain, dressed = (
        render_pdf(report_html(branded(each), paper="a4", kind="summary")).content
        for each in (None, look())
    )

    assert _colours_of(plain) & {(0x7A, 0x1F, 0x5C), (0xC9, 0x85, 0x00)} == set()
    assert {(0x7A, 0x1F, 0x5C), (0xC9, 0x85, 0x00)} <= _colours_of(dressed)
    ramp = {tuple(bytes.fromhex(each[1:])) for each in palette.RAMP}
    assert _colours_of(dressed) & ramp == _colours_of(plain) & ramp != set()


def _colours_of(content: bytes) -> set[tuple[int, ...]]:
    """Return every colour something is filled or drawn with, rounded to whole steps."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [each.read_bytes() for each in document.objects if _has_marks(each)]
    numbers = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", b"\n".join(streams))
    return {tuple(round(255 * float(part)) for part in each) for each in numbers}


def _has_marks(item: Any) -> bool:
    if not isinstance(item, pikepdf.Stream) or item.get("/Subtype") == "/Image":
        return False
    return "/Length1" not in item and item.get("/Type") not in ("/XRef", "/ObjStm")


@pytest.mark.parametrize("foot", ["W" * 100, "word " * 20, "株式会社 · 機密", "مرحبا"])
def test_a_long_line_at_the_foot_stays_on_its_page(foot):
    html = report_html(branded(look(footer=foot.strip())), paper="letter", kind="summary")
    content = render_pdf(html).content

    assert problems_of(content) == []
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            left, bottom, right, top = item.get_bounds()
            assert 0 <= left <= right <= width
            assert 0 <= bottom <= top <= height


# --- slides and workbook -------------------------------------------------------------------------


def deck_of(branding: Branding | None) -> tuple[Any, zipfile.ZipFile]:
    content = report_bytes(branded(branding), journey_matrix(), kind="pptx")
    return Presentation(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(content))


def test_slides_have_the_colours_the_logo_and_the_line():
    deck, archive = deck_of(look())

    theme = archive.read("ppt/theme/theme1.xml").decode()
    for name in ("accent1", "dk2", "hlink"):
        assert f'<a:{name}><a:srgbClr val="{WINE[1:]}"/>' in theme
    assert 'schemeClr val="tx2"' in archive.read("ppt/slideMasters/slideMaster1.xml").decode()
    for layout in deck.slide_layouts:
        (found,) = [shape for shape in layout.shapes if shape.name == "Logo"]
        assert found.image.blob == logo().png
        assert found._element.nvPicPr.cNvPr.get("descr") == logo().alt
        assert found.width / found.height == pytest.approx(3, rel=0.01)
        assert found.left + found.width <= deck.slide_width
        (rule,) = [shape for shape in layout.shapes if shape.name == "Rule"]
        assert str(rule.fill.fore_color.rgb) == OCHRE[1:]
    feet = [
        shape.text_frame.text.split("\n")
        for slide in deck.slides
        for shape in slide.placeholders
        if shape.placeholder_format.idx == 11
    ]
    assert len(feet) == len(deck.slides) - 1
    assert {each[1] for each in feet} == {FOOT}
    series = [
        plotted
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
        for plotted in shape.chart.plots[0].series
    ]
    today = [each for each in series if each.name == "Now"]
    assert str(today[0].format.line.color.rgb) == WINE[1:]
    assert {str(each.format.fill.fore_color.rgb) for each in today[1:]} == {WINE[1:]}


def test_slides_keep_the_stages_colours():
    def fills(branding: Branding | None) -> list[str]:
        deck, _ = deck_of(branding)
        xml = [shape._element.xml for slide in deck.slides for shape in slide.shapes]
        return re.findall(
            r'<a:tcPr [^>]*>.*?srgbClr val="(\w+)"/>\s*</a:solidFill>\s*</a:tcPr>',
            "".join(xml),
            re.S,
        )

    assert fills(look()) == fills(None) != []


def book_of(branding: Branding | None) -> Any:
    content = report_bytes(branded(branding), journey_matrix(), kind="xlsx")
    return load_workbook(io.BytesIO(content))


def test_workbook_has_the_colours_the_logo_and_the_line():
    book = book_of(look())

    for each in book:
        assert each["A1"].font.color.rgb == f"FF{WINE[1:]}"
        assert each["A3"].fill.fgColor.rgb == f"FF{WINE[1:]}"
        assert each["A3"].border.bottom.color.rgb == f"FF{OCHRE[1:]}"
        assert each.oddFooter.center.text.replace("&&", "&") == FOOT
    (image,) = book["Summary"]._images
    assert image._data() == logo().png
    assert [each.title for each in book if each._images] == ["Summary"]


@pytest.mark.parametrize("foot", ["R&G Advisers", "&G&A&RPage &P", "&", "&&&", "=1+1", "&" * 100])
def test_line_at_the_foot_of_a_workbook_is_no_code(foot):
    content = report_bytes(branded(look(footer=foot)), journey_matrix(), kind="xlsx")

    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    (written,) = re.findall("<oddFooter>(.*)</oddFooter>", xml)
    doubled = foot.replace("&", "&&").replace("&", "&amp;")
    assert written == f"&amp;L&amp;A&amp;C{doubled}&amp;RPage &amp;P of &amp;N"


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_file_with_a_look_is_the_same_each_time(kind):
    document, matrix = typical()
    document = replace(document, branding=look())

    made = [report_bytes(document, matrix, kind=kind) for _ in range(2)]

    assert made[0] == made[1]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_bare_data_have_no_look(kind):
    plain, dressed = (
        report_bytes(branded(each), journey_matrix(), kind=kind) for each in (None, look())
    )

    assert plain == dressed


# --- made once, and for nobody else --------------------------------------------------------------


def set_look(assessment: Any, **fields: Any) -> None:
    WorkspaceBranding.objects.update_or_create(
        workspace=assessment.workspace, defaults={"changed_at": NOW, **fields}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LOOKING)
def test_each_look_has_a_file_of_its_own_made_once(answered, kind):
    def asked() -> int:
        report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK, kind=kind)
        return report.pk

    plain = asked()
    set_look(answered.assessment, accent=WINE)
    wine, wine_again = asked(), asked()
    set_look(answered.assessment, accent="", footer="Confidential")
    foot = asked()
    set_look(answered.assessment, accent=WINE, footer="")
    wine_later = asked()
    WorkspaceBranding.objects.all().delete()

    assert len({plain, wine, foot}) == 3
    assert wine == wine_again == wine_later
    # Without a look, as before there was one.
    assert asked() == plain


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["accent", "second", "footer", "logo"])
def test_every_part_of_a_look_tells_files_apart(answered, field):
    set_look(answered.assessment, accent=WINE, second=OCHRE, footer="x")
    before = request_report(answered.assessment, paper="a4", now=NOW, by=LINK, kind="pptx")
    changes = {"logo": {"logo": logo().png, "logo_width": 300, "logo_height": 100}}

    set_look(answered.assessment, **changes.get(field, {field: "#1E4166"}))

    after = request_report(answered.assessment, paper="a4", now=NOW, by=LINK, kind="pptx")
    assert after.pk != before.pk


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_data_made_before_a_look_are_still_the_same_file(answered, kind):
    before = request_report(answered.assessment, paper="a4", now=NOW, by=LINK, kind=kind)
    set_look(answered.assessment, accent=WINE)

    assert request_report(answered.assessment, paper="a4", now=NOW, by=LINK, kind=kind) == before


@pytest.mark.django_db
def test_a_frozen_result_is_printed_in_todays_look(version):
    house = make_house(version)
    result = closed(house, date(2026, 3, 3))
    set_look(result.assessment, accent=WINE, footer="Of today")

    for kind in ON_PAPER:
        report = request_report(
            result.assessment, paper="a4", now=NOW, by=LINK, result=result, kind=kind
        )
        assert 'href="colours:7A1F5C-7A1F5C"' in report.html
        assert 'data-foot="Of today"' in report.html


@pytest.mark.django_db
def test_another_workspace_has_none_of_it(version, answered):
    house = make_house(version)
    result = closed(house, date(2026, 3, 3))
    set_look(result.assessment, footer="CANARY", accent=WINE)

    report = request_report(answered.assessment, paper="a4", now=NOW, by=LINK)

    assert "CANARY" not in report.html
    assert "colours:" not in report.html


@pytest.mark.django_db
def test_a_shared_link_hands_out_the_look_of_the_day(client, answered):
    share = make_share(
        answered.assessment,
        result=None,
        shows=["summary"],
        label="",
        days=7,
        password="",
        now=datetime.now(UTC),
        by=LINK,
    )
    url = f"/shared/{token_of_share(share)}/summary.pdf"
    plain = client.get(url).content
    set_look(answered.assessment, footer="Shown to everybody")

    dressed = client.get(url).content

    assert "Shown to everybody" in text_of(dressed)
    assert "Shown to everybody" not in text_of(plain)
    assert Report.objects.filter(kind="summary").count() == 2
