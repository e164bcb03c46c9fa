"""How a workspace's reports look: colours that can be read, a logo, who may set it, the page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from maturity.workspaces.branding.colours import (
    OTHER_SERIES,
    WHITE,
    Branding,
    NotAColour,
    colour_of,
    contrast,
    darkened,
    distance,
    ratio_text,
)
from maturity.workspaces.branding.queries import branding_of
from maturity.workspaces.models import AuditEvent, WorkspaceBranding
from reports.charts import palette
from tests.people import make_user, make_workspace
from tests.workspaces.cast import as_, place_of

WINE, OCHRE = "#7A1F5C", "#C98500"
GIVEN = {"accent": WINE, "second": OCHRE, "footer": "Northbank · Confidential"}
EVERYBODY = ["ada@example.org", "con@example.org", "lea@example.org", "vic@example.org"]


def picture(colour: str = WINE, *, kind: str = "PNG", name: str = "logo.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def events() -> list[tuple[str, dict[str, object]]]:
    return [(each.verb, each.detail) for each in AuditEvent.objects.order_by("pk")]


# --- colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#7a1f5c", WINE), (" 7A1F5C ", WINE), ("#08c", "#0088CC"), ("FFF", WHITE)],
)
def test_colours_are_written_in_one_way(typed, colour):
    assert colour_of(typed) == colour


@pytest.mark.parametrize(
    "typed", ["", "red", "#12345", "#1234567", "rgb(1,2,3)", "#GGGGGG", "#12345\u0666", "# 08C"]
)
def test_anything_else_is_no_colour(typed):
    with pytest.raises(NotAColour):
        colour_of(typed)


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Source: WCAG 2.2, the definition of contrast ratio; #767676 is its well-known border case.
    [("#000000", 21.0), (WHITE, 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#FF0000", 4.0)],
)
def test_contrast_is_that_of_wcag(colour, ratio):
    assert contrast(colour, WHITE) == pytest.approx(ratio, abs=0.005)
    assert contrast(WHITE, colour) == contrast(colour, WHITE)


def test_a_ratio_is_never_told_larger_than_it_is():
    assert ratio_text(4.4999) == "4.49 to 1"
    assert ratio_text(4.5) == "4.5 to 1"
    assert ratio_text(21.0) == "21 to 1"


@pytest.mark.parametrize("ratio", [3.0, 4.5])
@pytest.mark.parametrize("colour", ["#FFCC00", WHITE, "#00FFFF", "#FFB3B3", "#0F5C78"])
def test_a_darker_shade_reaches_the_ratio_and_barely(colour, ratio):
    found = darkened(colour, ratio=ratio)

    assert contrast(found, WHITE) >= ratio
    assert found == colour or contrast(found, WHITE) < ratio + 0.2


def test_today_is_told_from_target_and_earlier_scores():
    assert Branding(accent=WINE).now_colour == WINE
    # Orange like the target, grey like earlier scores.
    assert Branding(accent="#B0501C").now_colour == ""
    assert Branding(accent="#70757A").now_colour == ""
    assert Branding(second=WINE).now_colour == ""
    assert (palette.TARGET, palette.BEFORE) == OTHER_SERIES
    assert Branding(accent=palette.NOW).now_colour == palette.NOW


def test_distance_is_none_for_the_same_colour():
    assert distance(WINE, WINE) == 0
    assert distance("#000000", WHITE) == pytest.approx(100, abs=0.1)


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def owner(client: Client, workspace) -> Client:
    return as_(client, "ada@example.org")


@pytest.fixture
def url(workspace) -> str:
    return f"{place_of(workspace)}branding/"


pytestmark = pytest.mark.django_db


def test_page_says_what_to_do_first(owner, url):
    page = owner.get(url).content.decode()

    assert "There is none yet." in page
    assert "Waymark’s own look" in page
    assert "Remove the logo" not in page
    assert "Take them away" not in page
    assert url in owner.get(url.replace("branding", "settings")).content.decode()


def test_colours_and_footer_are_saved_and_shown(owner, url, workspace):
    answer = owner.post(url, GIVEN | {"accent": "7a1f5c"}, follow=True)

    assert branding_of(workspace) == Branding(WINE, OCHRE, "Northbank · Confidential")
    page = answer.content.decode()
    assert "Saved. Reports made from now on have it" in page
    assert "#7A1F5C, 9.64 to 1 on white" in page
    assert f'fill="{OCHRE}"' in page
    assert events() == [("branding.changed", {"changed": ["accent", "second", "footer"]})]


def test_saving_the_same_again_changes_nothing(owner, url):
    owner.post(url, GIVEN)
    before = WorkspaceBranding.objects.get().changed_at

    page = owner.post(url, GIVEN, follow=True).content.decode()

    assert "Nothing was changed." in page
    assert WorkspaceBranding.objects.get().changed_at == before
    assert len(events()) == 1


def test_empty_fields_are_waymarks_own(owner, url, workspace):
    owner.post(url, GIVEN)

    owner.post(url, {"accent": "", "second": "", "footer": " "})

    assert branding_of(workspace) is None


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("accent", "#FFCC00", "reaches a contrast of 1.51 to 1; headings and text need 4.5 to 1."),
        ("accent", "#777777", "4.47 to 1; headings and text need 4.5 to 1. The nearest shade that"),
        ("accent", "#777777", "does is #767676."),
        ("second", "#FFCC00", "reaches a contrast of 1.51 to 1; rules need 3 to 1."),
        ("accent", "red", "write the colour as # and six digits"),
        ("second", "#12", "write the colour as # and six digits"),
        ("footer", "x" * 101, "shorten this to 100 characters; it has 101 now"),
        ("footer", "two\nlines", "write this on one line"),
        ("footer", "a\u202eb", "a hidden mark that changes the reading direction"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(owner, url, field, value, reason):
    answer = owner.post(url, GIVEN | {field: value})

    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    assert reason in page
    assert "Nothing was saved yet." in page
    assert not WorkspaceBranding.objects.exists()


def test_the_second_colour_may_be_lighter_than_the_accent(owner, url, workspace):
    owner.post(url, {"accent": "", "second": "#949494", "footer": ""})

    assert branding_of(workspace) == Branding(second="#949494")


def test_page_says_when_pictures_keep_their_colour(owner, url):
    owner.post(url, GIVEN | {"accent": "#B0501C"})

    assert "today’s scores stay in Waymark’s blue" in owner.get(url).content.decode()


def test_footer_is_data(owner, url):
    owner.post(url, GIVEN | {"footer": "<b>&\"'=1+1</b>"})

    page = owner.get(url).content.decode()
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;&quot;&#x27;=1+1&lt;/b&gt;" in page


# --- the logo ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), [("PNG", "logo.png"), ("JPEG", "Über ./../x.html")])
def test_logo_is_made_anew_and_shown_as_it_is_printed(owner, url, workspace, kind, name):
    answer = owner.post(f"{url}logo/", {"logo": picture(kind=kind, name=name)}, follow=True)

    assert "The logo is set." in answer.content.decode()
    found = branding_of(workspace)
    assert found is not None
    assert found.logo is not None
    assert (found.logo.width, found.logo.height) == (300, 100)
    assert found.logo.alt == "Logo of Northbank Advisers"
    served = owner.get(f"{url}logo/")
    assert served.content == found.logo.png
    assert served["Content-Type"] == "image/png"
    assert served["Cache-Control"] == "private, no-store"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert events() == [("branding.logo_uploaded", {"width": 300, "height": 100})]


def test_the_same_logo_again_is_no_event(owner, url):
    for _ in range(2):
        owner.post(f"{url}logo/", {"logo": picture()})
    owner.post(f"{url}logo/", {"logo": picture(OCHRE)})

    assert [verb for verb, _ in events()] == ["branding.logo_uploaded", "branding.logo_uploaded"]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (SimpleUploadedFile("logo.png", b"<svg onload='x'/>"), "an SVG or another file of text"),
        (SimpleUploadedFile("logo.png", b""), "This file is empty."),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000), "2 MB"),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\nxx"), "damaged or not complete"),
        (None, "Please choose a file first."),
    ],
)
def test_what_is_no_logo_is_refused_and_the_old_one_kept(owner, url, workspace, sent, reason):
    owner.post(f"{url}logo/", {"logo": picture()})
    before = branding_of(workspace)

    answer = owner.post(f"{url}logo/", {"logo": sent} if sent else {})

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert branding_of(workspace) == before


def test_removing_the_logo_leaves_the_rest(owner, url, workspace):
    owner.post(url, GIVEN)
    owner.post(f"{url}logo/", {"logo": picture()})

    page = owner.post(f"{url}logo/remove/", follow=True).content.decode()

    assert "colours and the line at the foot stay" in page
    assert branding_of(workspace) == Branding(WINE, OCHRE, "Northbank · Confidential")
    assert owner.get(f"{url}logo/").status_code == 404
    again = owner.post(f"{url}logo/remove/", follow=True).content.decode()
    assert "There was no logo to remove." in again
    assert [verb for verb, _ in events()] == [
        "branding.changed",
        "branding.logo_uploaded",
        "branding.logo_removed",
    ]


def test_reset_takes_everything_away(owner, url, workspace):
    owner.post(url, GIVEN)
    owner.post(f"{url}logo/", {"logo": picture()})

    owner.post(f"{url}reset/")
    owner.post(f"{url}reset/")

    assert branding_of(workspace) is None
    assert not WorkspaceBranding.objects.exists()
    assert [verb for verb, _ in events()][-1:] == ["branding.reset"]
    assert len(events()) == 3


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", EVERYBODY[1:])
@pytest.mark.parametrize("page", ["", "logo/", "logo/remove/", "reset/"])
def test_only_owners_set_the_look(client, workspace, url, email, page):
    as_(client, email)
    expected = 403 if email == "con@example.org" else 404

    assert client.post(f"{url}{page}", GIVEN).status_code == expected
    assert not WorkspaceBranding.objects.exists()


def test_a_logo_is_for_its_own_workspace(owner, url, workspace):
    owner.post(f"{url}logo/", {"logo": picture()})
    eve = make_user("eve@example.org")
    elsewhere = make_workspace(name="Elsewhere", owner=eve)
    stranger = as_(Client(), "eve@example.org")

    assert stranger.get(f"{url}logo/").status_code == 404
    assert stranger.get(f"{place_of(elsewhere)}branding/logo/").status_code == 404
    assert branding_of(elsewhere) is None


def test_page_costs_the_same_with_and_without_a_look(
    owner, url, workspace, django_assert_num_queries
):
    # session, account, role; branding
    with django_assert_num_queries(4):
        owner.get(url)
    owner.post(url, GIVEN)
    owner.post(f"{url}logo/", {"logo": picture()})
    # The message of the last post is read once.
    owner.get(url)
    with django_assert_num_queries(4):
        owner.get(url)


def test_deleting_a_workspace_takes_its_look_along(workspace):
    WorkspaceBranding.objects.create(
        workspace=workspace, footer="x", changed_at=workspace.created_at
    )

    workspace.memberships.all().delete()
    workspace.organisations.all().delete()
    workspace.delete()

    assert not WorkspaceBranding.objects.exists()
