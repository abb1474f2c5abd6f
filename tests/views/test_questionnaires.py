"""PHQ-9 and GAD-7: filling in, correcting, deleting, the list, the chart and its files, the suggestion on Today."""

import csv
import datetime as dt
import io
import json
import re
import uuid
from decimal import Decimal

import pytest

from journal.catalogue.questionnaires import DIFFICULTIES, QUESTIONNAIRES
from journal.models import Deleted, Measurement, QuestionnaireResponse
from journal.models.deleted import undo
from journal.queries.tracked import add_measure
from journal.views import questionnaires as views
from tests.conftest import TODAY, make_entry, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")
PHQ, GAD = "/questionnaires/phq-9/", "/questionnaires/gad-7/"
NOW = f"{PHQ}{TODAY}/"
FULL = {f"item-{number}": "1" for number in range(1, 9)} | {"item-9": "0", "difficulty": "1"}


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def make(owner, slug="phq-9", day=TODAY, answers=None, difficulty=None):
    answers = [1] * len(QUESTIONNAIRES[slug].items) if answers is None else answers
    return QuestionnaireResponse.objects.create(
        owner=owner, slug=slug, date=day, answers=answers, difficulty=difficulty
    )


def of(owner):
    return QuestionnaireResponse.objects.of(owner)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def test_it_works(as_alice, alice):
    assert as_alice.get(NOW).status_code == 200
    response = as_alice.post(NOW, FULL, follow=True)
    assert response.redirect_chain == [(PHQ, 302)]
    mine = of(alice).get()
    assert (mine.slug, mine.date, mine.difficulty) == ("phq-9", TODAY, 1)
    assert mine.answers == [1] * 8 + [0]
    page = words(response)
    assert "PHQ-9 of 22 November is kept: 8 out of 27." in page
    assert "22 November 2026 8 out of 27 mild Somewhat difficult" in page


@pytest.mark.parametrize(("path", "items"), [(PHQ, 9), (GAD, 7)])
def test_the_form_is_as_published_and_named_as_scripts_expect(as_alice, path, items):
    page = as_alice.get(f"{path}{TODAY}/")
    html = page.content.decode()
    one = QUESTIONNAIRES[path.split("/")[2]]
    assert f'data-questionnaire="{one.slug}"' in html and "data-keep" in html
    for number in range(1, items + 1):
        values = re.findall(rf'name="item-{number}"\s+value="([^"]*)"', html)
        assert values == ["", "0", "1", "2", "3"]
    assert f"item-{items + 1}" not in html
    assert re.findall(r'name="difficulty"\s+value="([^"]*)"', html) == ["", "0", "1", "2", "3"]
    for difficulty in DIFFICULTIES:
        assert difficulty in html
    text = words(page).replace("&#x27;", "'")
    assert one.instruction in text
    for item in one.items:
        assert item.text in text
    assert "No permission required to reproduce, translate, display or distribute." in text
    assert "not a diagnosis" in text
    assert text.count("Nearly every day") == items


def test_help_stands_beside_item_9_whatever_was_answered(as_alice):
    html = as_alice.get(NOW).content.decode()
    assert 'href="/help-now/"' in html.split('name="item-9"', 1)[1].split('name="difficulty"')[0]
    assert "You can talk to someone now" not in as_alice.get(f"{GAD}{TODAY}/").content.decode()


# -- blanks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", range(1, 10))
def test_any_question_may_stay_blank_and_then_there_is_no_total(as_alice, alice, missing):
    response = as_alice.post(NOW, {**FULL, f"item-{missing}": ""}, follow=True)
    assert of(alice).get().answers[missing - 1] is None
    assert "no total, 8 of 9 answered" in words(response)
    assert "mild" not in words(response).split("Filled in", 1)[1].split("Another day")[0]


def test_an_answer_can_be_taken_back_to_blank(as_alice, alice):
    make(alice, difficulty=2)
    as_alice.post(NOW, {**FULL, "item-3": "", "difficulty": ""})
    mine = of(alice).get()
    assert mine.answers == [1, 1, None, 1, 1, 1, 1, 1, 0]
    assert mine.difficulty is None


def test_nothing_at_all_is_not_kept(as_alice, alice):
    blank = dict.fromkeys(FULL, "")
    response = as_alice.post(NOW, blank)
    assert response.status_code == 422
    assert "Nothing is answered. Choose an answer first." in words(response)
    make(alice)
    response = as_alice.post(NOW, blank)
    assert response.status_code == 422
    assert "delete it below" in words(response)
    assert of(alice).get().answers == [1] * 9


