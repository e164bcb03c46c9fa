"""The paper kit as it is asked for: its page, its options, what is kept, how often."""

import re
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maturity.catalogue.services import publish
from maturity.web.rate_limits import count, network_of
from reports.kit import views
from reports.kit.services import KitBusy, Kits, kits
from reports.kit.views import KITS
from reports.rendering.pdf import render_pdf
from tests.reports.kit.test_kit import A3, A4, A4_ACROSS, LETTER, sizes_of
from tests.reports.kits import model_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)

# --- keeping -------------------------------------------------------------------------------------

SMALL = "<html lang='en'><head><title>{0}</title></head><body><p>{0}</p></body></html>"


def test_kept_files_are_the_ones_asked_for_last():
    one, two, three = (SMALL.format(each) for each in ("one", "two", "three"))
    size = len(render_pdf(one).content)
    few = Kits(most_bytes=int(2.5 * size))

    for html in (one, two):
        few.made(html)
    assert few.kept(one) == render_pdf(one).content
    few.made(three)

    assert few.kept(two) is None
    assert few.kept(one) is not None
    assert few.kept(three) is not None


def test_one_who_waits_gets_what_the_first_made():
    begun, may_end, made = threading.Event(), threading.Event(), []

    def render(html: str) -> bytes:
        begun.set()
        may_end.wait(20)
        made.append(html)
        return html.encode()

    few, answers = Kits(render=render), []
    threads = [threading.Thread(target=lambda: answers.append(few.made("x"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    begun.wait(20)
    may_end.set()
    for thread in threads:
        thread.join()

    assert answers == [b"x", b"x"]
    assert made == ["x"]


def test_one_who_finds_no_seat_is_sent_away_at_once():
    begun, may_end = threading.Event(), threading.Event()

    def render(html: str) -> bytes:
        begun.set()
        may_end.wait(20)
        return html.encode()

    few = Kits(seats=1, render=render)
    first = threading.Thread(target=few.made, args=("x",))
    first.start()
    begun.wait(20)
    with pytest.raises(KitBusy):
        few.made("y")
    may_end.set()
    first.join()

    assert few.made("y") == b"y"


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def printed_model(db: None) -> None:
    """Publish a model of three stages and two dimensions; this process has made no kit yet."""
    publish(model_of(3, 2), now=NOW)
    kits.clear()


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.usefixtures("printed_model")
def test_page_shows_what_is_in_the_kit_and_offers_the_papers(client: Client):
    response = client.get("/kit/printed/")

    assert response.status_code == 200
    html, text = response.content.decode(), text_of(response)
    assert "3 stages, 2 dimensions" in text
    assert "It fits on one sheet." in text
    choices = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"', html)
    assert choices == [("poster", "a3"), ("poster", "a1"), ("paper", "a4"), ("paper", "letter")]
    assert re.findall(r'name="part" value="(\w+)"', html) == ["all", "poster", "cards", "tally"]
    assert 'action="/kit/printed.pdf"' in html


def test_page_says_how_many_sheets_sixty_dimensions_take(client: Client, db: None):
    publish(model_of(5, 60), now=NOW)

    text = text_of(client.get("/kit/printed/"))

    assert "8 sheets, to hang below one another: 60 dimensions do not fit on one" in text
    assert "Each holds up to 8 and says which." in text


@pytest.mark.usefixtures("printed_model")
def test_model_page_leads_to_the_kit(client: Client):
    assert 'href="/kit/printed/"' in client.get("/model/printed/").content.decode()


@pytest.mark.usefixtures("printed_model")
def test_pdf_is_handed_over_and_made_once(client: Client):
    first = client.get("/kit/printed.pdf?poster=a1&paper=letter&part=cards")
    again = client.get("/kit/printed.pdf?part=cards&paper=letter&poster=a1")

    assert first.status_code == 200
    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == 'attachment; filename="printed-kit-cards-letter.pdf"'
    assert sizes_of(first.content) == [pytest.approx(LETTER)]
    assert again.content == first.content


@pytest.mark.usefixtures("printed_model")
def test_options_left_out_mean_everything_on_a3_and_a4(client: Client):
    sizes = sizes_of(client.get("/kit/printed.pdf").content)

    assert [tuple(map(round, each)) for each in sizes] == [
        tuple(map(round, each)) for each in (A3, A4, A4_ACROSS)
    ]


@pytest.mark.usefixtures("printed_model")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("poster=a2", "Option poster: choose a3 or a1."),
        ("paper=A4", "Option paper: choose a4 or letter."),
        ("part=posters", "Option part: choose poster, cards, tally or all."),
        ("size=a3", "Option size: there is none of this name."),
        ("poster=a3&poster=a1", "Option poster: it may stand there once only."),
        (f"{'x' * 99}=1", f"Option {'x' * 40}…: there is none of this name."),
        ("%3Cb%3E=1", "Option &lt;b&gt;: there is none of this name."),
    ],
)
def test_wrong_option_is_named(client: Client, query: str, message: str):
    response = client.get(f"/kit/printed.pdf?{query}")

    assert response.status_code == 400
    assert re.findall(r'role="alert">([^<]*)<', response.content.decode()) == [message]


@pytest.mark.usefixtures("printed_model")
@pytest.mark.parametrize("address", ["/kit/nowhere/", "/kit/nowhere.pdf?poster=a2"])
def test_unknown_model_is_not_there(client: Client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("printed_model")
@pytest.mark.parametrize("address", ["/kit/printed/", "/kit/printed.pdf"])
def test_kit_is_read_only(client: Client, address: str):
    assert client.post(address).status_code == 405


@pytest.mark.usefixtures("printed_model")
def test_an_address_may_have_so_many_made_and_those_made_before_as_often_as_it_likes(
    client: Client,
):
    address = "/kit/printed.pdf?part=tally"
    count(KITS, network_of("127.0.0.1"), now=timezone.now(), amount=KITS[0].at_most - 1)
    assert [client.get(address).status_code for _ in range(3)] == [200] * 3

    refused = client.get("/kit/printed.pdf?part=cards")
    elsewhere = client.get("/kit/printed.pdf?part=cards", REMOTE_ADDR="192.0.2.7")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= 3600
    assert "Many kits were made from your network." in text_of(refused)
    assert elsewhere.status_code == 200


@pytest.mark.usefixtures("printed_model")
def test_busy_process_says_when_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "kits", Kits(seats=0))

    response = client.get("/kit/printed.pdf")

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Please try again in a moment." in text_of(response)


@pytest.mark.usefixtures("printed_model")
def test_render_that_fails_is_said_and_logged(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
):
    settings.RENDER_SECONDS = 0.01

    response = client.get("/kit/printed.pdf")

    assert response.status_code == 503
    assert "This kit is too large to be made here at once." in text_of(response)
    (record,) = [each for each in caplog.records if each.name == "reports.kit.views"]
    assert record.getMessage().startswith("Kit of printed 1.0.0: It took longer than")
