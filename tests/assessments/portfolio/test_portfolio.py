"""The portfolio: who sees it, what it says, how it is filtered and sorted, and what it costs."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from assessments.models import Assessment
from maturity.workspaces.roles import Role
from tests.people import give_role, make_organisation, make_user, make_workspace
from tests.roles_cast import (
    client_of,
    make_assessment,
    make_respondent,
    make_result,
    make_step,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()


class Cast:
    """A consultant with a workspace, and a browser signed in as them."""

    def __init__(self, version):
        self.version = version
        self.user = make_user()
        self.workspace = make_workspace(owner=self.user)
        self.client = client_of(self.user)
        self.url = reverse("assessments:portfolio", args=[self.workspace.public_id])

    def organisation(self, name, **fields):
        row = make_organisation(self.workspace, name)
        for key, value in fields.items():
            setattr(row, key, value)
        row.save()
        return row

    def result(self, row, **options):
        return make_result(row, self.version, **({"day": TODAY} | options))

    def get(self, query=""):
        return self.client.get(f"{self.url}{query}")

    def body(self, query=""):
        response = self.get(query)
        assert response.status_code == 200
        return response.content.decode()

    def names(self, query=""):
        return names_in(self.body(query))


def names_in(body):
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', body)


def row_of(body, name):
    rows = body.partition("<tbody>")[2].split("<tr>")
    return next(row for row in rows if f">{name}</a>" in row)


@pytest.fixture
def cast(version):
    return Cast(version)


def test_empty_portfolio_says_what_to_do_first(cast):
    body = cast.body()

    assert "Add your first organisation" in body
    assert reverse("workspaces:add-organisation", args=[cast.workspace.public_id]) in body
    assert "<table" not in body


def test_row_shows_figures_days_state_and_steps_and_opens_the_organisation(cast):
    row = cast.organisation("Alder Books", sector="education", size="10-49")
    cast.result(row, picks={"strategy": 2, "metrics": 4}, day=date(2026, 3, 14))
    opened = make_assessment(row, cast.version)
    make_respondent(opened, is_finished=True)
    make_respondent(opened)
    make_step(row, cast.version, due=TODAY - timedelta(days=3))

    html = row_of(cast.body(), "Alder Books")

    assert f'href="/organisations/{row.public_id}/"' in html
    assert "<small>Education</small>" in html
    assert '<td data-stage="3">3.0 <small>Operational</small></td>' in html
    assert '<td data-stage="2">2.0</td>' in html
    assert '<td data-stage="4">4.0</td>' in html
    assert html.count('class="heat__none"') == 6
    assert "14 Mar 2026" in html
    assert "14 Mar 2027" in html
    assert "1 of 2 finished" in html
    assert '<td class="heat__steps"><strong class="is-late">1</strong></td>' in html


def test_latest_result_counts_whatever_order_they_were_closed_in(cast):
    row = cast.organisation("Alder Books")
    cast.result(row, picks=4, day=date(2026, 1, 10))
    cast.result(row, picks=2, day=date(2025, 1, 10))

    html = row_of(cast.body(), "Alder Books")

    assert "10 Jan 2026" in html
    assert html.count('data-stage="4"') == 9


def test_what_was_typed_is_text(cast):
    cast.organisation("<b>Bold & Co</b>", sector="other", tags=['"><script>'])

    body = cast.body()

    assert "&lt;b&gt;Bold &amp; Co&lt;/b&gt;" in body
    assert "<b>Bold" not in body
    assert "><script>" not in body


def test_archived_ones_are_shown_on_request(cast):
    cast.organisation("Alder Books")
    cast.organisation("Birch Bank", archived_at=datetime.now(UTC))

    assert cast.names() == ["Alder Books"]
    assert cast.names("?archived=1") == ["Alder Books", "Birch Bank"]
    assert "Archived" in row_of(cast.body("?archived=1"), "Birch Bank")


@pytest.fixture
def three(cast):
    """Three organisations, each different in everything one can filter by."""
    alder = cast.organisation("Alder Books", sector="education", size="10-49", tags=["north"])
    birch = cast.organisation("Birch Bank", sector="public", size="250-999", tags=["south"])
    cast.organisation("Cedar Trust", sector="education", months_between=6)
    cast.result(alder, picks={"strategy": 1, "metrics": 4}, day=TODAY - timedelta(days=400))
    cast.result(birch, picks={"strategy": 3, "metrics": 3}, day=TODAY - timedelta(days=330))
    assessment = make_assessment(birch, cast.version, answers_ended_at=datetime.now(UTC))
    make_respondent(assessment)
    make_step(alder, cast.version, due=TODAY - timedelta(days=1))
    return cast


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=bank", ["Birch Bank"]),
        ("?q=NORTH", ["Alder Books"]),
        ("?q=education+alder", ["Alder Books"]),
        ("?q=public", ["Birch Bank"]),
        ("?sector=education", ["Alder Books", "Cedar Trust"]),
        ("?size=250-999", ["Birch Bank"]),
        ("?tag=south", ["Birch Bank"]),
        ("?tag=gone", []),
        (f"?assessed_from={TODAY - timedelta(days=365)}", ["Birch Bank"]),
        (f"?assessed_to={TODAY - timedelta(days=365)}", ["Alder Books"]),
        ("?stage=3", ["Birch Bank"]),
        ("?stage=-2", ["Alder Books"]),
        ("?stage=none", ["Cedar Trust"]),
        ("?on=strategy&stage=1", ["Alder Books"]),
        ("?on=metrics&stage=-3", ["Birch Bank"]),
        ("?state=overdue", ["Alder Books"]),
        ("?state=soon", ["Birch Bank"]),
        ("?state=due", ["Alder Books", "Birch Bank"]),
        ("?state=never", ["Cedar Trust"]),
        ("?state=open", ["Birch Bank"]),
        ("?state=close", ["Birch Bank"]),
        ("?state=steps", ["Alder Books"]),
        ("?state=steps&q=bank", []),
    ],
)
def test_filter_lets_through_what_fits(three, query, names):
    body = three.body(query)

    assert names_in(body) == names
    assert f"<strong>{len(names)} of 3</strong>" in body


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "ABC"),
        ("-name", "CBA"),
        ("overall", "ABC"),
        ("-overall", "BAC"),
        ("strategy", "ABC"),
        ("-strategy", "BAC"),
        ("metrics", "BAC"),
        ("assessed", "ABC"),
        ("-assessed", "BAC"),
        ("due", "ABC"),
        ("state", "BAC"),
        ("steps", "ABC"),
        ("nonsense", "ABC"),
    ],
)
def test_every_column_sorts_and_the_empty_come_last(three, sort, names):
    assert "".join(name[0] for name in three.names(f"?sort={sort}")) == names


def test_heading_says_the_order_and_turns_it_round_keeping_the_filters(three):
    body = three.body("?sector=education&sort=metrics")

    assert body.count("aria-sort=") == 1
    heading = re.search(r'<th scope="col"[^>]*aria-sort="ascending"><a href="([^"]+)"', body)
    assert heading[1] == "?sector=education&amp;sort=-metrics#organisations"
    assert '<input type="hidden" name="sort" value="metrics">' in body


def test_wrong_filter_is_named_and_left_out(three):
    response = three.get("?assessed_from=yesterday&stage=99")
    body = response.content.decode()

    assert response.status_code == 422
    assert "Please give the day as year-month-day" in body
    assert "This is not one of the choices any more" in body
    assert len(names_in(body)) == 3


def test_nothing_fits_says_how_to_go_on(three):
    body = three.body("?q=nobody")

    assert "No organisation fits" in body
    assert f'<a href="{three.url}">clear them all</a>' in body


def test_attention_names_what_is_due_what_can_be_closed_and_which_steps_are_late(three):
    attention = three.body().partition('class="attention"')[2].partition("</section>")[0]

    assert "Due for an assessment" in attention
    assert "Alder Books</a> was due on" in attention
    # Being assessed is how one deals with being due.
    assert "Birch Bank</a> is due on" not in attention
    assert "Birch Bank</a> takes no more answers and can be closed." in attention
    assert "Alder Books</a> has one step overdue." in attention


def test_columns_are_those_of_the_model_most_used_or_chosen(cast, publish, journey):
    journey["key"], journey["title"] = "other", "The other model"
    journey["dimensions"] = journey["dimensions"][:2]
    known = {
        each["id"]
        for row in journey["dimensions"]
        for c in row["cells"]
        for each in c["descriptors"]
    }
    for row in journey["dimensions"]:
        for cell in row["cells"]:
            for each in cell["descriptors"]:
                each["requires"] = [r for r in each.get("requires", []) if r in known]
    other = publish(journey)
    alder, birch = cast.organisation("Alder Books"), cast.organisation("Birch Bank")
    for row in (alder, birch):
        cast.result(row, picks=3)
    make_result(alder, other, picks=5, day=TODAY)

    first, second = cast.body(), cast.body("?model=other")

    assert first.count("heat__dimension") == 8
    assert row_of(first, "Alder Books").count('data-stage="3"') == 9
    assert second.count("heat__dimension") == 2
    assert row_of(second, "Alder Books").count('data-stage="5"') == 3
    assert row_of(second, "Birch Bank").count("heat__none") == 3
    assert "The other model" in first


def test_team_is_taken_to_its_one_organisation(version):
    user = make_user()
    workspace = make_workspace("team", owner=user)
    row = make_organisation(workspace)

    response = client_of(user).get(reverse("assessments:portfolio", args=[workspace.public_id]))

    assert response.status_code == 302
    assert response["Location"] == reverse("reports:organisation", args=[row.public_id])


def test_stranger_is_told_the_same_as_for_an_unknown_workspace(cast):
    cast.organisation("Alder Books")
    client = client_of(make_user("eve@example.org"))

    theirs, unknown = client.get(cast.url), client.get("/workspaces/doesnotexist/")

    assert (theirs.status_code, unknown.status_code) == (404, 404)
    assert b"Alder" not in theirs.content


def test_lead_of_an_organisation_does_not_see_the_portfolio(cast):
    row = cast.organisation("Alder Books")
    lead = make_user("lead@example.org")
    give_role(lead, Role.LEAD, cast.workspace, row)

    assert client_of(lead).get(cast.url).status_code == 404


def test_other_workspaces_organisations_are_never_shown(cast):
    cast.organisation("Alder Books")
    other = make_workspace(name="Other Advisers")
    elsewhere = make_organisation(other, "Canary Ltd")
    make_result(elsewhere, cast.version, day=TODAY)
    make_assessment(elsewhere, cast.version)

    assert cast.names("?archived=1") == ["Alder Books"]


def test_removed_consultant_is_out_at_once(cast):
    consultant = make_user("con@example.org")
    membership = give_role(consultant, Role.CONSULTANT, cast.workspace)
    client = client_of(consultant)
    assert client.get(cast.url).status_code == 200

    membership.delete()

    assert client.get(cast.url).status_code == 404


def fill(cast, numbers):
    for number in numbers:
        row = cast.organisation(f"Organisation {number}", tags=[f"tag {number % 7}"])
        cast.result(row, picks=1 + number % 5)
        make_respondent(make_assessment(row, cast.version))
        make_step(row, cast.version, due=TODAY - timedelta(days=1))


# Once the frozen results were read, which each process does once:
# session, account, membership; steps, results, open assessments, organisations.
QUERIES = 8


@pytest.mark.parametrize("query", ["", "?stage=-3&on=metrics&sort=-strategy&q=organisation"])
def test_one_and_three_and_many_cost_the_same_queries(cast, query, django_assert_num_queries):
    fill(cast, range(1))
    cast.get(query)
    with django_assert_num_queries(QUERIES):
        assert len(cast.names(query)) == 1

    fill(cast, range(1, 3))
    cast.get(query)
    with django_assert_num_queries(QUERIES):
        cast.get(query)

    fill(cast, range(3, 60))
    cast.get(query)
    with django_assert_num_queries(QUERIES):
        cast.get(query)
    assert Assessment.objects.count() == 120


def test_post_is_refused(cast):
    assert cast.client.post(cast.url).status_code == 405


def test_what_is_frozen_lies_behind_what_lists_read(db):
    """SQLite walks through a large column to reach those behind it."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "assessments_result")

    assert columns[-1].name == "frozen"


@pytest.mark.parametrize("name", ["", "Alder Books"])
def test_without_any_model_the_page_still_opens(name):
    user = make_user()
    workspace = make_workspace(owner=user)
    if name:
        make_organisation(workspace, name)

    response = client_of(user).get(reverse("assessments:portfolio", args=[workspace.public_id]))

    assert response.status_code == 200
    assert (name or "Add your first organisation") in response.content.decode()