# -- one a day --------------------------------------------------------------------------------------------------


def test_saving_twice_cannot_duplicate(as_alice, alice):
    for _ in range(2):
        assert as_alice.post(NOW, FULL).status_code == 302
    assert of(alice).count() == 1


def test_the_same_form_sent_again_changes_nothing(as_alice, alice):
    """The answer never came, and meanwhile another page corrected it: what is sent again is not new."""
    sent = FULL | {"item-9": "0", "uid": str(uuid.uuid4()), "shown": json.dumps(dict.fromkeys(FULL, ""))}
    assert as_alice.post(NOW, sent).status_code == 302
    of(alice).update(answers=[*[3] * 8, 0])
    response = as_alice.post(NOW, sent, headers={"accept": "application/json"})
    assert response.json() == {"saved": True, "next": PHQ}
    assert of(alice).get().answers == [*[3] * 8, 0]


def test_another_page_that_changed_another_question_loses_nothing(as_alice, alice):
    make(alice)
    shown = dict.fromkeys(FULL, "1") | {"difficulty": ""}
    of(alice).update(answers=[2, *[1] * 8])  # elsewhere, the first
    sent = shown | {"item-5": "3", "shown": json.dumps(shown)}
    assert as_alice.post(NOW, sent).status_code == 302
    assert of(alice).get().answers == [2, 1, 1, 1, 3, 1, 1, 1, 1]


def test_the_same_question_changed_on_two_pages_is_asked_about_once(as_alice, alice):
    make(alice)
    shown = dict.fromkeys(FULL, "1") | {"difficulty": ""}
    of(alice).update(answers=[2, *[1] * 8])
    sent = shown | {"item-1": "3", "shown": json.dumps(shown)}
    response = as_alice.post(NOW, sent)
    assert response.status_code == 422
    assert "this was saved elsewhere as More than half the days. Save again to keep Nearly every day." in words(
        response
    )
    assert of(alice).get().answers[0] == 2
    again = sent | {"shown": response.context["form"].shown}
    assert as_alice.post(NOW, again).status_code == 302
    assert of(alice).get().answers[0] == 3


# -- bad input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "junk", ["4", "-1", "99999999999999999999", "1.0", "²", "many", "<script>", "\u202e1", "💊", "x" * 100_000, "a\0b"]
)
def test_what_is_none_of_the_answers_is_refused_and_the_rest_stays(as_alice, alice, junk):
    response = as_alice.post(NOW, {**FULL, "item-2": junk})
    assert response.status_code == 422
    text = words(response)
    assert "is not one of the four answers. Choose one, or leave it blank." in text
    html = response.content.decode()
    assert "<script>" not in html.replace('<script src="', "")
    for number in (1, 3, 4, 5, 6, 7, 8):
        assert re.search(rf'name="item-{number}"\s+value="1"\s+checked', html)
    assert len(html) < 60_000
    assert not of(alice).exists()


@pytest.mark.parametrize("name", ["item-12", "item-0", "item-01", "item-", "item-" + "9" * 400])
def test_a_question_that_it_does_not_have_is_refused(as_alice, alice, name):
    response = as_alice.post(NOW, {**FULL, name: "1"})
    assert response.status_code == 422
    assert "is no question of the PHQ-9, which has 9. Save again to leave it out." in words(response)
    assert not of(alice).exists()


@pytest.mark.parametrize("shown", ["", "[]", "{", "[" * 10_000, '{"item-1": 3}', '{"item-1": "x"}', "\0"])
def test_a_page_that_says_nonsense_of_what_it_showed(as_alice, alice, shown):
    assert as_alice.post(NOW, {**FULL, "shown": shown}).status_code in {302, 422}


def test_a_day_to_come_is_refused_and_one_long_past_is_not(as_alice, alice):
    for path in (f"{PHQ}{ago(-1)}/", f"{PHQ}2026-02-30/", f"{PHQ}1919-12-31/"):
        assert as_alice.get(path).status_code == 400
        assert as_alice.post(path, FULL).status_code == 400
    assert as_alice.post(f"{PHQ}1999-01-01/", FULL).status_code == 302
    assert of(alice).get().date == dt.date(1999, 1, 1)


@pytest.mark.parametrize("slug", ["phq-2", "PHQ-9", "x", "ß"])
def test_there_is_no_other_questionnaire(as_alice, slug):
    for path in (f"/questionnaires/{slug}/", f"/questionnaires/{slug}/{TODAY}/"):
        assert as_alice.get(path).status_code == 404
        assert as_alice.post(path, FULL).status_code in {404, 405}


