"""The paper kit: as it is printed, and as a validator reads it."""

import io
from functools import lru_cache
from typing import Any

import pikepdf
import pypdfium2
import pytest

from maturity.catalogue.matrix import Matrix, matrix_of
from reports.kit.services import KitOptions, kit_file_name, kit_html
from reports.kit.sheets import poster_of
from reports.rendering.pdf import render_pdf
from tests.reports.kits import LONG_NAME, model_of, printed
from tests.reports.rendering.test_pdf import problems_of
from tests.reports.sheets import journey_matrix

MM = 72 / 25.4
A3, A1 = (420 * MM, 297 * MM), (841 * MM, 594 * MM)
A4, A4_ACROSS = (210 * MM, 297 * MM), (297 * MM, 210 * MM)
LETTER, LETTER_ACROSS = (612.0, 792.0), (792.0, 612.0)
LONG = {"name": LONG_NAME, "title": f"{LONG_NAME} {LONG_NAME}"[:120].strip()}


def kit(matrix: Matrix, **options: Any) -> bytes:
    """Return the kit as a PDF; what several tests look at is printed once."""
    return _printed(kit_html(matrix, KitOptions(**options)))


@lru_cache(maxsize=64)
def _printed(html: str) -> bytes:
    return render_pdf(html).content


def pages_of(content: bytes) -> list[str]:
    """Return each page's text without blanks, for a line may break anywhere."""
    document = pypdfium2.PdfDocument(content)
    found = ["".join(each.get_textpage().get_text_bounded().split()) for each in document]
    document.close()
    return found


