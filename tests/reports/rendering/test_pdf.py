"""The PDF as a reader, a validator and an attacker see it."""

import io
import re
import socket

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from assessments.scoring.scored import score
from assessments.scoring.sheets import AnswerSheet
from reports.core.services.layout import report_html
from reports.document.composing import build_document
from reports.rendering.pdf import BOX, LayoutFailed, render_pdf
from tests.reports.sheets import journey_matrix, sheet, spread

NOTE = " ".join(["We met in spring and agreed on owners."] * 72)


def html_of(answers: AnswerSheet, paper: str = "a4") -> str:
    return report_html(build_document(score(journey_matrix(), answers)), paper=paper)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(each.get_textpage().get_text_bounded() for each in document)


def problems_of(content: bytes) -> list[str]:
    report = page_validation.validate_pdf_bytes(content, profile="ua1")
    return [f"{each.rule_id}: {each.message}" for each in report.failures]


def longest_of_signs(content: bytes) -> int:
    """Return how many characters the sign stands for that stands for most of them."""
    found = [0]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                read = font.ToUnicode.read_bytes().decode("ascii")
                found += [len(text) // 4 for text in re.findall(r"^<\w{4}> <(\w+)>$", read, re.M)]
    return max(found)


def runs_over(content: bytes) -> list[str]:
    """Return the words outside their page; a picture's have coordinates of their own."""
    found = []
    for number, each in enumerate(pypdfium2.PdfDocument(content), start=1):
        width, height = each.get_size()
        for item in each.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            left, bottom, right, top = item.get_bounds()
            if left < 0 or bottom < 0 or right > width or top > height:
                found.append(f"page {number}: {item.get_bounds()}")
    return found


def sizes_of(content: bytes) -> set[tuple[int, int]]:
    return {tuple(map(round, each.get_size())) for each in pypdfium2.PdfDocument(content)}


@pytest.fixture(scope="module")
def typical() -> bytes:
    """Return the report on a fully answered journey with some notes."""
    keys = list(journey_matrix().descriptors)[::20]
    answers = sheet(
        notes=dict.fromkeys(keys, "A short note."),
        picks={"strategy": 5},
        targets={"strategy": 4, "metrics": 5},
    )
    return render_pdf(html_of(answers)).content


def test_typical_report_is_accessible(typical):
    assert problems_of(typical) == []


def test_typical_report_has_bookmarks_language_and_title(typical):
    with pikepdf.open(io.BytesIO(typical)) as document, document.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        assert titles[:4] == ["Alder Books", "Contents", "In brief", "The whole matrix"]
        assert titles[4:12] == [row.name for row in journey_matrix().dimensions]
        assert titles[12:] == ["The roadmap", "How a stage is reached", "All answers"]
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]) == "Alder Books: Social Media Engagement Journey"


def test_typical_report_embeds_our_fonts_only(typical):
    with pikepdf.open(io.BytesIO(typical)) as document:
        names = {
            str(each.BaseFont)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
    assert names
    assert all("IBM-Plex-Sans" in name for name in names)


def test_typical_report_is_small_and_says_everything(typical):
    assert len(typical) < 400_000
    text = text_of(typical)
    pages = len(pypdfium2.PdfDocument(typical))
    assert f"Page {pages} of {pages}" in text
    for part in ("stage 2, Experimental", "You are here", "Target", "A short note.", "67 %"):
        assert part in text.replace("\u00a0", " ")
    # Every statement stands in the list of answers; a line may break anywhere.
    flat = "".join(text.split())
    assert [
        each.id
        for each in journey_matrix().descriptors.values()
        if "".join(each.statement.split()) not in flat
    ] == []


def test_contents_give_the_pages_where_things_are(typical):
    pages = [each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(typical)]
    # Page numbers are set to the right, so a reader finds them before the titles.
    listed = [int(each) for each in pages[1].partition("Contents")[0].split()]

    assert len(listed) == 14
    for place, mark in (
        (0, "The three steps that matter most"),
        (1, "Each row is read from left to right"),
        (8, "Dimension 6 of 8"),
        (13, "statements answered by"),
    ):
        (number,) = [n for n, text in enumerate(pages, start=1) if mark in text]
        assert listed[place] == number


def test_same_input_gives_the_same_bytes():
    html = html_of(sheet({"metrics.2.01": 2}))

    assert render_pdf(html).content == render_pdf(html).content


@pytest.mark.parametrize(
    ("paper", "sizes"),
    [("a4", {(595, 842), (842, 595)}), ("letter", {(612, 792), (792, 612)})],
)
def test_paper_has_its_size_and_nothing_answered_is_fine(paper, sizes):
    content = render_pdf(html_of(AnswerSheet(), paper)).content

    assert sizes_of(content) == sizes
    assert problems_of(content) == []
    assert "Nothing is answered yet" in text_of(content)


def test_long_names_and_long_notes_stay_on_their_pages():
    answers = sheet(
        spread(),
        organisation="Donaudampfschifffahrtsgesellschaft" * 5,
        notes={"strategy.1.01": NOTE, "strategy": NOTE, "metrics.3.01": NOTE},
    )
    content = render_pdf(html_of(answers)).content

    assert problems_of(content) == []
    # The foot is cut before it is laid out, so that each sign means itself and no longer text.
    assert longest_of_signs(content) <= 3
    assert runs_over(content) == []


HOSTILE = (
    "<img src=http://127.0.0.1:{port}/a.png><link rel=attachment href=file:///etc/passwd>"
    "<style>@import url(http://127.0.0.1:{port}/x.css);</style><script>1</script>"
    "<svg><image href='file:///etc/passwd'/></svg> file:///etc/passwd &lt;b&gt; {{ 7*7 }} "
    "{{% now 'Y' %}} <base href=http://127.0.0.1:{port}/>"
)


def test_hostile_text_is_printed_and_fetches_nothing():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        text = HOSTILE.format(port=listener.getsockname()[1])
        answers = sheet(
            {"strategy.1.01": 1},
            organisation=text[:200],
            notes={"strategy.1.01": text, "strategy": text},
        )
        content = render_pdf(html_of(answers)).content
        with pytest.raises(TimeoutError):
            listener.accept()

    assert "file:///etc/passwd" in "".join(text_of(content).split())
    assert "<script>1</script>" in "".join(text_of(content).split())
    assert b"root:" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert list(document.attachments) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<img alt=x src='file:///etc/passwd'>",
        "<img alt=x src='http://127.0.0.1:9/x.png'>",
        "<link rel=stylesheet href='asset:../report.css'>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<p style='background: url(data:text/plain,x)'>x</p>",
        "<svg viewBox='0 0 1 1'><title>x</title><image href='file:///etc/passwd'/></svg>",
    ],
)
def test_other_addresses_stop_the_render(markup):
    with pytest.raises(LayoutFailed):
        render_pdf(f"<html lang=en><title>x</title><body>{markup}</body></html>")


def test_warning_fails_the_render():
    with pytest.raises(LayoutFailed, match="nonsense"):
        render_pdf("<html lang=en><title>x</title><body><p style='color: nonsense(1)'>x</p></html>")


def test_missing_character_is_a_box_and_a_remark():
    # Plane 16, for private use: no font has it.
    rendered = render_pdf(
        "<html lang=en><title>x</title><link rel=stylesheet href=asset:report.css>"
        "<body><p>before \U00100001 after</p></body></html>"
    )

    assert f"before {BOX} after" in text_of(rendered.content)
    assert rendered.remarks == ("no font has U+100001, shown as a box",)
    assert problems_of(rendered.content) == []
