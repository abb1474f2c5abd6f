"""How is it now: several check-ins a day, each with its time, and what they make of the day."""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from journal.models import CheckIn, DailyEntry, Deleted, Question, Rating, Reading
from journal.models.deleted import delete_with_undo, undo
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

YESTERDAY = TODAY - dt.timedelta(1)
NOW = f"/entries/{TODAY}/check-in/"
THEN = f"/entries/{YESTERDAY}/check-in/"


@pytest.fixture
def dizzy(alice):
    return make_symptom(alice, "Dizziness", builtin="dizziness", position=1)


@pytest.fixture
def zaps(alice):
    return make_symptom(alice, position=2)


def flat(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def sent(**values):
    """A form: ``s12`` stands for the symptom with the key 12."""
    return {re.sub(r"^s(\d+)$", r"symptom-\1", name): value for name, value in values.items()}


def make_check_in(owner, day=TODAY, time="14:20", mood=None, note="", **readings):
    entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=day)
    check_in = CheckIn.objects.create(entry=entry, time=time, mood=mood, note=note)
    for key, severity in readings.items():
        Reading.objects.create(check_in=check_in, symptom_id=int(key[1:]), severity=severity)
    return check_in


# -- saving -------------------------------------------------------------------------------------------------------


def test_it_works(as_alice, dizzy):
    response = as_alice.get(NOW)
    text = flat(response)
    assert "<h1>How is it now?</h1>" in text
    assert "Sunday 22 November, 12:00" in text and "Other time" in text
    assert "no-store" in response["Cache-Control"]
    response = as_alice.post(NOW, {f"symptom-{dizzy.pk}": "6"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "Kept: dizziness, moderate 6, 12:00." in flat(response)
    check_in = CheckIn.objects.get()
    assert (check_in.time, check_in.mood, check_in.note) == (dt.time(12), None, "")
    assert "Earlier today" in flat(as_alice.get(NOW)) and "Dizziness, moderate 6" in flat(as_alice.get(NOW))


def test_the_way_back_of_the_sentence_deletes_it_and_the_next_one_brings_it_back(as_alice, dizzy):
    text = flat(as_alice.post(NOW, {f"symptom-{dizzy.pk}": "6"}, follow=True))
    address = reverse("check_in_delete", args=[TODAY, CheckIn.objects.get().pk])
    assert f'action="{address}"' in text
    text = flat(as_alice.post(address, follow=True))
    assert "Check-in of 12:00 deleted." in text and not DailyEntry.objects.exists()
    assert as_alice.post(reverse("undo", args=[Deleted.objects.get().pk])).status_code == 302
    assert Reading.objects.get().severity == 6 and Rating.objects.get().total == 6


def test_several_a_day_are_their_exact_mean_for_the_day(as_alice, alice, dizzy):
    for time, severity in (("08:00", 3), ("09:30", 4), ("11:00", 4)):
        as_alice.post(NOW, {"time": time, f"symptom-{dizzy.pk}": severity, "mood": severity})
    rating = Rating.objects.get()
    assert (rating.value, rating.origin, rating.readings) == (Fraction(11, 3), "check_ins", 3)
    assert DailyEntry.objects.get().day_mood == Fraction(11, 3)


def test_the_days_own_rating_wins(as_alice, alice, dizzy):
    entry = make_entry(alice, TODAY, {dizzy: 1}, mood=2)
    as_alice.post(NOW, {f"symptom-{dizzy.pk}": "9", "mood": "9"})
    assert (Rating.objects.get().value, Rating.objects.get().origin) == (1, "own")
    entry.refresh_from_db()
    assert (entry.day_mood, entry.timed_mood) == (2, 9)


def test_it_begins_with_what_was_asked_for(as_alice, alice, dizzy, zaps):
    def first(query=""):
        return re.search(r"<legend>(.*?)</legend>", flat(as_alice.get(NOW + query)))[1]

    assert first() == "Mood"
    assert first("?now=brain-zaps") == "Brain zaps"
    assert first("?now=mood") == "Mood"
    assert first("?now=%00<b>") == "Mood"
    make_check_in(alice, YESTERDAY, **{f"s{dizzy.pk}": 3})
    assert first() == "Dizziness"
    assert first("?now=mood") == "Mood"


def test_what_is_beside_the_first_is_a_chip(as_alice, dizzy, zaps):
    chips = re.findall(r'<label class="chip">.*?</label>', flat(as_alice.get(NOW)))
    assert [re.sub(r"<.*?>", "", chip).strip() for chip in chips] == ["Dizziness", "Brain zaps", "Note"]
    assert all(" name=" not in chip for chip in chips)


def test_yesterday_stands_beside_it(as_alice, alice, dizzy):
    make_entry(alice, YESTERDAY, {dizzy: 3}, mood=Decimal("6.5"))
    text = flat(as_alice.get(NOW))
    assert "yesterday 3" in text and "yesterday 6.5" in text


def test_help_stands_beside_a_red_flag(as_alice, alice):
    make_symptom(alice, "Thoughts of suicide or self-harm", builtin="suicidal-thoughts")
    assert "You can talk to someone now." in flat(as_alice.get(NOW))


def test_an_empty_one_is_refused_with_a_sentence(as_alice, dizzy):
    response = as_alice.post(NOW, {"time": "09:00", "mood": "", f"symptom-{dizzy.pk}": "", "note": "  "})
    assert response.status_code == 422
    assert "Nothing is rated or written yet." in flat(response)
    assert not DailyEntry.objects.exists()


def test_a_line_alone_is_enough(as_alice):
    as_alice.post(NOW, {"note": "  on   the bus \x00"})
    assert CheckIn.objects.get().note == "on the bus"


def test_a_line_can_become_a_question(as_alice, alice):
    as_alice.post(NOW, {"note": "Why at night?", "raise": "on"})
    question = Question.objects.get()
    assert (question.text, question.check_in, question.owner) == ("Why at night?", CheckIn.objects.get(), alice)


def test_nothing_to_raise_is_said(as_alice, alice):
    response = as_alice.post(NOW, {"mood": "4", "raise": "on"})
    assert response.status_code == 422 and "Write the line that you want to raise." in flat(response)


def test_the_same_pressed_twice_is_one(as_alice, dizzy):
    for _ in range(2):
        as_alice.post(NOW, {f"symptom-{dizzy.pk}": "6", "mood": "3", "note": "x", "raise": "on"})
    assert CheckIn.objects.count() == 1 and Question.objects.count() == 1 and Rating.objects.get().readings == 1
    as_alice.post(NOW, {f"symptom-{dizzy.pk}": "7", "mood": "3", "note": "x"})
    assert CheckIn.objects.count() == 2


def test_what_was_typed_stays_when_it_is_refused(as_alice, dizzy):
    response = as_alice.post(
        NOW, {"time": "25:00", f"symptom-{dizzy.pk}": "7", "mood": "x", "note": "<b>line", "raise": "on"}
    )
    text = flat(response)
    assert response.status_code == 422
    assert "“25:00” is not a time. Write it like 14:20." in text and 'value="25:00"' in text
    assert "“x” is not a whole number from 0 to 10." in text and "&lt;b&gt;line" in text
    assert re.search(rf'id="id_symptom-{dizzy.pk}_7"[^>]*checked', text)
    assert re.search(r'name="raise"[^>]*checked', text)
    assert not CheckIn.objects.exists()


# -- when ---------------------------------------------------------------------------------------------------------


def test_a_time_that_is_still_to_come_is_refused(as_alice):
    response = as_alice.post(NOW, {"time": "12:01", "mood": "4"})
    assert response.status_code == 422 and "12:01 is still to come. It is 12:00 now." in flat(response)
    assert as_alice.post(NOW, {"time": "12:00", "mood": "4"}).status_code == 302


def test_an_earlier_day_wants_a_time(as_alice):
    assert "How was it?" in flat(as_alice.get(THEN))
    response = as_alice.post(THEN, {"mood": "4"})
    assert response.status_code == 422 and "Write the time, like 14:20." in flat(response)
    response = as_alice.post(THEN, {"mood": "4", "time": "23:59"})
    assert response.url == f"/entries/{YESTERDAY}/"


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(1), "1919-12-31", "2026-02-30", "0000-01-01", "9999-12-31"])
def test_other_days_are_400(as_alice, day):
    assert as_alice.get(f"/entries/{day}/check-in/").status_code == 400
    assert as_alice.post(f"/entries/{day}/check-in/", {"mood": "3", "time": "10:00"}).status_code == 400


