"""A guided practice: the page that leads through it, its own timing in the address, and what is recorded."""

import datetime as dt
import re
import uuid

import pytest
from django.utils import timezone

from journal.catalogue.guides import GUIDES
from journal.models import Practice, Receipt, Skill
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
URL = "/coping/box-breathing/practise/"
BY_SCRIPT = {"Accept": "application/json"}
SAID = {"before": "7", "after": "4", "situation": "anxiety", "minutes": "3", "note": "On the train."}
DONE = {**SAID, "date": str(TODAY)}
NASTY = {
    "NUL": "\0",
    "long": "x" * 100_000,
    "right to left": "\u202eabc",
    "emoji": "🙂",
    "script": "<script>alert(1)</script>",
    "huge": "9" * 400,
    "negative": "-1",
    "exponent": "1e9",
    "no number": "NaN",
    "another script's digit": "٧",
    "list": "4,5,6",
}


def text_of(response) -> str:
    """The page with single plain spaces; no-break ones too."""
    return " ".join(response.content.decode().split())


def ms(moment: dt.datetime) -> str:
    return str(int(moment.timestamp() * 1000))


# -- the page ------------------------------------------------------------------------------------------------------


def test_it_works(as_alice, alice):
    page = as_alice.get(URL)
    assert page.context["pace"]["rounds"] == 15
    response = as_alice.post(URL, {**DONE, "form_key": page.context["form_key"]}, follow=True)
    assert response.redirect_chain == [("/coping/box-breathing/", 302)]
    assert "Practice on 22 November saved." in text_of(response)
    done = Practice.objects.of(alice).get()
    assert (done.before, done.after, done.minutes, done.situation, done.note) == (7, 4, 3, "anxiety", "On the train.")
    assert (done.date, done.time, done.skill.builtin) == (TODAY, None, "box-breathing")


@pytest.mark.parametrize("slug", GUIDES)
def test_each_guide_has_its_page_with_the_steps_as_text(as_alice, slug):
    page = text_of(as_alice.get(f"/coping/{slug}/practise/"))
    assert "How it goes" in page and 'name="before"' in page and 'name="after"' in page
    assert page.count("btn-primary") >= 1


@pytest.mark.parametrize("slug", ["awake-at-night", "nothing", "my-tea", "%F0%9F%99%82"])
def test_a_skill_without_a_guide_has_none(as_alice, slug):
    assert as_alice.get(f"/coping/{slug}/practise/").status_code == 404
    assert as_alice.post(f"/coping/{slug}/practise/", DONE).status_code == 404
    assert as_alice.get(f"/coping/offline/{slug}/").status_code == 404


def test_it_stands_in_the_order_in_which_it_is_done(as_alice):
    """What to take care of and the way without the hold, before, the steps, after: also without script."""
    page = text_of(as_alice.get("/coping/breathing-4-7-8/practise/"))
    order = ["Dizzy? Stop", "Without the hold", 'name="before"', "How it goes", 'name="after"', "Your own timing"]
    places = [page.index(what) for what in order]
    assert places == sorted(places)
    assert page.count('id="id_minutes"') == 1  # that of the timing has a name of its own


def test_opening_it_records_nothing(as_alice):
    as_alice.get(URL)
    assert not Skill.objects.exists()


# -- a timing of one's own -----------------------------------------------------------------------------------------


def sides(response) -> list[float]:
    return [phase["ms"] / 1000 for phase in response.context["pace"]["phases"]]


def test_own_timing_stands_in_the_address(as_alice):
    response = as_alice.get("/coping/breathing-4-7-8/practise/?in=4&hold=7,5&out=8&rest=0&minutes=2")
    assert response.status_code == 200
    assert sides(response) == [4, 7.5, 8, 0]
    assert response.context["pace"]["rounds"] == 6
    assert "In 4, hold 7.5, out 8: 19.5 s a round. 6 rounds, 1 min 57 s." in text_of(response)
    assert 'value="7,5"' in response.content.decode()


def test_what_stays_blank_is_the_skills_own(as_alice):
    response = as_alice.get(f"{URL}?in=&hold=&out=6&rest=&minutes=")
    assert (sides(response), response.context["pace"]["rounds"]) == ([4, 4, 6, 4], 15)


