"""Who is asked as things stand: one count on every page, and nobody waited for in vain."""

from typing import Any

import pytest
from django.core import mail

from assessments.answering.services.answers import AnswerChange, record_change, record_changes
from assessments.core.queries.standing import who_finished
from assessments.models import Pick, Respondent
from assessments.portfolio.queries.places import waiting_at
from assessments.portfolio.queries.portfolio import Portfolio
from assessments.portfolio.queries.progress import asked_in, progress_of
from assessments.respondents.services.reminders import remind, send_asking
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Membership, User
from maturity.workspaces.roles import Role
from tests.assessments.asking import (
    Place,
    ask,
    ask_member,
    make_assessment,
    make_place,
    signed_in,
    url,
)
from tests.assessments.conftest import DAY, NOW
from tests.assessments.reading import text_of
from tests.people import give_role, make_user, make_workspace

SITE = "http://testserver/"


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


@pytest.fixture
def mailing(settings: Any) -> None:
    """Let mail go out, at once."""
    settings.CAN_SEND_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def answer_all(respondent: Respondent, matrix: Matrix) -> None:
    record_changes(
        respondent,
        [AnswerChange("pick", row.key, "value", 2) for row in matrix.dimensions],
        now=NOW,
    )


def remove(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def counts(place: Place, assessment: Any) -> set[tuple[int, int]]:
    """Return what the close page, lead's overview, portfolio and own places each count."""
    closing, lead = who_finished(assessment), progress_of(assessment, user_id=place.lead.pk)
    portfolio = Portfolio(place.workspace, today=DAY)
    ((opened),) = [each.open for each in portfolio.rows(model_key=portfolio.models[0].key)]
    assert opened is not None
    (waiting,) = waiting_at(list(Membership.objects.filter(user=place.lead))).values()
    return {
        (closing.asked, closing.finished),
        (lead.asked, lead.done),
        (opened.asked, opened.finished),
        (waiting.asked, waiting.done),
    }


def test_every_page_counts_the_same(place: Place, version: MaturityModel, matrix: Matrix) -> None:
    assessment = make_assessment(place, version)
    answer_all(ask(assessment).respondent, matrix)
    slow = ask_member(assessment, place.contributor)
    record_change(slow, AnswerChange("pick", "strategy", "value", 2), now=NOW)

    assert counts(place, assessment) == {(2, 1)}
    page = text_of(signed_in(place.lead).get(url(assessment, "respondents/")))
    assert "<strong>1 of 2</strong> finished" in page


def test_all_answers_without_an_end_are_no_end(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    """Only one thing says who is finished: everything that counts reads it."""
    assessment = make_assessment(place, version)
    respondent = ask_member(assessment, place.contributor)
    answer_all(respondent, matrix)
    Respondent.objects.update(finished_at=None)

    assert Pick.objects.count() == len(matrix.dimensions)
    assert counts(place, assessment) == {(1, 0)}
    page = text_of(signed_in(place.lead).get(url(assessment, "respondents/")))
    assert "<strong>0 of 1</strong> finished" in page
    (mine,) = asked_in([assessment], place.contributor.pk)
    assert not mine.is_done


def test_removed_member_is_counted_no_more(
    place: Place, version: MaturityModel, matrix: Matrix
) -> None:
    assessment = make_assessment(place, version)
    answer_all(ask(assessment).respondent, matrix)
    gone = ask_member(assessment, place.contributor)
    record_change(gone, AnswerChange("pick", "strategy", "value", 2), now=NOW)
    remove(place.contributor)
    client = signed_in(place.lead)

    assert counts(place, assessment) == {(1, 1)}
    page = text_of(client.get(url(assessment, "respondents/")))
    assert "<strong>1 of 1</strong> finished" in page
    assert "No longer a member" in page
    assert "One person may not answer here any more" in page
    page = text_of(client.get(url(assessment, "close/")))
    assert "Everybody who was asked has finished." in page
    assert "1 who was asked may not answer here any more" in page
    assert Pick.objects.filter(respondent=gone).count() == 1


def test_viewer_who_was_asked_before_may_not_answer_any_more(
    place: Place, version: MaturityModel
) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    ask_member(assessment, place.contributor)
    Membership.objects.filter(user=place.contributor).update(role=Role.VIEWER.value)

    page = text_of(signed_in(place.lead).get(url(assessment, "respondents/")))

    assert counts(place, assessment) == {(0, 0)}
    assert "May not answer any more" in page
    assert "No longer a member" not in page


def test_role_elsewhere_or_in_the_workspace(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version)
    ask_member(assessment, place.consultant)
    other = make_place_elsewhere(place.contributor)
    ask_member(assessment, place.contributor)
    remove_here = Membership.objects.filter(user=place.contributor, workspace=place.workspace)
    remove_here.delete()

    assert Membership.objects.filter(user=place.contributor, workspace=other).exists()
    assert counts(place, assessment) == {(1, 0)}


def make_place_elsewhere(user: User) -> Any:
    workspace = make_workspace(name="Elsewhere")
    give_role(user, Role.OWNER, workspace)
    return workspace


@pytest.mark.usefixtures("mailing")
def test_removed_member_gets_no_mail(
    place: Place, version: MaturityModel, django_capture_on_commit_callbacks: Any
) -> None:
    assessment = make_assessment(place, version)
    gone = ask_member(assessment, place.contributor)
    stays = ask_member(assessment, place.lead)
    remove(place.contributor)

    with django_capture_on_commit_callbacks(execute=True):
        sent = remind(assessment, respondents=[gone, stays], site=SITE, now=NOW, by=place.by)
    # Removed after the mail was asked for, and before it leaves.
    send_asking.call(respondent_id=gone.pk, site=SITE, is_reminder=False)

    assert sent == 1
    assert [each.to for each in mail.outbox] == [[place.lead.email]]
    page = text_of(signed_in(place.lead).get(url(assessment, "respondents/")))
    assert 'Send the mail<span class="visually-hidden">: Contributor Person' not in page


def test_close_page_does_not_list_hundreds(place: Place, version: MaturityModel) -> None:
    assessment = make_assessment(place, version, voices="anonymous")
    for number in range(15):
        ask(assessment, f"Guest {number:02}")
    for _ in range(12):
        Respondent.objects.create(assessment=assessment, came_by_open_link=True)

    page = text_of(signed_in(place.lead).get(url(assessment, "close/")))

    assert "Guest 09, 5 more and 12 who came by the open link." in page
    assert "Guest 10" not in page
    assert "unnamed" not in page


def test_respondents_page_costs_the_same_with_members(
    place: Place, version: MaturityModel, django_assert_num_queries: Any
) -> None:
    costs = []
    for people in (1, 3):
        assessment = make_assessment(place, version)
        for number in range(people):
            user = make_user(f"m{people}{number}@example.org", f"Member {number}")
            give_role(user, Role.CONTRIBUTOR, place.workspace, place.organisation)
            ask_member(assessment, user)
        client = signed_in(place.lead)
        client.get("/")
        # session, account, assessment with role; people, picks, links, members, open link
        with django_assert_num_queries(8) as captured:
            client.get(url(assessment, "respondents/"))
        costs.append(len(captured))
    assert costs == [8, 8]