def test_now_is_the_persons_now(as_alice, alice):
    alice.profile.time_zone = "Pacific/Auckland"
    alice.profile.save()
    tomorrow = TODAY + dt.timedelta(1)
    as_alice.post(f"/entries/{tomorrow}/check-in/", {"mood": "5"})
    assert (CheckIn.objects.get().entry.date, CheckIn.objects.get().time) == (tomorrow, dt.time(1))


@pytest.mark.parametrize(
    ("utc", "time", "status"),
    [
        ("2026-10-25T01:10", "01:50", 302),  # the clock went back at 2: 01:50 has been once
        ("2026-10-25T01:10", "02:05", 422),
        ("2026-10-25T00:30", "01:30", 302),  # the first 01:30
        ("2026-10-25T00:30", "01:40", 422),
        ("2026-03-29T01:10", "01:30", 302),  # it went forward at 1: there is no 01:30, and it is 02:10 now
        ("2026-03-29T01:10", "02:10", 302),
        ("2026-03-29T01:10", "02:30", 422),
    ],
)
def test_in_the_night_of_a_clock_change(as_alice, alice, clock, utc, time, status):
    clock.move_to(dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC))
    as_alice.force_login(alice)
    day = utc[:10]
    assert as_alice.post(f"/entries/{day}/check-in/", {"mood": "4", "time": time}).status_code == status
    assert as_alice.post(f"/entries/{day}/check-in/", {"mood": "5"}).status_code == 302


