"""Pictures as files: the same as on the page, with letters that need no font, and their figures."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from PIL import Image

from assessments.lifecycle.services.closing import end_answers
from maturity.workspaces.models import AuditEvent
from reports.charts import palette
from reports.charts.bars import bars
from reports.charts.files import SCALE, png_file, svg_file
from reports.charts.lettering import BOX, outline_of
from reports.charts.radar import radar
from reports.document.documents import RadarValues
from reports.document.tables.charts import radar_table
from reports.result.services import radar_file
from tests.assessments.closed import BY, NOW, begin, closed, make_house
from tests.reports.charts.test_charts import SVG, values
from tests.roles_cast import make_step

LONG = (
    "Social tools inside the company and everywhere else we work",
    "Strategy",
    "Customer engagement and community management",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "People, profiles and the way in which we manage them over time",
)
WIDE = (
    "W" * 200,
    "WWWW WWWW MMMM WWWWWW",
    "組織全体のソーシャルメディアの戦略と方針",
    "GOVERNANCE AND RISK",
)
Box = tuple[float, float, float, float]


def named(count: int, names: tuple[str, ...] = LONG) -> RadarValues:
    found = values(count)
    axes = (replace(each, name=names[at % len(names)]) for at, each in enumerate(found.axes))
    return replace(found, axes=tuple(axes))


def boxes(svg: str) -> list[tuple[str, Box]]:
    """Return every text of a picture with the room its letters take."""
    found = []
    for each in ElementTree.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314 - our own
        text = each.text or ""
        if not text.strip():
            continue
        size = float(each.get("font-size", "0"))
        (x0, y0, x1, y1), width = _room_of(text, size, each.get("font-weight") == "600")
        x, y = float(each.get("x", "0")), float(each.get("y", "0"))
        x -= {"middle": width / 2, "end": width}.get(each.get("text-anchor", ""), 0)
        found.append((text, (x + x0, y - y1, x + x1, y - y0)))
    return found


@lru_cache(maxsize=4096)
def _room_of(text: str, size: float, is_bold: bool) -> tuple[Box, float]:
    """Return the edges of a text's letters and its width; pictures share most of their words."""
    outline, width = outline_of(text, size=size, is_bold=is_bold)
    return tuple(outline.get_extents().extents), width


def size_of(svg: str) -> tuple[float, float]:
    width, height = ElementTree.fromstring(svg).get("viewBox", "").split()[2:]  # noqa: S314
    return float(width), float(height)


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > 0.5
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    )


# --- readable ------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [LONG, WIDE], ids=["long", "wide"])
@pytest.mark.parametrize("has_key", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 24, 60])
def test_long_names_stay_inside_and_apart(count, has_key, names):
    found = named(count, names)
    svg = radar(found, name="r", has_key=has_key) if count > 2 else bars(found, name="b")

    width, height = size_of(svg)
    texts = boxes(svg)
    outside = [
        (text, box)
        for text, box in texts
        if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height
    ]
    assert outside == []
    collisions = [
        (one, other)
        for at, (one, box) in enumerate(texts)
        for other, there in texts[at + 1 :]
        if overlap(box, there)
    ]
    assert collisions == []


@pytest.mark.parametrize("count", [11, 60])
def test_a_radar_of_numbers_is_taken_along_with_its_names(count):
    svg = radar(named(count), name="r", has_key=True)

    texts = [text for text, _ in boxes(svg)]
    assert [str(number) for number in range(1, count + 1) if texts.count(str(number)) < 2] == []
    assert texts.count("Strategy") == -(-(count - 1) // len(LONG))
    assert "Strategy" not in [text for text, _ in boxes(radar(named(count), name="r"))]


# --- as SVG --------------------------------------------------------------------------------------


def test_svg_needs_no_font_and_no_style():
    root = ElementTree.fromstring(svg_file(radar(values(), name="r")))  # noqa: S314 - our own

    assert {each.tag for each in root.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "desc", "rect", "path")
    }
    for each in root.iter():
        assert not {"class", "style", "font-family", "data-stage"} & set(each.attrib)
    assert (root.get("width"), root.get("height")) == ("680", "600")
    assert root.findtext(f"{SVG}title") == "A title"
    assert root.findtext(f"{SVG}desc") == "A description"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert ids == root.get("aria-labelledby", "").split()


