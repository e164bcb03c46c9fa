"""One shape for every error, whatever goes wrong and wherever."""

import json

import pytest
from django.test import Client

from maturity.web.api.problems import MOST_PROBLEMS
from tests.api.calling import Program, code_of, problems_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/x",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing/here",
        "/api/v1/models/",
        "/api/v1/assessments/%00",
        "/api/v2/models",
        "/api/%ff",
    ],
)
def test_an_address_that_is_none_is_404_in_the_same_shape(path):
    for method in ("get", "post", "put", "patch", "delete"):
        response = getattr(Client(), method)(path)

        assert (response.status_code, code_of(response)) == (404, "not_found"), method


def test_a_method_that_is_not_taken_is_405_and_says_which_are(program):
    response = program.send("DELETE", "/organisations")

    assert (response.status_code, code_of(response)) == (405, "method_not_allowed")
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


def test_head_is_answered_as_get(program):
    asked, read = program.send("HEAD", "/models"), program.get("/models")

    assert (asked.status_code, asked.content) == (200, b"")
    assert asked["Content-Type"] == read["Content-Type"]


def test_a_fault_of_ours_is_500_in_the_same_shape_and_tells_nothing(program, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("CANARY")

    monkeypatch.setattr("maturity.workspaces.organisations.api.organisations_seen_by", broken)

    response = program.get("/organisations")

    assert (response.status_code, code_of(response)) == (500, "internal_error")
    assert b"CANARY" not in response.content


def test_a_host_that_is_not_ours_is_400_in_the_same_shape(program):
    response = program.get("/models", headers={"Host": "evil.example"})

    assert (response.status_code, code_of(response)) == (400, "bad_request")


def test_every_error_has_the_headers_of_a_page(program):
    for response in (
        Program().get("/token"),
        program.get("/nothing"),
        program.send("PUT", "/models"),
        program.post("/organisations", "{"),
    ):
        assert response["Content-Type"] == "application/json"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in response["Content-Security-Policy"]


# --- bodies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"name": "a", "name": "b"}', "twice"),
        ('{"name": NaN}', "NaN"),
        ('{"months_between": Infinity}', "Infinity"),
        ("[" * 60, "nested deeper than 40 levels"),
        ('{"name": "\\ud800"}', "half a character"),
        ('{"months_between": 1' + "0" * 30 + "}", "digits"),
        ("{", "not JSON"),
        (b"\xff", "not UTF-8"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
    ],
)
def test_a_body_that_is_not_as_json_should_be_is_refused(program, body, said):
    response = program.post("/organisations", body)

    assert (response.status_code, code_of(response)) == (400, "invalid_json")
    (message,) = set(problems_of(response).values())
    assert said in message
    assert program.get("/organisations").json()["count"] == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_refused(program, kind):
    response = program.post("/organisations", '{"name": "x"}', content_type=kind)

    assert (response.status_code, code_of(response)) == (415, "unsupported_media_type")


@pytest.mark.parametrize("size", [2_000_001, 3_000_000])
def test_a_body_that_is_too_large_is_refused(program, size):
    response = program.post("/organisations", '"' + "x" * size + '"')

    assert (response.status_code, code_of(response)) == (413, "too_large")


@pytest.mark.parametrize("body", ["", "[]", "null", "3", '"x"', "{}"])
def test_a_body_that_is_no_object_or_an_empty_one_is_invalid(program, body):
    assert program.post("/organisations", body).status_code == 422


def test_everything_that_is_wrong_is_named_by_its_place(program, organisation, version):
    response = program.post(
        "/assessments",
        {
            "organisation": organisation.public_id,
            "date": "22.11.2026",
            "who": "all",
            "fewest_answers": 2,
            "groups": [{"name": "Function", "options": ["Service"]}, {"nam": "x", "options": 1}],
            "months": 3,
            "from_last": "yes",
        },
    )

    assert (response.status_code, code_of(response)) == (422, "invalid")
    assert problems_of(response) == {
        "date": "Enter a date such as 2026-11-22.",
        "who": "Enter one of: 'me' or 'several'.",
        "fewest_answers": "Enter 3 or more.",
        "groups[0].options": "Enter at least 2 items.",
        "groups[1].name": "This field is required.",
        "groups[1].options": "Enter a list.",
        "groups[1].nam": "Unknown field.",
        "months": "Unknown field.",
        "from_last": "Enter true or false.",
    }


def test_what_a_page_refuses_is_refused_in_the_same_words(program):
    response = program.post("/organisations", {"name": "\u202eevil", "tags": ["a", "b,c"]})
    found = problems_of(response)
    assert "reading direction" in found.pop("name")
    assert found == {"tags[1]": "This contains a character that is not allowed here."}

    response = program.post("/organisations", {"name": " ", "tags": ["x" * 41]})

    assert problems_of(response) == {
        "name": "This field is required.",
        "tags[0]": "Enter 40 characters or fewer.",
    }


def test_a_question_that_is_none_is_named(program):
    for path in ("/organisations", "/assessments", "/models"):
        assert problems_of(program.get(f"{path}?pag=2")) == {"pag": "Unknown query parameter."}
    response = program.get("/organisations?page=2&page=3")
    assert problems_of(response) == {"page": "Send this parameter only once."}
    assert set(problems_of(program.get("/organisations?page=0&per_page=101"))) == {
        "page",
        "per_page",
    }


def test_of_very_many_problems_the_first_are_named(program, assessment):
    ratings = {f"nothing.{n}": 1 for n in range(MOST_PROBLEMS + 50)}

    response = program.patch(f"/assessments/{assessment}/answers/mine", {"ratings": ratings})

    found = problems_of(response)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[""] == "50 more problems."
    assert json.loads(response.content)["error"]["status"] == 422