@pytest.mark.parametrize("answers", [[], [4] * 9, ["1"] * 9, None, "junk", {"a": 1}, [1] * 30, [None] * 9, [True] * 9])
def test_what_an_import_left_behind_breaks_no_page(as_alice, alice, answers):
    QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=ago(1), answers=answers or [], difficulty=9)
    QuestionnaireResponse.objects.create(owner=alice, slug="gone", date=ago(1), answers=[1])
    for path in ("/questionnaires/", PHQ, f"{PHQ}{ago(1)}/", f"{PHQ}{ago(1)}/delete/", "/", "/trends/questionnaires/"):
        assert as_alice.get(path).status_code == 200, path


# -- the pages ----------------------------------------------------------------------------------------------------


def test_both_with_the_last_time_and_its_total(as_alice, alice):
    make(alice, day=ago(30))
    make(alice, day=ago(9), answers=[2] * 6 + [None, None, 0])
    text = words(as_alice.get("/questionnaires/"))
    assert "Last filled in on 13 November 2026: no total, 7 of 9 answered" in text
    assert "Not filled in yet" in text


def test_somebody_elses_are_not_there(as_bob, alice):
    make(alice)
    assert "Not filled in yet" in words(as_bob.get("/questionnaires/"))
    assert "out of 27" not in words(as_bob.get(PHQ))
    assert as_bob.get(NOW).context["form"].stored is None


def test_the_earlier_ones_with_band_and_source(as_alice, alice):
    make(alice, day=ago(28), answers=[3] * 9, difficulty=3)
    make(alice, day=ago(14), answers=[2] * 9)
    text = words(as_alice.get(PHQ))
    assert "25 October 2026 27 out of 27 severe Extremely difficult" in text
    assert "8 November 2026 18 out of 27 moderately severe" in text
    assert "10 to 14 moderate" in text and "Kroenke, Spitzer and Williams" in text


def test_a_year_of_them_is_listed_at_first(as_alice, alice):
    for number in range(views.SHOWN + 1):
        make(alice, day=ago(14 * number))
    first = as_alice.get(PHQ)
    assert first.content.decode().count('role="rowheader"') == views.SHOWN
    assert len(first.context["responses"]) == views.SHOWN and "All of them" in words(first)
    everything = as_alice.get(f"{PHQ}?all=1")
    assert len(everything.context["responses"]) == views.SHOWN + 1 and "All of them" not in words(everything)


def test_another_day_by_its_date(as_alice):
    assert as_alice.get(f"{PHQ}?on=2026-10-01").url == f"{PHQ}2026-10-01/"
    for typed in ("tomorrow", "2026-12-24", "", "\0", "<b>", "9" * 5000):
        response = as_alice.get(PHQ, {"on": typed})
        assert response.status_code == 400
        assert "<b>&" not in response.content.decode()


def test_a_deleted_one_can_be_put_back(as_alice, alice):
    make(alice, answers=[2] * 9, difficulty=1)
    page = as_alice.get(f"{NOW}delete/")
    assert "18 out of 27" in words(page)
    response = as_alice.post(f"{NOW}delete/", follow=True)
    assert response.redirect_chain == [(PHQ, 302)]
    assert "PHQ-9 of 22 November deleted." in words(response)
    assert not of(alice).exists()
    assert undo(Deleted.objects.of(alice).get())
    assert (of(alice).get().answers, of(alice).get().difficulty) == ([2] * 9, 1)


def test_delete_asks_and_knows_only_what_is_there(as_alice, alice):
    assert as_alice.get(f"{NOW}delete/").status_code == 404
    assert as_alice.get(f"{PHQ}2026-02-30/delete/").status_code == 404
    make(alice)
    assert as_alice.post(f"{NOW}delete/").status_code == 302
    assert as_alice.post(f"{NOW}delete/").status_code == 404  # pressed twice


def test_after_saving_the_red_flags_decide_where_it_leads(as_alice, monkeypatch):
    asked = []
    monkeypatch.setattr(views, "next_after", lambda request, day, url: asked.append((day, url)) or "/help-now/noticed/")
    assert as_alice.post(NOW, {**FULL, "item-9": "1"}).url == "/help-now/noticed/"
    assert asked == [(TODAY, PHQ)]