def test_svg_has_every_mark_of_the_page_s_picture():
    picture = radar(values(), name="r")

    drawn = ElementTree.fromstring(picture)  # noqa: S314 - our own
    taken = ElementTree.fromstring(svg_file(picture))  # noqa: S314 - our own
    kinds = (f"{SVG}path", f"{SVG}circle", f"{SVG}text")
    marks = [each for each in drawn if each.tag in kinds]
    paths = list(taken.iter(f"{SVG}path"))
    assert len(paths) == len(marks)
    for mark, path in zip(marks, paths, strict=True):
        assert path.get("fill") == mark.get("fill")
        assert path.get("stroke-dasharray") == mark.get("stroke-dasharray")


def test_same_picture_is_the_same_file():
    picture = radar(values(), name="r")

    assert svg_file(picture) == svg_file(picture)
    assert png_file(picture) == png_file(picture)


@pytest.mark.parametrize(
    "label",
    [
        r"Cost $\foo$",
        '<b>&amp; "quotes" -- ]]>',
        "株式会社 😀",
        "مرحبا بالعالم 2026",
        "Kraków Łódź Ελλάδα Москва",
        "\U00100001",
        "$$$",
        "",
        " ",
    ],
)
def test_any_label_becomes_outlines(label):
    picture = radar(values(name=label, figure=label), name="r")

    root = ElementTree.fromstring(svg_file(picture))  # noqa: S314 - our own
    assert [each.get("d") for each in root.iter(f"{SVG}path") if not each.get("d")] == []
    assert png_file(picture).startswith(b"\x89PNG")


def test_a_character_that_no_font_has_is_a_box():
    missing, box = (outline_of(each, size=12, is_bold=False) for each in ("\U00100001", BOX))

    assert missing[0].vertices.tolist() == box[0].vertices.tolist()
    assert missing[1] == box[1] > 0


def test_letters_are_ours_and_semi_bold_is_heavier():
    plain, bold = (outline_of("Waymark", size=12, is_bold=each) for each in (False, True))

    assert 40 < plain[1] < bold[1] < 60
    assert outline_of("Waymark", size=24, is_bold=False)[1] == pytest.approx(2 * plain[1], rel=0.01)


# --- as PNG --------------------------------------------------------------------------------------


def test_png_is_large_enough_to_print_and_says_nothing_else():
    image = Image.open(io.BytesIO(png_file(radar(values(), name="r"))))

    assert image.size == (680 * SCALE, 600 * SCALE)
    assert set(image.info) == {"dpi"}
    assert round(image.info["dpi"][0]) == 300
    # Printed it is as wide as the text of a page.
    assert 165 < image.width / 300 * 25.4 < 180


def test_png_shows_what_the_page_shows():
    found = values(now=5.0, target=None, before=None, lowest=None, highest=None)
    image = Image.open(io.BytesIO(png_file(radar(found, name="r")))).convert("RGB")

    def at(x: float, y: float) -> tuple[int, ...]:
        return image.getpixel((round(x * SCALE), round(y * SCALE)))

    now = tuple(bytes.fromhex(palette.NOW[1:]))
    # The first dimension points up: its dot is where the topmost ring is.
    assert at(340, 264 - 184) == now
    assert at(2, 2) == (255, 255, 255)
    # Inside it is tinted, a tenth of the colour on white.
    tint = [255 - 0.1 * (255 - each) for each in now]
    assert at(318, 250) == pytest.approx(tint, abs=1)


# --- figures -------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_figures_are_those_of_the_picture_and_no_formula():
    found = named(3, ("=1+1", "@SUM(A1)", "Plain"))

    rows = rows_of(radar_file(found, "csv"))

    assert rows[0] == ["Number", "Dimension", "Now", "Target", "Last time", "Lowest", "Highest"]
    assert rows[1] == ["1", "'=1+1", "1.0", "4.0", "1.0", "1.0", "4.5"]
    assert [row[1] for row in rows[2:]] == ["'@SUM(A1)", "Plain"]


def test_figures_leave_out_what_is_not_there():
    bare = values(3, target=None, before=None, lowest=None, highest=None)

    table = radar_table(bare)
    assert [column.heading for column in table.columns] == ["Number", "Dimension", "Now"]


