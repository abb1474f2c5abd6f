"""Red flags: when a panel is shown, when it is shown again, and when it is not."""

import uuid

import pytest
from django.core.management import call_command

from journal.models import (
    CheckIn,
    DailyEntry,
    FlagRaised,
    Rating,
)
from journal.views import flags as views
from tests.conftest import TODAY, make_entry
from tests.flagging import (
    YESTERDAY,
    back,
    check_in,
    diazepam,
    entry_url,
    is_help,
    miss,
    open_help,
    raised,
    rate,
    rated_symptoms,
    said,
    step_to,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def symptoms(alice):
    return rated_symptoms(alice)


# -- again, and not again ---------------------------------------------------------------------------------------------


def test_only_a_higher_reading_of_the_same_day_raises_it_again(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    open_help(as_alice, check_in(as_alice, dark, 3, time="08:00"))
    assert not is_help(check_in(as_alice, dark, 3, time="08:10"))
    assert not is_help(check_in(as_alice, dark, 2, time="08:20"))
    open_help(as_alice, check_in(as_alice, dark, 4, time="08:30"))
    assert not is_help(check_in(as_alice, dark, 4, time="08:40"))
    assert not is_help(as_alice.post(entry_url(), {"mood": "4"}))
    open_help(as_alice, rate(as_alice, dark, 5))
    open_help(as_alice, check_in(as_alice, dark, 1, day=YESTERDAY))  # another day
    assert [reading for _, _, reading in raised(alice)] == [3, 4, 5, 1]


def test_a_corrected_check_in(as_alice, alice, symptoms):
    open_help(as_alice, check_in(as_alice, symptoms["akathisia"], 7))
    url = f"{entry_url()}check-in/{CheckIn.objects.get().pk}/"
    sent = {"time": "09:00", f"symptom-{symptoms['akathisia'].pk}": "8"}
    assert is_help(as_alice.post(url, sent))


def test_a_panel_that_never_reached_the_screen_comes_with_the_next_save(as_alice, alice, symptoms):
    """A press that is pressed again before the answer came: only what was opened counts as shown."""
    data = {f"symptom-{symptoms['akathisia'].pk}": "8"}
    assert is_help(as_alice.post(entry_url(), data)) and is_help(as_alice.post(entry_url(), data))
    as_alice.get("/help-now/noticed/")
    assert not is_help(as_alice.post(entry_url(), data))


def test_loaded_anew_it_is_the_same_and_kept_once(as_alice, alice, symptoms):
    address = rate(as_alice, symptoms["confusion"], 8)["Location"]
    pages = [said(as_alice.get(address)) for _ in range(2)]
    assert all("You rated confusion at 8." in page for page in pages)
    assert raised(alice) == [("confusion", TODAY, 8)]
    as_alice.head(address)


def test_only_asking_whether_it_is_there_shows_nothing(as_alice, alice, symptoms):
    as_alice.head(rate(as_alice, symptoms["confusion"], 8)["Location"])
    assert raised(alice) == [] and is_help(as_alice.post(entry_url(), {"mood": "5"}))


def test_several_at_once_are_one_panel_the_most_urgent_first(as_alice, alice, symptoms):
    data = {f"symptom-{symptom.pk}": "8" for symptom in symptoms.values()}
    page = said(
        open_help(as_alice, as_alice.post(entry_url(), data | {"event-no-fluids": "on", "event-seizure": "on"}))
    )
    order = [
        "Call the emergency number now", "You ticked “A seizure (a fit)”.", "You rated confusion at 8.",
        "You rated thoughts of suicide or self-harm at 8.", "You rated inner restlessness at 8.",
        "You ticked “Cannot keep fluids down”.",
    ]  # fmt: skip
    places = [page.index(words, page.index("flag-heading")) for words in order]
    assert places == sorted(places) and page.count("call-list") == 1
    assert len(raised(alice)) == 5


def test_days_sent_late_one_after_the_other_are_in_one_panel(as_alice, alice, symptoms):
    assert is_help(rate(as_alice, symptoms["akathisia"], 9, day=back(2)))
    assert is_help(as_alice.post(entry_url(), {"event-seizure": "on"}))
    assert is_help(as_alice.post(entry_url(YESTERDAY), {"mood": "5"}))  # nothing in itself, but help was not open yet
    page = said(as_alice.get("/help-now/noticed/"))
    assert "A seizure" in page and "On 20 November:</p> <p>You rated inner restlessness at 9." in page
    assert not is_help(as_alice.post(entry_url(YESTERDAY), {"mood": "6"}))


@pytest.mark.parametrize(("days", "help_"), [(7, True), (8, False), (14, False)])
def test_a_day_of_over_a_week_ago_is_silent(as_alice, alice, symptoms, days, help_):
    response = rate(as_alice, symptoms["suicidal-thoughts"], 9, day=back(days), **{"event-seizure": "on"})
    assert response.status_code == 302 and is_help(response) is help_
    assert DailyEntry.objects.of(alice).get().date == back(days)
    if help_:
        as_alice.get(response["Location"])
    assert not is_help(check_in(as_alice, symptoms["akathisia"], 9, day=back(14)))


def test_an_import_is_silent(as_alice, alice, symptoms, tmp_path):
    medication = diazepam(alice)
    path = tmp_path / "entries.csv"
    path.write_text(f"date,mood,symptom:suicidal-thoughts\n{TODAY},4,9\n{YESTERDAY},4,8\n")
    steps = tmp_path / "steps.csv"
    steps.write_text(f"medication,starts_on,dose_mg,kind\nDiazepam,{TODAY},0,stop\n")
    call_command("import_journal", "alice", "--entries", str(path), "--steps", str(steps), verbosity=0)
    assert Rating.objects.of(alice).filter(severity=9).exists() and medication.steps.filter(mg=0).exists()
    assert not FlagRaised.objects.exists()
    assert as_alice.get("/").status_code == 200 and as_alice.get("/help-now/noticed/")["Location"] == "/"


def test_catching_up_looks_at_each_day(as_alice, alice, symptoms):
    make_entry(alice, back(20), mood=5)
    key = f"symptom-{symptoms['suicidal-thoughts'].pk}"
    response = as_alice.post("/entries/catch-up/", {f"{back(2)}-{key}": "2", f"{back(12)}-{key}": "9"})
    page = said(open_help(as_alice, response))
    assert "On 20 November:" in page and "at 2." in page and "at 9." not in page


# -- what the page says that it has shown -----------------------------------------------------------------------------


def test_what_the_page_has_shown_is_kept_and_not_shown_again(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    assert rate(as_alice, dark, 4, flags='[["suicidal-thoughts",4]]')["Location"] == "/"
    assert raised(alice) == [("suicidal-thoughts", TODAY, 4)]
    assert is_help(check_in(as_alice, dark, 5))


def test_it_cannot_keep_back_what_it_did_not_show_at_that_height(as_alice, alice, symptoms):
    dark = symptoms["suicidal-thoughts"]
    assert is_help(rate(as_alice, dark, 6, flags='[["suicidal-thoughts",5]]'))
    assert raised(alice) == []
    assert is_help(check_in(as_alice, dark, 7, flags='[["akathisia",10]]', time="08:00"))
    assert check_in(as_alice, dark, 8, day=YESTERDAY, flags='[["suicidal-thoughts",10]]')["Location"].startswith(
        "/help"
    )
    # (what waited from before still waits). Of that day the real height is kept, so that a higher one is shown.
    assert raised(alice) == [("suicidal-thoughts", YESTERDAY, 8)]


@pytest.mark.parametrize(
    "junk", ["x", "[", '[["akathisia",99]]', "\x00", "[" * 100_000, '[["akathisia",7]]' * 6_000, "💥", '{"a":1}']
)
def test_junk_is_no_error_and_keeps_nothing_back(as_alice, alice, symptoms, junk):
    for response in (
        rate(as_alice, symptoms["akathisia"], 8, flags=junk),
        check_in(as_alice, symptoms["akathisia"], 9, flags=junk),
        step_to(as_alice, diazepam(alice), flags=junk),
    ):
        assert is_help(response)


def test_sent_late_after_the_panel_was_on_the_screen_it_is_only_kept(as_alice, alice, symptoms):
    """A device without a connection showed it; the answer to a script is where to go on."""
    key = f"symptom-{symptoms['akathisia'].pk}"
    data = {key: "9", "uid": str(uuid.uuid4()), "flags": '[["akathisia",9,null,"2026-11-20"]]'}
    for _ in range(2):
        answer = as_alice.post(entry_url(back(2)), data, headers={"Accept": "application/json"}).json()
        assert answer["saved"] and not answer["next"].startswith("/help-now/")
    assert raised(alice) == [("akathisia", back(2), 9)]
    data = {key: "9", "uid": str(uuid.uuid4()), "flags": '[["akathisia",9]]'}
    as_alice.post(entry_url(back(20)), data)  # so late that nothing would be shown: it was, and that is kept
    assert ("akathisia", back(20), 9) in raised(alice)


def test_a_script_is_told_where_help_is(as_alice, symptoms):
    data = {f"symptom-{symptoms['akathisia'].pk}": "9"}
    answer = as_alice.post(entry_url(), data, headers={"Accept": "application/json"}).json()
    assert answer == {"saved": True, "next": "/help-now/noticed/?next=%2F"}


def test_a_form_that_is_shown_again_keeps_what_was_shown(as_alice, symptoms):
    sent = '[["akathisia",9]]'
    page = rate(as_alice, symptoms["akathisia"], 9, flags=sent, mood="much")
    assert page.status_code == 422 and page.context["flags"]["data"]["told"] == [
        ["akathisia", 9.0, None, TODAY.isoformat()]
    ]


def test_an_error_while_looking_prevents_nothing(as_alice, alice, symptoms, monkeypatch, caplog):
    monkeypatch.setattr(views, "notices_in", lambda facts: 1 / 0)
    assert rate(as_alice, symptoms["akathisia"], 9)["Location"] == "/"
    assert Rating.objects.of(alice).get().severity == 9
    assert "could not be looked at" in caplog.text


# -- corrected before it was shown ------------------------------------------------------------------------------------


def test_what_was_corrected_before_the_panel_was_opened_is_not_on_it(as_alice, alice, symptoms):
    rate(as_alice, symptoms["suicidal-thoughts"], 5)
    rate(as_alice, symptoms["suicidal-thoughts"], 0)
    assert as_alice.get("/help-now/noticed/?next=/care/")["Location"] == "/care/" and raised(alice) == []


def test_a_reading_that_was_lowered_is_shown_as_it_is_now(as_alice, alice, symptoms):
    rate(as_alice, symptoms["akathisia"], 9)
    response = rate(as_alice, symptoms["akathisia"], 7)
    page = said(open_help(as_alice, response))
    assert "You rated inner restlessness at 7." in page and "at 9" not in page
    assert raised(alice) == [("akathisia", TODAY, 7)]


def test_a_stop_that_was_taken_back_and_a_dose_that_was_taken_after_all_are_not_shown(as_alice, alice):
    medication = diazepam(alice)
    miss(as_alice, medication, YESTERDAY)
    miss(as_alice, medication, TODAY)
    step_to(as_alice, medication)
    assert as_alice.get("/").context["is_noticed"]
    medication.steps.filter(mg=0).delete()
    page = as_alice.head("/help-now/noticed/")
    assert page.status_code == 200  # the two days still stand
    miss(as_alice, medication, YESTERDAY, status="planned")
    assert as_alice.get("/help-now/noticed/")["Location"] == "/" and raised(alice) == []


def test_what_cannot_be_looked_at_again_is_shown(as_alice, symptoms, monkeypatch):
    response = rate(as_alice, symptoms["akathisia"], 9)
    monkeypatch.setattr(views.queries, "still_there", lambda *args: 1 / 0)
    assert "You rated inner restlessness at 9." in said(open_help(as_alice, response))


# -- not shown yet ----------------------------------------------------------------------------------------------------

LINE = "Something you saved is a reason to get help."


def test_today_leads_to_what_was_noticed_and_not_shown_yet(as_alice, symptoms):
    assert LINE not in said(as_alice.get("/"))
    rate(as_alice, symptoms["akathisia"], 9)
    page = said(as_alice.get("/"))
    assert LINE in page and 'href="/help-now/noticed/?next=/"' in page
    assert page.index(LINE) < page.index("<h1")
    as_alice.get("/help-now/noticed/?next=/")
    assert LINE not in said(as_alice.get("/"))


def test_today_does_not_lead_to_what_was_corrected_since(as_alice, symptoms):
    rate(as_alice, symptoms["akathisia"], 9)
    rate(as_alice, symptoms["akathisia"], 2)
    assert LINE not in said(as_alice.get("/"))


def test_today_is_there_when_what_waits_cannot_be_looked_at(as_alice, symptoms, monkeypatch):
    rate(as_alice, symptoms["akathisia"], 9)
    monkeypatch.setattr(views.queries, "shown_on", lambda *args: 1 / 0)
    assert as_alice.get("/").status_code == 200
