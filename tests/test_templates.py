"""The rules of the templates hold; and each can fail."""

import pytest

from tests import architecture as rules
from tests.architecture import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def test_templates_hold_no_style_no_script_and_escape_everything():
    found = [
        breach
        for path in TEMPLATES
        if path.suffix in (".html", ".txt", ".svg")
        for breach in rules.breaches_of_template(
            str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        )
    ]

    assert found == []


def test_lines_of_templates_fit_into_a_window():
    found = [
        breach
        for path in TEMPLATES
        for breach in rules.breaches_of_width(
            str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        )
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "{{ text|safe }}",
        "{% autoescape off %}",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "<script>go()</script>",
        '<script src="a.js">go()</script>',
        "{% for each in rows.objects.all %}",
        '<div hx-on:click="go()">',
    ],
)
def test_template_rule_bites(line):
    assert rules.breaches_of_template("page.html", line) != []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="{% static "js/answers.js" %}" defer></script>',
        '<link rel="stylesheet" href="a.css">',
        "<p>We keep you safe | and sound</p>",
        '<div class="style" data-on="x">',
    ],
)
def test_template_rule_lets_pass(line):
    assert rules.breaches_of_template("page.html", line) == []


def test_width_rule_bites():
    assert rules.breaches_of_width("a.html", "x\n" + "x" * 161) == ["a.html:2 has 161 columns"]
    assert rules.breaches_of_width("a.html", "x" * 160) == []
