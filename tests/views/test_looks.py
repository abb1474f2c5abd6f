"""What may be getting in the way: the months, the figures of one, thoughts, and a question for the therapist."""

import datetime as dt
import json
import re
import uuid
from decimal import Decimal

import pytest

from journal.catalogue.obstacles import AREAS
from journal.models import (
    Appointment,
    Homework,
    HomeworkStep,
    LifeEvent,
    Measure,
    Measurement,
    MonthlyLook,
    Practice,
    Question,
    Skill,
    SupportPerson,
)
from tests.conftest import TODAY, make_entry

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/care/getting-in-the-way/"
NOVEMBER = f"{LIST}2026-11/"


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def area(response, key: str) -> str:
    """The words of one area of the page."""
    html = re.search(rf'aria-labelledby="{key}-name".*?</section>', response.content.decode(), re.S)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " "))


def of(owner):
    return MonthlyLook.objects.of(owner)


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def test_it_works(as_alice, alice):
    assert as_alice.get(NOVEMBER).status_code == 200
    response = as_alice.post(NOVEMBER, {"sleep": "Four bad nights.", "fit": ""}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    mine = of(alice).get()
    assert (mine.month, mine.thoughts) == (day(1), {"sleep": "Four bad nights."})
    assert "1 thought written down so far" in words(response)
    assert "Four bad nights." in words(as_alice.get(NOVEMBER))


def test_every_area_has_a_question_and_says_that_nothing_is_recorded(as_alice):
    page = as_alice.get(NOVEMBER)
    for key, one in AREAS.items():
        text = area(page, key)
        assert one.name in text and one.question in text
        assert "Nothing recorded." in text
    assert "n 0" not in words(page) and "0 of 0" not in words(page)


# -- figures --------------------------------------------------------------------------------------------------------


@pytest.fixture
def record(alice):
    """November 2026 up to the 22nd, with something in every area; and October, which must not be counted in."""
    nights = {1: 7, 2: "4.5", 3: 5, 4: None}
    for number, hours in nights.items():
        make_entry(alice, day(number), mood=number, function=6, sleep_hours=hours, sleep_quality=4)
    make_entry(alice, dt.date(2026, 10, 31), mood=9, function=9, sleep_hours=2, sleep_quality=9)
    entries = {entry.date: entry for entry in alice.entries.all()}
    for slug, unit, values in (
        ("alcohol", "drinks", {1: 0, 2: "2.5", 3: 1}),
        ("caffeine", "cups", {1: 2, 2: 3}),
        ("stress", "", {1: 4, 2: 7, 3: 5}),
        ("exercise", "minutes", {4: 30}),
    ):
        measure = Measure.objects.create(
            owner=alice, name=slug.title(), slug=slug, builtin=slug, unit=unit, kind="amount"
        )
        for number, value in values.items():
            Measurement.objects.create(entry=entries[day(number)], measure=measure, value=Decimal(str(value)))
        Measurement.objects.create(entry=entries[dt.date(2026, 10, 31)], measure=measure, value=9)
    for number, kind in ((1, "illness"), (2, "illness"), (2, "other-medicine"), (3, "stressful"), (3, "travel")):
        LifeEvent.objects.create(entry=entries[day(number)], kind=kind, text="words of her own")
    for result, said_on in (("done", day(3)), ("done", day(9)), ("too-much", day(9)), ("", None), ("done", None)):
        Homework.objects.create(owner=alice, text="A walk", result=result, said_on=said_on)
    Homework.objects.create(owner=alice, text="Earlier", result="partly", said_on=dt.date(2026, 10, 31))
    large = Homework.objects.create(owner=alice, text="In steps", result="done", said_on=dt.date(2026, 10, 3))
    for result, said_on in (("done", day(4)), ("partly", day(22)), ("done", dt.date(2026, 10, 31)), ("", None)):
        HomeworkStep.objects.create(homework=large, text="A small one", result=result, said_on=said_on)
    Homework.objects.create(owner=alice, text="Put away", put_away=True)
    skill = Skill.objects.create(owner=alice, name="Tea", slug="tea")
    for date in (day(1), day(22), dt.date(2026, 10, 31)):
        Practice.objects.create(skill=skill, date=date)
    for kind, date, held in (
        ("therapist", day(5), True), ("therapist", day(19), None), ("prescriber", day(6), True),
        ("therapist", dt.date(2026, 10, 5), True),
    ):  # fmt: skip
        Appointment.objects.create(owner=alice, kind=kind, date=date, held=held)
    Question.objects.create(owner=alice, text="One", whom="therapist", asked_on=day(5))
    Question.objects.create(owner=alice, text="Two", whom="therapist")
    Question.objects.create(owner=alice, text="Three", whom="prescriber")
    for name, knows in (("Ann", True), ("Ben", False), ("Cem", None)):
        SupportPerson.objects.create(owner=alice, name=name, knows=knows)
    return alice


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        (
            "homework",
            [
                "Tasks looked back on 3: 2 done, 1 too much",
                "Steps looked back on 2: 1 done, 1 done in part",
                "Tasks open now, not said yet how they went 1 of 7",
                "Coping skills practised 2 times",
            ],
        ),
        (
            "substances",
            ["Days with alcohol, of those written down 2 of 3", "in all 3.5 drinks (n 3)", "2.5 cups a day (n 2)"],
        ),
        ("stress", ["Stress, mean 5.3 (n 3)", "Stress, highest 7 (n 3)", "Something stressful on 1 day"]),
        (
            "sleep",
            ["Hours slept, mean 5 h 30 (n 3)", "Nights under 5 hours 1 of 3", "How well you slept, mean 4.0 (n 4)"],
        ),
        ("health", ["Illness on 2 days", "Other medicine on 1 day", "Exercise, mean 30 minutes a day (n 1)"]),
        (
            "expectations",
            [
                "Days with an entry 4 of 22",
                "Mood, mean 2.5 (n 4)",
                "Mood, mean in October 9.0 (n 1)",
                "do, mean 6.0 (n 4)",
            ],
        ),
        ("support", ["Support people on your list now 3", "Know about the taper 1 of 3"]),
        (
            "fit",
            [
                "Appointments with a therapist 1 took place, 1 not said",
                "Questions asked 1",
                "Questions waiting for them now 1",
            ],
        ),
    ],
)
def test_the_figures_are_those_of_the_month_with_their_n(as_alice, record, key, figures):
    text = area(as_alice.get(NOVEMBER), key)
    for figure in figures:
        assert figure in text