def test_by_a_clock_of_twelve_hours(as_alice, alice):
    alice.profile.clock = "12"
    alice.profile.save()
    as_alice.post(NOW, {"mood": "4", "time": "9:05 am"})
    assert "9:05 a.m." in flat(as_alice.get(NOW))


# -- hostile ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        {"time": "25:00"},
        {"time": "１２:００"},
        {"time": "\x00"},
        {"time": "9" * 10_000},
        {"mood": "NaN"},
        {"mood": "1e999999"},
        {"mood": "9" * 5000},
        {"mood": "-1"},
        {"mood": "4.5"},
        {"note": "x" * 100_000},
        {"note": "x" * 501},
        {"symptom-999999": "4"},
        {"symptom-99999999999999999999999999999": "4"},
    ],
)
def test_nonsense_is_refused_and_never_breaks(as_alice, data):
    response = as_alice.post(NOW, {"note": "kept", **data})
    assert response.status_code == 422
    assert not DailyEntry.objects.exists()


@pytest.mark.parametrize("data", [{"note": "a\x00b"}, {"symptom-x": "4", "mood": "3"}, {"mood": "3", "raise": "no"}])
def test_odd_things_that_do_no_harm_are_kept_without_them(as_alice, data):
    assert as_alice.post(NOW, data).status_code in (302, 422)
    assert as_alice.get(NOW).status_code == 200


def test_a_symptom_of_somebody_else_is_not_written(as_alice, bob):
    his = make_symptom(bob)
    response = as_alice.post(NOW, {f"symptom-{his.pk}": "4", "mood": "3"})
    assert response.status_code == 422 and "is not asked for here any more" in flat(response)
    assert not Reading.objects.exists()


def test_a_symptom_put_away_meanwhile_is_kept_all_the_same(as_alice, dizzy):
    dizzy.tracked = False
    dizzy.save()
    assert as_alice.post(NOW, {f"symptom-{dizzy.pk}": "4"}).status_code == 302
    assert Reading.objects.get().severity == 4


