"""/coping/what-helps/: by skill and by what it was about, what became of distress."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Practice, Skill
from journal.queries.coping import set_standing, skill_for
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
PAGE = "/coping/what-helps/"


def practise(owner, slug="box-breathing", pairs=((7, 4),), situation="", date=TODAY):
    """A practice for each (before, after)."""
    skill = skill_for(owner, slug)
    Practice.objects.bulk_create(
        Practice(skill=skill, date=date, before=before, after=after, situation=situation) for before, after in pairs
    )


def own(owner, name, slug):
    return Skill.objects.create(owner=owner, name=name, slug=slug)


def text_of(response):
    """What is read: no markup, single plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def test_it_works(as_alice, alice):
    practise(alice, pairs=[(8, 3), (7, 4), (6, 6), (9, 3), (5, 6), (7, None)])
    response = as_alice.get(PAGE)
    assert response.status_code == 200
    page = text_of(response)
    assert "Distress 7 to 4, change −3, median of 5. Practice by practice from 6 lower to 1 higher." in page
    assert "Practised 6 times, 5 of them with distress before and after." in page
    assert "This does not show what causes what." in page
    assert "Distress before and after 1 skill, 5 practices" in page
    assert 'href="/trends/rules/#what-helps"' in response.content.decode()


def test_many_times_are_written_with_a_comma(as_alice, alice):
    """As the chart above them has it."""
    practise(alice, pairs=[(7, 4)] * 1200 + [(7, None)] * 1000)
    page = text_of(as_alice.get(PAGE))
    assert "Practised 2,200 times, 1,200 of them with distress before and after." in page
    assert "2200" not in page.partition("Skill by skill")[2]
    assert "Practised 2,200 times." in text_of(as_alice.get("/coping/box-breathing/"))


def test_the_chart_and_its_table_are_of_the_same_days_as_the_page(as_alice, alice):
    practise(alice, pairs=[(7, 4)] * 5, date=TODAY - dt.timedelta(500))
    page = as_alice.get(PAGE).content.decode()
    query = f"from={TODAY - dt.timedelta(500)}&amp;to={TODAY}"
    assert f'href="/trends/practice.csv?{query}"' in page
    file = as_alice.get("/trends/practice.csv?" + query.replace("&amp;", "&")).content.decode()
    assert "Box breathing,7.0,4.0,-3.0,-3.0,-3.0,5,5" in file


def test_an_empty_journal_says_what_will_be_here(as_bob):
    page = text_of(as_bob.get(PAGE))
    assert "What helps will stand here." in page
    assert "median of" not in page
    assert "Skill by skill" not in page


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([(10, 0)], "Practised 1 time, 1 with distress before and after"),
        ([(10, 0)] * 4, "Practised 4 times, 4 with distress before and after"),
        ([(10, 0)] * 4 + [(10, None)] * 9, "Practised 13 times, 4 with distress before and after"),
        ([(None, 0)] * 9, "Practised 9 times, none with distress before and after"),
    ],
)
def test_under_five_with_both_figures_there_is_a_number_and_no_figure(as_alice, alice, pairs, words):
    practise(alice, pairs=pairs)
    page = text_of(as_alice.get(PAGE))
    assert words in page
    assert "From 5 practices with distress before and after on, the change is shown." in page
    assert ", median of" not in page
    assert "Skill by skill" not in page
    practise(alice, pairs=[(10, 0)] * 5)
    assert "change −10, median of" in text_of(as_alice.get(PAGE))


def test_the_order_is_by_median_change_then_number_then_name(as_alice, alice):
    for name, slug, pairs in (
        ("Tea", "my-tea", [(5, 4)] * 9),
        ("Bath", "my-bath", [(5, 4)] * 6),
        ("Air", "my-air", [(5, 4)] * 6),
        ("Song", "my-song", [(8, 4)] * 5),
        ("Few", "my-few", [(10, 0)] * 4),
    ):
        own(alice, name, slug)
        practise(alice, slug, pairs)
    page = text_of(as_alice.get(PAGE)).split("Skill by skill")[1]
    assert [page.index(name) for name in ("Song", "Tea", "Air", "Bath", "Few")] == sorted(
        page.index(name) for name in ("Song", "Tea", "Air", "Bath", "Few")
    )