def test_what_was_asked_before_and_after_the_month_is_not_of_it(as_alice, record):
    Question.objects.create(owner=record, text="Four", whom="therapist", asked_on=dt.date(2026, 9, 30))
    assert "Questions asked" not in area(as_alice.get("/care/getting-in-the-way/2026-10/"), "fit")
    Question.objects.create(owner=record, text="Five", whom="therapist", asked_on=dt.date(2026, 10, 31))
    assert "Questions asked 1 " in area(as_alice.get("/care/getting-in-the-way/2026-10/"), "fit")


def test_a_whole_month_and_nobody_elses(as_alice, as_bob, record):
    october = as_alice.get(f"{LIST}2026-10/")
    assert "Days with an entry 1 of 31" in area(october, "expectations")
    assert "Tasks looked back on 2: 1 done, 1 done in part" in area(october, "homework")
    page = as_bob.get(NOVEMBER)
    for key in AREAS:
        assert "Nothing recorded." in area(page, key)


def test_no_verdict(as_alice, record):
    text = words(as_alice.get(NOVEMBER)).lower()
    for word in ("should", "too little", "because of", "caused", "!", "better than", "worse than", "relapse"):
        assert word not in text.replace("too much", "")


# -- thoughts -------------------------------------------------------------------------------------------------------


def test_one_look_a_month_however_often_it_is_saved(as_alice, alice):
    for thought in ("one", "two"):
        assert as_alice.post(NOVEMBER, {"stress": thought}).status_code == 302
    assert of(alice).get().thoughts == {"stress": "two"}


