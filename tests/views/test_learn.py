"""/learn/: pages for everybody, and the curve of one's own medication for nobody else."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import escape

from journal.catalogue.learn import LEARN
from journal.catalogue.red_flags import RED_FLAGS
from journal.catalogue.sources import SOURCES
from journal.taper.history import MOST_MG
from tests.conftest import TODAY, make_medication, make_plan, make_step, make_symptom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LAST = "/learn/last-milligrams/"


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def main_of(html):
    return re.search(r"<main.*</main>", html, re.DOTALL)[0]


def words_of(html):
    """The text of a page with single spaces, as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(html)))


def test_it_works(client):
    html = page_of(client, "/learn/")
    assert reverse("learn") == "/learn/"
    assert re.findall(r'href="/learn/([a-z-]+)/"', html) == list(LEARN)
    for read in LEARN.values():
        assert escape(read.title) in html and escape(read.summary) in html
        assert f"· {read.minutes} min" in html


@pytest.mark.parametrize("slug", LEARN)
def test_every_page_opens_for_everybody(client, as_bob, slug):
    for browser in (client, as_bob):
        html = page_of(browser, f"/learn/{slug}/")
        assert html.count("<h1") == 1
        assert f"<h1>{escape(LEARN[slug].title)}</h1>" in html
        assert f"{LEARN[slug].minutes} min to read" in html
        for section in LEARN[slug].sections:
            assert f"<h2>{escape(section.heading)}</h2>" in html


@pytest.mark.parametrize("slug", LEARN)
def test_every_word_of_it_is_on_the_page(client, slug):
    words = words_of(page_of(client, f"/learn/{slug}/"))
    for text in LEARN[slug].texts:
        assert re.sub(r"\s+", " ", str(escape(text))) in words, text


@pytest.mark.parametrize("slug", LEARN)
def test_every_source_is_named_at_the_statement_and_at_the_foot(client, slug):
    html = page_of(client, f"/learn/{slug}/")
    text, _, foot = html.partition('<h2 id="sources">')
    for key in LEARN[slug].sources:
        source = SOURCES[key]
        assert escape(source.title) in foot and escape(source.evidence.label) in foot
        assert f"https://{source.address}" in text if source.address else source.publisher in text


def test_a_statement_and_its_source_stand_together(client):
    words = words_of(page_of(client, "/learn/working-with-a-therapist/"))
    assert "so this may not hold for others. Source: Breedvelt and others, JAMA Psychiatry" in words


@pytest.mark.parametrize("path", ["/learn/nothing/", "/learn/..%2f/", "/learn/%00/", "/learn/" + "x" * 5000 + "/"])
def test_a_page_that_is_not_there_is_404(client, as_bob, path):
    for browser in (client, as_bob):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/learn/", LAST])
def test_they_are_read_and_nothing_else(as_alice, path):
    assert as_alice.post(path).status_code == 405


@pytest.mark.parametrize("slug", ["", *(f"{slug}/" for slug in LEARN)])
@pytest.mark.parametrize("who", ["with a record", "with an empty journal", "signed out"])
def test_every_link_inside_leads_to_a_page(client, alice, slug, who):
    """And to the place on it, whatever is on record. Signed out there is none that asks for a password."""
    if who != "signed out":
        client.force_login(alice)
    if who == "with a record":
        make_step(make_medication(alice), TODAY - dt.timedelta(3), 75, "start")
    for href in re.findall(r'href="(/[^"]*)"', main_of(page_of(client, f"/learn/{slug}"))):
        path, _, anchor = href.partition("#")
        html = page_of(client, path)
        assert not anchor or f'id="{anchor}"' in html, href


def test_when_to_seek_help_has_the_signs_of_help_now_and_the_way_there_first(client):
    html = page_of(client, "/learn/when-to-seek-help/")
    for flag in RED_FLAGS.values():
        assert escape(flag.text) in html and escape(flag.what_to_do) in html
    main = main_of(html)
    assert main.index('href="/help-now/"') < main.index(escape(RED_FLAGS["seizure"].text))


