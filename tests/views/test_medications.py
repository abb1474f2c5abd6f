"""The list of medications, one medication with its dose history, adding, correcting, deleting."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import Deleted, DosePart, DoseStep, DoseTaken, Medication
from tests.conftest import TODAY, make_medication, make_step

LIST, NEW = "/medications/", "/medications/new/"
REAL = [
    ("2012-08-13", 150, "start"),
    ("2012-09-25", 105, "reduction"),
    ("2012-10-01", 73, "reduction"),
    ("2012-10-08", 51, "reduction"),
    ("2012-10-15", 37, "reduction"),
    ("2012-10-22", 25, "reduction"),
    ("2012-10-29", 18, "reduction"),
    ("2012-11-05", 12, "reduction"),
    ("2012-11-12", 9, "reduction"),
    ("2012-11-19", 0, "stop"),
]
ODD_NAMES = ["<script>alert(1)</script>", r"$\foo$", "Sertraline 😀", "سيرترالين", "x" * 100]

pytestmark = pytest.mark.usefixtures("clock")


def page(medication, part=""):
    return f"{LIST}{medication.pk}/{part}"


def real_taper(owner):
    medication = make_medication(owner)
    for day, mg, kind in REAL:
        make_step(medication, dt.date.fromisoformat(day), mg, kind)
    return medication


def fields(**changes):
    return {
        "name": "Venlafaxine",
        "drug_class": "",
        "reason": "",
        "since": "",
        "prescriber": "",
        "history": "",
        **changes,
    }


# --- the list ---------------------------------------------------------------------------------------------------


def test_it_works(as_alice, alice):
    medication = make_medication(alice, reason="low mood")
    make_step(medication, dt.date(2026, 10, 2), 48, "start")
    make_step(medication, dt.date(2026, 11, 13), "37.5")

    text = as_alice.get(LIST).content.decode()
    assert "Venlafaxine" in text
    assert "Day\u00a09 at 37.5\u00a0mg" in text
    assert "48\u00a0mg until 12\u00a0November\u00a02026" in text
    assert "For low mood" in text


def test_an_empty_list_offers_the_first_action(as_alice):
    response = as_alice.get(LIST)
    assert f'href="{NEW}"' in response.content.decode()
    assert "Add a medication" in response.content.decode()


def test_several_stand_side_by_side_the_ones_taken_first(as_alice, alice):
    stopped, _, taken = (make_medication(alice, name) for name in ("Stopped", "Someday", "Taken"))
    make_step(stopped, dt.date(2026, 1, 1), 0, "stop")
    make_step(taken, dt.date(2026, 1, 1), 5, "start")
    text = as_alice.get(LIST).content.decode()
    assert text.index("Taken") < text.index("Someday") < text.index("Stopped")
    assert "Day\u00a0325 at 0\u00a0mg" in text


def test_only_their_own_are_listed(as_bob, alice):
    make_medication(alice)
    assert "Venlafaxine" not in as_bob.get(LIST).content.decode()


# --- one medication ---------------------------------------------------------------------------------------------


def test_the_history_of_a_real_taper(as_alice, alice):
    medication = real_taper(alice)
    text = as_alice.get(page(medication)).content.decode()
    places = [
        text.index(f"−{change}") for change in ["30.0", "30.5", "30.1", "27.5", "32.4", "28.0", "33.3", "25.0", "100.0"]
    ]
    assert places == sorted(places)
    assert "-30.0" not in text
    assert "so far" in text
    assert text.count("Reduction") == 8


def test_the_first_dose_and_a_dose_after_none_have_no_change(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 1, 1), 0, "stop")
    make_step(medication, dt.date(2026, 2, 1), 5, "reinstatement")
    lines = as_alice.get(page(medication)).context["lines"]
    assert [line.row.change_percent for line in lines] == [None, None]
    assert "None" not in as_alice.get(page(medication)).content.decode()


def test_parts_and_patterns_are_written_out(as_alice, alice):
    medication = make_medication(alice, "Diazepam")
    twice = make_step(medication, dt.date(2026, 1, 1), "1.5", "start")
    DosePart.objects.create(step=twice, day=1, when="morning", mg=Decimal("0.5"))
    DosePart.objects.create(step=twice, day=1, when="night", mg=Decimal(1))
    other = make_step(medication, dt.date(2026, 2, 1), 10, "increase", cycle_days=2)
    DosePart.objects.create(step=other, day=1, mg=Decimal(20))
    text = as_alice.get(page(medication)).content.decode().replace("\u00a0", " ")
    assert "0.5 mg in the morning, 1 mg at night" in text
    assert "20 mg every other day, 10 mg a day on average" in text


def test_a_kind_that_does_not_fit_is_pointed_out_and_kept(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 1, 1), 40, "start")
    make_step(medication, dt.date(2026, 2, 1), 48, "reduction")
    text = as_alice.get(page(medication)).content.decode().replace("\u00a0", " ")
    assert "48 mg is more than the 40 mg before it. “Reduction” does not fit that" in text
    assert DoseStep.objects.get(mg=48).kind == "reduction"


def test_a_medication_without_a_dose_offers_to_add_it(as_alice, alice):
    medication = make_medication(alice)
    assert reverse("step_new", args=[medication.pk]) in as_alice.get(page(medication)).content.decode()


@pytest.mark.parametrize("part", ["", "edit/", "delete/", "steps/"])
def test_somebody_elses_is_not_there(as_bob, client, alice, part):
    medication = make_medication(alice)
    assert as_bob.get(page(medication, part)).status_code == 404
    assert as_bob.post(page(medication, part)).status_code in {404, 405}
    assert client.get(page(medication, part)).status_code == 302
    assert Medication.objects.count() == 1


def test_a_number_that_no_medication_can_have_is_not_there(as_alice):
    assert as_alice.get(f"{LIST}99999999999999999999999/").status_code == 404


def test_query_counts_do_not_grow(as_alice, alice, django_assert_num_queries):
    medication = make_medication(alice)
    for number in range(200):
        if number == 2:
            few = {url: count_of(as_alice, url) for url in (LIST, page(medication), page(medication, "steps/"))}
        step = make_step(medication, dt.date(2026, 1, 1) + dt.timedelta(number), 200 - number)
        DosePart.objects.create(step=step, day=1, when="morning", mg=step.mg)
    for url, expected in few.items():
        with django_assert_num_queries(expected):
            as_alice.get(url)
        assert expected <= 11


def count_of(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(url)
    return len(queries)


# --- adding and correcting --------------------------------------------------------------------------------------


def test_adding_leads_to_its_dose(as_alice, alice):
    response = as_alice.post(
        NEW, fields(name=" Effexor  XR ", reason="low mood", since="2020-01-01", prescriber="Dr O")
    )
    medication = Medication.objects.of(alice).get()
    assert response.url == reverse("step_new", args=[medication.pk])
    assert (medication.name, medication.drug, medication.drug_class) == ("Effexor XR", "venlafaxine", "snri")
    assert (medication.reason, medication.since, medication.prescriber) == ("low mood", dt.date(2020, 1, 1), "Dr O")


@pytest.mark.parametrize(
    ("name", "chosen", "kept"),
    [
        ("Valium", "", "benzodiazepine"),
        ("Valium", "not_sure", "benzodiazepine"),
        ("Valium", "other", "other"),
        ("Moor tea", "", "not_sure"),
        ("Moor tea", "ssri", "ssri"),
    ],
)
def test_the_kind_comes_from_the_name_unless_chosen(as_alice, alice, name, chosen, kept):
    as_alice.post(NEW, fields(name=name, drug_class=chosen))
    assert Medication.objects.of(alice).get().drug_class == kept


def test_a_corrected_name_takes_its_kind_along(as_alice, alice):
    medication = make_medication(alice)
    form = as_alice.get(page(medication, "edit/")).context["form"]
    as_alice.post(page(medication, "edit/"), fields(name="Diazepam", drug_class=form["drug_class"].value()))
    medication.refresh_from_db()
    assert (medication.drug, medication.drug_class) == ("diazepam", "benzodiazepine")


def test_a_kind_chosen_against_the_list_survives_saving_unchanged(as_alice, alice):
    medication = make_medication(alice, drug_class="other")
    form = as_alice.get(page(medication, "edit/")).context["form"]
    assert form["drug_class"].value() == "other"


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_kept_as_they_are(as_alice, alice, name):
    as_alice.post(NEW, fields(name=name))
    medication = Medication.objects.of(alice).get()
    assert medication.name == name
    make_step(medication, TODAY, 5, "start")
    for url in (LIST, page(medication), page(medication, "edit/"), page(medication, "delete/")):
        response = as_alice.get(url)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_a_nul_is_dropped(as_alice, alice):
    as_alice.post(NEW, fields(name="Venla\x00faxine"))
    assert Medication.objects.of(alice).get().name == "Venlafaxine"


def test_what_came_before_is_kept_shown_and_printed_as_typed(as_alice, alice):
    as_alice.post(NEW, fields(history="Highest 225 mg.\n One attempt to <b>stop</b>, 2008.\x00"))
    medication = Medication.objects.of(alice).get()
    assert medication.history == "Highest 225 mg. One attempt to <b>stop</b>, 2008."
    for path in (page(medication), page(medication, "edit/")):
        shown = as_alice.get(path).content.decode()
        assert "Highest 225 mg. One attempt to &lt;b&gt;stop&lt;/b&gt;, 2008." in shown
    form = as_alice.get(page(medication, "edit/")).content.decode()
    assert "Highest dose, earlier attempts to stop. It is printed on the summary." in form
    as_alice.post(page(medication, "edit/"), fields())
    medication.refresh_from_db()
    assert medication.history == ""


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "A medication needs a name."),
        ("name", "\x00 ", "A medication needs a name."),
        ("name", "x" * 101, "This has 101 characters. 100 fit."),
        ("reason", "x" * 201, "This has 201 characters. 200 fit."),
        ("history", "x" * 501, "This has 501 characters. 500 fit."),
        ("drug_class", "potion", "Choose a kind from the list"),
        ("since", "2026-02-30", "February 2026 has 28 days."),
        ("since", "1890-01-01", "1890 is too long ago."),
        ("since", "2026-11-23", "still to come"),
        ("since", "soon", "is not a date"),
    ],
)
def test_bad_input_is_explained_and_stays(as_alice, alice, field, value, sentence):
    response = as_alice.post(NEW, fields(reason="low mood") | {field: value})
    assert response.status_code == 422
    assert any(sentence in error for error in response.context["form"].errors[field])
    if field != "reason":
        assert "low mood" in response.content.decode()
    assert not Medication.objects.exists()


def test_nothing_at_all_is_explained(as_alice):
    assert as_alice.post(NEW, {}).status_code == 422


def test_a_second_press_adds_nothing(as_alice, alice):
    as_alice.post(NEW, fields())
    response = as_alice.post(NEW, fields())
    assert response.url == page(Medication.objects.of(alice).get())


def test_a_second_medication_of_that_name_is_explained(as_alice, alice):
    make_medication(alice, reason="low mood")
    response = as_alice.post(NEW, fields(name="VENLAFAXINE", reason="pain"))
    assert response.status_code == 422
    assert "“Venlafaxine” is on your list already." in response.context["form"].errors["name"][0]
    assert Medication.objects.count() == 1


def test_two_people_may_take_the_same(as_bob, alice, bob):
    make_medication(alice)
    as_bob.post(NEW, fields())
    assert Medication.objects.of(bob).count() == 1


def test_correcting(as_alice, alice):
    medication = make_medication(alice, reason="low mood")
    response = as_alice.post(page(medication, "edit/"), fields(name="Venlafaxine XR", since="2012-01-01"))
    assert response.url == page(medication)
    medication.refresh_from_db()
    assert (medication.name, medication.reason, medication.since) == ("Venlafaxine XR", "", dt.date(2012, 1, 1))


def test_taken_since_is_not_after_the_first_dose(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2012, 8, 13), 150, "start")
    response = as_alice.post(page(medication, "edit/"), fields(since="2012-08-14"))
    assert response.status_code == 422
    assert "Your first dose here is from 13\u00a0August\u00a02012." in response.context["form"].errors["since"][0]
    assert as_alice.post(page(medication, "edit/"), fields(since="2012-08-13")).status_code == 302


def test_the_name_is_offered_by_brand_too(as_alice):
    text = as_alice.get(NEW).content.decode()
    assert 'value="Venlafaxine"' in text
    assert 'label="Effexor: Venlafaxine"' in text


# --- deleting ---------------------------------------------------------------------------------------------------


def test_deleting_asks_first_and_lists_what_goes(as_alice, alice):
    medication = real_taper(alice)
    DoseTaken.objects.create(medication=medication, date=dt.date(2012, 8, 14), status="planned", mg=150)
    response = as_alice.get(page(medication, "delete/"))
    assert response.context["rows"] == [("Dose steps", 10), ("Days with a recorded dose", 1)]
    assert "30 days" in response.content.decode()
    assert Medication.objects.count() == 1


def test_deleting_and_undoing(as_alice, alice):
    medication = real_taper(alice)
    response = as_alice.post(page(medication, "delete/"), follow=True)
    assert "Venlafaxine deleted." in response.content.decode()
    assert not DoseStep.objects.exists()

    response = as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]), follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Venlafaxine: put back as it was." in response.content.decode()
    assert medication.steps.count() == 10


def test_reading_writes_nothing(as_alice, alice):
    medication = real_taper(alice)
    for part in ("", "edit/", "delete/", "steps/"):
        as_alice.get(page(medication, part))
        as_alice.head(page(medication, part))
    assert (Medication.objects.count(), DoseStep.objects.count(), Deleted.objects.count()) == (1, 10, 0)


def test_the_list_leads_to_the_drug_history_for_a_forum(as_alice, alice):
    make_medication(alice)
    assert b'href="/summary/signature/"' in as_alice.get("/medications/").content