@pytest.mark.parametrize("path", ["{pk}/", "{pk}/delete/"])
@pytest.mark.parametrize("day", [TODAY - dt.timedelta(3), "2026-02-30"])
def test_a_check_in_has_its_own_day(as_alice, alice, path, day):
    pk = make_check_in(alice, mood=3).pk
    assert as_alice.get(f"/entries/{day}/check-in/{path.format(pk=pk)}").status_code == 404


# -- correcting and deleting --------------------------------------------------------------------------------------


def test_one_is_corrected_on_its_own_page(as_alice, alice, dizzy, zaps):
    check_in = make_check_in(alice, YESTERDAY, "08:15", Decimal("4.5"), "hm", **{f"s{dizzy.pk}": Decimal("6.5")})
    address = reverse("check_in_edit", args=[YESTERDAY, check_in.pk])
    text = flat(as_alice.get(address))
    assert 'value="08:15"' in text and "> hm</textarea>" in text
    response = as_alice.post(
        address,
        {"time": "09:00", "mood": "4.5", f"symptom-{dizzy.pk}": "", f"symptom-{zaps.pk}": "2", "note": ""},
        follow=True,
    )
    assert "Check-in saved." in flat(response)
    check_in.refresh_from_db()
    assert (check_in.time, check_in.mood, check_in.note) == (dt.time(9), Decimal("4.5"), "")
    assert [(one.symptom, one.severity) for one in check_in.readings.all()] == [(zaps, 2)]
    assert [(one.symptom, one.value) for one in Rating.objects.all()] == [(zaps, 2)]


def test_a_correction_that_leaves_nothing_is_refused(as_alice, alice):
    check_in = make_check_in(alice, mood=4, time="08:00")
    response = as_alice.post(reverse("check_in_edit", args=[TODAY, check_in.pk]), {"time": "08:00", "mood": ""})
    assert response.status_code == 422
    assert CheckIn.objects.get().mood == 4


def test_a_symptom_that_was_put_away_can_still_be_corrected(as_alice, alice, dizzy):
    check_in = make_check_in(alice, time="08:00", **{f"s{dizzy.pk}": 3})
    dizzy.tracked = False
    dizzy.save()
    assert "Dizziness" in flat(as_alice.get(reverse("check_in_edit", args=[TODAY, check_in.pk])))


def test_a_later_hour_that_stands_there_may_stay(as_alice, alice):
    """After a journey to the west the clock shows less than it did."""
    check_in = make_check_in(alice, time="23:00", mood=4)
    address = reverse("check_in_edit", args=[TODAY, check_in.pk])
    assert as_alice.post(address, {"time": "23:00", "mood": "5"}).status_code == 302
    assert as_alice.post(address, {"time": "22:59", "mood": "5"}).status_code == 422


def test_the_question_goes_with_its_line(as_alice, alice):
    as_alice.post(NOW, {"note": "Why?", "raise": "on"})
    address = reverse("check_in_edit", args=[TODAY, CheckIn.objects.get().pk])
    as_alice.post(address, {"time": "12:00", "note": "Why now?", "raise": "on"})
    assert Question.objects.get().text == "Why now?"
    as_alice.post(address, {"time": "12:00", "note": "Why now?", "raise": ""})
    assert not Question.objects.exists()
    as_alice.post(address, {"time": "12:00", "note": "Why now?", "raise": "on"})
    as_alice.post(f"{address}delete/")
    assert not Question.objects.exists()
    assert undo(Deleted.objects.order_by("pk").last())
    assert Question.objects.get().check_in == CheckIn.objects.get()


def test_deleting_asks_and_lists_what_goes(as_alice, alice, dizzy):
    check_in = make_check_in(alice, mood=3, note="a line", **{f"s{dizzy.pk}": 3})
    text = flat(as_alice.get(reverse("check_in_delete", args=[TODAY, check_in.pk])))
    assert "Delete this check-in?" in text and "Sunday 22 November, 14:20" in text
    assert "mild 3" in text and "low 3" in text and "a line" in text