# -- the curve ----------------------------------------------------------------------------------------------------


@pytest.fixture
def venlafaxine(alice):
    medication = make_medication(alice, "Her venlafaxine")
    make_step(medication, TODAY - dt.timedelta(90), 75, "start")
    make_step(medication, TODAY - dt.timedelta(30), "37.5")
    return medication


def test_her_own_curve_is_drawn_for_her(as_alice, venlafaxine):
    html = page_of(as_alice, LAST)
    assert "This is Her venlafaxine, from 75 mg a day, the highest dose in your record" in words_of(html)
    assert html.count("now 37.5 mg, about 78 %") == 2  # wide and compact
    assert "Sørensen 2022, striatum" in html
    assert "Citalopram" not in html


def test_nobody_else_sees_it(as_alice, as_bob, client, venlafaxine):
    """Not even right after her, from what is kept."""
    page_of(as_alice, LAST)
    as_alice.logout()
    for browser in (as_bob, client):
        html = page_of(browser, LAST)
        assert "Her venlafaxine" not in html and "now 37.5" not in html
        assert "Citalopram" in html


def test_signed_out_there_is_a_named_example(client):
    html = page_of(client, LAST)
    assert "This is Citalopram, as an example, from 20 mg a day" in words_of(html)
    assert "Sørensen 2022, striatum" in html and "group average" in html
    assert "There is no curve for your own" not in html
    assert html.count("The first 4 mg take off about 2 points, the last 4 mg about 53") >= 3


def test_without_a_curve_the_page_says_so(as_alice, alice):
    make_step(make_medication(alice, "Lorazepam", drug="lorazepam"), TODAY, 2, "start")
    html = page_of(as_alice, LAST)
    assert "Citalopram, as an example" in words_of(html)
    assert "There is no curve for your own medications, or no dose of them on record that it can show." in words_of(
        html
    )
    assert "Lorazepam" not in html


def test_a_medication_without_a_dose_is_not_drawn(as_alice, alice):
    make_medication(alice)
    assert "Citalopram, as an example" in words_of(page_of(as_alice, LAST))


def test_of_two_it_is_the_one_that_is_taken_now(as_alice, alice, venlafaxine):
    make_step(venlafaxine, TODAY - dt.timedelta(5), 0, "stop")
    other = make_medication(alice, "Her sertraline", drug="sertraline")
    make_step(other, TODAY - dt.timedelta(50), 50, "start")
    html = page_of(as_alice, LAST)
    assert "This is Her sertraline" in words_of(html)
    assert "Her venlafaxine" not in html


def test_after_a_stop_the_curve_stays_and_nothing_is_marked_on_it(as_alice, venlafaxine):
    make_step(venlafaxine, TODAY, 0, "stop")
    html = page_of(as_alice, LAST)
    assert "This is Her venlafaxine" in words_of(html)
    assert "now " not in "".join(re.findall(r"<text[^>]*>([^<]*)", html))


def test_a_planned_step_and_a_later_one_are_not_the_dose_of_today(as_alice, venlafaxine):
    make_step(venlafaxine, TODAY + dt.timedelta(1), 150, "increase")
    make_plan(venlafaxine, [(TODAY + dt.timedelta(9), 20)])
    html = page_of(as_alice, LAST)
    assert "from 75 mg a day" in words_of(html)
    assert "now 37.5 mg" in html


def test_a_change_of_dose_is_drawn_at_once(as_alice, venlafaxine):
    page_of(as_alice, LAST)
    make_step(venlafaxine, TODAY, 30)
    assert "now 30 mg" in page_of(as_alice, LAST)


