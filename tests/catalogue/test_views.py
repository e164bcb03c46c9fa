"""The pages of a model: what they say, what they cost, what they refuse."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maturity.catalogue.services import publish
from tests.catalogue.documents import small_model, spoil

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> None:
    """Publish the small model."""
    publish(small_model(), now=NOW)


def page(client: Client, name: str, *args: str, query: str = "") -> str:
    """Return a page's HTML; anything but a page fails."""
    response = client.get(reverse(f"catalogue:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_models_lists_each_model_once_in_its_newest_version(client: Client) -> None:
    publish(small_model(), now=NOW)
    publish(spoil(spoil(small_model(), "version", "1.1.0"), "title", "Renewed"), now=NOW)
    publish(spoil(spoil(small_model(), "key", "other"), "title", "Another"), now=NOW)

    titles = re.findall(r'<h2><a href="([^"]+)">([^<]+)', page(client, "models"))

    assert titles == [("/model/other/", "Another"), ("/model/small/", "Renewed")]


def test_models_says_what_to_do_while_there_are_none(client: Client) -> None:
    html = page(client, "models")

    assert "No model is published yet" in html
    assert "manage.py loaddata fixtures/social-engagement-journey.json" in html


@pytest.mark.usefixtures("small")
def test_model_shows_summaries_and_on_request_every_statement(client: Client) -> None:
    summaries = page(client, "model", "small")
    statements = page(client, "model", "small", query="?view=statements")

    assert "Alpha, middle." in summaries
    assert "Point a-2-1 holds." not in summaries
    assert "Alpha, middle." in statements
    assert re.findall(r"Point [\w-]+ holds", statements) == [
        f"Point {name} holds" for name in ("a-1-1", "a-2-1", "a-2-2", "a-3-1", "b-2-1")
    ]


@pytest.mark.usefixtures("small")
def test_model_takes_an_unknown_view_for_the_summaries(client: Client) -> None:
    html = page(client, "model", "small", query="?view=%00")

    assert "Point a-2-1 holds." not in html


@pytest.mark.usefixtures("small")
def test_model_colours_stages_by_the_ramp(client: Client) -> None:
    heads = re.findall(
        r'<th class="sheet__stage"[^>]*data-stage="(\d)"', page(client, "model", "small")
    )

    assert heads == ["1", "3", "5"]


@pytest.mark.usefixtures("small")
def test_print_shows_every_statement_or_on_request_summaries(client: Client) -> None:
    assert page(client, "print", "small").count(" holds.") == 5
    assert page(client, "print", "small", query="?view=summaries").count(" holds.") == 0


@pytest.mark.usefixtures("small")
def test_dimension_shows_all_of_a_descriptor(client: Client) -> None:
    html = page(client, "dimension", "small", "alpha")
    (entry,) = re.findall(r'<article class="entry" id="a\.2\.1".*?</article>', html, re.DOTALL)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", entry)).strip()

    assert text == (
        "Point a-2-1 holds. Practice People Small effort Link to a.2.1 "
        "To get there Write the list and name somebody who keeps it. "
        "One could show The list, with the date of its last change. "
        "Comes after Point a-1-1 holds."
    )
    assert 'href="#a.1.1"' in entry
    assert "Source s.1" in html


def test_dimension_links_to_prerequisites_in_other_dimensions(client: Client) -> None:
    place = "dimensions[1].cells[1].descriptors[0].requires"
    publish(spoil(small_model(), place, ["a.2.2"]), now=NOW)

    html = page(client, "dimension", "small", "beta")

    assert '<a href="/model/small/alpha/#a.2.2">Point a-2-2 holds.</a>' in html


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("gates", "when, on average, the following is at least <strong>half</strong> so"),
        ("every", "when each of the following is at least <strong>half</strong> so"),
        ("additive", "adds to the score, whatever the other stages hold"),
    ],
)
def test_dimension_explains_the_gates_of_the_model_s_rule(
    client: Client, rule: str, text: str
) -> None:
    publish(spoil(small_model(), "rule.name", rule), now=NOW)

    assert text in page(client, "dimension", "small", "alpha")


@pytest.mark.usefixtures("small")
def test_dimension_says_of_an_empty_gate_that_it_stands_open(client: Client) -> None:
    html = page(client, "dimension", "small", "beta")

    assert html.count("Nothing: this gate stands open.") == 1
    assert html.count("Nothing is asked at this stage.") == 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "path",
    ["/model/none/", "/model/none/print/", "/model/none/alpha/", "/model/small/gamma/"]
    + ["/model/small/alpha/x/", "/model/SMALL/"],
)
def test_pages_of_what_does_not_exist_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("path", ["", "small/", "small/print/", "small/alpha/"])
def test_pages_are_for_reading_only(client: Client, path: str) -> None:
    assert client.post(f"/model/{path}").status_code == 405
    assert client.head(f"/model/{path}").status_code == 200


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "path", ["", "small/", "small/?view=statements", "small/print/", "small/alpha/"]
)
def test_pages_ask_the_database_once_or_twice(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    # The newest version, and the first time in a process its document.
    with django_assert_num_queries(2):
        client.get(f"/model/{path}")
    with django_assert_num_queries(1):
        client.get(f"/model/{path}")


def test_pages_show_what_a_model_says_and_never_run_it(client: Client) -> None:
    hostile = "<img src=x onerror=alert(1)> {{ 7|add:7 }} 'quoted' \"twice\""
    document = small_model()
    document["title"] = document["summary"] = document["attribution"] = hostile
    for stage in document["stages"]:
        stage["name"] = f"{stage['number']} {hostile}"
        stage["summary"] = stage["question"] = hostile
    for dimension in document["dimensions"]:
        dimension["name"] = f"{dimension['name']} {hostile}"
        dimension["summary"] = hostile
        for cell in dimension["cells"]:
            cell["summary"] = hostile
            for descriptor in cell["descriptors"]:
                descriptor.update(dict.fromkeys(("statement", "action", "evidence"), hostile))
    document["dimensions"][0]["facets"][0]["name"] = hostile
    publish(document, now=NOW)

    for name, args, query in (
        ("models", (), ""),
        ("model", ("small",), "?view=statements"),
        ("print", ("small",), ""),
        ("dimension", ("small", "alpha"), ""),
    ):
        html = page(client, name, *args, query=query)
        assert "&lt;img src=x onerror=alert(1)&gt; {{ 7|add:7 }} &#x27;quoted&#x27;" in html
        assert "<img" not in html