def test_a_thought_can_be_taken_back(as_alice, alice):
    of(alice).create(owner=alice, month=day(1), thoughts={"stress": "one", "fit": "two"})
    as_alice.post(NOVEMBER, {"stress": "", "fit": "two"})
    assert of(alice).get().thoughts == {"fit": "two"}


def test_nothing_at_all_is_not_kept(as_alice, alice):
    response = as_alice.post(NOVEMBER, dict.fromkeys(AREAS, "  "))
    assert response.status_code == 422
    assert "Nothing is written yet. One thought is enough." in words(response)
    assert not of(alice).exists()


def test_two_pages_lose_nothing(as_alice, alice):
    """Another area changed elsewhere stays; where both wrote of the same, both stand there."""
    blank = dict.fromkeys(AREAS, "")
    of(alice).create(owner=alice, month=day(1), thoughts={"fit": "from elsewhere"})
    sent = blank | {"sleep": "mine", "shown": json.dumps(blank)}
    assert as_alice.post(NOVEMBER, sent).status_code == 302
    assert of(alice).get().thoughts == {"fit": "from elsewhere", "sleep": "mine"}
    response = as_alice.post(NOVEMBER, blank | {"fit": "mine too", "shown": json.dumps(blank)})
    assert response.status_code == 422
    assert "Both stand here now" in words(response)
    assert response.context["form"]["fit"].value() == "from elsewhere\n\nmine too"
    again = {"fit": "from elsewhere\n\nmine too", "shown": response.context["form"].shown}
    assert as_alice.post(NOVEMBER, again).status_code == 302
    assert of(alice).get().thoughts["fit"] == "from elsewhere\n\nmine too"


def test_sent_twice_is_the_same(as_alice, alice):
    sent = {"sleep": "mine", "uid": str(uuid.uuid4()), "shown": json.dumps(dict.fromkeys(AREAS, ""))}
    assert as_alice.post(NOVEMBER, sent).status_code == 302
    of(alice).update(thoughts={"sleep": "corrected"})
    answer = as_alice.post(NOVEMBER, sent, headers={"accept": "application/json"})
    assert answer.json() == {"saved": True, "next": LIST}
    assert of(alice).get().thoughts == {"sleep": "corrected"}


@pytest.mark.parametrize("thought", ["<script>alert(1)</script>", "💊", "عائشة", "x" * 300, "a\nb\n\nc", "{{ 1 }}"])
def test_any_thought_can_be_kept(as_alice, alice, thought):
    assert as_alice.post(NOVEMBER, {"sleep": thought}).status_code == 302
    assert of(alice).get().thoughts == {"sleep": thought}
    assert "<script>alert" not in as_alice.get(NOVEMBER).content.decode()


def test_a_nul_is_dropped_and_too_much_is_refused_and_stays(as_alice, alice):
    assert as_alice.post(NOVEMBER, {"sleep": "a\0b"}).status_code == 302
    assert of(alice).get().thoughts == {"sleep": "ab"}
    response = as_alice.post(NOVEMBER, {"sleep": "x" * 100_000, "fit": "kept"})
    assert response.status_code == 422
    assert "100,000 characters" in words(response)
    assert response.context["form"]["fit"].value() == "kept"
    assert "x" * 100_000 in response.content.decode()


# -- the therapist --------------------------------------------------------------------------------------------------


def test_one_tap_makes_a_thought_a_question_for_the_therapist(as_alice, alice):
    response = as_alice.post(NOVEMBER, {"sleep": "Four bad\nnights.", "raise": "sleep"}, follow=True)
    assert response.redirect_chain == [(NOVEMBER, 302)]
    raised = Question.objects.of(alice).get()
    assert (raised.text, raised.whom, raised.asked_on) == ("Four bad nights.", "therapist", None)
    assert of(alice).get().thoughts == {"sleep": "Four bad\nnights."}  # what was typed is kept, too
    assert "“Four bad nights.” is on your list for your therapist." in words(response)


