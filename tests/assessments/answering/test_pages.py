"""The pages that ask: what they show, where they resume, and what they cost."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.core.views.options import options_of
from assessments.models import SecretLink
from maturity.catalogue.matrix import Matrix
from tests.assessments.conftest import NOW, Guest, guest_of
from tests.assessments.reading import answer, form_of, text_of
from tests.markup import folded

# --- what they show ------------------------------------------------------------------------------


def test_quick_shows_five_cells_with_their_statements(guest: Guest, matrix: Matrix) -> None:
    page = text_of(guest.get("quick/strategy/"))

    assert len(re.findall(r'class="cell-card"', page)) == 5
    assert all(f'name="r-strategy" value="{n}"' in page for n in (1, 2, 3, 4, 5))
    assert "12 statements" in page
    assert page.count("<li>We ") > 0
    assert "Next: Customer Engagement" in page


def test_quick_ends_at_the_result(guest: Guest, matrix: Matrix) -> None:
    page = text_of(guest.get(f"quick/{matrix.dimensions[-1].key}/"))

    assert "To the result" in page
    assert f'data-next-url="{guest.url("result/")}"' in page


def test_everything_shows_every_statement_once(guest: Guest, matrix: Matrix) -> None:
    page = text_of(guest.get("everything/"))

    shown = re.findall(r'data-descriptor="([^"]+)"', page)
    assert sorted(shown) == sorted(matrix.descriptors)


def test_everything_shows_what_was_answered(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01=1, strategy__1__02="unknown", strategy__1__03="not_applicable")

    page = text_of(guest.get("everything/strategy/"))

    checked = re.findall(r'name="r-([^"]+)" value="([^"]+)" checked', page)
    assert checked == [
        ("strategy.1.01", "1"),
        ("strategy.1.02", "unknown"),
        ("strategy.1.03", "not_applicable"),
    ]
    assert "3 of 31" in page


def test_condition_is_asked_the_other_way_round(matrix: Matrix) -> None:
    labels = {
        kind: [option.label for option in options_of(matrix, descriptor)]
        for descriptor in matrix.dimension_by_key["strategy"].descriptors
        for kind in [descriptor.kind]
    }

    assert labels == {
        "practice": ["Not yet", "Partly", "Mostly", "Fully"],
        "condition": ["Fully", "Mostly", "Partly", "No longer"],
    }


def test_unanswered_only_leaves_out_what_is_answered(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01=1, strategy__1__02="unknown")

    shown = re.findall(
        r'data-descriptor="([^"]+)"', text_of(guest.get("everything/strategy/?open=1"))
    )

    assert len(shown) == 29
    assert {"strategy.1.01", "strategy.1.02"}.isdisjoint(shown)


def test_unanswered_only_says_when_nothing_is_open(
    link: SecretLink, guest: Guest, matrix: Matrix
) -> None:
    changes = [AnswerChange("rating", key, "value", 3) for key in matrix.descriptors]
    record_changes(link.respondent, changes, now=NOW)

    page = text_of(guest.get("everything/?open=1"))

    assert "Nothing is open here" in page
    assert "data-descriptor" not in page


def test_joined_page_equals_the_template(link: SecretLink, guest: Guest, matrix: Matrix) -> None:
    answer(link, strategy__1__01=2)
    hostile = "</textarea><script>alert(\"1\")</script>\n{{ 7 }} & 'more'"
    record_changes(
        link.respondent, [AnswerChange("rating", "strategy.1.01", "note", hostile)], now=NOW
    )

    page = text_of(guest.get("everything/strategy/"))

    descriptor = matrix.descriptors["strategy.1.01"]
    context = {
        "d": descriptor,
        "options": options_of(matrix, descriptor),
        "state": "2",
        "note": hostile,
        "was_note": hostile,
        "note_length": 5000,
    }
    assert folded(render_to_string("answering/_statement.html", context)) in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "rest", ["quick/strategy/", "guided/strategy/", "everything/", "targets/", "link/", "delete/"]
)
def test_hostile_name_is_only_text(link: SecretLink, guest: Guest, rest: str) -> None:
    organisation = link.respondent.assessment.organisation
    organisation.name = '<img src=x onerror=alert(1)>{{ 7 }}{% now "Y" %}' + "w" * 150
    organisation.save()

    page = text_of(guest.get(rest))

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7 }}{% now &quot;Y&quot; %}www" in page


@pytest.mark.parametrize(
    "rest",
    [
        "quick/nowhere/",
        "guided/nowhere/",
        "everything/nowhere/",
        "guided/nowhere/gates/",
        "progress/slow/",
        "question/",
    ],
)
def test_unknown_places_are_404(guest: Guest, rest: str) -> None:
    assert guest.get(rest).status_code == 404


@pytest.mark.parametrize("rest", ["quick/strategy/", "guided/strategy/", "everything/"])
def test_pages_are_read_or_posted(guest: Guest, rest: str) -> None:
    assert guest.client.put(guest.url(rest)).status_code == 405


def test_ways_to_answer_are_one_click_apart(guest: Guest) -> None:
    for mode in ("quick", "guided", "everything"):
        page = text_of(guest.get(f"{mode}/metrics/"))

        for other in ("quick", "guided", "everything"):
            assert f'href="{guest.url(f"{other}/metrics/")}"' in page


# --- guided --------------------------------------------------------------------------------------


def test_guided_asks_one_gate_first(guest: Guest, matrix: Matrix) -> None:
    page = text_of(guest.get("guided/strategy/"))

    gate = matrix.dimension_by_key["strategy"].gates[0]
    shown = re.findall(r'data-descriptor="([^"]+)"', page)
    assert sorted(shown) == sorted(descriptor.id for descriptor in gate.descriptors)
    assert "What it takes to reach stage 2, Experimental" in page
    assert "67 % of this in place or left behind opens the gate. 6 statements to answer." in page


def test_guided_opens_the_next_gate_and_says_why(
    link: SecretLink, guest: Guest, matrix: Matrix
) -> None:
    first, second, *_ = matrix.dimension_by_key["strategy"].gates
    answer(link, **{d.id.replace(".", "__"): 3 for d in first.descriptors})

    page = text_of(guest.get("guided/strategy/gates/"))

    assert "This gate is open: 100 % in place, 67 % needed. So stage 3 is worth asking." in page
    shown = set(re.findall(r'data-descriptor="([^"]+)"', page))
    assert shown == {d.id for d in (*first.descriptors, *second.descriptors)}
    assert "<html" not in page


def test_guided_says_what_need_not_be_answered(
    link: SecretLink, guest: Guest, matrix: Matrix
) -> None:
    first, *others = matrix.dimension_by_key["strategy"].gates
    answer(link, **{d.id.replace(".", "__"): 0 for d in first.descriptors})

    page = text_of(guest.get("guided/strategy/"))

    left = sum(len(gate.descriptors) for gate in others)
    assert "This gate is closed: 0 % in place, 67 % needed." in page
    assert f"The gate to stage 2 stays closed, so the remaining {left} statements" in page
    assert f'href="{guest.url("everything/strategy/?open=1")}"' in page


def test_guided_start_goes_to_the_first_dimension_with_something_to_ask(
    link: SecretLink, guest: Guest, matrix: Matrix
) -> None:
    gate = matrix.dimension_by_key["strategy"].gates[0]
    answer(link, **{d.id.replace(".", "__"): 0 for d in gate.descriptors})

    assert guest.get("guided/").url == guest.url("guided/customer-engagement/")


# --- resume --------------------------------------------------------------------------------------


def test_resume_begins_quick(guest: Guest) -> None:
    assert guest.get().url == guest.url("quick/strategy/")


@pytest.mark.parametrize(
    ("mode", "place"),
    [
        ("quick", "quick/strategy/"),
        ("guided", "guided/strategy/#q-strategy.1.02"),
        ("everything", "everything/strategy/#q-strategy.1.02"),
    ],
)
def test_resume_lands_on_the_next_open_question(
    link: SecretLink, guest: Guest, mode: str, place: str
) -> None:
    answer(link, strategy__1__01=1)
    guest.get(f"{mode}/metrics/")

    assert guest.get().url == guest.url(place)


def test_resume_on_another_device_follows_the_answers(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01="unknown")

    assert guest_of(link).get().url == guest.url("guided/strategy/#q-strategy.1.02")


def test_resume_goes_to_the_result_when_nothing_is_open(
    link: SecretLink, guest: Guest, matrix: Matrix
) -> None:
    changes = [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions]
    record_changes(link.respondent, changes, now=NOW)

    assert guest.get().url == guest.url("result/")
    assert guest.get("?answers").url == guest.url("quick/strategy/")


def test_question_leads_to_its_page(guest: Guest) -> None:
    assert guest.get("question/?descriptor=metrics.3.01").url == guest.url(
        "everything/metrics/#q-metrics.3.01"
    )
    assert guest.get("question/?dimension=metrics").url == guest.url("quick/metrics/")


def test_progress_counts_what_is_answered(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01=1, strategy__1__02="unknown")
    record_changes(link.respondent, [AnswerChange("pick", "strategy", "value", 2)], now=NOW)

    quick = text_of(guest.get("progress/quick/?at=strategy"))
    everything = text_of(guest.get("progress/everything/"))
    guided = text_of(guest.get("progress/guided/"))

    assert "1 of 8 dimensions chosen" in quick
    assert "stage 2" in quick
    assert 'aria-current="page"' in quick
    assert "2 of 224 statements answered" in everything
    assert "4 to go" in guided


# --- what they cost ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest",
    [
        "quick/strategy/",
        "guided/strategy/",
        "guided/strategy/gates/",
        "everything/strategy/",
        "everything/",
        "everything/?open=1",
        "progress/quick/",
        "progress/guided/",
    ],
)
def test_page_costs_three_queries(
    link: SecretLink, guest: Guest, matrix: Matrix, rest: str
) -> None:
    changes = [AnswerChange("rating", key, "value", 1) for key in list(matrix.descriptors)[::2]]
    changes += [AnswerChange("rating", key, "note", "n") for key in list(matrix.descriptors)[::3]]
    record_changes(link.respondent, changes, now=NOW)

    with CaptureQueriesContext(connection) as captured:
        assert guest.get(rest).status_code == 200

    # session, access, and the ratings or the picks
    assert len(captured) == 3


def test_resume_costs_four_queries(guest: Guest, matrix: Matrix) -> None:
    with CaptureQueriesContext(connection) as captured:
        guest.get()

    # session, access, ratings, picks
    assert len(captured) == 4


def test_saving_a_page_costs_the_same_for_one_change_and_for_all(
    guest: Guest, matrix: Matrix
) -> None:
    fields = form_of(guest.get("everything/"))
    costs = []
    for value, keys in (("1", ["strategy.1.01"]), ("2", list(matrix.descriptors))):
        with CaptureQueriesContext(connection) as captured:
            guest.post("everything/", fields | {f"r-{key}": value for key in keys})
        costs.append([query["sql"].split()[0] for query in captured.captured_queries])

    # session, access, revision, what is stored, upsert
    plain = [[word for word in cost if word not in ("SAVEPOINT", "RELEASE")] for cost in costs]
    assert plain[0] == ["SELECT", "SELECT", "UPDATE", "SELECT", "INSERT"]
    assert plain[1][:4] == plain[0][:4]
    # SQLite takes a limited number of values in one statement, so 224 rows are a few.
    assert 1 <= plain[1].count("INSERT") <= 3
