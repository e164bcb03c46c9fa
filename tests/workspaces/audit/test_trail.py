"""The audit trail, read and exported by owners."""

import csv
import io
from datetime import timedelta

import pytest

from assessments.models import Assessment
from maturity.catalogue.models import MaturityModel
from maturity.web.files.tables import csv_bytes, safe_cell
from maturity.workspaces.actors import GUEST, LINK, Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import AuditEvent, User, Workspace
from tests.people import NOW, make_organisation, make_user, make_workspace
from tests.workspaces.cast import as_, membership_of, place_of

pytestmark = pytest.mark.django_db


def _note(workspace: Workspace, verb: str, by: Actor, minute: int = 0, **more: object) -> None:
    subject = str(more.pop("subject", workspace.public_id))
    record_event(
        verb,
        by=by,
        subject=subject,
        workspace=workspace.public_id,
        at=NOW + timedelta(minutes=minute),
        detail=more,
    )


def _user(email: str) -> Actor:
    return Actor(f"user:{User.objects.get(email=email).pk}", "203.0.113.9")


def _rows(page: str) -> list[str]:
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [row.split("</tr>")[0] for row in body.split("<tr>")[1:]]


def test_it_says_who_did_what_on_what_when_and_from_where(client, workspace):
    organisation = workspace.organisations.get()
    vic = User.objects.get(email="vic@example.org")
    _note(
        workspace,
        "member.role_changed",
        _user("lea@example.org"),
        subject=organisation.public_id,
        person=vic.pk,
        role="lead",
        was="viewer",
    )
    _note(workspace, "link.opened", LINK, 1, subject="gone00000000")
    _note(workspace, "assessment.started", GUEST, 2)
    _note(workspace, "account.signed_in", Actor("user:999999"), 3, subject="user:999999")

    page = as_(client, "ada@example.org").get(f"{place_of(workspace)}trail/").content.decode()

    rows = _rows(page)
    assert len(rows) == 4
    for row, said in zip(
        reversed(rows),
        (
            ("22 Nov 2026, 10:00", "Lea", "Role changed", "Fernhill Outdoor", "203.0.113.9"),
            ("somebody with a link", "Link opened"),
            ("a guest", "Assessment started", "Northbank Advisers"),
            ("deleted account", "Signed in"),
        ),
        strict=True,
    ):
        for each in said:
            assert each in row
    assert "who: Vic; role: lead; before: viewer" in rows[3]


def test_an_assessment_is_named_by_its_organisation_and_day(client, workspace):
    version = MaturityModel.objects.create(key="m", version="1", document={}, published_at=NOW)
    assessment = Assessment.objects.create(
        workspace=workspace,
        organisation=workspace.organisations.get(),
        model_version=version,
        date=NOW.date(),
        created_at=NOW,
    )
    _note(workspace, "assessment.closed", GUEST, subject=assessment.public_id)
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}trail/"
    named = "Fernhill Outdoor, assessment of 22 November 2026"

    assert named in client.get(url).content.decode()
    assessment.delete()
    assert named not in client.get(url).content.decode()


def test_nothing_of_another_workspace_is_in_it(client, workspace):
    other = make_workspace(name="Elsewhere", owner=make_user("eve@example.org", "Eve Canary"))
    canary = make_organisation(other, "Canary Ltd")
    _note(other, "canary.sung", _user("eve@example.org"))
    # Not even when an event of this one names what is another's.
    _note(workspace, "link.opened", LINK, subject=canary.public_id)

    page = as_(client, "ada@example.org").get(f"{place_of(workspace)}trail/").content.decode()

    assert "Link opened" in page
    assert "anary" not in page


def test_it_is_narrowed_by_person_and_kind(client, workspace):
    lea, vic = _user("lea@example.org"), _user("vic@example.org")
    for minute, (verb, by) in enumerate(
        [("account.signed_in", lea), ("account.signed_in", vic), ("member.role_changed", lea)]
    ):
        _note(workspace, verb, by, minute)
    as_(client, "ada@example.org")

    def found(**question: str) -> int:
        return len(_rows(client.get(f"{place_of(workspace)}trail/", question).content.decode()))

    assert found() == 3
    assert found(person=lea.label) == 2
    assert found(kind="account.signed_in") == 2
    assert found(person=lea.label, kind="account.signed_in") == 1
    # What is not on offer counts as not chosen.
    assert found(person="user:0", kind="'") == 3


def test_it_is_paged_the_newest_first(client, workspace):
    for minute in range(120):
        _note(workspace, "link.opened", LINK, minute, number=minute)
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}trail/"

    first, last = (client.get(url, {"page": n}).content.decode() for n in (1, 99))

    assert [len(_rows(page)) for page in (first, last)] == [50, 20]
    assert "number: 119" in _rows(first)[0]
    assert "number: 0" in _rows(last)[-1]
    assert "Page 1 of 3" in first
    assert "120 events" in first


def test_the_export_holds_the_same_and_is_an_event_itself(client, workspace):
    user = User.objects.get(email="lea@example.org")
    user.name = '=HYPERLINK("http://evil")'
    user.save()
    _note(workspace, "account.signed_in", Actor(f"user:{user.pk}", "203.0.113.9"))
    _note(workspace, "link.opened", LINK, 1)
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}trail/export/"

    assert client.get(url).status_code == 405
    answer = client.post(url, {"kind": "account.signed_in"})

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="waymark-audit-trail-')
    assert answer["Cache-Control"] == "no-store"
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["When (UTC)", "Who", "What", "On what", "Details", "From where", "Code"],
        [
            "2026-11-22 10:00:00",
            '\'=HYPERLINK("http://evil")',
            "Signed in",
            "Northbank Advisers",
            "",
            "203.0.113.9",
            "account.signed_in",
        ],
    ]
    event = AuditEvent.objects.get(verb="audit_log.exported")
    assert (event.actor, event.detail) == (
        f"user:{membership_of('ada@example.org').user_id}",
        {"events": 1},
    )


def test_only_owners_export(client, workspace):
    for email, status in (("con@example.org", 403), ("lea@example.org", 404)):
        answer = as_(client, email).post(f"{place_of(workspace)}trail/export/")
        assert answer.status_code == status
    assert not AuditEvent.objects.filter(verb="audit_log.exported").exists()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("a=b", "a=b"),
        (-1, "-1"),
        (None, ""),
    ],
)
def test_no_cell_begins_a_formula(value, cell):
    assert safe_cell(value) == cell


def test_csv_is_marked_as_utf8():
    assert csv_bytes([("Ærø",)]) == b"\xef\xbb\xbf\xc3\x86r\xc3\xb8\r\n"


def test_the_trail_needs_the_same_queries_for_one_and_three(
    client, workspace, django_assert_num_queries
):
    as_(client, "ada@example.org")
    url = f"{place_of(workspace)}trail/"
    AuditEvent.objects.all()._raw_delete("default")
    _note(workspace, "account.signed_in", _user("lea@example.org"))

    # session, account, role; actors, their names, verbs; count, page, names, organisations,
    # assessments, tokens
    with django_assert_num_queries(12):
        client.get(url)
    _note(workspace, "member.role_changed", _user("vic@example.org"), person=1)
    _note(workspace, "link.opened", LINK, subject=workspace.organisations.get().public_id)
    with django_assert_num_queries(12):
        assert len(_rows(client.get(url).content.decode())) == 3