def test_without_a_thought_it_is_the_question_of_the_area(as_alice, alice):
    as_alice.post(NOVEMBER, {"raise": "fit"})
    assert Question.objects.of(alice).get().text == AREAS["fit"].question
    assert not of(alice).exists()


def test_pressed_twice_it_stands_there_once(as_alice, alice):
    for _ in range(2):
        response = as_alice.post(NOVEMBER, {"raise": "fit"}, follow=True)
    assert Question.objects.of(alice).count() == 1
    assert "is on your list for your therapist already." in words(response)


def test_a_long_thought_becomes_a_question_that_fits(as_alice, alice):
    as_alice.post(NOVEMBER, {"fit": "word " * 300, "raise": "fit"})
    assert len(Question.objects.of(alice).get().text) <= 500


@pytest.mark.parametrize("key", ["", "nothing", "<b>", "\0", "x" * 5000])
def test_no_area_of_that_name_raises_nothing(as_alice, alice, key):
    assert as_alice.post(NOVEMBER, {"fit": "mine", "raise": key}).status_code == 302
    assert not Question.objects.of(alice).exists()
    assert of(alice).get().thoughts == {"fit": "mine"}


# -- months ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        ("2026-12", "That month is still to come."),
        ("9999-01", "That month is still to come."),
        ("2026-13", "That is not a month. Write it like 2026-11."),
        ("2026-00", "That is not a month."),
        ("1919-12", "1919 is too long ago."),
        ("november", "That is not a month."),
        ("2026-11-22", "That is not a month."),
        ("%00", "That is not a month."),
        ("٢٠٢٦-١١", "That is not a month."),
        ("x" * 3000, "That is not a month."),
    ],
)
def test_a_month_that_is_none_is_400_with_a_sentence(as_alice, alice, month, sentence):
    for response in (as_alice.get(f"{LIST}{month}/"), as_alice.post(f"{LIST}{month}/", {"fit": "mine"})):
        assert response.status_code == 400
        assert sentence in words(response)
    assert not of(alice).exists()


def test_the_list_goes_back_to_the_beginning_of_the_record(as_alice, alice):
    assert [row[0] for row in as_alice.get(LIST).context["rows"]] == []
    make_entry(alice, dt.date(2026, 8, 31))
    of(alice).create(owner=alice, month=dt.date(2020, 2, 1), thoughts={"fit": "a", "sleep": "b"})
    page = as_alice.get(LIST)
    assert [row[0] for row in page.context["rows"]] == ["2026-10", "2026-09", "2026-08", "2020-02"]
    assert "February 2020 2 thoughts" in words(page)


@pytest.mark.parametrize("thoughts", [[], "x", 5, {"fit": 5}, {"gone": "x"}, {"fit": ""}])
def test_what_an_import_left_behind_breaks_no_page(as_alice, alice, thoughts):
    of(alice).create(owner=alice, month=day(1), thoughts=thoughts)
    for path in (LIST, NOVEMBER):
        assert as_alice.get(path).status_code == 200


def test_today_is_the_persons_own(as_alice, alice, clock):
    alice.profile.time_zone = "Pacific/Auckland"
    alice.profile.save()
    clock.move_to(dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC))
    assert as_alice.get(f"{LIST}2026-12/").status_code == 200
    assert TODAY.month == 11


def test_tasks_that_were_set_later_are_not_of_an_earlier_month(as_alice, alice):
    make_entry(alice, dt.date(2026, 10, 31))
    task = Homework.objects.create(owner=alice, text="A walk")
    assert "Tasks open now, not said yet how they went 1 of 1" in area(as_alice.get(NOVEMBER), "homework")
    assert "Tasks open now" not in area(as_alice.get(f"{LIST}2026-10/"), "homework")
    task.said_on, task.result = TODAY, "done"
    task.save()
    assert "Tasks open now, not said yet how they went 0 of 1" in area(as_alice.get(NOVEMBER), "homework")