# -- the chart ------------------------------------------------------------------------------------------------------


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def record(alice):
    """20 mg, 10 mg from 30 days ago; four PHQ-9, of which one is incomplete; one GAD-7."""
    medication = make_medication(alice)
    make_step(medication, ago(90), 20, "start")
    make_step(medication, ago(30), 10)
    for days in (70, 60, 45, 20, 6):
        make_entry(alice, ago(days), mood=5)
    make(alice, day=ago(60), answers=[1] * 9)
    make(alice, day=ago(45), answers=[1] * 6 + [0, 0, 1])
    make(alice, day=ago(20), answers=[3] * 8 + [None])
    make(alice, day=ago(6), answers=[2] * 8 + [0])
    make(alice, "gad-7", ago(6), answers=[1] * 7)
    return alice


def test_the_totals_are_drawn_and_what_is_incomplete_is_not(as_alice, record):
    headers, *rows = rows_of(as_alice.get("/trends/questionnaires.csv"))
    assert headers == ["date", "Venlafaxine, mg a day", "PHQ-9 total", "GAD-7 total"]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (ago(60).isoformat(), "9", ""), (ago(45).isoformat(), "7", ""), (ago(6).isoformat(), "16", "7"),
    ]  # fmt: skip


def test_before_and_now_are_means_of_totals(as_alice, record):
    text = words(as_alice.get("/trends/questionnaires/"))
    assert "PHQ-9 total: 16.0 in the last 28 days, 8.0 before the first reduction" in text
    assert "PHQ-9 total, GAD-7 total: lower is better." in text


def test_the_scale_is_the_questionnaires_own(as_alice, record):
    svg = words(as_alice.get("/trends/questionnaires.svg?questionnaire=phq-9"))
    assert " 0 10 20 " in svg
    assert " 0 10 20 " in words(as_alice.get("/trends/questionnaires.svg?questionnaire=gad-7"))


def test_one_is_chosen_by_its_name(as_alice, record):
    page = as_alice.get("/trends/questionnaires/?questionnaire=gad-7")
    assert rows_of(as_alice.get("/trends/questionnaires.csv?questionnaire=gad-7"))[0][2:] == ["GAD-7 total"]
    assert "questionnaire=gad-7&amp;questionnaire=phq-9" in page.content.decode()
    assert '<input type="hidden" name="questionnaire" value="gad-7">' in page.content.decode()
    for name in ("phq-2", "<script>", "\0", "x" * 500):
        response = as_alice.get("/trends/questionnaires/", {"questionnaire": name})
        assert response.status_code == 400 and "is not a questionnaire that is kept here" in words(response)


def test_a_measure_of_the_same_name_is_another_thing(as_alice, record):
    """Before there was a questionnaire a GAD-7 could be kept as a measure of one's own: its address is its own."""
    mine = add_measure(record, "GAD-7", kind="amount", unit="points", low=Decimal(0), high=Decimal(21), better="down")
    assert mine.slug == "gad-7"
    Measurement.objects.create(entry=record.entries.get(date=ago(6)), measure=mine, value=20)
    headers, *rows = rows_of(as_alice.get("/trends/questionnaires.csv"))
    assert headers[2:] == ["PHQ-9 total", "GAD-7 total", "GAD-7, points"]
    assert rows[-1][2:] == ["16", "7", "20"]
    assert rows_of(as_alice.get("/trends/questionnaires.csv?measure=gad-7"))[0][2:] == ["GAD-7, points"]
    assert rows_of(as_alice.get("/trends/questionnaires.csv?questionnaire=gad-7"))[0][2:] == ["GAD-7 total"]


def test_its_own_page_shows_the_same_chart(as_alice, record):
    page = as_alice.get(PHQ)
    html = page.content.decode()
    assert html.count("<svg") >= 2
    url = re.search(r'href="(/trends/questionnaires\.csv[^"]*)"', html)[1].replace("&amp;", "&")
    assert [row[2] for row in rows_of(as_alice.get(url))[1:]] == ["9", "7", "16"]
    assert as_alice.get(GAD).status_code == 200


def test_without_a_total_it_says_from_when_on_it_is_drawn(as_alice, alice):
    make(alice, answers=[1] * 8 + [None])
    assert "The chart begins with the first one that has a total: all 9 answered." in words(as_alice.get(PHQ))


def test_the_trends_say_what_is_missing_and_lead_on(as_alice):
    page = as_alice.get("/trends/questionnaires/")
    assert "A questionnaire has a total once all its questions are answered." in words(page)
    assert 'href="/questionnaires/"' in page.content.decode()


