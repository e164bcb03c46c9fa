"""The timeline: which steps it shows, over which months, and that words stay words."""

from datetime import date, timedelta
from xml.etree import ElementTree

from reports.charts.timeline import timeline
from reports.document.timeline import MOST_BARS, Bar, timeline_of

TODAY = date(2026, 11, 26)


def bar(words="Hire", due=TODAY, **more):
    fields = {"owner": "Ines", "start": None, "status": "planned", "is_overdue": False} | more
    return Bar(words=words, due=due, **fields)


def test_it_runs_over_whole_months_and_holds_today():
    values = timeline_of(
        [bar("Late", date(2026, 9, 10)), bar("Far", date(2027, 2, 3), start=date(2027, 1, 20))],
        today=TODAY,
    )

    assert (values.first, values.last) == (date(2026, 9, 1), date(2027, 2, 28))
    assert [month.month for month in values.months] == [9, 10, 11, 12, 1, 2]
    assert values.description == ("Late, by 2026-09-10; Far, from 2027-01-20 by 2027-02-03")


def test_steps_stand_in_the_order_they_are_due():
    values = timeline_of(
        [bar("B", TODAY + timedelta(9)), bar("A", TODAY + timedelta(9)), bar("C")], today=TODAY
    )

    assert [each.words for each in values.bars] == ["C", "A", "B"]


def test_nothing_to_show_is_no_picture():
    assert timeline_of([], today=TODAY) is None


def test_what_has_no_room_is_counted():
    many = [bar(str(number), TODAY + timedelta(number)) for number in range(MOST_BARS + 7)]
    ages = [bar("Long ago", date(2001, 1, 1)), bar("Far away", date(2099, 1, 1))]

    values = timeline_of([*many, *ages], today=TODAY)

    assert len(values.bars) == MOST_BARS
    assert values.later == 9
    assert values.first == date(2025, 11, 1)
    assert values.bars[0].words == "Long ago"


def test_what_is_long_overdue_stands_at_the_edge_with_its_month():
    values = timeline_of([bar("Hire", date(2024, 3, 9), is_overdue=True)], today=TODAY)

    words = [
        "".join(each.itertext())
        for each in ElementTree.fromstring(timeline(values, name="t")).iter(  # noqa: S314 - ours
            "{http://www.w3.org/2000/svg}text"
        )
    ]

    assert values.later == 0
    assert "Ines, due Mar 2024" in words


def test_picture_holds_every_bar_and_its_words_as_text():
    values = timeline_of(
        [
            bar("$\\foo$ <b>", start=TODAY - timedelta(9), is_overdue=True),
            bar("Point", TODAY + timedelta(40), owner="<i>"),
        ],
        today=TODAY,
    )

    picture = timeline(values, name="t")

    root = ElementTree.fromstring(picture)  # noqa: S314 - ours
    words = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"$\\foo$ <b>", "Point", "<i>", "Ines", "Today", "Nov 2026", "Dec", "Jan 2027"} <= set(
        words
    )
    assert picture.count("timeline-bar") == 1
    assert picture.count("timeline-late") == 1
    assert picture == timeline(values, name="t")
