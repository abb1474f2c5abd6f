"""The first steps: each can be left out, gone back to, and sent twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from journal.models import DoseStep, Medication, Profile, Symptom
from tests.conftest import TODAY, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
START = {"name": "Effexor", "mg": "37,5", "starts_on": "2026-11-01", "drug_class": ""}


@pytest.fixture
def carol(db):
    """Carol has just signed up."""
    user = User.objects.create_user("carol", password="carol-has-a-long-password")
    Profile.objects.create(owner=user, time_zone="Europe/London", country="GB")
    return user


@pytest.fixture
def as_carol(client, carol):
    client.force_login(carol)
    return client


def step(number):
    return reverse("first_run_step", args=[number])


def ticked(page) -> list[str]:
    """The names that are ticked on a page with choices."""
    chooser = page.context["page"]
    sections = [*([chooser.found] if chooser.found else []), *chooser.sections]
    return [choice.name for section in sections for choice in section.choices if choice.checked]


def test_it_works(as_carol, carol):
    assert as_carol.get("/welcome/").status_code == 200
    assert as_carol.post(step(1), START).url == step(2)
    assert as_carol.post(step(2), {"symptom": ["Dizziness", "Brain zaps", "Jaw pain"]}).url == step(3)
    response = as_carol.post(step(3), {"time_zone": "Europe/Berlin", "country": "DE", "clock": "12"})
    assert response.url == reverse("entry", args=[TODAY])
    medication = Medication.objects.of(carol).get()
    assert (medication.name, medication.drug, medication.drug_class) == ("Effexor", "venlafaxine", "snri")
    dose = DoseStep.objects.of(carol).get()
    assert (dose.mg, dose.starts_on, dose.kind) == (Decimal("37.5"), dt.date(2026, 11, 1), "start")
    assert [s.name for s in Symptom.objects.of(carol)] == ["Dizziness", "Brain zaps", "Jaw pain"]
    profile = Profile.objects.get(owner=carol)
    assert (profile.time_zone, profile.country, profile.clock) == ("Europe/Berlin", "DE", "12")
    assert profile.first_run_done


@pytest.mark.parametrize(("number", "following"), [(1, "/welcome/2/"), (2, "/welcome/3/"), (3, "/entries/2026-11-22/")])
def test_each_step_can_be_skipped_and_keeps_nothing(as_carol, carol, number, following):
    fields = {**START, "symptom": ["Nausea"], "time_zone": "Asia/Tokyo", "clock": "12", "skip": "one"}
    assert as_carol.post(step(number), fields).url == following
    assert not Medication.objects.of(carol).exists()
    assert not Symptom.objects.of(carol).exists()
    assert Profile.objects.get(owner=carol).time_zone == "Europe/London"


def test_all_can_be_skipped_at_once(as_carol, carol):
    assert as_carol.post(step(1), {"skip": "all"}).url == reverse("today")
    assert Profile.objects.get(owner=carol).first_run_done


def test_the_fourth_step_is_today(as_carol):
    assert as_carol.get(step(4)).url == reverse("entry", args=[TODAY])


@pytest.mark.parametrize("number", [0, 5, 99999999])
def test_there_is_no_other_step(as_carol, number):
    assert as_carol.get(f"/welcome/{number}/").status_code == 404


def test_looking_writes_nothing(as_carol, carol, django_assert_max_num_queries):
    for number in (1, 2, 3):
        with django_assert_max_num_queries(8):
            assert as_carol.get(step(number)).status_code == 200
    assert not Symptom.objects.of(carol).exists()
    assert not Profile.objects.get(owner=carol).first_run_done


# --- medication ---------------------------------------------------------------------------------------------------


def test_nothing_typed_passes_over_the_medication(as_carol, carol):
    assert as_carol.post(step(1), {"name": "", "mg": "", "starts_on": "", "drug_class": ""}).url == step(2)
    assert not Medication.objects.of(carol).exists()


def test_without_a_day_the_dose_is_from_today_on(as_carol, carol):
    as_carol.post(step(1), {**START, "starts_on": ""})
    assert DoseStep.objects.of(carol).get().starts_on == TODAY


def test_sending_it_twice_makes_one_medication_and_the_second_time_corrects(as_carol, carol):
    as_carol.post(step(1), START)
    as_carol.post(step(1), START)
    as_carol.post(step(1), {**START, "name": "Sertraline", "mg": "50", "starts_on": "2026-10-01"})
    medication = Medication.objects.of(carol).get()
    assert (medication.name, medication.drug, medication.drug_class) == ("Sertraline", "sertraline", "ssri")
    dose = DoseStep.objects.of(carol).get()
    assert (dose.mg, dose.starts_on) == (50, dt.date(2026, 10, 1))


def test_going_back_shows_what_was_saved(as_carol):
    as_carol.post(step(1), START)
    page = as_carol.get(step(1)).content.decode()
    assert 'value="Effexor"' in page
    assert 'value="37.5"' in page
    assert 'value="2026-11-01"' in page


def test_a_name_that_is_not_listed_asks_for_its_kind_and_not_sure_is_fine(as_carol, carol):
    as_carol.post(step(1), {**START, "name": "Ölmittel"})
    assert Medication.objects.of(carol).get().drug_class == "not_sure"
    as_carol.post(step(1), {**START, "name": "Ölmittel", "drug_class": "benzodiazepine"})
    assert Medication.objects.of(carol).get().drug_class == "benzodiazepine"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"mg": "abc"}, "“abc” is not a number. Write the dose in mg, like 37.5 or 37,5."),
        ({"mg": "-5"}, "A dose cannot be below 0 mg."),
        ({"mg": "0.0001"}, "finer than 0.001 mg"),
        ({"mg": "1e9"}, "“1e9” is not a number."),
        ({"mg": "99999"}, "more than 10,000 mg"),
        ({"mg": ""}, "If you do not know it, skip this for now."),
        ({"name": ""}, "Which medication is it?"),
        ({"name": "x" * 101}, "100 fit"),
        ({"starts_on": "2026-02-30"}, "February 2026 has 28 days."),
        ({"starts_on": "2026-11-23"}, "That day is still to come."),
        ({"starts_on": "1890-01-01"}, "too long ago"),
        ({"drug_class": "sweets"}, "Choose a kind from the list"),
    ],
)
def test_a_slip_says_what_would_work_and_keeps_what_was_typed(as_carol, carol, fields, sentence):
    response = as_carol.post(step(1), {**START, **fields})
    assert response.status_code == 422
    page = response.content.decode().replace("&quot;", '"').replace("\u00a0", " ")
    assert sentence in page
    for value in ({**START, **fields}[key] for key in ("name", "mg", "starts_on")):
        assert not value or f'value="{value}"' in page
    assert not Medication.objects.of(carol).exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", r"$\foo$", "💊", "دواء", "a\0b"])
def test_any_name_can_be_kept(as_carol, carol, name):
    assert as_carol.post(step(1), {**START, "name": name}).status_code == 302
    assert Medication.objects.of(carol).get().name == name.replace("\0", "")
    assert "<script>alert(1)" not in as_carol.get(step(1)).content.decode()


def test_a_taper_that_is_on_its_way_is_not_touched(as_carol, carol):
    medication = make_medication(carol)
    make_step(medication, dt.date(2026, 10, 1), 75, kind="start")
    make_step(medication, dt.date(2026, 11, 1), 37.5)
    page = as_carol.get(step(1)).content.decode()
    assert reverse("medication", args=[medication.pk]) in page
    assert as_carol.post(step(1), START).url == step(2)
    assert [int(dose.mg) for dose in DoseStep.objects.of(carol)] == [75, 37]
    assert Medication.objects.of(carol).count() == 1


def test_a_dose_in_parts_is_not_flattened(as_carol, carol):
    dose = make_step(make_medication(carol), TODAY, 1.5, kind="start")
    dose.parts.create(when="morning", mg="0.5")
    as_carol.post(step(1), START)
    assert DoseStep.objects.of(carol).get().parts.count() == 1


def test_a_dose_of_drops_is_not_taken_for_tablets(as_carol, carol):
    make_step(make_medication(carol), TODAY, 10, kind="start", taken_mg=8)
    as_carol.post(step(1), START)
    dose = DoseStep.objects.of(carol).get()
    assert (dose.mg, dose.taken_mg) == (10, 8)


# --- what to keep an eye on -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drug_class", "heading", "reason"),
    [
        ("snri", "Suggested for an antidepressant", "Listed by NICE (NG222)"),
        ("benzodiazepine", "Suggested for a benzodiazepine", "Listed by ASAM (2025, Table 3)"),
        ("antipsychotic", "A few to start from", "no published list here"),
    ],
)
def test_symptoms_are_suggested_by_the_kind_of_medicine_with_the_reason(as_carol, carol, drug_class, heading, reason):
    make_medication(carol, drug_class=drug_class)
    page = as_carol.get(step(2))
    assert heading in page.content.decode()
    assert reason in page.content.decode()
    assert len(ticked(page)) == 5


def test_each_symptom_stands_on_the_page_once(as_carol, carol):
    make_medication(carol, drug_class="snri")
    make_medication(carol, name="Diazepam", drug_class="benzodiazepine")
    make_symptom(carol)
    make_symptom(carol, name="Jaw pain", builtin="")
    for query in ("", "zap", "anxiety"):
        chooser = as_carol.get(step(2), {"q": query}).context["page"]
        sections = [*([chooser.found] if chooser.found else []), *chooser.sections]
        names = [choice.name for section in sections for choice in section.choices]
        assert len(names) == len(set(names))
        assert {"Brain zaps", "Anxiety", "Jaw pain", "Low desire"} <= set(names)


def test_going_back_ticks_what_was_chosen(as_carol, carol):
    as_carol.post(step(2), {"symptom": ["Nausea", "Jaw pain"]})
    assert sorted(ticked(as_carol.get(step(2)))) == ["Jaw pain", "Nausea"]
    as_carol.post(step(2), {"symptom": ["Nausea"]})
    assert ticked(as_carol.get(step(2))) == ["Nausea"]
    assert Symptom.objects.of(carol).count() == 2


def test_nobody_who_chose_nothing_is_asked_twice(as_carol, carol):
    as_carol.post(step(2), {"symptom": ["Nausea"]})
    as_carol.post(step(2), {})
    assert ticked(as_carol.get(step(2))) == []


def test_searching_by_address_finds_by_any_word(as_carol):
    page = as_carol.get(step(2), {"q": "electric"})
    assert page.context["page"].found.choices[0].name == "Brain zaps"
    assert as_carol.get(step(2), {"q": "x" * 101}).status_code == 400
    assert as_carol.get(step(2), {"q": "\0<script>"}).status_code == 200


def test_searching_by_button_saves_nothing_and_keeps_the_ticks(as_carol, carol):
    page = as_carol.post(step(2), {"q": "jaw", "search": "1", "symptom": ["Nausea", "Own thing"]})
    assert page.status_code == 200
    assert sorted(ticked(page)) == ["Nausea", "Own thing"]
    assert page.context["page"].own == "jaw"
    assert "Add “" in page.content.decode()
    assert not Symptom.objects.of(carol).exists()


@pytest.mark.parametrize(
    ("typed", "ticked_names", "kept", "said"),
    [
        ("Jaw pain", ["Nausea"], ["Nausea", "Jaw pain"], "“Jaw pain” is on your list."),
        ("jaw_pain", [], ["Jaw pain"], "“Jaw pain” is on your list."),
        ("brain ZAPS", [], ["Brain zaps"], "“Brain zaps” is on your list."),
        ("loss of libido", [], ["Low desire"], "“loss of libido” is on your list as “Low desire”."),
        ("zap", ["Brain zaps"], ["Brain zaps"], ""),  # it was searched for, and is ticked
        ("loss of libido", ["Low desire"], ["Low desire"], ""),
        ("jaw", ["Jaw pain"], ["Jaw pain"], ""),
    ],
)
def test_what_is_typed_and_not_ticked_is_added(as_carol, carol, typed, ticked_names, kept, said):
    response = as_carol.post(step(2), {"q": typed, "symptom": ticked_names}, follow=True)
    assert response.redirect_chain == [(step(3), 302)]
    assert [symptom.name for symptom in Symptom.objects.of(carol).filter(tracked=True)] == kept
    assert [str(message) for message in response.context["messages"]] == ([said] if said else [])


@pytest.mark.parametrize(
    ("typed", "others", "sentence"),
    [
        ("x" * 101, 0, "100 fit"),
        ("___", 0, "A symptom needs a name."),
        ("Jaw pain", 100, "100 fit on a day&#x27;s page, and so many are ticked."),
    ],
)
def test_what_is_typed_and_cannot_be_added_stays_in_the_field(as_carol, carol, typed, others, sentence):
    response = as_carol.post(step(2), {"q": typed, "symptom": [f"own {n}" for n in range(others)]})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()
    assert not Symptom.objects.of(carol).exists()


def test_without_a_medication_nothing_is_said_of_its_kind(as_carol):
    page = as_carol.get(step(2)).content.decode()
    assert "A general handful, not tied to any medication." in page
    assert "kind of medication" not in page


@pytest.mark.parametrize("names", [["x" * 101], [f"own {n}" for n in range(101)]])
def test_names_that_do_not_fit_are_refused(as_carol, carol, names):
    response = as_carol.post(step(2), {"symptom": names})
    assert response.status_code == 422
    assert "100 fit" in response.content.decode()
    assert not Symptom.objects.of(carol).exists()


def test_sending_the_choice_twice_makes_no_twins(as_carol, carol):
    for _ in range(2):
        as_carol.post(step(2), {"symptom": ["brain zaps", "Brain zaps", "Jaw pain", "jaw  PAIN"]})
    assert Symptom.objects.of(carol).count() == 2


# --- time and place -------------------------------------------------------------------------------------------------


def test_the_day_that_opens_is_today_in_the_zone_that_was_chosen(as_carol):
    # Noon in London on 22 November is past midnight in Kiritimati.
    response = as_carol.post(step(3), {"time_zone": "Pacific/Kiritimati", "country": "", "clock": "24"})
    assert response.url == "/entries/2026-11-23/"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"time_zone": "Mars/Olympus"}, "That is not a time zone."),
        ({"time_zone": "../etc/passwd"}, "That is not a time zone."),
        ({"time_zone": ""}, "Choose a time zone."),
        ({"country": "XX"}, "Choose a country from the list"),
        ({"clock": "13"}, "Choose one of these."),
    ],
)
def test_a_place_that_does_not_exist_is_refused(as_carol, carol, fields, sentence):
    response = as_carol.post(step(3), {"time_zone": "Europe/Berlin", "country": "DE", "clock": "24", **fields})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Profile.objects.get(owner=carol).time_zone == "Europe/London"


def test_it_is_nobodys_page(client, db):
    assert client.get(step(1)).url.startswith(reverse("account_login"))
