"""A dose of drops that do not count mg for mg: typed as it is swallowed, kept as mg of tablets too, shown as both."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import DosePart, DoseTaken, Product
from journal.queries.period import Period
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.present import present
from tests.conftest import TODAY, make_medication, make_step
from tests.views.test_entry import as_sent, rows, url
from tests.views.test_medications import count_of

YESTERDAY = TODAY - dt.timedelta(1)
BEGAN = dt.date(2026, 11, 13)
pytestmark = pytest.mark.usefixtures("clock")
D = Decimal


@pytest.fixture
def citalopram(alice):
    """20 mg of tablets, and drops in the house."""
    medication = make_medication(alice, "Citalopram", drug="citalopram", drug_class="ssri")
    make_step(medication, dt.date(2026, 10, 2), 20, "start")
    return medication


@pytest.fixture
def drops(citalopram):
    return Product.objects.create(
        medication=citalopram, form="drops", mg=40, drops_per_ml=20, factor=Decimal("0.8"), in_ml=1
    )


@pytest.fixture
def tapered(citalopram, drops):
    """8 mg of drops for nine days now."""
    make_step(citalopram, BEGAN, 10, taken_mg=8)
    return citalopram


def fields(**changes):
    return {"mg": "8", "starts_on": "2026-11-13", "kind": "", "note": "", **changes}


def plain(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def flashes(response):
    return " ".join(str(message) for message in response.context["messages"]).replace("\u00a0", " ")


def wrong(response, field):
    assert response.status_code == 422
    return " ".join(response.context["form"].errors[field]).replace("\u00a0", " ")


def sent_of(form):
    return {name: value for name in form.fields if (value := form[name].value()) is not None}


# --- the dose step ----------------------------------------------------------------------------------------------


def test_without_such_a_product_nothing_is_asked(as_alice, citalopram):
    Product.objects.create(medication=citalopram, form="tablet", mg=20)
    Product.objects.create(medication=citalopram, form="drops", mg=40, drops_per_ml=20, factor=D("0.8"), in_use=False)
    assert "These mg are of" not in plain(as_alice.get(reverse("step_new", args=[citalopram.pk])))


def test_mg_of_drops_are_kept_as_mg_of_tablets_and_it_says_so(as_alice, citalopram, drops):
    new = reverse("step_new", args=[citalopram.pk])
    assert "These mg are of" in plain(as_alice.get(new))
    response = as_alice.post(new, fields(product=str(drops.pk)), follow=True)
    assert flashes(response) == (
        "Saved: 10 mg from 13 November, reduction. 8 mg of drops, counted as 10 mg of tablets."
    )
    step = citalopram.steps.last()
    assert (step.mg, step.taken_mg) == (10, 8)


@pytest.mark.parametrize("product", ["", None])
def test_tablets_are_the_default(as_alice, citalopram, drops, product):
    sent = fields() if product is None else fields(product=product)
    response = as_alice.post(reverse("step_new", args=[citalopram.pk]), sent, follow=True)
    assert flashes(response) == "Saved: 8 mg from 13 November, reduction."
    step = citalopram.steps.last()
    assert (step.mg, step.taken_mg) == (8, None)


@pytest.mark.parametrize(
    ("factor", "typed", "mg", "taken"),
    [("0.8", "1.2", "1.5", "1.2"), ("0.3", "1", "3.333", "1"), ("0.3", "2", "6.667", "2"), ("0.8", "0", "0", None)],
)
def test_what_cannot_be_kept_exactly_is_rounded_half_up(as_alice, citalopram, drops, factor, typed, mg, taken):
    Product.objects.update(factor=D(factor))
    as_alice.post(reverse("step_new", args=[citalopram.pk]), fields(mg=typed, product=str(drops.pk)))
    step = citalopram.steps.last()
    assert (step.mg, step.taken_mg) == (D(mg), taken and D(taken))


def test_parts_count_likewise(as_alice, citalopram, drops):
    sent = fields(mg="", product=str(drops.pk), day1_morning="2", day1_night="6")
    as_alice.post(reverse("step_new", args=[citalopram.pk]), sent)
    step = citalopram.steps.last()
    assert (step.mg, step.taken_mg) == (10, 8)
    assert list(step.parts.values_list("when", "mg")) == [("morning", D("2.5")), ("night", D("7.5"))]


def test_the_kind_goes_by_mg_of_tablets(as_alice, citalopram, drops):
    as_alice.post(reverse("step_new", args=[citalopram.pk]), fields(mg="16", product=str(drops.pk)))
    assert citalopram.steps.last().kind == "hold"


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"mg": "9000"}, "mg", "counts as 11,250 mg of tablets, which is more than 10,000 mg."),
        ({"product": "999"}, "product", "Choose from the list what these mg are of."),
        ({"product": "\x00"}, "product", "Choose from the list what these mg are of."),
        ({"product": "as-now"}, "product", "Choose from the list what these mg are of."),
    ],
)
def test_what_cannot_be_counted_is_explained(as_alice, citalopram, drops, sent, field, sentence):
    response = as_alice.post(reverse("step_new", args=[citalopram.pk]), fields(product=str(drops.pk)) | sent)
    assert sentence in wrong(response, field)
    assert response.context["form"]["mg"].value() == sent.get("mg", "8")


def test_an_amount_that_counts_as_nothing_is_explained(as_alice, citalopram, drops):
    Product.objects.update(factor=10)
    response = as_alice.post(reverse("step_new", args=[citalopram.pk]), fields(mg="0.001", product=str(drops.pk)))
    assert "less than 0.001 mg of tablets" in wrong(response, "mg")


def test_pressed_twice_it_is_one_step(as_alice, citalopram, drops):
    new = reverse("step_new", args=[citalopram.pk])
    sent = fields(mg="", product=str(drops.pk), day1_morning="2", day1_night="6")
    assert [as_alice.post(new, sent).status_code for _ in range(2)] == [302, 302]
    assert citalopram.steps.count() == 2


@pytest.mark.parametrize("put_away", [False, True])
@pytest.mark.parametrize(
    "typed",
    [{"mg": "8"}, {"mg": "", "day1_morning": "2", "day1_night": "6"}, {"mg": "", "pattern": "second", "day1_any": "8"}],
)
def test_correcting_shows_what_was_typed_and_saving_it_changes_nothing(as_alice, citalopram, drops, typed, put_away):
    as_alice.post(reverse("step_new", args=[citalopram.pk]), fields(product=str(drops.pk)) | typed)
    step = citalopram.steps.last()
    Product.objects.update(in_use=not put_away)
    path = reverse("step_edit", args=[citalopram.pk, step.pk])
    form = as_alice.get(path).context["form"]
    assert form["product"].value() == str(drops.pk)
    assert all(form[name].value() == value for name, value in typed.items() if value)
    kept = list(citalopram.steps.values()), list(DosePart.objects.values_list("day", "when", "mg"))
    assert as_alice.post(path, sent_of(form)).status_code == 302
    assert (list(citalopram.steps.values()), list(DosePart.objects.values_list("day", "when", "mg"))) == kept


def test_a_dose_of_drops_that_are_not_there_any_more_stays_as_it_is(as_alice, tapered, drops):
    drops.delete()
    step = tapered.steps.last()
    path = reverse("step_edit", args=[tapered.pk, step.pk])
    form = as_alice.get(path).context["form"]
    assert (form["mg"].value(), form["product"].value()) == ("10", "as-now")
    assert as_alice.post(path, sent_of(form) | {"note": "as before"}).status_code == 302
    step.refresh_from_db()
    assert (step.mg, step.taken_mg, step.note) == (10, 8, "as before")

    response = as_alice.post(path, sent_of(form) | {"mg": "12"})
    assert "Choose what its mg are of." in wrong(response, "product")
    as_alice.post(path, sent_of(form) | {"mg": "12", "product": ""})
    step.refresh_from_db()
    assert (step.mg, step.taken_mg) == (12, None)


# --- shown ------------------------------------------------------------------------------------------------------


def test_today_the_medications_page_and_the_list_show_both(as_alice, tapered):
    assert "Day 9 at 10 mg (8 mg of drops)</h1>" in plain(as_alice.get("/"))
    assert "<h3>Citalopram 10 mg (8 mg of drops)</h3>" in plain(as_alice.get("/"))
    page = plain(as_alice.get(f"/medications/{tapered.pk}/"))
    assert "Day 9 at 10 mg (8 mg of drops)" in page
    assert '<span class="swallowed">(8 mg of drops)</span>' in page
    assert "Day 9 at 10 mg (8 mg of drops)" in plain(as_alice.get("/medications/"))
    assert "Citalopram 10 mg (8 mg of drops)" in plain(as_alice.get(url()))


def test_a_mixture_is_not_called_drops(as_alice, citalopram, drops):
    make_step(citalopram, BEGAN, 20, "hold", taken_mg=18)  # a tablet of 10 mg and four drops
    assert "Day 51 at 20 mg (18 mg swallowed)" in plain(as_alice.get("/"))


def test_parts_say_both_too(as_alice, tapered):
    step = tapered.steps.last()
    DosePart.objects.create(step=step, when="morning", mg=D("2.5"))
    DosePart.objects.create(step=step, when="night", mg=D("7.5"))
    words = "2.5 mg (2 mg of drops) in the morning, 7.5 mg (6 mg of drops) at night"
    for path in ("/", url(), "/medications/", f"/medications/{tapered.pk}/"):
        assert words in plain(as_alice.get(path)), path


def test_the_summary_has_a_note(alice, tapered, drops):
    def note():
        page = present(build(alice, Period(BEGAN, TODAY), Choices(), TODAY))
        [table] = [section for section in page.sections if section.name == "medication"]
        assert [row[1].text for row in table.rows] == ["10"]
        return table.note.replace("\u00a0", " ")

    assert note() == "Taken as drops: 8 mg of drops count as 10 mg of tablets (factor 0.8)."
    drops.delete()
    assert note() == "13 Nov: 8 mg swallowed, counted as 10 mg of tablets."


# --- what was taken ---------------------------------------------------------------------------------------------


def taken():
    dose = DoseTaken.objects.get()
    return dose.status, dose.mg, dose.taken_mg


@pytest.mark.parametrize("status", ["planned", "late"])
def test_as_planned_keeps_both(as_alice, tapered, status):
    as_alice.post(url(), {f"dose-{tapered.pk}-status": status})
    assert taken() == (status, 10, 8)


def test_one_tap_keeps_both(as_alice, tapered):
    as_alice.post(reverse("dose_taken", args=[TODAY, tapered.pk]), {"status": "planned"})
    assert taken() == ("planned", 10, 8)


def test_a_day_of_a_pattern_has_its_own_amount(as_alice, citalopram, drops):
    step = make_step(citalopram, YESTERDAY, 5, cycle_days=2, taken_mg=4)
    DosePart.objects.create(step=step, day=1, mg=10)
    as_alice.post(url(YESTERDAY), {f"dose-{citalopram.pk}-status": "planned"})
    assert taken() == ("planned", 10, 8)
    assert "Citalopram: none due today" in plain(as_alice.get("/"))


def test_another_amount_is_told_in_mg_of_drops(as_alice, tapered):
    assert f'id_dose-{tapered.pk}-mg_helptext">mg of drops<' in plain(as_alice.get(url()))
    as_alice.post(url(), {f"dose-{tapered.pk}-status": "other", f"dose-{tapered.pk}-mg": "6"})
    assert taken() == ("other", D("7.5"), 6)
    assert as_alice.get(url()).context["form"][f"dose-{tapered.pk}-mg"].value() == "6"
    assert "Other amount, 7.5 mg (6 mg of drops)" in plain(as_alice.get("/"))


@pytest.mark.parametrize(
    "recorded",
    [
        {"status": "other", "mg": D("7.5"), "taken_mg": 6},
        {"status": "other", "mg": 5, "taken_mg": None},  # tablets, on a day on which drops were due
        {"status": "other", "mg": D("7.4"), "taken_mg": 6},  # of drops with another factor
        {"status": "other", "mg": 0, "taken_mg": None},
        {"status": "planned", "mg": 10, "taken_mg": 8},
        {"status": "planned", "mg": 20, "taken_mg": None},
        {"status": "late", "mg": 10, "taken_mg": 8, "time": dt.time(14, 20)},
        {"status": "missed", "mg": 0},
    ],
)
@pytest.mark.parametrize("gone", [False, True])
def test_saving_an_untouched_day_changes_nothing(as_alice, alice, tapered, drops, recorded, gone):
    DoseTaken.objects.create(medication=tapered, date=TODAY, **recorded)
    if gone:
        drops.delete()
    before = rows(alice)
    sent = as_sent(as_alice.get(url()).context["form"])
    assert as_alice.post(url(), sent).status_code == 302
    assert rows(alice) == before
    # Not even where a mood comes with it, and the page does not say what it showed.
    assert as_alice.post(url(), sent | {"mood": "5"}).status_code == 302
    assert rows(alice)["DoseTaken"] == before["DoseTaken"]


def test_the_same_amount_written_another_way_stays_what_it_counted_as(as_alice, tapered):
    DoseTaken.objects.create(medication=tapered, date=TODAY, status="other", mg=D("7.501"), taken_mg=6)
    as_alice.post(url(), {f"dose-{tapered.pk}-status": "other", f"dose-{tapered.pk}-mg": "6,0"})
    assert taken() == ("other", D("7.501"), 6)


def test_an_amount_that_was_recorded_in_tablets_is_corrected_in_tablets(as_alice, tapered):
    DoseTaken.objects.create(medication=tapered, date=TODAY, status="other", mg=5)
    assert "mg of tablets" in plain(as_alice.get(url()))
    as_alice.post(url(), {f"dose-{tapered.pk}-status": "other", f"dose-{tapered.pk}-mg": "6"})
    assert taken() == ("other", 6, None)


def test_going_back_to_tablets_leaves_what_was_recorded(as_alice, alice, tapered):
    DoseTaken.objects.create(medication=tapered, date=TODAY, status="other", mg=D("7.5"), taken_mg=6)
    tapered.steps.filter(taken_mg=8).update(taken_mg=None)
    assert "mg of drops" in plain(as_alice.get(url()))
    before = rows(alice)
    as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]))
    assert rows(alice) == before


def test_tablets_have_no_hint(as_alice, citalopram):
    assert "mg of drops" not in plain(as_alice.get(url()))


def test_yesterdays_other_amount_is_shown_as_both(as_alice, tapered):
    DoseTaken.objects.create(medication=tapered, date=YESTERDAY, status="other", mg=D("7.5"), taken_mg=6)
    assert "Yesterday other amount, 7.5 mg (6 mg of drops)." in plain(as_alice.get(url()))


def test_two_tabs_are_told_apart_by_what_the_amount_is_of(as_alice, tapered):
    name = f"dose-{tapered.pk}"
    shown = as_alice.get(url()).context["form"].shown
    as_alice.post(url(), {f"{name}-status": "other", f"{name}-mg": "6"})
    response = as_alice.post(url(), {f"{name}-status": "other", f"{name}-mg": "4", "shown": shown})
    assert "saved elsewhere as “Other amount, 6 mg of drops”" in plain(response)


def test_drops_cost_one_query_whatever_there_is(as_alice, tapered):
    paths = ["/", url(), "/medications/", f"/medications/{tapered.pk}/"]
    few = [count_of(as_alice, path) for path in paths]
    for number in range(30):
        make_step(tapered, BEGAN - dt.timedelta(60 + number), 20, "hold", taken_mg=16)
        Product.objects.create(medication=tapered, form="drops", mg=number + 1, drops_per_ml=20, factor=D("0.8"))
    assert [count_of(as_alice, path) for path in paths] == few