def test_the_last_of_an_entry_that_holds_nothing_else_takes_it_along(as_alice, alice, dizzy):
    first = make_check_in(alice, mood=3)
    second = make_check_in(alice, time="15:00", mood=3)
    as_alice.post(reverse("check_in_delete", args=[TODAY, first.pk]))
    assert DailyEntry.objects.count() == 1
    as_alice.post(reverse("check_in_delete", args=[TODAY, second.pk]))
    assert not DailyEntry.objects.exists()
    assert undo(Deleted.objects.first())
    assert undo(Deleted.objects.first())
    assert CheckIn.objects.count() == 2 and DailyEntry.objects.get().timed_moods == 2


@pytest.mark.parametrize("fields", [{"notes": "x"}, {"mood": 0}, {"bed_time": "23:00"}])
def test_an_entry_that_holds_something_stays(as_alice, alice, fields):
    check_in = make_check_in(alice, mood=3)
    DailyEntry.objects.update(**fields)
    as_alice.post(reverse("check_in_delete", args=[TODAY, check_in.pk]))
    assert DailyEntry.objects.get().timed_moods == 0


def test_pressed_twice_it_is_gone_once(as_alice, alice):
    address = reverse("check_in_delete", args=[TODAY, make_check_in(alice, mood=3).pk])
    assert as_alice.post(address).status_code == 302
    assert as_alice.post(address).status_code == 404
    assert Deleted.objects.count() == 1


# -- what is deleted round about ----------------------------------------------------------------------------------


def test_a_day_comes_back_with_its_check_ins(alice, dizzy):
    check_in = make_check_in(alice, mood=3, note="n", **{f"s{dizzy.pk}": 5})
    Question.objects.create(owner=alice, text="n", check_in=check_in)
    kept = delete_with_undo(alice, check_in.entry, "day")
    assert not CheckIn.objects.exists() and Question.objects.get().check_in is None
    assert undo(kept)
    assert Rating.objects.get().readings == 1 and Reading.objects.get().severity == 5
    assert Question.objects.get().check_in == check_in


def test_a_deleted_day_comes_back_beside_a_new_check_in(alice, dizzy):
    old = make_check_in(alice, mood=3, **{f"s{dizzy.pk}": 5})
    DailyEntry.objects.update(notes="old", energy=4)
    kept = delete_with_undo(alice, old.entry, "day")
    make_check_in(alice, time="16:00", mood=4, **{f"s{dizzy.pk}": 6})
    assert undo(kept)
    entry = DailyEntry.objects.get()
    assert (entry.notes, entry.energy, entry.timed_moods) == ("old", 4, 2)
    assert Rating.objects.get().value == Fraction(11, 2)


def test_an_own_rating_comes_back_over_what_check_ins_say(alice, dizzy):
    kept = delete_with_undo(alice, make_entry(alice, TODAY, {dizzy: 2}, notes="x"), "day")
    from journal.queries.check_ins import Said, save_check_in

    save_check_in(alice, TODAY, Said(dt.time(10), readings={dizzy.pk: Decimal(9)}))
    assert Rating.objects.get().value == 9
    assert undo(kept)
    assert (Rating.objects.get().value, Rating.objects.get().origin) == (2, "own")


def test_a_symptom_takes_along_what_says_nothing_else(as_alice, alice, dizzy, zaps):
    alone = make_check_in(alice, time="08:00", **{f"s{dizzy.pk}": 5})
    kept = make_check_in(alice, time="09:00", **{f"s{dizzy.pk}": 5, f"s{zaps.pk}": 1})
    make_check_in(alice, YESTERDAY, **{f"s{dizzy.pk}": 5})
    line = make_check_in(alice, YESTERDAY - dt.timedelta(1), note="x", **{f"s{dizzy.pk}": 5})
    as_alice.post(reverse("symptom_delete", args=[dizzy.pk]))
    assert set(CheckIn.objects.all()) == {kept, line}
    assert {entry.date for entry in DailyEntry.objects.all()} == {TODAY, line.entry.date}
    assert undo(Deleted.objects.get())
    assert CheckIn.objects.count() == 4 and Reading.objects.count() == 5 and DailyEntry.objects.count() == 3
    assert alone.readings.count() == 1
    assert Rating.objects.get(symptom__name="Dizziness", entry__date=TODAY).readings == 2