def test_without_the_hold(as_alice):
    response = as_alice.get("/coping/breathing-4-7-8/practise/?holds=no")
    assert (sides(response), response.context["pace"]["rounds"]) == ([4, 0, 8, 0], 4)
    assert "Without the hold" not in text_of(response)
    assert "Without the hold" in text_of(as_alice.get("/coping/breathing-4-7-8/practise/"))
    assert "Without the hold" not in text_of(as_alice.get("/coping/breathing-5-5/practise/"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("in=0", "“0” does not work here. Write 0.5 to 20 seconds."),
        ("in=0.4", "Write 0.5 to 20 seconds."),
        ("out=20.1", "Write 0.5 to 20 seconds."),
        ("hold=0.3", "Write 0.5 to 20 seconds, or 0 to leave it out."),
        ("in=-4", "Write 0.5 to 20 seconds."),
        ("in=4.25", "“4.25” has more decimals than are kept here."),
        ("in=four", "“four” is not a number of seconds. Write it like 4 or 5.5."),
        ("minutes=0", "“0” is outside 1 to 20 minutes"),
        ("minutes=21", "“21” is outside 1 to 20 minutes"),
        ("minutes=1.5", "“1.5” is not whole. Write whole minutes"),
    ],
)
def test_a_timing_that_cannot_be_is_said_and_stays(as_alice, query, sentence):
    response = as_alice.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert sentence in text_of(response)
    assert f'value="{query.partition("=")[2]}"' in response.content.decode()
    assert sides(response) == [4, 4, 4, 4]


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_nothing_in_the_address_is_an_error_of_the_journal(as_alice, value):
    timing = [(URL, name) for name in ("in", "hold", "out", "rest", "minutes", "holds", "x")]
    for path, name in [*timing, ("/coping/muscle-relaxation/practise/", "leave")]:
        response = as_alice.get(path, {name: value})
        assert response.status_code in {200, 400}
        assert "<script>alert" not in response.content.decode()


def test_bytes_that_are_no_text(as_alice):
    assert as_alice.get(f"{URL}?in=%ff%fe").status_code == 400


def test_parts_are_left_out(as_alice):
    response = as_alice.get("/coping/muscle-relaxation/practise/?leave=neck&leave=jaw&leave=elbow")
    names = [part["slug"] for part in response.context["pace"]["parts"]]
    assert len(names) == response.context["pace"]["rounds"] == 14
    assert "neck" not in names and "jaw" not in names
    assert "14 parts, 4 min 40 s." in text_of(response)


def test_of_a_body_left_out_whole_all_of_it_stays(as_alice):
    everything = "&".join(f"leave={part.slug}" for part in GUIDES["muscle-relaxation"].parts)
    response = as_alice.get(f"/coping/muscle-relaxation/practise/?{everything}")
    assert len(response.context["pace"]["parts"]) == 16


# -- what is recorded ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("minutes", "0", "“0” is outside 1 to 600 minutes. It can be left blank."),
        ("minutes", "-5", "is outside 1 to 600 minutes"),
        ("minutes", "10000", "“10000” is outside 1 to 600 minutes. It can be left blank."),
        ("minutes", "2.5", "is not whole. Write whole minutes"),
        ("minutes", "long", "is not a number of minutes"),
        ("date", "2026-11-23", "That day is still to come."),
        ("date", "2026-02-30", "February 2026 has 28 days."),
        ("date", "", "Choose the day."),
        ("before", "11", "is outside 0 to 10"),
        ("after", "4.5", "is not a whole number from 0 to 10"),
        ("situation", "nonsense", "That is not in this list."),
        ("time", "25:00", "is not a time"),
    ],
)
def test_what_is_refused_says_why_and_stays(as_alice, field, typed, sentence):
    response = as_alice.post(URL, {**DONE, field: typed})
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert "On the train." in page and 'data-keep="unsaved"' in page
    assert not Practice.objects.exists()


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_nothing_typed_is_an_error_of_the_journal(as_alice, value):
    for field in ("before", "after", "situation", "minutes", "note", "date", "time", "ended", "uid", "form_key"):
        response = as_alice.post(URL, {**DONE, field: value})
        assert response.status_code in {302, 422}, field
        assert "<script>alert" not in response.content.decode()


def test_distress_after_without_before(as_alice, alice):
    assert as_alice.post(URL, {**DONE, "before": ""}).status_code == 302
    done = Practice.objects.of(alice).get()
    assert (done.before, done.after) == (None, 4)


def test_nothing_but_the_day_is_needed_and_blank_is_not_zero(as_alice):
    assert as_alice.post(URL, {"date": str(TODAY)}).status_code == 302
    done = Practice.objects.get()
    assert (done.before, done.after, done.minutes, done.situation, done.note) == (None, None, None, "", "")


# -- the moment in which it was done -------------------------------------------------------------------------------


