"""Recording answers: constraints, many writers at once, and whole pages."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.answering.services.answers import (
    AnswerChange,
    ChangedMeanwhile,
    record_change,
    record_changes,
)
from assessments.core.services.locking import AssessmentGone
from assessments.models import Assessment, Pick, Rating, Respondent, SecretLink
from maturity.workspaces.scopes import every_workspace
from tests.assessments.conftest import NOW

KEY = "strategy.1.01"


def in_threads(count: int, work: Callable[[int], None]) -> list[Exception]:
    """Do the work in that many threads, starting together; return what went wrong."""
    errors: list[Exception] = []
    ready = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            ready.wait()
            with every_workspace():
                work(number)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_whoever_was_removed_meanwhile_is_told(link: SecretLink) -> None:
    Respondent.objects.filter(pk=link.respondent.pk).delete()

    with pytest.raises(AssessmentGone):
        record_change(link.respondent, AnswerChange("rating", KEY, "value", 2), now=NOW)
    with pytest.raises(AssessmentGone):
        record_changes(link.respondent, [AnswerChange("rating", KEY, "value", 2)], now=NOW)

    assert not Rating.objects.exists()
    assert Assessment.objects.get().revision == 0


@pytest.mark.django_db(transaction=True)
def test_concurrent_saves_of_one_answer_leave_one_row(link: SecretLink) -> None:
    def save(number: int) -> None:
        for turn in range(5):
            step = (number + turn) % 4
            record_change(link.respondent, AnswerChange("rating", KEY, "value", step), now=NOW)

    errors = in_threads(8, save)

    assert errors == []
    assert Rating.objects.count() == 1
    assert Assessment.objects.get().revision == 40


@pytest.mark.django_db(transaction=True)
def test_concurrent_saves_of_value_and_note_keep_both(link: SecretLink) -> None:
    def save(number: int) -> None:
        for turn in range(5):
            change = (
                AnswerChange("rating", KEY, "value", turn % 4)
                if number % 2
                else AnswerChange("rating", KEY, "note", f"note {turn}")
            )
            record_change(link.respondent, change, now=NOW)

    errors = in_threads(6, save)

    rating = Rating.objects.get()
    assert errors == []
    assert (rating.step, rating.note) == (0, "note 4")


@pytest.mark.django_db(transaction=True)
def test_concurrent_checked_saves_let_one_through(link: SecretLink) -> None:
    def save(number: int) -> None:
        change = AnswerChange("rating", KEY, "note", f"by {number}", was=("",))
        record_change(link.respondent, change, now=NOW)

    errors = in_threads(6, save)

    assert len(errors) == 5
    assert {type(error) for error in errors} == {ChangedMeanwhile}
    assert Rating.objects.get().note.startswith("by ")
    assert Assessment.objects.get().revision == 1


@pytest.mark.django_db(transaction=True)
def test_concurrent_pages_do_not_block_each_other(link: SecretLink) -> None:
    keys = [f"strategy.3.{number:02}" for number in range(1, 13)]

    def save(number: int) -> None:
        ordered = keys if number % 2 else keys[::-1]
        changes = [AnswerChange("rating", key, "value", number % 4) for key in ordered]
        record_changes(link.respondent, changes, now=NOW)

    errors = in_threads(6, save)

    assert errors == []
    assert Rating.objects.count() == 12
    assert len(set(Rating.objects.values_list("step", flat=True))) == 1


def test_page_with_many_changes_is_one_revision(link: SecretLink) -> None:
    changes = [
        AnswerChange("rating", "strategy.1.01", "value", 2),
        AnswerChange("rating", "strategy.1.02", "value", "unknown"),
        AnswerChange("rating", "strategy.1.02", "note", "why"),
        AnswerChange("pick", "strategy", "value", 3),
        AnswerChange("pick", "metrics", "note", "later"),
    ]

    refused = record_changes(link.respondent, changes, now=NOW)

    assert refused == []
    assert sorted(Rating.objects.values_list("descriptor_id", "step", "word", "note")) == [
        ("strategy.1.01", 2, "", ""),
        ("strategy.1.02", None, "unknown", "why"),
    ]
    assert sorted(Pick.objects.values_list("dimension", "stage", "note")) == [
        ("metrics", None, "later"),
        ("strategy", 3, ""),
    ]
    assert Assessment.objects.get().revision == 1


def test_page_keeps_what_it_can_and_names_the_rest(link: SecretLink) -> None:
    record_change(link.respondent, AnswerChange("rating", "strategy.1.01", "value", 3), now=NOW)

    refused = record_changes(
        link.respondent,
        [
            AnswerChange("rating", "strategy.1.01", "value", 1, was=(None,)),
            AnswerChange("rating", "strategy.1.02", "value", 1, was=(None,)),
        ],
        now=NOW + timedelta(seconds=1),
    )

    assert [(each.change.key, each.current) for each in refused] == [("strategy.1.01", 3)]
    assert dict(Rating.objects.values_list("descriptor_id", "step")) == {
        "strategy.1.01": 3,
        "strategy.1.02": 1,
    }


def test_page_without_changes_is_no_revision(link: SecretLink) -> None:
    assert record_changes(link.respondent, [], now=NOW) == []
    assert Assessment.objects.get().revision == 0


def test_answer_to_a_deleted_assessment_is_refused(link: SecretLink) -> None:
    Assessment.objects.all().delete()

    with pytest.raises(AssessmentGone):
        record_change(link.respondent, AnswerChange("rating", KEY, "value", 1), now=NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"step": 1, "word": "unknown"},
        {"step": None, "word": "maybe"},
    ],
)
def test_database_refuses_ratings_that_make_no_sense(
    link: SecretLink, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(
            respondent=link.respondent, descriptor_id=KEY, updated_at=NOW, **fields
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": 1, "word": "unknown"},
        {"stage": None, "word": "not_applicable"},
    ],
)
def test_database_refuses_picks_that_make_no_sense(
    link: SecretLink, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(
            respondent=link.respondent, dimension="strategy", updated_at=NOW, **fields
        )


def test_database_refuses_a_second_row_for_an_answer(link: SecretLink) -> None:
    one = {"respondent": link.respondent, "updated_at": NOW}
    Rating.objects.create(descriptor_id=KEY, **one)
    Pick.objects.create(dimension="strategy", **one)

    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(descriptor_id=KEY, **one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(dimension="strategy", **one)