def test_a_chart_is_drawn_anew_after_a_correction(as_alice, record):
    before = as_alice.get("/trends/questionnaires.svg")
    as_alice.post(f"{PHQ}{ago(6)}/", FULL)
    assert as_alice.get("/trends/questionnaires.svg")["ETag"] != before["ETag"]


@pytest.mark.parametrize("answer", [0, 1, 3])
def test_item_9_stands_in_no_chart_table_or_file(as_alice, alice, answer):
    """Only the total does: two records with the same total and another ninth answer are drawn alike."""
    make(alice, day=ago(3), answers=[1, 1, 1, 1, 1, 1, 1, 3 - answer, answer])
    drawn = as_alice.get("/trends/questionnaires.csv").content
    assert b"10" in drawn
    assert drawn.decode("utf-8-sig").splitlines() == ['date,"Dose, mg a day",PHQ-9 total', f"{ago(3)},,10"]
    for path in ("/questionnaires/", PHQ, "/trends/questionnaires/", "/summary/?days=all"):
        assert "better off dead" not in as_alice.get(path).content.decode()


# -- the suggestion on Today ----------------------------------------------------------------------------------------


def test_it_is_suggested_again_after_two_weeks(as_alice, alice):
    make_entry(alice, TODAY)
    make(alice, day=ago(16))
    page = as_alice.get("/")
    assert "PHQ-9 was last filled in 16 days ago." in words(page)
    assert f'href="{NOW}"' in page.content.decode()
    assert "GAD-7" not in words(page)


@pytest.mark.parametrize(("days", "suggested"), [(0, False), (13, False), (14, True), (400, True)])
def test_not_before_two_weeks(as_alice, alice, days, suggested):
    make_entry(alice, TODAY)
    make(alice, day=ago(days))
    assert ("was last filled in" in words(as_alice.get("/"))) is suggested


def test_who_never_filled_one_in_is_told_once_and_can_put_it_away_for_good(as_alice, alice):
    assert "PHQ-9" not in words(as_alice.get("/"))  # an empty journal has other things to say
    make_entry(alice, TODAY)
    assert "PHQ-9 and GAD-7 can be filled in here" in words(as_alice.get("/"))
    response = as_alice.post("/questionnaires/suggest/", {"suggest": "no"}, follow=True)
    assert response.redirect_chain == [("/", 302)]
    alice.profile.refresh_from_db()
    assert alice.profile.suggest_questionnaires is False
    assert "PHQ-9" not in words(as_alice.get("/"))


def test_it_is_switched_on_again_where_the_questionnaires_are(as_alice, alice):
    alice.profile.suggest_questionnaires = False
    alice.profile.save()
    make(alice, day=ago(20))
    make_entry(alice, TODAY)
    assert "was last filled in" not in words(as_alice.get("/"))
    response = as_alice.post("/questionnaires/suggest/", {"suggest": "yes", "from": "questionnaires"})
    assert response.url == "/questionnaires/"
    assert "was last filled in" in words(as_alice.get("/"))


def test_settings_has_the_switch(as_alice, alice):
    page = as_alice.get("/settings/").content.decode()
    assert re.search(r'<input[^>]*name="suggest_questionnaires"[^>]*checked', page)
    fields = {"time_zone": "Europe/London", "country": "GB", "clock": "24", "theme": "", "paper": "a4"}
    assert as_alice.post("/settings/", fields).status_code == 302
    alice.profile.refresh_from_db()
    assert alice.profile.suggest_questionnaires is False


def test_the_switch_is_pressed_not_opened(as_alice):
    assert as_alice.get("/questionnaires/suggest/").status_code == 405


def test_charts_files_and_the_summary_tell_nothing_of_question_9(as_alice, alice):
    """Of two responses with the same total, one with all of it in question 9, they are the same."""
    response = QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=TODAY, answers=[3] + [0] * 8)
    pages = ["/trends/questionnaires/", "/trends/questionnaires.svg", "/trends/questionnaires.csv", "/questionnaires/"]
    pages += ["/questionnaires/phq-9/", "/trends/", "/summary/"]
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

    def texts():
        return {page: token.sub("", as_alice.get(page).content.decode()) for page in pages}

    before = texts()
    response.answers = [0] * 8 + [3]
    response.save()
    after = texts()
    assert [page for page in pages if after[page] != before[page]] == []
    assert [page for page in pages if re.search("(?i)(question|item) 9", after[page])] == []
