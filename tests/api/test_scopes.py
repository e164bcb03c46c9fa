"""Each endpoint with each scope: what a token may do is what it was made for, and nothing more."""

import pytest

from tests.api.calling import Program, code_of, secret_of

pytestmark = pytest.mark.django_db

# Method, address, the scope it asks for ("any": whatever scope), and what it answers with it.
TABLE = [
    ("GET", "/token", "any", 200),
    ("GET", "/models", "read", 200),
    ("GET", "/models/social-engagement-journey", "read", 200),
    ("GET", "/organisations", "read", 200),
    ("POST", "/organisations", "manage", 422),
    ("GET", "/organisations/{o}", "read", 200),
    ("GET", "/organisations/{o}/roadmap", "read", 200),
    ("POST", "/organisations/{o}/steps", "manage", 422),
    ("GET", "/organisations/{o}/steps/1", "read", 404),
    ("PATCH", "/organisations/{o}/steps/1", "manage", 404),
    ("GET", "/assessments", "read", 200),
    ("POST", "/assessments", "manage", 422),
    ("GET", "/assessments/{a}", "read", 200),
    ("GET", "/assessments/{a}/placement", "read", 200),
    ("GET", "/assessments/{a}/answers", "read", 200),
    ("GET", "/assessments/{a}/answers/mine", "answer", 200),
    ("PATCH", "/assessments/{a}/answers/mine", "answer", 200),
    ("GET", "/assessments/{a}/reports", "read", 200),
    ("POST", "/assessments/{a}/reports", "read", 422),
    ("GET", "/assessments/{a}/reports/1", "read", 404),
    ("GET", "/assessments/{a}/reports/1/file", "read", 404),
    ("POST", "/assessments/{a}/close", "manage", 200),
]
SCOPES = ("read", "answer", "manage")


@pytest.fixture
def programs(workspace, owner):
    """Return a program for each scope alone."""
    return {scope: Program(secret_of(workspace, owner, scope)) for scope in SCOPES}


@pytest.mark.parametrize(("method", "path", "scope", "status"), TABLE)
def test_an_endpoint_asks_for_its_scope(
    programs, assessment, organisation, method, path, scope, status
):
    address = path.format(o=organisation.public_id, a=assessment)
    body = None if method == "GET" else {"kind": 1} if "reports" in path else {}
    found = {each: programs[each].send(method, address, body) for each in SCOPES}

    for each, response in found.items():
        if scope in ("any", each):
            assert response.status_code == status, each
        else:
            assert (response.status_code, code_of(response)) == (403, "insufficient_scope"), each
            assert f"“{scope}”" in response.json()["error"]["message"]


def test_the_table_has_every_endpoint_with_the_scope_its_document_says(client):
    document = client.get("/api/v1/openapi.json").json()
    said = {
        (method.upper(), path.removeprefix("/api/v1"), next(iter(operation["security"][0])))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }

    names = {"any": "Anything", "read": "Read", "answer": "Answer", "manage": "Manage"}
    shapes = {
        "{o}": "{organisation_id}",
        "{a}": "{assessment_id}",
        "steps/1": "steps/{step_id}",
        "reports/1": "reports/{report_id}",
        "social-engagement-journey": "{key}",
    }
    declared = set()
    for method, path, scope, _ in TABLE:
        for part, shape in shapes.items():
            path = path.replace(part, shape)
        declared.add((method, path, names[scope]))
    assert declared == said
