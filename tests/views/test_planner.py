"""The planner: two ways laid out at once, every refusal beside its field, what is kept of a plan."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.utils.html import escape

from journal.models import Discussed, PlannedStep, Product, TaperPlan
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

START = dt.date(2026, 12, 3)
BASIS = {"from_mg": "20", "times": "1"}
EQUAL = {"method": "equal-mg", "step_mg": "5", "every": "14", "start": "2026-12-03", "to_mg": "0"}
PERCENT = {"method": "percent-current", "step_percent": "25", "every": "14", "start": "2026-12-03", "last": "5"}


@pytest.fixture
def citalopram(alice):
    """Alice takes 20 mg of citalopram, which has one curve."""
    medication = make_medication(alice, "Citalopram", drug="citalopram", drug_class="ssri")
    make_step(medication, TODAY - dt.timedelta(60), 20, "start")
    return medication


@pytest.fixture
def tablet(citalopram):
    return Product.objects.create(medication=citalopram, form="tablet", mg=10, divides="halves")


def page(medication):
    return f"/medications/{medication.pk}/plan/"


def sent(a=None, b=None, **basis):
    """What the page sends: the basis, and the fields of A and B with their prefix."""
    data = BASIS | basis
    data |= {f"a-{name}": value for name, value in (a or {}).items()}
    return data | {f"b-{name}": value for name, value in (b or {}).items()}


def text_of(response) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def doses(table):
    return [float(row.mg) for row in table.rows]


# -- the blank page ---------------------------------------------------------------------------------------------------


def test_nothing_is_filled_in_but_the_dose_the_products_and_the_target(as_alice, citalopram, tablet):
    response = as_alice.get(page(citalopram))
    basis, forms = response.context["basis"], response.context["forms"]
    assert (basis["from_mg"].value(), basis["products"].value()) == ("20", [str(tablet.pk)])
    for form in forms:
        filled = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        assert filled == {"to_mg": 0}
    assert response.context["tables"] == []
    assert "The steps will stand here" in text_of(response)
    for name in ("step_mg", "step_percent", "step_points", "steps", "every", "start", "last", "hold_on", "hold_days"):
        assert f'name="a-{name}"' in response.content.decode()
        assert f'name="a-{name}" value' not in response.content.decode()


def test_without_a_dose_even_that_is_blank(as_alice, alice):
    medication = make_medication(alice)
    response = as_alice.get(page(medication))
    assert response.status_code == 200
    assert response.context["basis"]["from_mg"].value() is None


def test_it_names_no_rate_of_its_own(as_alice, citalopram):
    said = text_of(as_alice.get(page(citalopram))).lower()
    assert "it does not choose a rate" in said
    assert not any(word in said for word in ("recommended", "you should", "we suggest", "typical rate"))


# -- it works ---------------------------------------------------------------------------------------------------------


def test_one_plan(as_alice, citalopram):
    response = as_alice.post(page(citalopram), sent(EQUAL))
    assert response.status_code == 200
    (table,) = response.context["tables"]
    assert (table.letter, doses(table)) == ("A", [15, 10, 5, 0])
    assert [row.date for row in table.rows] == [START + dt.timedelta(14 * n) for n in range(4)]
    assert "5 mg each step" in text_of(response)
    assert not TaperPlan.objects.exists()


def test_b_alone(as_alice, citalopram):
    (table,) = as_alice.post(page(citalopram), sent({}, PERCENT)).context["tables"]
    assert (table.letter, doses(table)) == ("B", [15, 11.25, 8.4375, 6.328125, 5, 0])


def test_both_side_by_side(as_alice, citalopram):
    response = as_alice.post(page(citalopram), sent(EQUAL, PERCENT))
    assert [table.letter for table in response.context["tables"]] == ["A", "B"]
    said = text_of(response)
    assert "25 % of the present dose" in said
    assert "Save both as proposed" in said
    assert set(response.context["charts"]) == {"dose", "occupancy"}  # one curve is known, and both go by it


def test_what_the_live_page_asks_for_is_what_the_button_shows(as_alice, citalopram, tablet):
    data = sent(EQUAL, PERCENT, products=[str(tablet.pk)])
    by_script = as_alice.post(page(citalopram), {**data, "do": "work", "show": "b"})
    by_button = as_alice.post(page(citalopram), {**data, "do": "work"})
    tables = [response.context["tables"] for response in (by_script, by_button)]
    assert tables[0] == tables[1]
    assert not TaperPlan.objects.exists()


def test_with_products_each_step_says_what_to_take(as_alice, citalopram, tablet):
    response = as_alice.post(page(citalopram), sent(EQUAL, products=[str(tablet.pk)], rounding="nearest"))
    takes = [row.take.replace("\u00a0", " ") for row in response.context["tables"][0].rows]
    assert takes == ["1 and a half tablets of 10 mg", "1 tablet of 10 mg", "half a tablet of 10 mg", "nothing to take"]


def whole_tablet_of_20(medication):
    return [str(Product.objects.create(medication=medication, form="tablet", mg=20).pk)]


def test_a_step_that_makes_more_than_is_taken_now_is_remarked_on(as_alice, citalopram):
    doses = {"method": "list", "doses": "12, 0", "every": "14", "start": "2026-12-03"}
    tablets = whole_tablet_of_20(citalopram)
    response = as_alice.post(page(citalopram), sent(doses, products=tablets, rounding="nearest", from_mg="15"))
    assert "What can be made is more than the dose before" in text_of(response)
    assert "the same as the step before" not in text_of(response)


def test_a_step_that_makes_the_dose_before_says_so_in_the_planner_and_when_kept(as_alice, citalopram):
    doses = {"method": "list", "doses": "18, 0", "every": "14", "start": "2026-12-03"}
    fields = sent(doses, products=whole_tablet_of_20(citalopram), rounding="nearest", from_mg="20")
    assert "the same as the step before" in text_of(as_alice.post(page(citalopram), fields))
    kept = as_alice.post(page(citalopram), fields | {"do": "save"}, follow=True)
    assert "the same as the step before" in text_of(kept)


def test_two_doses_that_cannot_be_made_are_not_the_same(as_alice, citalopram):
    doses = {"method": "list", "doses": "20, 5, 4, 0", "every": "14", "start": "2026-12-03"}
    fields = sent(doses, products=whole_tablet_of_20(citalopram), rounding="down", from_mg="40")
    said = text_of(as_alice.post(page(citalopram), fields))
    assert "2 of 3 doses cannot be made" in said
    assert "the same as the step before" not in said


def test_without_products_it_says_where_to_add_them(as_alice, citalopram):
    response = as_alice.post(page(citalopram), sent(EQUAL))
    assert [row.take for row in response.context["tables"][0].rows] == [""] * 4
    assert "Add what you have" in text_of(response)


def test_products_that_are_not_ticked_are_not_used(as_alice, citalopram, tablet):
    (table,) = as_alice.post(page(citalopram), sent(EQUAL)).context["tables"]
    assert [row.take for row in table.rows] == [""] * 4


def test_a_drug_that_is_not_listed_has_no_curve(as_alice, alice):
    medication = make_medication(alice, "Foozepam", drug="", drug_class="not_sure")
    make_step(medication, TODAY, 20, "start")
    response = as_alice.get(page(medication))
    assert "curve" not in response.context["forms"][0].fields
    assert '<option value="equal-occupancy"' not in response.content.decode()
    assert len(as_alice.post(page(medication), sent(EQUAL)).context["tables"][0].rows) == 4


def test_a_hold_on_the_way(as_alice, citalopram):
    held = EQUAL | {"hold_on": "2026-12-10", "hold_days": "10"}
    (table,) = as_alice.post(page(citalopram), sent(held)).context["tables"]
    assert [(row.date - START).days for row in table.rows] == [0, 24, 38, 52]
    assert [row.held_days for row in table.rows] == [0, 10, 0, 0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"method": "equal-mg", "steps": "4"}, [15, 10, 5, 0]),
        ({"method": "percent-original", "step_percent": "25", "last": "5"}, [15, 10, 5, 0]),
        ({"method": "percent-current", "steps": "3", "last": "5"}, [10, 5, 0]),
        ({"method": "banded", "bands": "10:5; 0:2,5"}, [15, 10, 7.5, 5, 2.5, 0]),
        ({"method": "list", "doses": "15\n7,5\n0"}, [15, 7.5, 0]),
        ({"method": "list", "doses": "15, 10"}, [15, 10]),
        ({"method": "equal-occupancy", "steps": "2", "curve": "sorensen-2022-striatum"}, [1.89, 0]),
        ({"method": "equal-mg", "step_mg": "5 mg", "to_mg": "10 mg", "every": "14 days"}, [15, 10]),
        ({"method": "percent-original", "step_percent": "25 %", "to_mg": "10"}, [15, 10]),
    ],
    ids=lambda value: value.get("method", "") if isinstance(value, dict) else "",
)
def test_each_way(as_alice, citalopram, fields, expected):
    response = as_alice.post(page(citalopram), sent({"every": "14", "start": "2026-12-03"} | fields))
    assert response.status_code == 200, dict(response.context["forms"][0].errors)
    assert doses(response.context["tables"][0]) == pytest.approx(expected, abs=0.001)


def test_numbers_of_another_way_are_left_alone(as_alice, citalopram):
    """Who tries several ways leaves numbers in the fields that went out of view."""
    more = {"step_percent": "10", "bands": "10:1", "doses": "nonsense", "last": "1"}
    assert as_alice.post(page(citalopram), sent(EQUAL | more)).status_code == 200


# -- bad input --------------------------------------------------------------------------------------------------------

OCCUPANCY = {"method": "equal-occupancy", "step_points": "20", "every": "14", "start": "2026-12-03"}
REFUSED = [
    (EQUAL | {"to_mg": "25"}, "to_mg", "The target of 25 mg is above the present 20 mg."),
    (EQUAL | {"to_mg": "20"}, "to_mg", "The target of 20 mg is the same as the present 20 mg."),
    (EQUAL | {"to_mg": "-1"}, "to_mg", "A dose cannot be below 0 mg."),
    (EQUAL | {"step_mg": "0"}, "step_mg", "A step is more than 0."),
    (EQUAL | {"step_mg": "-5"}, "step_mg", "A step is more than 0."),
    (EQUAL | {"step_mg": "21"}, "step_mg", "A step of 21 mg is more than the whole way of 20 mg."),
    (EQUAL | {"step_mg": ""}, "step_mg", "Say how large each step is, or how many steps there are."),
    (EQUAL | {"step_mg": "five"}, "step_mg", "“five” is not a number."),
    (EQUAL | {"step_mg": "0.01"}, "step_mg", "This makes more than 1,000 steps."),
    (EQUAL | {"steps": "3"}, "steps", "not both"),
    (EQUAL | {"step_mg": "", "steps": "10000"}, "steps", "The number of steps goes from 1 to 1,000."),
    (EQUAL | {"step_mg": "", "steps": "2.5"}, "steps", "“2.5”"),
    (PERCENT | {"step_percent": "0"}, "step_percent", "A step is more than 0."),
    (PERCENT | {"step_percent": "100"}, "step_percent", "A step is less than 100 %."),
    (PERCENT | {"last": ""}, "last", "say which dose is the last one before 0."),
    (PERCENT | {"last": "20"}, "last", "is below the present 20 mg"),
    (OCCUPANCY | {"step_points": "84"}, "step_points", "at or above this curve’s maximum of 83.98 %"),
    (OCCUPANCY | {"step_points": "100"}, "step_points", "at or above this curve’s maximum of 83.98 %"),
    (OCCUPANCY | {"curve": "nonsense"}, "curve", "Choose a curve from the list."),
    (EQUAL | {"every": "-14"}, "every", "The days from step to step go from 1 to 366."),
    (EQUAL | {"every": "0"}, "every", "The days from step to step go from 1 to 366."),
    (EQUAL | {"every": ""}, "every", "Say how many days there are from one step to the next."),
    (EQUAL | {"every": "fortnight"}, "every", "“fortnight” is not a whole number. Write it like 14."),
    (EQUAL | {"start": "1890-01-01"}, "start", "1890 is too long ago."),
    (EQUAL | {"start": "2250-01-01"}, "start", "Days from 1920 to 2199 can be planned."),
    (EQUAL | {"start": "2026-02-30"}, "start", "February 2026 has 28 days."),
    (EQUAL | {"start": ""}, "start", "Say on which day the first step is."),
    (EQUAL | {"start": "2199-12-01"}, "every", "The last step would come after 2199."),
    (EQUAL | {"hold_on": "2026-12-10"}, "hold_on", "how many days it lasts"),
    (EQUAL | {"hold_days": "10"}, "hold_on", "the day on which it begins"),
    (EQUAL | {"hold_on": "2026-12-10", "hold_days": "-3"}, "hold_on", "A hold lasts from 1 to"),
    (EQUAL | {"hold_on": "2030-12-10", "hold_days": "3"}, "hold_on", "This hold begins after the last step"),
    (EQUAL | {"method": ""}, "method", "Choose a way for this plan, or leave all of it blank."),
    (EQUAL | {"method": "potion"}, "method", "Choose a way from the list."),
    ({"method": "banded", "bands": "10:1", "every": "14", "start": "2026-12-03"}, "bands", "ends at 0"),
    ({"method": "banded", "bands": "ten", "every": "14", "start": "2026-12-03"}, "bands", "“ten” is not a band."),
    ({"method": "list", "doses": "15, x", "every": "14", "start": "2026-12-03"}, "doses", "“x” is not a number."),
    ({"method": "list", "doses": "", "every": "14", "start": "2026-12-03"}, "doses", "Write the doses"),
    ({"method": "list", "doses": "5, 15", "every": "14", "start": "2026-12-03"}, "doses", "15 mg comes after 5 mg."),
]  # fmt: skip


@pytest.mark.parametrize("letter", ["a", "b"])
@pytest.mark.parametrize("do", ["work", "save"])
@pytest.mark.parametrize(("fields", "field", "sentence"), REFUSED)
def test_bad_input_is_explained_beside_its_field_and_stays(as_alice, citalopram, letter, do, fields, field, sentence):
    if (letter, do) not in {("a", "save"), ("b", "work")}:
        return  # each row once in A and once in B
    data = sent(**{letter: fields}) | {"do": do}
    response = as_alice.post(page(citalopram), data)
    assert response.status_code == 422
    form = response.context["forms"]["ab".index(letter)]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0].replace("\u00a0", " ")
    html = response.content.decode()
    assert f'id="div_id_{letter}-{field}"\n       class="field field-wrong' in html
    for name, value in fields.items():
        control = form[name]
        assert str(control.value()) == value
        if name not in ("method", "curve", "doses"):
            assert value == "" or f'name="{letter}-{name}" value="{escape(value)}"' in html, name
    assert response.context["shown"] == letter  # the plan that needs a look is in view
    assert not TaperPlan.objects.exists()


@pytest.mark.parametrize(
    ("basis", "field", "sentence"),
    [
        ({"from_mg": "0"}, "from_mg", "From 0 mg there is no way down."),
        ({"from_mg": ""}, "from_mg", "Write the dose you take now, in mg."),
        ({"from_mg": "abc"}, "from_mg", "“abc” is not a number."),
        ({"from_mg": "-5"}, "from_mg", "A dose cannot be below 0 mg."),
        ({"from_mg": "10001"}, "from_mg", "is more than 10,000 mg"),
        ({"from_mg": "1,200"}, "from_mg", "can mean two doses"),
        ({"times": "9"}, "times", "Choose one from the list."),
        ({"products": ["999"]}, "products", "not among what you have any more"),
        ({"rounding": "up"}, "rounding", "Choose one from the list."),
        ({"conditions": ["curiosity"]}, "conditions", "Choose from the list."),
    ],
)
def test_what_is_common_is_looked_at_too(as_alice, citalopram, tablet, basis, field, sentence):
    response = as_alice.post(page(citalopram), sent(EQUAL, PERCENT, **basis) | {"do": "save"})
    assert response.status_code == 422
    errors = response.context["basis"].errors
    assert list(errors) == [field]
    assert [sentence in error.replace("\u00a0", " ") for error in errors[field]] == [True]
    assert response.context["forms"][0]["step_mg"].value() == "5"
    assert not TaperPlan.objects.exists()


def test_nothing_at_all_is_explained(as_alice, citalopram):
    for data in ({}, sent(), sent({"to_mg": "0"}, {"to_mg": "0"})):
        response = as_alice.post(page(citalopram), data)
        assert response.status_code == 422
        assert "Choose a way, and write the numbers" in response.context["forms"][0].errors["method"][0]


def test_a_wrong_b_keeps_a_in_view_and_saves_neither(as_alice, citalopram):
    response = as_alice.post(page(citalopram), sent(EQUAL, PERCENT | {"last": ""}) | {"do": "save"})
    assert response.status_code == 422
    assert [table.letter for table in response.context["tables"]] == ["A"]
    assert not TaperPlan.objects.exists()


def test_what_cannot_be_kept_is_refused_before_it_is(as_alice, alice):
    """The nearest that a product of 6,000 mg makes of 9,500 mg is 12,000 mg, which no dose here can be."""
    medication = make_medication(alice, "Chalk", drug="", drug_class="not_sure")
    product = Product.objects.create(medication=medication, form="tablet", mg=6000)
    fields = {"method": "list", "doses": "9500", "start": "2026-12-03"}
    data = sent(fields, from_mg="10000", products=[str(product.pk)], rounding="nearest") | {"do": "save"}
    response = as_alice.post(page(medication), data)
    assert response.status_code == 422
    assert "more than 10,000 mg" in response.context["basis"].errors["products"][0].replace("\u00a0", " ")


# -- kept as proposed -------------------------------------------------------------------------------------------------


def save(client, medication, a=None, b=None, **basis):
    return client.post(page(medication), sent(a, b, **basis) | {"do": "save"}, follow=True)


def test_a_plan_is_kept_with_its_steps(as_alice, citalopram, tablet):
    thirds = {"method": "equal-mg", "steps": "3", "every": "28", "start": "2026-12-03", "to_mg": "0"}
    held = thirds | {"hold_on": "2026-12-20", "hold_days": "7"}
    response = save(as_alice, citalopram, held, products=[str(tablet.pk)], rounding="nearest", times="2")
    plan = TaperPlan.objects.get()
    assert response.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "is kept as proposed. Nothing is agreed yet." in text_of(response)
    assert (plan.status, plan.method, plan.from_mg) == ("proposed", "equal-mg", 20)
    assert plan.name.replace("\u00a0", " ") == "3 equal steps in mg, every 28 days"
    assert plan.curve == "sorensen-2022-striatum"
    steps = list(plan.steps.all())
    assert [step.starts_on.isoformat() for step in steps] == ["2026-12-03", "2027-01-07", "2027-02-04"]
    assert [step.mg for step in steps] == [Decimal("13.333"), Decimal("6.667"), 0]
    assert [step.made_mg for step in steps] == [15, 5, 0]
    assert [step.taken_mg for step in steps] == [None] * 3
    assert [step.held_days for step in steps] == [0, 7, 0]
    assert [step.parts for step in steps] == [[["morning", "5.000"], ["night", "10.000"]], [["night", "5.000"]], []]
    take = steps[0].take.replace("\u00a0", " ")
    assert take == "morning: half a tablet of 10 mg; night: 1 tablet of 10 mg; makes 15 mg (+12.5 %)"


def test_drops_are_kept_with_what_is_swallowed(as_alice, citalopram):
    drops = Product.objects.create(medication=citalopram, form="drops", mg=40, drops_per_ml=20, factor=Decimal("0.8"))
    doses = {"method": "list", "doses": "15, 7.5", "every": "14", "start": "2026-12-03"}
    save(as_alice, citalopram, doses, products=[str(drops.pk)], rounding="nearest")
    assert [(step.made_mg, step.taken_mg) for step in PlannedStep.objects.all()] == [(15, 12), (Decimal("7.5"), 6)]


@pytest.mark.parametrize("rounding", ["nearest", "down", "none"])
def test_what_cannot_be_made_is_kept_as_it_was_planned(as_alice, citalopram, rounding):
    """With capsules of 30 mg alone 5 mg is not made, and the step is no step to 0 mg."""
    capsule = Product.objects.create(medication=citalopram, form="capsule", mg=30)
    doses = {"method": "list", "doses": "5, 0", "every": "14", "start": "2026-12-03"}
    save(as_alice, citalopram, doses, products=[str(capsule.pk)], rounding=rounding)
    five, nothing = PlannedStep.objects.all()
    assert (five.made_mg, five.dose, nothing.dose) == (None if rounding == "none" else 0, 5, 0)
    assert five.take.startswith("cannot be made with what you have")
    as_alice.post(f"/plans/{five.plan_id}/agree/", {"agreed_with": "Dr Okafor", "agreed_on": "2026-11-20"})
    assert "Next step 5 mg on 3 December" in text_of(as_alice.get("/"))
    remarked = [note.key for note in as_alice.get(f"/plans/{five.plan_id}/").context["table"].notes]
    assert ("zero_from_above_smallest" in remarked) == (rounding != "none")  # as the planner says it


def test_both_are_kept(as_alice, citalopram):
    response = save(as_alice, citalopram, EQUAL, PERCENT)
    assert response.redirect_chain == [(f"/medications/{citalopram.pk}/#plans", 302)]
    assert "are kept as proposed" in text_of(response)
    assert [plan.method for plan in TaperPlan.objects.order_by("pk")] == ["equal-mg", "percent-current"]


def test_kept_twice_it_is_one_plan(as_alice, citalopram):
    for _ in range(2):
        save(as_alice, citalopram, EQUAL, PERCENT)
    assert TaperPlan.objects.count() == 2
    assert PlannedStep.objects.count() == 10


def test_two_alike_are_one_plan(as_alice, citalopram):
    response = save(as_alice, citalopram, EQUAL, EQUAL)
    plan = TaperPlan.objects.get()
    assert response.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "is kept as proposed" in text_of(response)


def test_the_same_numbers_from_another_dose_are_another_plan(as_alice, citalopram):
    save(as_alice, citalopram, EQUAL)
    save(as_alice, citalopram, EQUAL, from_mg="15")
    doses = {"method": "list", "doses": "10, 5", "every": "14", "start": "2026-12-03"}
    for mg in ("20", "15"):
        save(as_alice, citalopram, doses, from_mg=mg)
    assert [plan.from_mg for plan in TaperPlan.objects.order_by("pk")] == [20, 15, 20, 15]


def test_the_same_numbers_made_of_something_else_are_another_plan(as_alice, citalopram, tablet):
    save(as_alice, citalopram, EQUAL)
    save(as_alice, citalopram, EQUAL, products=[str(tablet.pk)], rounding="nearest")
    assert [plan.steps.first().made_mg for plan in TaperPlan.objects.order_by("pk")] == [None, 15]


# -- opened again -----------------------------------------------------------------------------------------------------


def test_kept_plans_open_side_by_side_worked_out(as_alice, citalopram):
    save(as_alice, citalopram, EQUAL, PERCENT)
    first, second = TaperPlan.objects.order_by("pk")
    response = as_alice.get(f"{page(citalopram)}?a={second.pk}&b={first.pk}")
    assert response.status_code == 200
    forms = response.context["forms"]
    assert (forms[0]["step_percent"].value(), forms[1]["step_mg"].value()) == ("25", "5")
    assert [doses(table)[-2] for table in response.context["tables"]] == [5, 5]
    assert [table.letter for table in response.context["tables"]] == ["A", "B"]
    assert TaperPlan.objects.count() == 2


def test_one_that_does_not_fit_the_dose_of_today_says_so(as_alice, citalopram):
    save(as_alice, citalopram, EQUAL | {"to_mg": "10"})
    make_step(citalopram, TODAY, 10)
    response = as_alice.get(f"{page(citalopram)}?a={TaperPlan.objects.get().pk}")
    assert response.status_code == 200  # nothing was sent that could be refused
    assert "is the same as the present" in response.context["forms"][0].errors["to_mg"][0]


def test_without_a_dose_of_today_it_begins_where_it_began(as_alice, alice):
    medication = make_medication(alice)
    save(as_alice, medication, EQUAL)
    response = as_alice.get(f"{page(medication)}?a={TaperPlan.objects.get().pk}")
    assert response.context["basis"]["from_mg"].value() == "20"
    assert doses(response.context["tables"][0]) == [15, 10, 5, 0]


def test_it_opens_with_the_products_that_were_ticked(as_alice, citalopram, tablet):
    other = Product.objects.create(medication=citalopram, form="tablet", mg=20)
    save(as_alice, citalopram, EQUAL, products=[str(tablet.pk)], rounding="down")
    plan = TaperPlan.objects.get()
    basis = as_alice.get(f"{page(citalopram)}?a={plan.pk}").context["basis"]
    assert (basis["products"].value(), basis["rounding"].value()) == ([str(tablet.pk)], "down")
    tablet.delete()
    basis = as_alice.get(f"{page(citalopram)}?a={plan.pk}").context["basis"]
    assert basis["products"].value() == [str(other.pk)]  # none of those is there any more: all that there are


def test_none_ticked_stays_none(as_alice, citalopram, tablet):
    save(as_alice, citalopram, EQUAL)
    basis = as_alice.get(f"{page(citalopram)}?a={TaperPlan.objects.get().pk}").context["basis"]
    assert basis["products"].value() == []


@pytest.mark.parametrize("key", ["theirs", "other medication", "0", "-1", "x", "%00", "9" * 40, "😀", ""])
def test_a_key_that_is_not_theirs_opens_nothing(as_alice, alice, bob, citalopram, key):
    theirs = make_plan(make_medication(bob), [(START, 5)], settings={"method": "list", "doses": "5"})
    other = make_plan(make_medication(alice), [(START, 5)], settings={"method": "list", "doses": "5"})
    key = {"theirs": theirs.pk, "other medication": other.pk}.get(key, key)
    response = as_alice.get(f"{page(citalopram)}?a={key}&b={key}")
    assert response.status_code == 200
    assert response.context["tables"] == []
    assert response.context["forms"][0]["doses"].value() is None


def test_somebody_elses_planner_is_not_there(as_bob, citalopram):
    assert as_bob.get(page(citalopram)).status_code == 404
    assert as_bob.post(page(citalopram), sent(EQUAL) | {"do": "save"}).status_code == 404
    assert not TaperPlan.objects.exists()


# -- notes ------------------------------------------------------------------------------------------------------------


def test_conditions_are_kept_for_next_time_and_their_notes_shown(as_alice, alice, citalopram):
    response = as_alice.post(page(citalopram), sent(EQUAL, conditions=["epilepsy"]))
    assert "say what kind of seizure it was" in text_of(response)
    alice.profile.refresh_from_db()
    assert alice.profile.conditions == []  # worked out only: nothing is kept yet
    save(as_alice, citalopram, EQUAL, conditions=["epilepsy", "alcohol"])
    alice.profile.refresh_from_db()
    assert alice.profile.conditions == ["epilepsy", "alcohol"]
    response = as_alice.get(page(citalopram))
    assert response.context["basis"]["conditions"].value() == ["epilepsy", "alcohol"]
    assert response.context["conditions_open"]
    save(as_alice, citalopram, EQUAL)
    alice.profile.refresh_from_db()
    assert alice.profile.conditions == []


HALVING = {"method": "list", "doses": "15, 5, 0", "every": "5", "start": "2026-12-03"}


def test_notes_name_the_plan_the_step_and_the_source(as_alice, citalopram):
    said = text_of(as_alice.post(page(citalopram), sent(EQUAL, HALVING)))
    assert "B, steps 2 and 3: more than half of the dose before." in said
    assert "15 to 5 mg, 66.7 % less" in said
    assert "B, steps 2 and 3: sooner than a step can be judged." in said
    assert "NICE" in said


def test_what_was_discussed_is_kept_with_the_plan(as_alice, citalopram):
    ticked = HALVING | {"discussed": ["more_than_half", "nonsense", "x" * 5000, "\x00"]}
    response = as_alice.post(page(citalopram), sent(ticked))
    assert 'value="more_than_half"\n                 checked' in response.content.decode()
    save(as_alice, citalopram, ticked)
    (kept,) = Discussed.objects.all()
    assert (kept.plan, kept.rule, kept.on) == (TaperPlan.objects.get(), "more_than_half", TODAY)


def test_a_spell_rated_worse_is_said_beside_the_steps_of_the_next_days(as_alice, alice, citalopram):
    zaps = make_symptom(alice)
    for back in range(40, 20, -1):
        make_entry(alice, TODAY - dt.timedelta(back), {zaps: 1 + back % 2})
    make_step(citalopram, TODAY - dt.timedelta(20), 19)
    for back in range(9, -1, -1):
        make_entry(alice, TODAY - dt.timedelta(back), {zaps: 7})
    near = EQUAL | {"start": "2026-11-28"}
    said = text_of(as_alice.post(page(citalopram), sent(near, from_mg="19")))
    assert "A, step 1: a step during a spell rated worse." in said
    assert "Brain zaps has been rated worse than before the taper since 14 November" in said
    far = EQUAL | {"start": "2026-12-20"}
    assert "during a spell" not in text_of(as_alice.post(page(citalopram), sent(far, from_mg="19")))