def sizes_of(content: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(content)
    found = [each.get_size() for each in document]
    document.close()
    return found


def flat(text: str) -> str:
    return "".join(text.split())


def boxes_of(content: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Return where the words of each page are, in millimetres from the top left."""
    found = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        height = page.get_height()
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        found.append(
            [(left / MM, (height - t) / MM, r / MM, (height - b) / MM) for left, b, r, t in rects]
        )
    document.close()
    return found


def crossings_of(boxes: list[tuple[float, float, float, float]]) -> list[object]:
    """Return the pairs of words that lie over one another by more than a hair."""
    ordered = sorted(boxes, key=lambda box: box[1])
    found = []
    for n, (left, top, right, bottom) in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if other[1] >= bottom - 0.4:
                break
            across = min(right, other[2]) - max(left, other[0])
            down = min(bottom, other[3]) - max(top, other[1])
            if across > 0.4 and down > 0.4:
                found.append(((left, top, right, bottom), other))
    return found


# --- paper ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("poster", "paper", "sizes"),
    [
        ("a3", "a4", [A3, A4, A4_ACROSS]),
        ("a1", "a4", [A1, A4, A4_ACROSS]),
        ("a3", "letter", [A3, LETTER, LETTER_ACROSS]),
        ("a1", "letter", [A1, LETTER, LETTER_ACROSS]),
    ],
)
def test_journey_is_three_pages_of_exact_size_and_accessible(poster, paper, sizes):
    content = kit(journey_matrix(), poster=poster, paper=paper)

    assert [crossings_of(boxes) for boxes in boxes_of(content)] == [[], [], []]
    assert [(pytest.approx(w, abs=0.01), pytest.approx(h, abs=0.01)) for w, h in sizes] == sizes_of(
        content
    )
    assert problems_of(content) == []


@pytest.mark.parametrize(("part", "size"), [("poster", A3), ("cards", A4), ("tally", A4_ACROSS)])
def test_part_stands_alone(part, size):
    content = kit(journey_matrix(), part=part)

    assert sizes_of(content) == [tuple(pytest.approx(each, abs=0.01) for each in size)]
    assert problems_of(content) == []


def test_poster_says_every_summary():
    matrix = journey_matrix()

    for paper in ("a3", "a1"):
        (page,) = pages_of(kit(matrix, poster=paper, part="poster"))
        texts = [cell.summary for row in matrix.dimensions for cell in row.cells]
        texts += [stage.summary for stage in matrix.stages] + [
            row.name for row in matrix.dimensions
        ]
        assert [text for text in texts if flat(text) not in page] == []


def test_a1_poster_is_the_a3_poster_twice_as_large():
    (small,), (large,) = (
        boxes_of(kit(journey_matrix(), poster=each, part="poster")) for each in ("a3", "a1")
    )

    assert len(small) == len(large)
    for one, two in zip(small, large, strict=True):
        assert [2 * length for length in one] == pytest.approx(two, abs=4)


def test_cards_are_one_for_each_stage_and_one_for_not_sure():
    matrix = journey_matrix()
    (page,) = pages_of(kit(matrix, part="cards"))

    for stage in matrix.stages:
        assert page.count(flat(f"{stage.number}{stage.name}")) == 1
    assert page.count(flat("Customers reach the company by phone, email or contract")) == 1
    assert page.count("?Notsure") == 1
    assert page.count("Threedots") == 1


def test_tally_has_a_line_for_each_dimension():
    matrix = journey_matrix()
    (page,) = pages_of(kit(matrix, part="tally"))

    assert [row.name for row in matrix.dimensions if page.count(flat(row.name)) != 1] == []
    for word in ("Organisation", "Date", "Facilitator", "Notsure", "Agreedstage", "Reason"):
        assert word in page
    assert "Dissent" in page
    for stage in matrix.stages:
        assert flat(f"{stage.number}{stage.name}") in page


# Letter holds less than A4. A poster on A1 is the one on A3 twice as large: see above.
SMALL, LARGE = ("a3", "letter"), ("a1", "a4")


@pytest.mark.parametrize(
    ("stages", "dimensions", "more", "papers"),
    [
        (2, 1, {}, SMALL),
        (3, 20, {"first_stage": 0}, LARGE),
        (5, 20, {}, SMALL),
        (6, 12, LONG, LARGE),
        (5, 8, LONG, SMALL),
        (5, 8, LONG, LARGE),
        (10, 9, {"summary": 90}, SMALL),
        (5, 60, {}, SMALL),
        (10, 6, {"summary": 600, **LONG}, SMALL),
        (10, 6, {"summary": 600, **LONG}, LARGE),
    ],
)
def test_nothing_is_lost_or_runs_over_an_edge(stages, dimensions, more, papers):
    matrix = printed(stages, dimensions, **more)
    poster, paper = papers

    content = kit(matrix, poster=poster, paper=paper)

    sheets = poster_of(matrix).sheets
    sizes, pages = sizes_of(content), pages_of(content)
    wide = [page for page, (width, _) in zip(pages, sizes, strict=True) if width > 1000]
    # As planned: no sheet ran on to another.
    assert len(wide) == len(sheets)
    for page, sheet in zip(wide, sheets, strict=True):
        texts = [box.cell.summary for row in sheet.rows for box in row.boxes]
        assert [text for text in texts if flat(text) not in page] == []
    assert [each.summary for each in matrix.stages if flat(each.summary) not in wide[0]] == []
    # One page of cards, then the tally.
    assert ["Votingcards" in page for page in pages].count(True) == 1
    tally = "".join(pages[len(wide) + 1 :])
    assert [row.name for row in matrix.dimensions if flat(row.name) not in tally] == []
    for boxes, (width, height) in zip(boxes_of(content), sizes, strict=True):
        assert crossings_of(boxes) == []
        assert min(left for left, _, _, _ in boxes) > 4
        assert min(top for _, top, _, _ in boxes) > 4
        assert max(right for _, _, right, _ in boxes) < width / MM - 4
        assert max(bottom for _, _, _, bottom in boxes) < height / MM - 2
    assert problems_of(content) == []


@pytest.mark.parametrize(
    ("stages", "across", "down"), [(3, 2, 2), (5, 2, 3), (6, 2, 4), (10, 3, 4)]
)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_words_of_a_card_stay_inside_its_face(stages, across, down, paper):
    matrix = printed(stages, 1, summary=400, name=LONG_NAME)
    width, height = (190.0, 239.0) if paper == "a4" else (195.9, 221.0)

    (boxes,) = boxes_of(kit(matrix, part="cards", paper=paper))

    inside = [box for box in boxes if box[1] > 18 and box[3] < 18 + height]
    assert len(inside) > stages * 3
    for left, top, right, bottom in inside:
        column, row = (left - 10) // (width / across), (top - 18) // (height / down)
        assert left >= 10 + column * width / across + 4
        assert right <= 10 + (column + 1) * width / across - 4
        assert top >= 18 + row * height / down + 4
        assert bottom <= 18 + (row + 1) * height / down - 4


def test_sixty_dimensions_say_which_sheet_holds_which():
    matrix = printed(5, 60)
    sheets = poster_of(matrix).sheets

    pages = pages_of(kit(matrix, part="poster"))

    assert len(pages) == len(sheets) > 1
    for page, sheet in zip(pages, sheets, strict=True):
        words = (
            f"Sheet {sheet.number} of {len(sheets)}: dimensions {sheet.first} to {sheet.last} of 60"
        )
        assert flat(words) in page


def test_texts_are_data():
    document = model_of(3, 2, title="<b>Title</b> {{ 7 }}")
    document["dimensions"][0]["cells"][0]["summary"] = "<img src=x> </td> & {% now 'Y' %}"
    from_markup = kit(matrix_of(document))

    assert flat("<img src=x> </td> & {% now 'Y' %}") in pages_of(from_markup)[0]
    assert flat("<b>Title</b> {{ 7 }}") in pages_of(from_markup)[0]


def test_same_input_gives_the_same_bytes():
    html = kit_html(journey_matrix(), KitOptions())

    # `kit` printed it another time.
    assert render_pdf(html).content == kit(journey_matrix())
    assert html == kit_html(journey_matrix(), KitOptions())


def test_kit_has_title_language_bookmarks_and_our_fonts_only():
    with pikepdf.open(io.BytesIO(kit(journey_matrix()))) as document:
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        names = {
            str(each.BaseFont)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
        assert titles == ["Social Media Engagement Journey", "Voting cards", "Tally sheet"]
        assert str(document.Root.Lang) == "en"
        assert str(document.docinfo["/Title"]) == "Paper kit: Social Media Engagement Journey"
    assert names
    assert all("IBM-Plex-Sans" in name for name in names)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "social-engagement-journey-kit-a3-a4.pdf"),
        ({"part": "poster", "poster": "a1"}, "social-engagement-journey-kit-poster-a1.pdf"),
        ({"part": "tally", "paper": "letter"}, "social-engagement-journey-kit-tally-letter.pdf"),
    ],
)
def test_file_name_says_what_it_is(options, name):
    assert kit_file_name(journey_matrix(), KitOptions(**options)) == name