# --- on the pages --------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db
TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@pytest.mark.parametrize("ending", TYPES)
def test_a_result_s_radar_is_to_be_had(answered, ending):
    page = answered.get("result/").content.decode()
    response = answered.get(f"result/radar.{ending}")

    assert f'href="radar.{ending}"' in page
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[ending]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert f"Waymark radar Alder Books.{ending}" in response["Content-Disposition"]
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.detail) == (
        "picture.downloaded",
        {"picture": "radar", "format": ending},
    )


def test_looking_whether_it_is_there_is_no_download(answered):
    before = AuditEvent.objects.count()

    assert answered.client.head(answered.url("result/radar.svg")).status_code == 200
    assert AuditEvent.objects.count() == before
    assert answered.client.post(answered.url("result/radar.svg")).status_code == 405


@pytest.mark.parametrize("ending", ["pdf", "svgz", "SVG", "exe"])
def test_other_endings_are_not_there(answered, ending):
    for place in ("result", "what-if"):
        assert answered.get(f"{place}/radar.{ending}").status_code == 404


def test_nothing_answered_has_no_picture(guest):
    assert guest.get("result/radar.svg").status_code == 404
    assert "radar.svg" not in guest.get("result/").content.decode()


def test_what_if_s_radar_is_that_of_the_chosen_steps(answered):
    page = answered.get("what-if/?done=strategy.3.01&done=metrics.3.01").content.decode()
    question = "?done=metrics.3.01&amp;done=strategy.3.01"

    assert f'href="radar.csv{question}"' in page
    plain = rows_of(answered.get("what-if/radar.csv").content)
    changed = rows_of(answered.get("what-if/radar.csv?done=strategy.3.01").content)
    assert plain != changed
    assert plain[0] == changed[0]


def test_hidden_results_have_no_picture(version):
    house = make_house(version)
    assessment = begin(house, voices="anonymous")
    end_answers(assessment, now=NOW, by=BY)

    for place in ("result/radar", "what-if/radar"):
        for ending in TYPES:
            url = f"/assessments/{assessment.public_id}/{place}.{ending}"
            assert house.client("lead").get(url).status_code == 404


def test_comparison_trend_and_timeline_are_to_be_had(version):
    house = make_house(version)
    first, second = closed(house, date(2025, 3, 3)), closed(house, date(2026, 3, 3))
    due = timezone.localdate() + timedelta(days=20)
    make_step(house.organisation, version, words="=Do it", due=due)
    lead = house.client("lead")
    question = f"?from={first.pk}&to={second.pk}"

    assert (
        f'href="radar.svg?from={first.pk}&amp;to={second.pk}"'
        in lead.get(house.url("compare/")).content.decode()
    )
    compared = rows_of(lead.get(house.url(f"compare/radar.csv{question}")).content)
    assert compared[0][2:] == ["3 March 2026", "3 March 2025"]
    trend = rows_of(lead.get(house.url("history/trend.csv")).content)
    assert [row[:2] for row in trend[1:]] == [
        ["2025-03-03", "3 March 2025"],
        ["2026-03-03", "3 March 2026"],
    ]
    assert trend[0][2:5] == ["Overall", "Strategy", "Customer Engagement"]
    timeline = rows_of(lead.get(house.url("timeline/timeline.csv")).content)
    assert timeline[1] == ["'=Do it", "Ines", "planned", "", due.isoformat(), ""]
    for place in (f"compare/radar.svg{question}", "history/trend.png", "timeline/timeline.svg"):
        assert lead.get(house.url(place)).status_code == 200


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("history/trend.svg?line=8", 200),
        ("history/trend.svg?line=9", 404),
        ("history/trend.svg?line=-1", 404),
        ("history/trend.svg?line=9999", 404),
        ("history/trend.svg?line=x", 404),
        ("history/trend.pdf", 404),
        ("compare/radar.svg?from=0", 404),
        ("compare/radar.pdf", 404),
        ("timeline/timeline.svg", 404),
    ],
)
def test_what_is_not_there_is_not_found(version, place, status):
    house = make_house(version)
    for year in (2025, 2026):
        closed(house, date(year, 3, 3))

    assert house.client("lead").get(house.url(place)).status_code == status
