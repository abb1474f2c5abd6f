"""How each figure is worked out: every rule has its anchor."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from journal.analysis.rules import RULES

pytestmark = pytest.mark.usefixtures("clock")


def test_every_rule_has_a_heading_with_its_anchor(as_alice):
    assert reverse("rules") == "/trends/rules/"
    page = as_alice.get("/trends/rules/").content.decode()
    assert re.findall(r'<h2 id="([a-z-]+)">', page) == list(RULES)
    for rule in RULES.values():
        assert page.count(f'href="#{rule.slug}"') == 1
        assert escape(rule.text) in page
        assert f"Why: {escape(rule.why)}" in page
    assert "The rules are our own." in page


def test_the_contract_of_anchors():
    """Pages link to these; docs/analysis.md has them, too."""
    slugs = """
        week-before window three-day-mean rise peak return excess missed new-symptom burden before-the-taper raised-week
        level rose-most without-a-change wave running-mean comparison what-helps
    """
    assert list(RULES) == slugs.split()


def test_it_is_a_page_of_trends_and_for_those_who_are_signed_in(as_alice, client):
    assert 'href="/trends/"' in as_alice.get("/trends/rules/").content.decode()
    client.logout()
    assert client.get("/trends/rules/").status_code == 302
    assert client.post("/trends/rules/").status_code in (302, 405)