def test_of_several_regions_the_one_that_is_drawn_is_named_and_so_are_the_others(as_alice, alice):
    make_step(make_medication(alice, "Escitalopram", drug="escitalopram"), TODAY, 10, "start")
    words = words_of(page_of(as_alice, LAST))
    assert "by the curve of Sørensen 2022, dorsal raphe" in words
    assert "Other parts of the brain have other curves: thalamus, caudate, putamen." in words


@pytest.mark.parametrize("mg", ["0.0001", "0.01", "1.6", "580.001", "2000", str(MOST_MG)])
def test_outside_the_range_in_which_the_curve_shows_its_shape_there_is_the_example(as_alice, alice, mg):
    make_step(make_medication(alice, "Her venlafaxine"), TODAY, Decimal(mg), "start")
    words = words_of(page_of(as_alice, LAST))
    assert "Citalopram, as an example" in words and "Her venlafaxine" not in words
    assert "no dose of them on record that it can show" in words


def test_the_highest_dose_that_is_given_is_inside_it(as_alice, alice):
    make_step(make_medication(alice, "Her venlafaxine"), TODAY, 375, "start")
    words = words_of(page_of(as_alice, LAST))
    assert "This is Her venlafaxine, from 375 mg a day" in words
    assert "The first 75 mg take off about 1 point, the last 75 mg about 84" in words


@pytest.mark.parametrize("mg", ["2", "37.5", "580"])
@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "W" * 100, "\N{GRINNING FACE}\u202eabc", "دواء"])
def test_any_name_and_any_dose_can_be_drawn(as_alice, alice, name, mg):
    medication = make_medication(alice, name)
    make_step(medication, TODAY, Decimal(mg), "start")
    assert "<script>alert" not in page_of(as_alice, LAST)


def test_the_numbers_stand_in_a_table_that_adds_up(as_alice, venlafaxine):
    table = re.search(r'<table class="table learn-numbers">.*?</table>', page_of(as_alice, LAST), re.DOTALL)[0]
    points = [int(number) for number in re.findall(r'<td class="num">(\d+)</td>', table)]
    assert len(points) == 5 and points == sorted(points) and sum(points) == 84


# -- where they are linked from -----------------------------------------------------------------------------------


def test_they_are_linked_from_what_they_explain(as_alice, alice, venlafaxine):
    symptom = make_symptom(alice)
    plan = make_plan(venlafaxine, [(TODAY + dt.timedelta(9), 20)], curve="sorensen-2022-striatum", from_mg="37.5")
    links = {
        "/trends/": ("withdrawal-or-relapse", "windows-and-waves"),
        "/trends/?occupancy=1": ("last-milligrams",),
        f"/plans/{plan.pk}/": ("last-milligrams",),
        "/symptoms/": ("side-effects-worth-telling",),
        f"/symptoms/{symptom.pk}/": ("side-effects-worth-telling",),
        "/coping/": ("feelings-about-coming-off", "working-with-a-therapist"),
        "/care/": ("working-with-a-therapist", "peer-support"),
        "/help-now/": ("when-to-seek-help",),
    }
    for path, slugs in links.items():
        html = page_of(as_alice, path)
        for slug in slugs:
            assert f'href="/learn/{slug}/"' in html, path
    assert 'href="/learn/"' in main_of(page_of(as_alice, "/more/"))


def test_the_first_page_has_it_for_those_who_are_signed_out(client):
    assert 'href="/learn/"' in main_of(page_of(client, "/"))


def test_the_copy_of_help_on_the_device_links_nothing_that_needs_a_connection(client):
    assert "/learn/" not in page_of(client, "/help-now/offline/")


def test_in_the_menu_it_is_a_section_and_on_a_phone_under_more(as_alice):
    html = page_of(as_alice, "/learn/peer-support/")
    for nav, current in (("rail", "Learn"), ("tabs", "More")):
        part = html.partition(f'<nav class="{nav}"')[2].partition("</nav>")[0]
        assert re.search(r'aria-current="true"\s*>.*?' + current, part, re.DOTALL), nav
