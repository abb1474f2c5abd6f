"""What else a day holds: built-in measures and own ones, on, off, in order, with a range, deleted and back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.models import CheckIn, DailyEntry, Deleted, LifeEvent, Measure, Measurement, Rating
from journal.models.deleted import undo
from journal.queries.tracked import MOST_ON, add_measure, measure_of, measures_of, measures_on, rows_for
from tests.conftest import TODAY, make_entry, make_symptom

LIST = "/measures/"
NEW = "/measures/new/"
DEFAULTS = ["Mood", "Energy", "What you could do", "Hours slept", "How well you slept"]

pytestmark = pytest.mark.usefixtures("clock")


def url(slug):
    return reverse("measure", args=[slug])


def text(response):
    return response.content.decode()


def on(owner):
    return [measure.name for measure in measures_on(owner)]


def ago(days):
    return TODAY - dt.timedelta(days)


@pytest.fixture
def weight(alice):
    return add_measure(alice, "Weight", kind="amount", unit="kg", low=Decimal(30), high=Decimal(200))


def weigh(weight, values):
    """``values`` by days ago; an entry is made for each."""
    for days, value in values.items():
        entry, _ = DailyEntry.objects.get_or_create(owner=weight.owner, date=ago(days))
        Measurement.objects.create(entry=entry, measure=weight, value=Decimal(str(value)))


def test_it_works(as_alice, alice):
    page = text(as_alice.get(LIST))
    assert [page.index(f">{name}<") for name in DEFAULTS] == sorted(page.index(f">{name}<") for name in DEFAULTS)
    assert page.index("Off</h2>") < page.index(">Alcohol<")
    assert not Measure.objects.exists(), "looking at it writes nothing"

    response = as_alice.post(
        NEW, {"name": "Weight", "kind": "amount", "unit": "kg", "low": "40,5", "high": "120.25", "better": "down"}
    )
    assert response.url == LIST
    row = Measure.objects.of(alice).get()
    assert (row.name, row.slug, row.unit, row.low, row.high) == ("Weight", "weight", "kg", Decimal("40.5"), 120.25)
    assert (row.better, row.kind, row.state, row.builtin) == ("down", "amount", "on", "")
    assert on(alice) == [*DEFAULTS, "Weight"]
    page = text(as_alice.get(LIST))
    assert "“Weight” is on a day’s page." in page
    assert "In kg, 40.5 to 120.25." in page
    assert "In hours." in page and "In cups." in page


def test_a_rating_of_ones_own(as_alice, alice):
    assert as_alice.post(NEW, {"name": "Hope", "kind": "rating", "better": "up"}).status_code == 302
    row = Measure.objects.of(alice).get()
    assert (row.kind, row.low, row.high, row.unit, row.better) == ("rating", 0, 10, "", "up")


def test_both_lists_lead_to_each_other(as_alice, alice):
    assert LIST in text(as_alice.get("/symptoms/"))
    make_symptom(alice)
    assert LIST in text(as_alice.get("/symptoms/"))
    assert 'href="/symptoms/"' in text(as_alice.get(LIST))


# -- on, off, archive, order ------------------------------------------------------------------------------------


def test_on_off_and_the_archive(as_alice, alice):
    assert as_alice.post(url("mood"), {"do": "off"}).url == LIST
    as_alice.post(url("stress"), {"do": "on"})
    as_alice.post(url("cycle"), {"do": "archive"})
    assert on(alice) == ["Energy", "What you could do", "Stress", "Hours slept", "How well you slept"]
    page = text(as_alice.get(LIST))
    assert page.index("Off</h2>") < page.index(">Mood<") < page.index("Archive</h2>") < page.index(">Period<")
    as_alice.post(url("cycle"), {"do": "again"})
    assert "Period" in on(alice)


def test_everything_off_is_a_page_too(as_alice, alice):
    for measure in measures_on(alice):
        as_alice.post(url(measure.slug), {"do": "off"})
    assert "Everything is off." in text(as_alice.get(LIST))


def test_the_same_button_twice_is_once(as_alice, alice):
    for _ in range(2):
        as_alice.post(url("stress"), {"do": "on"})
    assert on(alice).count("Stress") == 1
    assert Measure.objects.of(alice).filter(builtin="stress").count() == 1


def test_the_buttons_put_it_in_order(as_alice, alice, weight):
    as_alice.post(url("weight"), {"do": "up"})
    assert on(alice) == [*DEFAULTS[:4], "Weight", "How well you slept"]
    as_alice.post(url("mood"), {"do": "down"})
    assert on(alice)[:2] == ["Energy", "Mood"]
    as_alice.post(url("energy"), {"do": "up"})  # there is nothing above it
    as_alice.post(url("alcohol"), {"do": "up"})  # it is off
    assert on(alice) == ["Energy", "Mood", "What you could do", "Hours slept", "Weight", "How well you slept"]
    as_alice.post(url("stress"), {"do": "on"})
    assert on(alice)[-1] == "Stress", "what is turned on later comes last"


def test_a_button_that_does_not_exist_is_refused(as_alice):
    assert as_alice.post(url("mood"), {"do": "explode"}).status_code == 400


def test_thirty_fit_on_a_page(as_alice, alice):
    for number in range(MOST_ON - len(DEFAULTS)):
        add_measure(alice, f"Own {number}", kind="rating", low=0, high=10)
    response = as_alice.post(url("stress"), {"do": "on"})
    assert response.status_code == 422
    assert "30 fit on a day" in text(response)
    response = as_alice.post(NEW, {"name": "One more", "kind": "rating"})
    assert response.status_code == 422
    assert "30 fit on a day" in text(response)
    assert "One more" in text(response)
    assert len(on(alice)) == MOST_ON
    assert as_alice.post(url("mood"), {"do": "on"}).status_code == 302, "what is on already is no more"


# -- names ------------------------------------------------------------------------------------------------------


def test_a_built_in_one_can_be_renamed_and_keeps_its_slug(as_alice, alice):
    page = text(as_alice.post(url("caffeine"), {"name": " Green   tea "}, follow=True))
    assert "“Caffeine” is now called “Green tea”." in page
    found = measure_of(alice, "caffeine")
    assert (found.name, found.builtin.slug, found.unit) == ("Green tea", "caffeine", "cups")
    # Nothing but its name is theirs to change.
    as_alice.post(url("caffeine"), {"name": "Green tea", "unit": "pots", "low": "5", "better": "up", "kind": "rating"})
    row = Measure.objects.of(alice).get()
    assert (row.unit, row.low, row.better, row.kind) == ("cups", 0, "", "amount")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A measure needs a name."),
        ("\u200b", "A measure needs a name."),
        ("\x00\x07", "A measure needs a name."),
        ("x" * 61, "60 fit"),
        ("mood", "“mood” is on your list already."),
        ("WEIGHT", "“WEIGHT” is on your list already."),
    ],
)
def test_a_name_that_does_not_work_stays_in_the_field(as_alice, weight, name, sentence):
    for page, more in ((url("stress"), {}), (NEW, {"kind": "rating"})):
        response = as_alice.post(page, {"name": name, **more})
        assert response.status_code == 422
        assert sentence in text(response)
        if name.isprintable():
            assert f'value="{name}"' in text(response) or not name


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", r"$\foo$", "🧠⚡", "صداع", "a\0b", "new", "New", "x" * 60]
)
def test_any_name_can_be_kept(as_alice, alice, name):
    assert as_alice.post(NEW, {"name": name, "kind": "rating"}).status_code == 302
    row = Measure.objects.of(alice).get()
    for page in (LIST, url(row.slug), reverse("measure_delete", args=[row.slug])):
        response = as_alice.get(page)
        assert response.status_code == 200
        assert "<script>alert(1)" not in text(response)
    assert as_alice.post(url(row.slug), {"name": "Something else"}).status_code == 302
    assert as_alice.get(NEW).status_code == 200


def test_letters_that_grow_in_an_address_fit(as_alice, alice):
    assert as_alice.post(NEW, {"name": "ﷺ" * 60, "kind": "rating"}).status_code == 302
    assert len(Measure.objects.of(alice).get().slug) <= 70


def test_the_same_form_twice_is_one_measure(as_alice, alice):
    sent = {"name": "Weight", "kind": "amount", "unit": "kg", "low": "30", "high": ""}
    assert [as_alice.post(NEW, sent).status_code for _ in range(2)] == [302, 302]
    assert Measure.objects.of(alice).count() == 1
    assert as_alice.post(NEW, sent | {"unit": "lb"}).status_code == 422


# -- range and unit ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"low": "90", "high": "40"}, "40 is not above the lowest value, 90."),
        ({"low": "40", "high": "40,0"}, "40 is not above the lowest value, 40."),
        ({"low": "a lot"}, "“a lot” is not a number."),
        ({"low": "NaN"}, "“NaN” is not a number."),
        ({"high": "1e9"}, "“1e9” is not a number."),
        ({"high": "1,200"}, "“1,200” can mean two numbers. Write 1200 or 1.2."),
        ({"high": "2000000"}, "is too far out."),
        ({"low": "1.00001"}, "more decimals than are kept"),
        ({"unit": "u" * 21}, "20 fit."),
        ({"kind": ""}, "Choose one."),
        ({"kind": "choice"}, "Choose one of these."),
        ({"kind": "\0"}, "Choose one of these."),
        ({"better": "sideways"}, "Choose one of these."),
        ({"kind": "rating"}, "A rating goes from 0 to 10 and has no unit."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(as_alice, alice, sent, sentence):
    form = {"name": "Pulse", "kind": "amount", "unit": "beats a minute", "low": "", "high": "", "better": ""} | sent
    response = as_alice.post(NEW, form)
    assert response.status_code == 422
    page = text(response)
    assert sentence in page
    assert 'value="Pulse"' in page
    assert f'value="{form["high"]}"' in page or not form["high"]
    assert not Measure.objects.exists()


def test_a_range_may_be_open_and_below_nought(as_alice, alice):
    as_alice.post(NEW, {"name": "Outside", "kind": "amount", "unit": "°C", "low": "−40", "high": ""})
    row = Measure.objects.of(alice).get()
    assert (row.low, row.high) == (-40, None)
    assert "In °C, from −40." in text(as_alice.get(LIST))


def test_a_range_that_leaves_values_out_is_refused(as_alice, weight):
    weigh(weight, {1: 58, 2: 61.5, 3: 90, 4: 95})
    form = {"name": "Weight", "unit": "kg", "low": "60", "high": "80"}
    response = as_alice.post(url("weight"), form)
    assert response.status_code == 422
    page = text(response)
    assert "1 day has a value below 60, the lowest is 58." in page
    assert "2 days have a value above 80, the highest is 95." in page
    assert 'value="60"' in page
    weight.refresh_from_db()
    assert (weight.low, weight.high) == (30, 200)
    assert as_alice.post(url("weight"), form | {"low": "58", "high": "95"}).status_code == 302
    assert as_alice.post(url("weight"), form | {"low": "", "high": ""}).status_code == 302


def test_another_unit_leaves_the_numbers(as_alice, weight):
    assert "keeps its numbers" not in text(as_alice.get(url("weight")))
    weigh(weight, {1: 61})
    assert "keeps its numbers" in text(as_alice.get(url("weight")))
    page = text(as_alice.post(url("weight"), {"name": "Weight", "unit": "lb", "low": "30", "high": "200"}, follow=True))
    assert "“Weight” is saved. What you wrote down on 1 day keeps its numbers." in page
    assert Measurement.objects.get().value == 61


# -- deleting ---------------------------------------------------------------------------------------------------


def test_deleting_asks_first_and_can_be_undone(as_alice, alice, weight):
    weigh(weight, {1: 61, 2: 62})
    delete = reverse("measure_delete", args=["weight"])
    assert "2 days" in text(as_alice.get(delete))
    assert Measure.objects.of(alice).exists()
    page = text(as_alice.post(delete, follow=True))
    assert "“Weight” is deleted." in page and "Undo" in page
    assert not Measurement.objects.exists() and not DailyEntry.objects.exists()
    assert as_alice.post(delete).status_code == 404, "a second press finds nothing"
    response = as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]))
    assert response.url == LIST
    assert [(row.entry.date, row.value) for row in Measurement.objects.order_by("entry__date")] == [
        (ago(2), 62),
        (ago(1), 61),
    ]


def test_a_built_in_one_cannot_be_deleted(as_alice, alice):
    rows_for(alice, measures_of(alice))
    for method in (as_alice.get, as_alice.post):
        assert method(reverse("measure_delete", args=["stress"])).status_code == 404


def test_what_else_a_day_holds_stays(as_alice, alice, weight):
    """Entries of nothing but the measure go with it; one with anything else stays."""
    zaps = make_symptom(alice)
    other = add_measure(alice, "Pulse", kind="amount")
    weigh(weight, dict.fromkeys(range(7), 60))
    entries = {days: DailyEntry.objects.get(date=ago(days)) for days in range(7)}
    DailyEntry.objects.filter(date=ago(1)).update(mood=5)
    DailyEntry.objects.filter(date=ago(2)).update(notes="x")
    Rating.objects.create(entry=entries[3], symptom=zaps, severity=3)
    Measurement.objects.create(entry=entries[4], measure=other, value=70)
    CheckIn.objects.create(entry=entries[5], time=dt.time(9), note="early")
    LifeEvent.objects.create(entry=entries[6], kind="travel")
    as_alice.post(reverse("measure_delete", args=["weight"]))
    assert set(DailyEntry.objects.values_list("date", flat=True)) == {ago(days) for days in range(1, 7)}
    # And so with a symptom.
    for days in (0, 6):
        entry, _ = DailyEntry.objects.get_or_create(owner=alice, date=ago(days))
        Rating.objects.create(entry=entry, symptom=zaps, severity=1)
    as_alice.post(reverse("symptom_delete", args=[zaps.pk]))
    assert set(DailyEntry.objects.values_list("date", flat=True)) == {ago(days) for days in (1, 2, 4, 5, 6)}


def test_it_comes_back_though_its_days_have_gone_or_come_anew(alice, as_alice, weight):
    weigh(weight, {1: 61, 2: 62, 3: 63})
    DailyEntry.objects.filter(date=ago(2)).update(mood=4)
    as_alice.post(reverse("measure_delete", args=["weight"]))
    DailyEntry.objects.filter(date=ago(2)).delete()
    make_entry(alice, ago(1), mood=9)
    assert undo(Deleted.objects.get())
    assert [(row.entry.date, row.value, row.entry.mood) for row in Measurement.objects.order_by("-entry__date")] == [
        (ago(1), 61, 9),
        (ago(2), 62, None),
        (ago(3), 63, None),
    ]


def test_it_does_not_come_back_beside_a_new_one_of_its_name(alice, as_alice, weight):
    as_alice.post(reverse("measure_delete", args=["weight"]))
    add_measure(alice, "Weight", kind="amount")
    assert not undo(Deleted.objects.get())


@pytest.mark.parametrize("sent", [{"do": "off"}, {"do": "up"}, {"name": "Mass"}])
def test_one_that_is_deleted_in_the_same_moment_is_not_there(as_alice, weight, monkeypatch, sent):
    """The page has it in hand already when the other tab deletes it."""
    from journal.views import measures as views

    found = measure_of(weight.owner, "weight")
    monkeypatch.setattr(views, "own_measure", lambda request, slug: found)
    weight.delete()
    assert as_alice.post(url("weight"), sent).status_code == 404


# -- others, costs, hostile input ---------------------------------------------------------------------------------


def test_somebody_elses_is_not_there(as_bob, bob, weight):
    delete = reverse("measure_delete", args=["weight"])
    for page in (url("weight"), delete):
        assert as_bob.get(page).status_code == 404
        assert as_bob.post(page, {"do": "off", "name": "x"}).status_code == 404
    as_bob.post(url("mood"), {"do": "off"})
    weight.refresh_from_db()
    assert (weight.name, weight.state) == ("Weight", "on")
    assert "Weight" not in text(as_bob.get(LIST))
    assert measure_of(weight.owner, "mood").is_on


def test_queries_do_not_grow_with_the_days(as_alice, alice, weight):
    pages = [LIST, NEW, url("weight"), url("mood"), reverse("measure_delete", args=["weight"])]

    def count():
        counted = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert as_alice.get(page).status_code == 200
            counted.append(len(queries))
        return counted

    def fill(first, last):
        days = [ago(number) for number in range(first, last)]
        entries = DailyEntry.objects.bulk_create(DailyEntry(owner=alice, date=day, mood=5) for day in days)
        Measurement.objects.bulk_create(Measurement(entry=entry, measure=weight, value=60) for entry in entries)

    fill(0, 10)
    few = count()
    fill(10, 1000)
    assert count() == few
    assert max(few) <= 7
    assert "On 1000 days" in text(as_alice.get(LIST))


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["\0", "1e999", "NaN", "-0", "9" * 40, "amount", "rating", "up", "<b>", "’; DROP TABLE", "1,200", "٣"]
    ),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from([NEW, url("weight"), url("mood"), url("cycle"), url("no-such")]),
    sent=st.dictionaries(
        st.sampled_from(["name", "kind", "unit", "low", "high", "better", "do"]),
        HOSTILE | st.lists(HOSTILE, max_size=3),
    ),
)
def test_hostile_posts_are_answered(as_alice, weight, page, sent):
    assert as_alice.post(page, sent).status_code in {302, 400, 404, 422}
    for row in Measure.objects.all():
        assert row.name.strip() and len(row.name) <= 60 and "\0" not in row.name
        assert row.low is None or row.high is None or row.low < row.high
    assert as_alice.get(LIST).status_code == 200