@pytest.mark.parametrize("symptom_first", [True, False])
def test_a_symptom_and_its_day_come_back_in_either_order(as_alice, alice, dizzy, symptom_first):
    check_in = make_check_in(alice, mood=3, note="n", **{f"s{dizzy.pk}": 5})
    DailyEntry.objects.update(notes="the day")
    as_alice.post(reverse("symptom_delete", args=[dizzy.pk]))
    as_alice.post(reverse("entry_delete", args=[TODAY]))
    day, symptom = Deleted.objects.all()
    for kept in (symptom, day) if symptom_first else (day, symptom):
        assert undo(kept)
    assert DailyEntry.objects.get().notes == "the day"
    back = CheckIn.objects.get()
    assert (back.pk, back.mood, back.note, back.time) == (check_in.pk, 3, "n", dt.time(14, 20))
    assert Reading.objects.get().check_in == back and Rating.objects.get().value == 5


def test_a_question_comes_back_without_a_check_in_that_has_gone(alice):
    check_in = make_check_in(alice, note="Why?")
    question = Question.objects.create(owner=alice, text="Why?", check_in=check_in, entry=check_in.entry)
    kept = delete_with_undo(alice, question, "question")
    check_in.entry.delete()
    assert undo(kept)
    assert (Question.objects.get().check_in, Question.objects.get().entry) == (None, None)


# -- Today --------------------------------------------------------------------------------------------------------


def test_today_asks(as_alice, alice, dizzy, zaps):
    make_check_in(alice, YESTERDAY, mood=3)
    text = flat(as_alice.get("/"))
    assert "How is it now?" in text and "Last:" not in text
    assert f'href="{NOW}?now=mood"' in text and f'href="{NOW}?now=dizziness"' in text
    make_check_in(alice, time="09:00", mood=3)
    make_check_in(alice, time="11:20", **{f"s{dizzy.pk}": 5})
    assert "Last: 11:20, dizziness, moderate 5<" in flat(as_alice.get("/"))


def test_today_is_not_logged_by_check_ins_alone(as_alice, alice, dizzy):
    make_check_in(alice, mood=3, **{f"s{dizzy.pk}": 5})
    text = flat(as_alice.get("/"))
    assert "Log today" in text and "Nothing else is due" not in text
    DailyEntry.objects.update(energy=3)
    assert "Log today" not in flat(as_alice.get("/"))


def test_the_strip_draws_the_mood_of_check_ins(as_alice, alice):
    make_step(make_medication(alice), YESTERDAY, 10, "start")
    for time, mood in (("09:00", 3), ("10:00", 4)):
        as_alice.post(NOW, {"time": time, "mood": mood})
    assert "22 Nov 3.5" in flat(as_alice.get("/"))


def test_today_shows_nothing_private(as_alice, alice):
    private = make_symptom(alice, "Thoughts of suicide or self-harm", builtin="suicidal-thoughts")
    make_check_in(alice, time="11:00", **{f"s{private.pk}": 5})
    text = flat(as_alice.get("/"))
    assert "Thoughts" not in text and "thoughts" not in text and "Last: 11:00<" in text


def test_the_list_of_a_month_has_the_mean(as_alice, alice):
    as_alice.post(NOW, {"time": "09:00", "mood": 3})
    as_alice.post(NOW, {"time": "10:00", "mood": 4})
    assert "mood 3.5 <span" in flat(as_alice.get("/entries/")) and "mean of 2 check-ins" in flat(
        as_alice.get("/entries/")
    )


# -- an entry that is changed later says so -------------------------------------------------------------------------