def test_by_what_it_was_about_from_five_on_each(as_alice, alice):
    practise(alice, pairs=[(8, 4)] * 5, situation="anxiety")
    practise(alice, pairs=[(6, 6)] * 4 + [(6, None)], situation="sleepless")
    practise(alice, pairs=[(5, 3)])
    page = text_of(as_alice.get(PAGE))
    # in order: five of -4, one of -2, four of 0; the middle two are -4 and -2
    assert "change −3, median of 10. Practice by practice from 4 lower to no change." in page
    assert "Anxiety or panic 4 lower, median of 5, 4 lower each time" in page
    assert "Not asleep 4 with both figures, shown from 5 on" in page
    assert "Not said 1 with both figures, shown from 5 on" in page


def test_without_anything_said_of_what_it_was_about_there_is_no_table_of_it(as_alice, alice):
    practise(alice, pairs=[(8, 4)] * 5)
    assert "What it was about" not in text_of(as_alice.get(PAGE))


def test_what_left_the_catalogue_is_called_by_its_key(as_alice, alice):
    practise(alice, pairs=[(8, 4)] * 5, situation="long-gone")
    assert "long-gone 4 lower, median of 5" in text_of(as_alice.get(PAGE))


def test_the_whole_record_unless_a_period_is_chosen(as_alice, alice):
    practise(alice, pairs=[(7, 4)] * 5, date=TODAY - dt.timedelta(400))
    practise(alice, pairs=[(7, 6)] * 6)
    assert "median of 11" in text_of(as_alice.get(PAGE))
    assert "change −1, median of 6. Practice by practice 1 lower each time" in text_of(
        as_alice.get(PAGE, {"days": "30"})
    )
    between = {"from": str(TODAY - dt.timedelta(401)), "to": str(TODAY - dt.timedelta(1))}
    assert "change −3, median of 5" in text_of(as_alice.get(PAGE, between))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("days=31", "The number of days can be"),
        ("from=soon", "is not a date"),
        ("from=2026-02-30", "February 2026 has 28 days."),
        ("to=2026-11-23", "is still to come"),
        ("from=2026-11-02&to=2026-11-01", "The period begins on"),
        ("from=%00&to=<script>", "is not a date"),
        ("days=" + "9" * 5000, "The number of days can be"),
    ],
)
def test_days_that_make_no_sense_are_a_400_with_a_sentence(as_alice, query, sentence):
    response = as_alice.get(f"{PAGE}?{query}")
    assert response.status_code == 400
    assert sentence in text_of(response)


def test_what_works_for_somebody_is_not_held_against_the_figures(as_alice, alice):
    practise(alice, pairs=[(3, 9)] * 5)
    before = text_of(as_alice.get(PAGE))
    set_standing(alice, "box-breathing", Skill.Standing.WORKS)
    assert text_of(as_alice.get(PAGE)) == before
    assert "change +6, median of 5" in before


def test_names_are_text(as_alice, alice):
    own(alice, "<script>alert(1)</script> ‮" + "w" * 60, "my-odd")
    practise(alice, "my-odd", [(7, 4)] * 5)
    page = as_alice.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_somebody_elses_practices_are_not_here(as_bob, alice):
    practise(alice, pairs=[(7, 4)] * 9)
    page = text_of(as_bob.get(PAGE))
    assert "Box breathing" not in page
    assert "What helps will stand here." in page


def test_it_is_for_reading_and_for_those_who_are_signed_in(as_alice, client):
    assert as_alice.post(PAGE).status_code == 405
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_queries_do_not_grow(as_alice, alice, django_assert_num_queries):
    practise(alice, pairs=[(7, 4)] * 5, situation="anxiety")
    with CaptureQueriesContext(connection) as few:
        as_alice.get(PAGE)
    for number in range(12):
        own(alice, f"Way {number}", f"my-way-{number}")
        for situation in ("anxiety", "anger", ""):
            pairs = [(before, after) for before in range(11) for after in range(11)]
            practise(alice, f"my-way-{number}", pairs, situation)
    with django_assert_num_queries(len(few)):
        as_alice.get(PAGE)
    assert len(few) <= 11
