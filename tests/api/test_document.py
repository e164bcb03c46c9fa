"""The API does what its OpenAPI document says, whatever is sent to it.

Each endpoint gets generated requests, right and wrong ones, and always the same ones; their ids
lead somewhere. What comes of ids that do not is held in tests/tenancy.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from maturity.catalogue.models import MaturityModel
from maturity.workspaces.models import Organisation, User, Workspace
from tests.api.calling import Program, secret_of
from tests.roles_cast import make_result

pytestmark = pytest.mark.django_db
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
GENERATED = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    schemathesis.checks.not_a_server_error,
    *(
        schemathesis.checks.CHECKS.get_one(name)
        for name in (
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
            "response_headers_conformance",
            "unsupported_method",
        )
    ),
]


REFUSES_WRONG = schemathesis.checks.CHECKS.get_one("negative_data_rejection")


@pytest.fixture
def ids(
    program: Program, organisation: Organisation, version: MaturityModel, assessment: str
) -> dict[str, object]:
    """Return what leads somewhere in an address."""
    make_result(organisation, version, picks=2)
    program.patch(f"/assessments/{assessment}/answers/mine", {"picks": {"metrics": 2}})
    step = program.post(
        f"/organisations/{organisation.public_id}/steps", {"words": "Do it", "owner": "Ann"}
    )
    report = program.post(f"/assessments/{assessment}/reports", {"kind": "csv"})
    return {
        "organisation_id": organisation.public_id,
        "assessment_id": assessment,
        "step_id": step.json()["id"],
        "report_id": report.json()["id"],
        "key": version.key,
    }


@pytest.fixture
def headers(ids: object, workspace: Workspace, owner: User) -> Iterator[dict[str, str]]:
    """Return what lets a program in; the connection stays open from here on.

    Django's own client closes it again after each of its requests, so it has to be done by now.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": f"Bearer {secret_of(workspace, owner)}"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@GENERATED
def test_it_answers_as_its_document_says(case, headers, ids):
    for name in case.path_parameters or {}:
        case.path_parameters[name] = ids[name]
    if isinstance(case.body, dict) and isinstance(case.body.get("organisation"), str):
        case.body["organisation"] = ids["organisation_id"]

    # Wrong ids and headers were made right above; a body or a question that is wrong is still so.
    wrong = {where.value for where, part in case.meta.components.items() if part.mode.is_negative}
    checks = [*CHECKS, REFUSES_WRONG] if wrong <= {"body", "query"} else CHECKS
    case.validate_response(case.call(headers=headers), checks=checks)


def test_its_document_is_complete_and_the_same_for_everybody(client, program):
    document = client.get("/api/v1/openapi.json")

    assert document["Content-Type"] == "application/json"
    assert program.get("/openapi.json").json() == document.json()
    for path, methods in document.json()["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert operation["tags"]
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
    names = [
        each["operationId"]
        for methods in document.json()["paths"].values()
        for each in methods.values()
    ]
    assert len(names) == len(set(names)) == 22
    # Nothing of it is loaded from elsewhere.
    assert b"http" not in document.content.replace(b'"http"', b"").replace(b"https://", b"")


def test_the_page_explains_every_endpoint(client):
    document = client.get("/api/v1/openapi.json").json()

    page = client.get("/api/").content.decode()

    for path, methods in document["paths"].items():
        assert path in page
        for method, operation in methods.items():
            assert f'id="{operation["operationId"].replace("_", "-")}"' in page
            assert f"{method.upper()}</span>" in page
    assert "export WAYMARK_TOKEN=" in page
    assert "http://testserver/api/v1/token" in page


def test_nothing_of_the_page_breaks_out_of_its_example(client):
    page = client.get("/api/", headers={"Host": "testserver"}).content.decode()

    assert "<script" not in page.replace('<script src="/static/', "")
    assert "-d '{&quot;organisation&quot;: &quot;" in page