def sent(client, **more):
    return client.post(URL, SAID | more, headers=BY_SCRIPT)


def test_a_practice_that_waited_keeps_its_day_and_time(as_alice):
    ended = timezone.now() - dt.timedelta(days=2, hours=3)
    assert sent(as_alice, ended=ms(ended), uid=str(uuid.uuid4())).json()["next"] == "/coping/box-breathing/"
    local = ended.astimezone(dt.UTC)
    done = Practice.objects.get()
    assert (done.date, done.time) == (local.date(), local.time().replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [
        ("UTC", dt.date(2026, 11, 21), dt.time(23, 58)),
        ("Pacific/Auckland", dt.date(2026, 11, 22), dt.time(12, 58)),
        ("America/Los_Angeles", dt.date(2026, 11, 21), dt.time(15, 58)),
    ],
)
def test_midnight_is_the_persons_own(as_alice, alice, zone, day, time):
    alice.profile.time_zone = zone
    alice.profile.save()
    ended = dt.datetime(2026, 11, 21, 23, 58, 30, tzinfo=dt.UTC)
    saved_after = ended + dt.timedelta(minutes=4)
    assert sent(as_alice, ended=ms(ended), pressed=ms(saved_after)).status_code == 200
    done = Practice.objects.get()
    assert (done.date, done.time) == (day, time)


def test_where_nothing_says_when_it_ended_the_press_of_save_does(as_alice):
    pressed = timezone.now() - dt.timedelta(days=1)
    sent(as_alice, ended="", pressed=ms(pressed))
    assert Practice.objects.get().date == pressed.date()


def test_a_day_that_is_chosen_wins(as_alice):
    sent(as_alice, ended=ms(timezone.now()), date="2026-11-20")
    done = Practice.objects.get()
    assert (done.date, done.time) == (dt.date(2026, 11, 20), None)


def test_a_device_whose_clock_is_ahead(as_alice):
    response = sent(as_alice, ended=ms(timezone.now() + dt.timedelta(days=1)))
    assert response.status_code == 422
    assert "By this device’s clock it was 23 November" in text_of(response)
    again = sent(as_alice, ended=ms(timezone.now() + dt.timedelta(days=1)), date=str(TODAY))
    assert again.status_code == 200 and Practice.objects.get().date == TODAY


def test_a_little_ahead_is_now(as_alice):
    assert sent(as_alice, ended=ms(timezone.now() + dt.timedelta(minutes=2))).status_code == 200
    assert Practice.objects.get().date == TODAY


# -- once ----------------------------------------------------------------------------------------------------------


def test_sent_again_it_is_there_once(as_alice):
    data = {"uid": str(uuid.uuid4()), "ended": ms(timezone.now())}
    assert [sent(as_alice, **data).json()["saved"] for _ in range(2)] == [True, True]
    assert Practice.objects.count() == Receipt.objects.count() == 1


def test_two_practices_that_waited_are_two(as_alice):
    """The same words in the same minute, each with its own number."""
    for _ in range(2):
        sent(as_alice, uid=str(uuid.uuid4()), ended=ms(timezone.now()))
    assert Practice.objects.count() == 2


def test_the_same_form_is_one_practice_whatever_number_a_script_gives_it(as_alice):
    key = as_alice.get(URL).context["form_key"]
    for _ in range(2):
        sent(as_alice, uid=str(uuid.uuid4()), form_key=key, ended=ms(timezone.now()))
    assert Practice.objects.count() == 1


def test_a_double_press_without_script_is_one(as_alice):
    key = as_alice.get(URL).context["form_key"]
    for _ in range(2):
        as_alice.post(URL, {**DONE, "form_key": key})
    assert Practice.objects.count() == 1


def test_it_is_the_persons_own(as_alice, as_bob, alice, bob):
    as_alice.post(URL, DONE)
    as_bob.post(URL, DONE)
    assert Practice.objects.of(alice).count() == Practice.objects.of(bob).count() == 1


# -- the page that a device keeps ----------------------------------------------------------------------------------


def test_the_kept_page_is_for_any_day(as_alice):
    page = as_alice.get("/coping/offline/box-breathing/").content.decode()
    assert str(TODAY) not in page
    assert re.search(r'action="/coping/box-breathing/practise/"', page)
    assert 'name="form_key"' not in page


def test_coping_without_a_connection_lists_what_can_be_done(as_alice):
    page = as_alice.get("/coping/offline/").content.decode()
    for slug in GUIDES:
        assert f'href="/coping/{slug}/practise/"' in page
