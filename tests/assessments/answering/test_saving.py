"""Saving one changed field."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, Pick, Rating
from tests.assessments.conftest import Guest


def rows() -> list[tuple[Any, ...]]:
    return list(Rating.objects.order_by("pk").values_list("descriptor_id", "step", "word", "note"))


def picks() -> list[tuple[Any, ...]]:
    return list(Pick.objects.order_by("pk").values_list("dimension", "stage", "word", "note"))


@pytest.mark.parametrize(
    ("value", "step", "word"),
    [
        ("0", 0, ""),
        ("3", 3, ""),
        ("unknown", None, "unknown"),
        ("not_applicable", None, "not_applicable"),
        ("", None, ""),
    ],
)
def test_answer_keeps_a_rating(guest: Guest, value: str, step: int | None, word: str) -> None:
    response = guest.post("answer/", {"descriptor": "strategy.1.01", "value": value})

    assert response.status_code == 200
    assert b'data-state="saved"' in response.content
    assert rows() == [("strategy.1.01", step, word, "")]


@pytest.mark.parametrize(
    ("value", "stage", "word"), [("1", 1, ""), ("5", 5, ""), ("unknown", None, "unknown")]
)
def test_answer_keeps_a_pick(guest: Guest, value: str, stage: int | None, word: str) -> None:
    response = guest.post("answer/", {"dimension": "strategy", "value": value})

    assert response.status_code == 200
    assert picks() == [("strategy", stage, word, "")]


def test_answer_and_note_do_not_touch_each_other(guest: Guest) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "note": "first"})
    guest.post("answer/", {"descriptor": "strategy.1.01", "value": "2"})
    guest.post("answer/", {"descriptor": "strategy.1.01", "note": "a\r\nb "})
    guest.post("answer/", {"dimension": "strategy", "note": "why"})

    assert rows() == [("strategy.1.01", 2, "", "a\nb")]
    assert picks() == [("strategy", None, "", "why")]


def test_answer_raises_the_revision_by_one(guest: Guest) -> None:
    for value in ("1", "1", "2"):
        guest.post("answer/", {"descriptor": "strategy.1.01", "value": value})

    assert Assessment.objects.get().revision == 3
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"descriptor": "strategy.1.01", "value": "4"},
        {"descriptor": "strategy.1.01", "value": "-1"},
        {"descriptor": "strategy.1.01", "value": "²"},
        {"descriptor": "strategy.1.01", "value": "1.0"},
        {"descriptor": "strategy.1.01", "value": "9" * 5000},
        {"descriptor": "strategy.1.01", "value": "Fully"},
        {"descriptor": "strategy.1.01"},
        {"descriptor": "strategy.1.99", "value": "1"},
        {"descriptor": "strategy", "value": "1"},
        {"descriptor": "strategy.1.01", "dimension": "strategy", "value": "1"},
        {"descriptor": "strategy.1.01", "value": "1", "was": "7"},
        {"dimension": "strategy", "value": "0"},
        {"dimension": "strategy", "value": "6"},
        {"dimension": "strategy", "value": "not_applicable"},
        {"dimension": "nowhere", "value": "1"},
        {"descriptor": "strategy.1.01", "note": "x" * 5001},
        {"descriptor": "strategy.1.01", "note": "a\x00b"},
        {"descriptor": "strategy.1.01", "note": "a\u202eb"},
        {},
    ],
)
def test_answer_refuses_what_is_none(guest: Guest, data: dict[str, str]) -> None:
    response = guest.post("answer/", data)

    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.strip()
    assert (rows(), picks(), Assessment.objects.get().revision) == ([], [], 0)


@pytest.mark.parametrize(
    "note", ["x" * 5000, "e\u0301" * 5000, "<script>alert(1)</script>", "👩‍🏫"]
)
def test_answer_takes_any_honest_note(guest: Guest, note: str) -> None:
    response = guest.post("answer/", {"descriptor": "strategy.1.01", "note": note})

    assert response.status_code == 200
    assert len(rows()) == 1


def test_answer_is_nothing_for_a_stranger(guest: Guest, stranger: Guest) -> None:
    data = {"descriptor": "strategy.1.01", "value": "1"}
    theirs = stranger.client.post(guest.url("answer/"), data)
    nowhere = stranger.client.post("/assessments/aaaaaaaaaaaa/answer/", data)
    nobody = Client().post(guest.url("answer/"), data)

    assert [theirs.status_code, nowhere.status_code, nobody.status_code] == [404, 404, 404]
    assert theirs.content == nowhere.content == nobody.content
    assert rows() == []


def test_answer_is_only_posted(guest: Guest) -> None:
    assert guest.get("answer/").status_code == 405


def test_answer_needs_the_forms_token(guest: Guest) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guest.client.cookies

    response = strict.post(guest.url("answer/"), {"descriptor": "strategy.1.01", "value": "1"})

    assert response.status_code == 403
    assert rows() == []


def test_late_answer_does_not_undo_a_newer_one(guest: Guest) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "value": "3"})

    late = guest.post("answer/", {"descriptor": "strategy.1.01", "value": "1", "was": ""})

    assert (late.status_code, late.json()) == (409, {"current": "3"})
    assert rows() == [("strategy.1.01", 3, "", "")]
    assert Assessment.objects.get().revision == 1


@pytest.mark.parametrize("was", [["3"], ["", "3"], ["unknown", "3"]])
def test_late_answer_counts_when_nobody_changed_it(guest: Guest, was: list[str]) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "value": "3"})

    late = guest.post("answer/", {"descriptor": "strategy.1.01", "value": "1", "was": was})

    assert late.status_code == 200
    assert rows() == [("strategy.1.01", 1, "", "")]


def test_late_answer_that_had_arrived_is_no_conflict(guest: Guest) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "value": "1"})

    again = guest.post("answer/", {"descriptor": "strategy.1.01", "value": "1", "was": ""})

    assert again.status_code == 200


def test_note_written_in_two_places_is_a_conflict(guest: Guest) -> None:
    guest.post("answer/", {"descriptor": "strategy.1.01", "note": "one", "was": ""})

    second = guest.post("answer/", {"descriptor": "strategy.1.01", "note": "two", "was": ""})

    assert (second.status_code, second.json()) == (409, {"current": "one"})
    assert rows() == [("strategy.1.01", None, "", "one")]


def test_pick_from_elsewhere_is_a_conflict_too(guest: Guest) -> None:
    guest.post("answer/", {"dimension": "strategy", "value": "unknown"})

    late = guest.post("answer/", {"dimension": "strategy", "value": "2", "was": "1"})

    assert (late.status_code, late.json()) == (409, {"current": "unknown"})


def test_answer_after_deletion_says_the_same_as_for_a_stranger(guest: Guest) -> None:
    guest.post("delete/", {})

    late = guest.post("answer/", {"descriptor": "strategy.1.01", "value": "1"})

    assert late.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_saving_costs_six_statements(guest: Guest) -> None:
    def statements(data: dict[str, str]) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert guest.post("answer/", data).status_code == 200
        return [query["sql"].split()[0] for query in captured.captured_queries]

    statements({"descriptor": "strategy.1.01", "value": "0"})  # parses the model, once a process
    prompt = statements({"descriptor": "strategy.1.01", "value": "1"})
    late = statements({"descriptor": "strategy.1.01", "value": "2", "was": "1"})

    # session, access, BEGIN, revision, upsert, COMMIT; with `was` also what is stored
    assert prompt == ["SELECT", "SELECT", "BEGIN", "UPDATE", "INSERT", "COMMIT"]
    assert late == ["SELECT", "SELECT", "BEGIN", "UPDATE", "SELECT", "INSERT", "COMMIT"]