def test_only_an_earlier_day_is_marked_as_changed(as_alice, alice, clock):
    for day in (TODAY, YESTERDAY):
        make_entry(alice, day, notes="x")
    DailyEntry.objects.update(updated=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    as_alice.post(NOW, {"mood": 3})
    as_alice.post(THEN, {"mood": 3, "time": "10:00"})
    assert [entry.updated.day for entry in DailyEntry.objects.order_by("date")] == [22, 20]


# -- the day's page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 2])
def test_the_section_of_a_day(alice, rf, n):
    from django.template.loader import render_to_string

    from journal.queries.check_ins import check_ins_of

    for hour in range(n):
        make_check_in(alice, time=f"0{hour}:30", mood=3, note="<b>")
    request = rf.get("/")
    request.user, request.profile = alice, alice.profile
    context = {"check_ins": check_ins_of(alice, TODAY), "day": {"date": TODAY}}
    text = render_to_string("journal/entries/_check_ins.html", context, request)
    assert text.count("Mood, low 3") == n and text.count("&lt;b&gt;") == n
    assert f'href="{NOW}"' in text and ("None on this day." in text) is (n == 0)


def test_deleting_a_day_says_how_many_check_ins_go(as_alice, alice, dizzy):
    make_check_in(alice, mood=3)
    as_alice.post(NOW, {f"symptom-{dizzy.pk}": "3"})
    text = flat(as_alice.get(f"/entries/{TODAY}/delete/"))
    assert "<dt>Check-ins</dt> <dd> 2, at" in text and "1 rating" not in text


# -- kept on a device, and corrected in two places ----------------------------------------------------


def test_one_that_waited_on_the_device_keeps_the_time_at_which_save_was_pressed(as_alice, alice):
    at = dt.datetime(2026, 11, 22, 8, 40, 30, tzinfo=dt.UTC)
    as_alice.post(NOW, {"mood": "4", "pressed": str(int(at.timestamp() * 1000))})
    assert CheckIn.objects.get().time == dt.time(8, 40)


@pytest.mark.parametrize("pressed", ["", "x", "1", "9" * 14, "1795000000000", "-1", "1763800830000"])
def test_a_moment_that_is_to_come_or_of_another_day_is_none(as_alice, alice, pressed):
    as_alice.post(NOW, {"mood": "4", "pressed": pressed})
    assert CheckIn.objects.get().time == dt.time(12, 0)


def test_one_that_waited_over_midnight_is_still_of_its_day(as_alice, alice):
    yesterday = TODAY - dt.timedelta(1)
    at = dt.datetime(2026, 11, 21, 23, 50, tzinfo=dt.UTC)
    sent = {"mood": "4", "pressed": str(int(at.timestamp() * 1000))}
    assert as_alice.post(reverse("check_in", args=[yesterday]), sent).status_code == 302
    assert (CheckIn.objects.get().entry.date, CheckIn.objects.get().time) == (yesterday, dt.time(23, 50))


def test_the_same_number_with_the_same_words_is_one_with_other_words_two(as_alice, alice):
    uid = "6f1c1e0a-1111-4222-8333-444455556666"
    for mood in ("4", "4", "5"):
        assert as_alice.post(NOW, {"mood": mood, "uid": uid}).status_code == 302
    assert [one.mood for one in CheckIn.objects.order_by("pk")] == [4, 5]


def test_what_was_corrected_elsewhere_is_not_taken_back_without_a_word(as_alice, alice, dizzy):
    check_in = make_check_in(alice, mood=3, **{f"s{dizzy.pk}": 3})
    address = reverse("check_in_edit", args=[TODAY, check_in.pk])
    form = as_alice.get(address).context["form"]
    first = {name: text for name, text in form.shown_first.items()} | {"shown": form.shown}
    as_alice.post(address, first | {f"symptom-{dizzy.pk}": "7", "note": "from the other page"})
    assert as_alice.post(address, first | {"mood": "4"}).status_code == 302
    check_in.refresh_from_db()
    assert (check_in.mood, check_in.note, check_in.readings.get().severity) == (4, "from the other page", 7)
    refused = as_alice.post(address, first | {f"symptom-{dizzy.pk}": "5"})
    assert refused.status_code == 422
    assert "this was saved elsewhere as 7. Save again to keep 5." in flat(refused)
    form = refused.context["form"]
    as_alice.post(address, form.data | {"shown": form.shown})
    assert check_in.readings.get().severity == 5
