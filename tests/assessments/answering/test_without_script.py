"""Answering without a script: a page is one form, and only what was changed is written."""

from urllib.parse import urlsplit

import pytest

from assessments.answering.services.answers import AnswerChange, record_changes
from assessments.models import Assessment, Pick, Rating, SecretLink
from maturity.catalogue.matrix import Matrix
from tests.assessments.conftest import NOW, Guest
from tests.assessments.reading import answer, form_of, text_of


def test_page_untouched_changes_nothing(link: SecretLink, guest: Guest) -> None:
    answer(link, strategy__1__01=2)
    record_changes(
        link.respondent, [AnswerChange("rating", "strategy.1.02", "note", "two\nlines")], now=NOW
    )
    before = Assessment.objects.get().revision
    fields = form_of(guest.get("everything/"))
    fields["n-strategy.1.02"] = "two\r\nlines"

    response = guest.post("everything/", fields)

    assert response.status_code == 302
    assert Assessment.objects.get().revision == before


def test_page_saves_what_was_changed_and_comes_back_to_the_place(
    link: SecretLink, guest: Guest
) -> None:
    answer(link, strategy__1__01=2, strategy__1__02=1)
    fields = form_of(guest.get("everything/strategy/"))
    fields |= {"r-strategy.1.02": "", "r-strategy.2.01": "unknown", "n-strategy.2.01": "ask Jo"}

    response = guest.post("everything/strategy/", fields | {"go": "here"})

    assert response.url == guest.url("everything/strategy/?saved=1#q-strategy.2.01")
    assert sorted(Rating.objects.values_list("descriptor_id", "step", "word", "note")) == [
        ("strategy.1.01", 2, "", ""),
        ("strategy.1.02", None, "", ""),
        ("strategy.2.01", None, "unknown", "ask Jo"),
    ]


def test_two_pages_do_not_undo_each_other(guest: Guest) -> None:
    first = form_of(guest.get("everything/strategy/"))
    second = form_of(guest.get("everything/strategy/"))

    guest.post("everything/strategy/", first | {"r-strategy.1.01": "3", "n-strategy.1.01": "one"})
    guest.post("everything/strategy/", second | {"r-strategy.1.02": "1"})

    assert sorted(Rating.objects.values_list("descriptor_id", "step", "note")) == [
        ("strategy.1.01", 3, "one"),
        ("strategy.1.02", 1, ""),
    ]


def test_note_changed_on_two_pages_is_shown_with_both_texts(guest: Guest) -> None:
    first = form_of(guest.get("everything/strategy/"))
    second = form_of(guest.get("everything/strategy/"))
    guest.post("everything/strategy/", first | {"n-strategy.1.01": "<one>"})

    response = guest.post(
        "everything/strategy/", second | {"n-strategy.1.01": "two", "r-strategy.1.02": "3"}
    )

    page = text_of(response)
    assert response.status_code == 422
    assert "<q>&lt;one&gt;</q>" in page
    assert form_of(response)["n-strategy.1.01"] == "two"
    assert dict(Rating.objects.values_list("descriptor_id", "note")) == {
        "strategy.1.01": "<one>",
        "strategy.1.02": "",
    }
    again = guest.post("everything/strategy/", form_of(response) | {"was-n-strategy.1.01": "<one>"})
    assert again.status_code == 302
    assert Rating.objects.get(descriptor_id="strategy.1.01").note == "two"


def test_answer_changed_on_two_pages_names_the_other(guest: Guest) -> None:
    first = form_of(guest.get("everything/strategy/"))
    guest.post("everything/strategy/", first | {"r-strategy.1.01": "3"})

    response = guest.post("everything/strategy/", first | {"r-strategy.1.01": "0"})

    assert response.status_code == 422
    assert "answered elsewhere in the meantime: No longer." in text_of(response)
    assert Rating.objects.get().step == 3


def test_wrong_note_stays_on_the_page_and_the_rest_is_saved(guest: Guest) -> None:
    fields = form_of(guest.get("everything/strategy/"))

    response = guest.post(
        "everything/strategy/",
        fields | {"n-strategy.1.01": "x" * 5001, "r-strategy.1.02": "2", "r-strategy.1.03": "9"},
    )

    page = text_of(response)
    assert response.status_code == 422
    assert "2 of your changes could not be saved" in page
    assert "Please shorten this to 5,000 characters; it has 5,001 now." in page
    assert "x" * 5001 in page
    assert list(Rating.objects.values_list("descriptor_id", "step")) == [("strategy.1.02", 2)]


@pytest.mark.parametrize(
    ("go", "place"),
    [
        ("next", "quick/employee-engagement/"),
        ("previous", "quick/strategy/"),
        ("here", "quick/customer-engagement/?saved=1#q-customer-engagement"),
        ("//evil.example", "quick/customer-engagement/?saved=1#q-customer-engagement"),
    ],
)
def test_quick_saves_and_goes_on(guest: Guest, go: str, place: str) -> None:
    fields = form_of(guest.get("quick/customer-engagement/"))

    response = guest.post(
        "quick/customer-engagement/", fields | {"r-customer-engagement": "4", "go": go}
    )

    assert response.url == guest.url(place)
    assert list(Pick.objects.values_list("dimension", "stage")) == [("customer-engagement", 4)]


def test_quick_run_of_eight_pages_ends_at_the_result(guest: Guest, matrix: Matrix) -> None:
    place = guest.url("quick/strategy/")
    for stage in (1, 2, 3, 4, 5, 1, 2, 3):
        page = guest.client.get(place)
        key = urlsplit(place).path.split("/")[-2]
        fields = form_of(page) | {f"r-{key}": str(stage), "go": "next"}
        place = guest.client.post(place, fields).url

    assert place == guest.url("result/")
    assert [pick.stage for pick in Pick.objects.order_by("pk")] == [1, 2, 3, 4, 5, 1, 2, 3]


def test_guided_saves_and_shows_the_next_gate(guest: Guest, matrix: Matrix) -> None:
    fields = form_of(guest.get("guided/strategy/"))
    gate = matrix.dimension_by_key["strategy"].gates[0]

    response = guest.post(
        "guided/strategy/", fields | {f"r-{d.id}": "3" for d in gate.descriptors}, follow=True
    )

    assert response.status_code == 200
    assert "What it takes to reach stage 3, Operational" in text_of(response)
