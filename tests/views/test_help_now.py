"""/help-now/: for everybody, and the copy that a device keeps."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import escape

from journal.catalogue.crisis import ANYWHERE_ELSE, COUNTRIES, FIND_A_HELPLINE
from journal.catalogue.red_flags import RED_FLAGS
from journal.catalogue.sources import SOURCES
from journal.models import Question, SafetyPlan, SupportPerson
from journal.views import help_now

# A word or two of each row of the table of warning signs; "every row is on the page".
ROWS = (
    "suicide",
    "ending your life",
    "someone else",
    "seizure",
    "Fainting",
    "chest pain",
    "trouble breathing",
    "confusion",
    "hearing, seeing",
    "mania",
    "restlessness",
    "Fever",
    "rigid",
    "jerking",
    "fluids",
    "dehydrated",
    "benzodiazepine",
    "z-drug",
    "gabapentin",
    "pregnant",
    "epilepsy",
    "bipolar",
    "alcohol",
)


def page_of(client, path="/help-now/", **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def first_call(page):
    """The filled row at the top; the words in its place where there is no number."""
    found = re.search(r'class="(?:call-row call-row-first|no-number)".*?</(?:a|div)>', page, re.DOTALL)[0]
    return " ".join(found.split())


def test_it_works(client, db):
    page = page_of(client)
    assert "Help now" in page
    assert "When not to wait" in page
    assert "Works without a connection and without signing in." in page
    assert "Close" in page


def test_signed_out_it_asks_no_database_and_sets_no_cookie(client, db, django_assert_num_queries):
    for path in ("/help-now/", "/help-now/?country=GB", "/help-now/offline/", "/sw.js", "/manifest.webmanifest"):
        with django_assert_num_queries(0):
            response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert "Set-Cookie" not in response.headers


def test_signed_in_the_country_is_that_of_the_profile(as_alice, alice):
    assert "call 999" in first_call(page_of(as_alice))
    alice.profile.country = "NL"
    alice.profile.save()
    assert "call 112" in first_call(page_of(as_alice))


def test_another_country_can_be_asked_for_signed_in(as_alice):
    assert "call 911" in first_call(page_of(as_alice, country="US"))
    assert "local emergency number" in first_call(page_of(as_alice, country=""))


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=list(COUNTRIES))
def test_every_country_has_its_numbers_as_links(client, db, country):
    page = page_of(client, country=country.code)
    assert escape(country.name) in page
    first = first_call(page)
    assert f"call {country.emergency}" in first
    assert f'href="{country.emergency_href}"' in first
    assert escape(country.emergency_detail) in first
    for line in (*country.lines, FIND_A_HELPLINE):
        assert f'href="{line.href}"' in page
        assert escape(line.name) in page or line is FIND_A_HELPLINE
        assert escape(line.published_by) in page
        assert escape(line.published_on) in page


def test_lines_of_another_country_are_not_among_the_calls(client, db):
    calls = page_of(client, country="NZ").split("Works without a connection")[0]
    assert "Samaritans" not in calls
    assert "findahelpline.com" in calls


@pytest.mark.parametrize(
    "code", ["", "XX", "zz", "england", "\x00", "<script>", "😀", "G" * 5000, "../etc", "AQ", "١٢"]
)
def test_a_country_that_nobody_knows_gives_the_page_that_holds_everywhere(client, db, code):
    page = page_of(client, country=code)
    assert "call your local emergency number" in first_call(page)
    assert "findahelpline.com" in page
    assert "<script>" not in page


def test_no_country_chosen_is_said_and_is_no_button(as_alice, alice):
    alice.profile.country = ""
    alice.profile.save()
    for page in (page_of(as_alice), page_of(as_alice, country=""), page_of(Client()), help_now.offline_page()):
        first = first_call(page)
        assert "No country chosen yet" in first and 'href="/help-now/#choose-country"' in first
        assert page.count('id="choose-country"') == 1
        assert "We have no number" not in page and "call-row-first" not in page
    assert 'href="/settings/"' in page_of(as_alice).split("</details>")[0].split("<h1>")[1]


def test_a_country_that_is_not_in_the_list_is_chosen(as_alice, alice):
    alice.profile.country = "ZZ"
    alice.profile.save()
    page = page_of(as_alice)
    assert "We have no number for your country." in first_call(page)
    assert "No country chosen" not in page and "call-row-first" not in page


@pytest.mark.parametrize("code", ["gb", " GB ", "UK", "uk"])
def test_the_code_may_be_written_as_people_write_it(client, db, code):
    assert "call 999" in first_call(page_of(client, country=code))


def test_the_choice_works_without_script(client, db):
    page = page_of(client)
    form = re.search(r"<form method=\"get\".*?</form>", page, re.DOTALL)[0]
    assert 'name="country"' in form
    assert form.count("<option") == len(COUNTRIES) + 2
    assert 'value="ZZ"' in form and "selected" not in form
    assert "selected" in page_of(client, country="ZZ").split('value="ZZ"')[1].split(">")[0]


@pytest.mark.parametrize("path", ["/help-now/", "/help-now/?country=GB", "/help-now/offline/"])
def test_every_warning_sign_is_there_with_what_to_do(client, db, path):
    page = page_of(client, path)
    for flag in RED_FLAGS.values():
        assert escape(flag.text) in page
        assert escape(flag.what_to_do) in page
        for key in flag.sources:
            assert key == "own" or escape(SOURCES[key].title) in page
    for word in ROWS:
        assert word in page


def test_an_emergency_has_the_number_of_the_country_beside_it(client, db):
    signs = page_of(client, country="NZ").split("When not to wait")[1].split("Other countries")[0]
    emergencies = [flag for flag in RED_FLAGS.values() if flag.action == "emergency"]
    assert signs.count('href="tel:111"') == len(emergencies)
    assert signs.count(">today<") == len([flag for flag in RED_FLAGS.values() if flag.action == "today"])


@pytest.mark.parametrize("path", ["/help-now/", "/help-now/offline/"])
def test_every_other_country_is_in_the_list(client, db, path):
    page = page_of(client, path)
    assert "<details" in page
    listed = page[page.index("country-list") :]
    for country in COUNTRIES.values():
        assert escape(country.name) in listed
        assert country.emergency_href in listed
        for line in country.lines:
            assert line.href in listed


def test_nothing_is_loaded_from_another_host(client, db):
    for path in ("/help-now/", "/help-now/offline/"):
        page = page_of(client, path)
        assert not re.findall(r'(?:src|action)="https?:', page)
        assert not re.findall(r'<link[^>]*href="https?:', page)


def test_nothing_about_the_person_is_on_it(as_alice, alice):
    Question.objects.create(owner=alice, text="A private question")
    page = page_of(as_alice)
    assert "alice" not in page
    assert "A private question" not in page


# --- the offline copy ---------------------------------------------------------------------------------------------


def test_the_copy_is_the_same_for_everybody(client, as_bob, alice, db):
    alice.profile.country, alice.profile.theme = "NZ", "dark"
    alice.profile.save()
    out = page_of(client, "/help-now/offline/")
    assert page_of(as_bob, "/help-now/offline/", country="GB") == out
    client.force_login(alice)
    assert page_of(client, "/help-now/offline/") == out
    assert "call your local emergency number" in first_call(out)
    for private in ("alice", "data-bs-theme", "csrfmiddlewaretoken", "Sign in", "call 111"):
        assert private not in out


def test_the_copy_may_be_kept_by_anybody(client, db):
    assert client.get("/help-now/offline/").headers["Cache-Control"] == "public, max-age=86400"


def test_the_page_itself_is_not(client, db):
    assert "private" in client.get("/help-now/").headers["Cache-Control"]


def test_the_worker_may_serve_the_whole_site_and_is_asked_for_each_time(client, db):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Service-Worker-Allowed"] == "/"


def kept(client):
    script = client.get("/sw.js").content.decode()
    return json.loads(re.match(r"const KEPT = (.*);\n", script)[1])


def test_the_worker_keeps_the_copy_and_every_file_that_it_needs(client, db):
    keeps = kept(client)
    assert keeps["page"] == "/help-now/offline/"
    page = page_of(client, keeps["page"])
    for address in re.findall(r'<(?:link rel="stylesheet"|script)[^>]*(?:href|src)="([^"]+)', page):
        assert address in keeps["assets"]
    for address in keeps["assets"]:
        assert address.startswith(f"/{settings.STATIC_URL.strip('/')}/")
        assert (Path(settings.BASE_DIR) / "static" / address.split("/static/")[1]).is_file()


def test_the_store_has_another_name_when_the_page_changes(client, db, monkeypatch):
    before, page = kept(client)["name"], page_of(client, "/help-now/offline/")
    help_now.worker_script.cache_clear()
    assert kept(client)["name"] == before
    help_now.worker_script.cache_clear()
    monkeypatch.setattr(help_now, "offline_page", lambda: page.replace("999", "111"))
    assert kept(client)["name"] != before
    help_now.worker_script.cache_clear()


def test_the_manifest_leads_home_to_help_and_to_logging(client, db):
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    content = response.json()
    assert content["start_url"] == "/"
    assert content["display"] == "standalone"
    assert [one["url"] for one in content["shortcuts"]] == ["/help-now/", "/entries/today/", "/entries/now/"]
    assert content["icons"][-1]["purpose"] == "maskable"
    for icon in content["icons"]:
        assert (Path(settings.BASE_DIR) / "static" / icon["src"].split("/static/")[1]).is_file()


def test_the_page_that_holds_everywhere_invents_no_number():
    assert ANYWHERE_ELSE.emergency == ""


# -- the person's own ------------------------------------------------------------------------------------------


@pytest.fixture
def own(alice):
    """A plan, somebody to call, and somebody who is not shown."""
    SafetyPlan.objects.create(owner=alice, own_ways="Tea by the window")
    SupportPerson.objects.create(owner=alice, name="Sam", role="brother", phone="+44 7700 900123", knows=True)
    SupportPerson.objects.create(owner=alice, name="Kit", phone="07700 900124", takes_texts=False)
    SupportPerson.objects.create(owner=alice, name="Unseen", phone="07700 900125", in_crisis=False)
    return alice


def test_signed_in_the_own_plan_and_people_come_after_the_lines(as_alice, own):
    page = page_of(as_alice)
    order = ("116 123", "Works without a connection", "My safety plan", "Tea by the window", "Call Sam, brother")
    places = [page.index(one) for one in (*order, "When not to wait")]
    assert places == sorted(places)
    assert 'href="/care/safety-plan/"' in page
    assert 'href="tel:+447700900123"' in page and 'href="sms:+447700900123"' in page
    assert 'href="tel:07700900124"' in page and 'href="sms:07700900124"' not in page
    assert "Unseen" not in page
    assert "own-help no-print" in page


def test_signed_in_without_any_there_is_a_way_to_write_it(as_alice):
    page = page_of(as_alice)
    assert "Nothing is written in it yet" in page and 'href="/care/people/"' in page
    assert "Read it here" not in page


def test_signed_out_and_in_the_offline_copy_nothing_is_anybodys(client, as_bob, own):
    for page in (page_of(client), page_of(client, "/help-now/offline/"), page_of(as_bob), help_now.offline_page()):
        assert "Tea by the window" not in page and "Sam" not in page.replace("Samaritans", "").replace("SAMHSA", "")
    assert "Yours" not in page_of(client)


def test_the_offline_copy_signed_in_is_the_same(as_alice, own, client):
    assert page_of(as_alice, "/help-now/offline/") == help_now.offline_page()


# -- the copies for a device that keeps more, by choice -----------------------------------------------------------

KEPT, OWN = "/help-now/offline/country/", "/help-now/offline/own/"


def test_the_copy_for_a_device_that_keeps_blank_pages_has_the_country_first_and_nothing_else(as_alice, own):
    own.profile.country = "NZ"
    own.profile.save()
    page = page_of(as_alice, KEPT)
    assert "call 111" in first_call(page) and "New Zealand" in page.split("call-row-first")[0]
    assert 'href="tel:999"' in page.split("Other countries")[1]  # and every other country
    for private in ("Tea by the window", "Call Sam", "7700", "<form", "csrf", "Read on"):
        assert private not in page


def test_the_copy_for_a_device_that_keeps_the_plan_has_plan_and_people(as_alice, own):
    page = page_of(as_alice, OWN)
    order = ("call 999", "116 123", "My safety plan", "Tea by the window", "Call Sam, brother", "When not to wait")
    places = [page.index(one) for one in order]
    assert places == sorted(places)
    assert "Unseen" not in page and "<form" not in page


def test_these_copies_are_for_somebody_signed_in(client, as_bob, own):
    assert "Tea by the window" not in page_of(as_bob, OWN)
    client.logout()
    for path in (KEPT, OWN):
        assert client.get(path).status_code == 302


def test_a_device_that_keeps_blank_pages_keeps_the_first_of_them_and_the_choice_says_so(as_alice):
    assert KEPT in as_alice.get("/entries/offline/pages/").json()["pages"]
    page = " ".join(page_of(as_alice, "/settings/").split())
    assert "and your country, so that Help now has its numbers" in page
    assert "shown where help is shown, and your country." in page


def test_without_a_country_these_have_every_country(as_alice, alice):
    alice.profile.country = ""
    alice.profile.save()
    page = page_of(as_alice, KEPT)
    assert "No country chosen yet" in first_call(page) and 'href="tel:999"' in page and "Other countries" not in page
