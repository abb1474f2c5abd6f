"""The frame round every page."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from journal.models import Deleted
from journal.navigation import GROUPS, MORE, section_of, tab_of
from journal.urls import urlpatterns
from journal.views.patterns import patterns

# Pages that belong to no section: help stands beside all of them, and the rest is not a page.
OUTSIDE = {"calendar_feed", "help_now", "help_now_offline", "noticed", "service_worker", "manifest", "patterns"}
OUTSIDE |= {"shared", "shared_pdf", "shared_nothing", "shared_bare"}  # for a reader, who has no menu
OUTSIDE |= {"help_now_kept", "help_now_own"}


def html_of(client, name, **kwargs):
    return client.get(reverse(name, kwargs=kwargs)).content.decode()


def current(html, nav):
    part = html.partition(f'<nav class="{nav}"')[2].partition("</nav>")[0]
    return [re.sub(r"<.*?>", "", text).strip() for text in re.findall(r'aria-current="true"\s*>(.*?)</a>', part, re.S)]


def test_it_works(as_alice):
    html = html_of(as_alice, "settings")
    assert html.count("<h1") == 1
    assert html.count('<main id="main"') == 1
    assert html.index('class="skip"') < html.index("<nav")


@pytest.mark.parametrize(
    ("name", "rail", "tab"),
    [("entries", "Journal", "Journal"), ("coping", "Coping", "Coping"), ("medications", "Medications", "More")],
)
def test_the_menu_marks_where_you_are(as_alice, name, rail, tab):
    html = html_of(as_alice, name)
    assert current(html, "rail") == [rail]
    assert current(html, "tabs") == [tab]


def test_signed_out_there_is_no_menu_but_a_way_in_and_help(client, db):
    html = html_of(client, "account_signup")
    assert 'class="rail"' not in html
    assert 'class="tabs"' not in html
    assert f'href="{reverse("account_login")}"' in html


@pytest.mark.parametrize("name", ["settings", "entries", "coping", "medications", "medication_new", "more"])
def test_help_is_one_tap_away(as_alice, name):
    assert f'href="{reverse("help_now")}"' in html_of(as_alice, name)


def test_every_page_has_a_section_or_stands_outside_on_purpose():
    names = {pattern.name for pattern in urlpatterns}
    assert {name for name in names if section_of(name) is None} == OUTSIDE & names


def test_the_menu_names_only_pages_that_exist():
    known = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    named = {name for group in GROUPS for section in group for name in (section.url_name, *section.pages)}
    assert named - known == set()


def test_a_phone_finds_what_is_not_on_a_tab_under_more():
    assert tab_of(section_of("step_new")) is MORE
    assert tab_of(section_of("mfa_index")) is MORE
    assert tab_of(section_of("help_now")) is None


def test_a_flash_offers_undo_where_there_is_one(as_alice, alice):
    kept = Deleted.objects.create(owner=alice, label="Entry for 14 November", rows="[]")
    html = render_to_string(
        "parts/_flashes.html", {"messages": [Said("Deleted.", f"undo:{reverse('undo', args=[kept.pk])} success")]}
    )
    assert f'action="{reverse("undo", kwargs={"pk": kept.pk})}"' in html
    assert 'method="post"' in html


def test_a_flash_without_undo_has_no_button():
    html = render_to_string("parts/_flashes.html", {"messages": [Said("Saved.", "success")]})
    assert "Saved." in html
    assert "<form" not in html


def test_the_chosen_theme_stands_on_the_page(as_alice, alice):
    assert "data-bs-theme" not in html_of(as_alice, "more")
    alice.profile.theme = "dark"
    alice.profile.save()
    html = html_of(as_alice, "more")
    assert '<html lang="en" data-bs-theme="dark">' in html
    assert html.count('name="theme-color"') == 1


def test_an_error_page_stands_without_a_request():
    html = render_to_string("error.html", {"title": "Something broke", "text": "Try once more.", "status": 500})
    assert "Something broke" in html
    assert "help-now" in html


def test_a_form_that_was_open_for_too_long_speaks_to_the_person_first(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "alice", "password": "x"})
    assert response.status_code == 403
    html = response.content.decode()
    sentence = "<p>Go back, copy what you typed, load the page again, and send it once more.</p>"
    assert html.index("This page was open for too long") < html.index(sentence)
    assert html.index(sentence) < html.index('<p class="quiet">For whoever runs this server:')


def test_the_parts_can_be_seen_on_one_page(db):
    response = patterns(RequestFactory().get("/patterns/"))
    assert response.status_code == 200
    assert b" style=" not in response.content


class Said:
    """A message as the template sees it."""

    def __init__(self, text, tags):
        self.text, self.tags = text, tags

    def __str__(self):
        return self.text
