"""The base: pages for machines, error pages, headers, the watched browser."""

import urllib.request

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import path

from maturity.urls import urlpatterns as product_urls
from maturity.web import checks
from maturity.web.http import errors
from maturity.web.http.middleware import HeadersMiddleware
from tests.databases import on_sqlite


def _forbidden(request):
    return errors.permission_denied(request)


def _broken(request):
    raise ZeroDivisionError


def _cached(request):
    return HttpResponse("<p>hello", headers={"Cache-Control": "max-age=60"})


def _form(request):
    return HttpResponse("sent")


def _noisy(request):
    return HttpResponse(
        "<!doctype html><title>x</title><script>alert(1)</script><img src='//other.example/x.png'>"
    )


urlpatterns = [
    path("forbidden/", _forbidden),
    path("broken/", _broken),
    path("cached/", _cached),
    path("form/", _form),
    path("noisy/", _noisy),
    *product_urls,
]
handler400 = "maturity.web.http.errors.bad_request"
handler403 = "maturity.web.http.errors.permission_denied"
handler404 = "maturity.web.http.errors.page_not_found"
handler500 = "maturity.web.http.errors.server_error"


# --- pages for machines --------------------------------------------------------------------------


def test_healthz_answers_without_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_readyz_answers_once_migrations_are_applied(client, django_assert_num_queries):
    client.get("/readyz")

    # The tables there are, and the migrations applied.
    with django_assert_num_queries(2):
        response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_says_that_migrations_are_missing(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations are not applied\n")


def test_robots_keeps_assessments_out_of_indexes(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /assessments/\n" in text
    assert "Disallow: /link/\n" in text
    assert "Disallow: /api/v1/\n" in text


# --- error pages ---------------------------------------------------------------------------------


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading", "kept"),
    [
        (
            "/nowhere/",
            404,
            "There is nothing here",
            "Nothing was changed, and saved answers are kept.",
        ),
        ("/forbidden/", 403, "You may not do that here", "Nothing was changed."),
        (
            "/broken/",
            500,
            "Something broke on our side",
            "Answers that were shown as saved are kept.",
        ),
    ],
)
def test_error_page_says_what_happened_and_what_was_kept(client, address, status, heading, kept):
    client.raise_request_exception = False

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert f"<p>{kept}</p>" in page
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"]


def test_request_for_a_foreign_host_is_answered_with_400(client):
    response = client.get("/healthz", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "could not read that request" in response.content.decode()


@pytest.mark.urls(__name__)
def test_form_without_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/form/")

    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def test_error_page_that_cannot_be_drawn_becomes_bare_words(settings, tmp_path, caplog):
    (tmp_path / "500.html").write_text("{% url 'no-such-page' %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert response.content.decode().startswith("Something broke on our side.")
    assert "could not be drawn" in caplog.text


# --- headers -------------------------------------------------------------------------------------


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/healthz", "/nowhere/", "/broken/", "/robots.txt"])
def test_headers_are_on_every_answer(client, address):
    client.raise_request_exception = False

    found = client.get(address).headers

    policy = dict(
        part.strip().split(" ", 1) for part in found["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert found["X-Frame-Options"] == "DENY"
    assert "camera=()" in found["Permissions-Policy"]


@pytest.mark.urls(__name__)
def test_cache_header_of_a_view_stays(client):
    assert client.get("/cached/")["Cache-Control"] == "max-age=60"


def test_json_is_kept_out_of_caches_and_a_stylesheet_is_not():
    request = RequestFactory().get("/")

    json = HeadersMiddleware(lambda _: JsonResponse({}))(request)
    css = HeadersMiddleware(lambda _: HttpResponse("", content_type="text/css"))(request)

    assert json["Cache-Control"] == "no-store"
    assert "Cache-Control" not in css.headers


# --- database ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_sqlite_has_a_rollback_journal_and_full_synchronisation():
    if not on_sqlite():
        pytest.skip("about SQLite")

    with connection.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert found == ["truncate", 2, 1, 20_000]


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_sqlite_versions_that_corrupt_a_wal_database(version, is_safe):
    assert checks.is_wal_safe(version) is is_safe


@pytest.mark.django_db(transaction=True)
def test_check_warns_of_wal_on_such_a_version():
    if not on_sqlite():
        pytest.skip("about SQLite")
    assert checks.check_journal(["default"], version=(3, 40, 1)) == []

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        try:
            (warning,) = checks.check_journal(["default"], version=(3, 40, 1))
            assert checks.check_journal(["default"], version=(3, 51, 3)) == []
        finally:
            cursor.execute("PRAGMA journal_mode=TRUNCATE")

    assert warning.id == "web.W001"
    assert "SQLite 3.40.1 can corrupt" in warning.msg


@pytest.mark.django_db
def test_system_checks_find_nothing(capsys):
    call_command("check", databases=["default"], fail_level="WARNING")

    assert "no issues" in capsys.readouterr().out


# --- the watched browser -------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.urls(__name__)
def test_browser_watch_sees_scripts_and_foreign_hosts(page, faults):
    page.goto("/noisy/")
    with page.context.expect_event("weberror"):
        page.evaluate("() => setTimeout(() => { throw new Error('planted') })")

    found = " | ".join(faults.remaining())
    faults.allow("")
    assert "Content Security Policy" in found
    assert "other.example" in found
    assert "planted" in found


@pytest.mark.browser
def test_error_page_has_no_accessibility_fault(page, axe, faults):
    faults.allow("404")

    page.goto("/nowhere/")

    assert page.locator("h1").inner_text() == "There is nothing here"
    assert axe(page) == []


@pytest.mark.browser
def test_axe_finds_what_is_wrong(page, axe, faults):
    if not on_sqlite():
        pytest.skip("looks are looked at on SQLite")
    # A page without an icon of its own makes the browser ask for /favicon.ico.
    faults.allow("404")
    page.goto("/healthz")
    page.set_content("<!doctype html><html><body><img src='data:,'></body></html>")

    assert any(line.startswith("image-alt") for line in axe(page))


@pytest.mark.browser
def test_live_server_serves_our_files(live_server):
    with urllib.request.urlopen(  # noqa: S310
        f"{live_server.url}/static/vendor/htmx/htmx.min.js"
    ) as answer:
        assert answer.status == 200
