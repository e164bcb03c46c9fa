"""Pictures: well-formed, fit for a strict content policy, whatever the names."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from assessments.scoring.scored import score
from reports.charts import pictures
from reports.charts.bars import bars
from reports.charts.emblem import emblem
from reports.charts.lanes import lanes
from reports.charts.radar import radar
from reports.charts.words import lines_of
from reports.document.composing import build_document
from reports.document.documents import RadarAxis, RadarValues, StageFacts
from tests.reports.sheets import journey_matrix, sheet

SVG = "{http://www.w3.org/2000/svg}"
STAGES = tuple(StageFacts(n, f"Name {n}", "", "", n) for n in range(1, 6))


def values(count: int = 8, **changes: object) -> RadarValues:
    axes = tuple(
        RadarAxis(f"Row {i}", f"{1 + i % 4}.0", 1.0 + i % 4, 4.0, 1.0, 1.0 + i % 4, 4.5)
        for i in range(count)
    )
    return RadarValues(
        "A title", "A description", STAGES, tuple(replace(a, **changes) for a in axes)
    )


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def classes(svg: str) -> list[str]:
    return [element.get("class", "") for element in parsed(svg).iter()]


@pytest.mark.parametrize("count", [3, 5, 8, 12, 60])
def test_radar_fits_a_strict_policy(count):
    svg = radar(values(count), name="here")

    root = parsed(svg)
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag not in {f"{SVG}style", f"{SVG}script", f"{SVG}metadata", f"{SVG}defs"}
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert ids == ["here-title", "here-desc"]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "here-title here-desc")
    assert root.find(f"{SVG}title").text == "A title"


def test_radar_shows_every_series_and_names_it():
    svg = radar(values(), name="r")

    assert {"radar-now", "radar-target", "radar-before", "radar-band"} <= set(classes(svg))
    assert [
        each for each in texts(svg) if each in {"Now", "Target", "Last time", "Open until answered"}
    ] == ["Now", "Target", "Last time", "Open until answered"]
    assert classes(svg).count("radar-ring") == 5
    assert classes(svg).count("radar-dot") == 8


def test_radar_leaves_out_what_is_not_there():
    svg = radar(values(target=None, before=None, lowest=None, highest=None), name="r")

    assert not {"radar-target", "radar-before", "radar-band", "radar-reach"} & set(classes(svg))
    assert "Target" not in texts(svg)


def test_missing_dimension_interrupts_the_line():
    whole = values()
    axes = list(whole.axes)
    axes[2] = replace(axes[2], now=None, lowest=None, highest=None, figure="not assessed")
    svg = radar(replace(whole, axes=tuple(axes)), name="r")

    assert classes(svg).count("radar-dot") == 7
    assert "not assessed" in texts(svg)
    # Six lines between seven neighbours instead of one outline, and one in the legend.
    assert classes(svg).count("radar-now") == 7


def test_nothing_assessed_draws_the_rings_alone():
    svg = radar(values(now=None, target=None, before=None, lowest=None, highest=None), name="r")

    assert classes(svg).count("radar-dot") == 0
    assert classes(svg).count("radar-ring") == 5


@pytest.mark.parametrize(
    "label",
    [
        r"Cost $\foo$",
        '<b>&amp; "quotes" -- ]]>',
        "株式会社 😀",
        "W" * 200,
        "$$$",
        "",
        "مرحبا بالعالم",
    ],
)
def test_labels_are_data(label):
    svg = radar(values(name=label, figure=label), name="r")

    shown = "".join(texts(svg))
    assert label[:10].split(" ")[0] in shown
    assert len(svg) < 40_000


def test_more_names_than_fit_become_numbers():
    assert "Row 0" in texts(radar(values(10), name="r"))
    assert "Row 0" not in texts(radar(values(11), name="r"))
    assert {"1", "60"} <= set(texts(radar(values(60), name="r")))


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_are_bars(count):
    svg = pictures.radar_picture(values(count))

    assert svg == bars(values(count), name="radar")
    assert classes(svg).count("radar-bar") == count


def test_same_values_give_the_same_bytes():
    assert radar(values(), name="r") == radar(values(), name="r")
    assert radar(values(), name="r") != radar(values(now=2.0), name="r")


def test_lanes_count_the_steps():
    document = build_document(score(journey_matrix(), sheet()))
    svg = lanes(document.steps, name="l")

    counted = sum(int(text.split()[0]) for text in texts(svg) if text.endswith(("step", "steps")))
    assert counted == len(document.steps)
    assert texts(svg)[:3] == ["Now", "Next", "Later"]


def test_emblem_leaves_out_what_is_not_assessed():
    known = values(5)
    axes = (replace(known.axes[0], now=None), *known.axes[1:])

    def corners(drawn):
        (shape,) = [each for each in parsed(drawn).iter() if each.get("class") == "radar-now"]
        return sum(each.get("d", "").count("L") for each in shape.iter()) + 1

    assert corners(emblem(known, name="e")) == 5
    assert corners(emblem(replace(known, axes=axes), name="e")) == 4
    nothing = tuple(replace(each, now=None) for each in known.axes[:3])
    few = replace(known, axes=(*nothing, *known.axes[3:]))
    assert "radar-now" not in emblem(few, name="e")


def test_lanes_and_emblem_of_nothing_are_well_formed():
    assert parsed(lanes((), name="l")).tag == f"{SVG}svg"
    assert parsed(emblem(values(2), name="e")).tag == f"{SVG}svg"


def test_words_are_broken_into_few_short_lines():
    lines = lines_of("Social Tools Inside the Company and everywhere else we work " * 3)

    assert len(lines) == 3
    assert max(map(len, lines)) <= 24
    assert lines[-1].endswith("…")
    assert lines_of("x" * 100) == ["x" * 24, "x" * 24, "x" * 23 + "…"]


def test_wide_letters_fill_a_line_sooner():
    assert lines_of("W" * 100) == ["W" * 13, "W" * 13, "W" * 12 + "…"]
    assert lines_of("株" * 100) == ["株" * 13, "株" * 13, "株" * 12 + "…"]
    assert lines_of("WWWW MMMM WWWW", length=16) == ["WWWW MMMM", "WWWW"]
    # Initials alone change nothing.
    assert lines_of("Social Tools Inside the Company") == ["Social Tools Inside the", "Company"]
