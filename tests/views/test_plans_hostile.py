"""Whatever is typed, pasted or put in an address of the planner and of a plan: 200, 302, 404 or 422, never a 500."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.models import Product, TaperPlan
from tests.conftest import NOON, TODAY, make_medication, make_plan, make_step, person

LIVELY = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

NUMBERS = st.one_of(
    st.sampled_from(["0", "1", "2", "5", "10", "15", "20", "50", "99.9", "100", "0.5", "0,5", "0.001", "10000", "-5"]),
    st.decimals(-10_000, 20_000, places=3).map(str),
    st.integers(-(10**20), 10**20).map(str),
)
NONSENSE = st.one_of(
    st.sampled_from(
        ["", " ", "\x00", "😀", "NaN", "Infinity", "1e9", "٢٠", "½", "1_0", "--", "9" * 5000, "<b>", "%00"]
    ),
    st.text(max_size=40),
)
AMOUNT = st.one_of(NUMBERS, NUMBERS, NONSENSE)
DAY = st.one_of(
    st.dates(dt.date(1850, 1, 1), dt.date(2300, 1, 1)).map(str),
    st.dates(dt.date(2026, 6, 1), dt.date(2028, 1, 1)).map(str),
    st.sampled_from(["1890-01-01", "2199-12-31", "9999-12-31", "2026-02-30", "3/4/2026", "31.12.2026", "0000-00-00"]),
    NONSENSE,
)
METHOD = st.sampled_from(
    ["equal-mg", "percent-original", "percent-current", "equal-occupancy", "banded", "list", "", "potion", "\x00"]
)
BANDS = st.one_of(
    st.sampled_from(["20:2, 10:1, 0:0.5", "0:5", "0:0.001", "10:1", "0:0", "5:1,5:1,0:1", "0:-1", ":", "a:b", "1:2:3"]),
    NONSENSE,
)
DOSES = st.one_of(
    st.lists(NUMBERS, max_size=8).map(", ".join),
    st.lists(st.sampled_from(["15", "10", "7.5", "5", "0"]), max_size=6).map("; ".join),
    st.just("1," * 3000),
    NONSENSE,
)
DATES = {
    "every": st.sampled_from(["1", "7", "14", "366"]),
    "start": st.dates(dt.date(2026, 11, 1), dt.date(2027, 6, 1)).map(str),
}
PERCENT = st.sampled_from(["10", "25", "50", "99"])
SENSIBLE = st.one_of(
    [
        st.fixed_dictionaries({"method": st.just(method), **fields, **DATES})
        for method, fields in {
            "equal-mg": {"step_mg": st.sampled_from(["0.1", "0.5", "1"]), "to_mg": st.sampled_from(["0", "0.5"])},
            "percent-original": {"step_percent": PERCENT, "last": st.sampled_from(["0.001", "0.5"])},
            "percent-current": {"step_percent": PERCENT, "last": st.sampled_from(["0.001", "0.5"])},
            "equal-occupancy": {"steps": st.integers(1, 200).map(str)},
            "banded": {"bands": st.sampled_from(["20:2, 10:1, 0:0.5", "0:1", "5:1; 0:0,25"])},
            "list": {"doses": st.sampled_from(["0.9, 0.5, 0", "0.5; 0.5; 0,1", "0"])},
        }.items()
    ]
)
WILD = st.fixed_dictionaries(
    {},
    optional={
        "method": METHOD,
        "step_mg": AMOUNT,
        "step_percent": AMOUNT,
        "step_points": AMOUNT,
        "steps": AMOUNT,
        "bands": BANDS,
        "doses": DOSES,
        "curve": st.sampled_from(["", "sorensen-2022-striatum", "sorensen-2022-caudate", "x", "\x00"]),
        "every": AMOUNT,
        "start": DAY,
        "to_mg": AMOUNT,
        "last": AMOUNT,
        "hold_on": DAY,
        "hold_days": AMOUNT,
        "discussed": st.lists(st.one_of(NONSENSE, st.just("more_than_half")), max_size=3),
    },
)
ALTERNATIVE = st.one_of(SENSIBLE, SENSIBLE, st.just({}), WILD)
SENSIBLE_BASIS = st.fixed_dictionaries(
    {
        "from_mg": st.sampled_from(["20", "15", "37.5", "1"]),
        "products": st.lists(st.integers(0, 4), max_size=3, unique=True),
        "rounding": st.sampled_from(["nearest", "down", "none"]),
        "times": st.sampled_from(["1", "2", "4"]),
        "do": st.sampled_from(["work", "save", "save"]),
    }
)
WILD_BASIS = st.fixed_dictionaries(
    {},
    optional={
        "from_mg": st.one_of(st.just("20"), AMOUNT),
        "times": st.sampled_from(["1", "2", "3", "4", "0", "x", ""]),
        "rounding": st.sampled_from(["nearest", "down", "none", "up", ""]),
        "conditions": st.lists(st.sampled_from(["epilepsy", "pregnancy", "x", "\x00"]), max_size=3),
        "products": st.lists(st.integers(0, 5), max_size=6, unique=True),
        "show": st.sampled_from(["a", "b", "c", "\x00"]),
        "do": st.sampled_from(["work", "save", "save", "", "delete"]),
    },
)
BASIS = st.one_of(SENSIBLE_BASIS, SENSIBLE_BASIS, WILD_BASIS)
ANYTHING = st.dictionaries(
    st.sampled_from(["starts_on", "move_rest", "days", "step", "agreed_with", "agreed_on", "discussed"]),
    st.one_of(AMOUNT, DAY, NONSENSE, st.sampled_from(["on", "7", "-7", "2026-11-22"])),
)
QUERY = st.dictionaries(st.sampled_from(["a", "b", "show", "do"]), st.one_of(NONSENSE, st.integers(0, 9).map(str)))


DAYS_BACK = st.integers(0, 2).map(lambda back: (TODAY - dt.timedelta(back)).isoformat())
ACTS = {
    "agree": st.fixed_dictionaries({"agreed_with": st.just("Dr Okafor"), "agreed_on": DAYS_BACK}),
    "confirm": st.fixed_dictionaries({"starts_on": DAYS_BACK}, optional={"move_rest": st.just("on")}),
    "hold": st.fixed_dictionaries({"days": st.sampled_from(["1", "7", "3660"])}),
    "move": st.fixed_dictionaries({"days": st.sampled_from(["-7", "-1", "1", "40", "3660"])}),
    "back": st.just({"step": "higher"}),
    "again": st.just({}),
    "aside": st.just({}),
    "discussed": st.just({"discussed": ["more_than_half"]}),
}
ACT = st.sampled_from(sorted(ACTS)).flatmap(
    lambda what: st.tuples(st.just(what), st.one_of(ACTS[what], ACTS[what], ANYTHING), st.integers(0, 9))
)


class Hostile(TestCase):
    """Each example begins with Alice's plans as they were."""

    def setup_example(self):
        super().setup_example()
        self.travel = time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        self.alice = person("alice")
        self.client = Client()
        self.client.force_login(self.alice)
        self.medication = make_medication(self.alice, "Citalopram", drug="citalopram", drug_class="ssri")
        make_step(self.medication, TODAY - dt.timedelta(60), 20, "start")
        make_step(self.medication, TODAY - dt.timedelta(3), 15)
        things = [
            {"form": "tablet", "mg": 10, "divides": "quarters"},
            {"form": "tablet", "mg": "0.001"},
            {"form": "liquid", "mg": 7, "in_ml": 3, "mark_ml": "0.1"},
            {"form": "drops", "mg": 40, "drops_per_ml": 20, "factor": "0.8"},
            {"form": "capsule", "mg": 6000},
        ]
        self.products = [Product.objects.create(medication=self.medication, **thing) for thing in things]

    def teardown_example(self, example):
        self.travel.stop()
        super().teardown_example(example)

    def sent(self, basis, a, b):
        data = {f"a-{name}": value for name, value in a.items()} | {f"b-{name}": value for name, value in b.items()}
        data |= basis
        if "products" in data:
            data["products"] = [self.products[n].pk if n < 5 else "x" for n in data["products"]]
        return data

    @LIVELY
    @given(basis=BASIS, a=ALTERNATIVE, b=ALTERNATIVE)
    def test_the_planner(self, basis, a, b):
        path = f"/medications/{self.medication.pk}/plan/"
        response = self.client.post(path, self.sent(basis, a, b))
        assert response.status_code in {200, 302, 422}
        if response.status_code == 422:
            forms = [response.context["basis"], *response.context["forms"]]
            assert any(form.errors for form in forms)
        for plan in TaperPlan.objects.all():
            days = [step.starts_on for step in plan.steps.all()]
            assert 1 <= len(days) <= 1000 and days == sorted(set(days))
            assert self.client.get(f"/plans/{plan.pk}/").status_code == 200
            assert self.client.get(f"{path}?a={plan.pk}").status_code == 200

    @LIVELY
    @given(
        days=st.lists(st.integers(-30, 60), min_size=1, max_size=4, unique=True),
        acts=st.lists(ACT, min_size=1, max_size=8),
    )
    def test_a_plan(self, days, acts):
        steps = [(TODAY + dt.timedelta(day), 18 - 4 * n) for n, day in enumerate(sorted(days))]
        made = {"method": "list", "doses": "10; 5", "every": "14", "start": "2026-12-01"}
        made["products"] = [str(self.products[0].pk)]
        plan = make_plan(self.medication, steps, settings=made if len(days) > 1 else {})
        for what, data, days_later in acts:
            self.clock.shift(dt.timedelta(days_later))
            plan = TaperPlan.objects.filter(status="agreed").first() or plan
            path = f"/plans/{plan.pk}/{what}/"
            assert self.client.get(path).status_code in {200, 302, 404, 405}
            if data.get("step") == "higher":
                data = {"step": self.medication.steps.first().pk}
            response = self.client.post(path, data)
            assert response.status_code in {302, 404, 422}, (path, response.status_code)
            assert TaperPlan.objects.filter(status="agreed").count() <= 1
            for kept in TaperPlan.objects.all():
                planned = list(kept.steps.all())
                assert [step.mg for step in planned] == sorted((step.mg for step in planned), reverse=True)
                assert planned
        assert self.client.get("/").status_code == 200
        assert self.client.get(f"/medications/{self.medication.pk}/").status_code == 200

    @LIVELY
    @given(query=QUERY)
    def test_addresses(self, query):
        make_plan(self.medication, [(TODAY, 5)], status="proposed")
        path = f"/medications/{self.medication.pk}/plan/"
        assert self.client.get(path, query).status_code == 200


@pytest.mark.parametrize("part", ["", "agree/", "confirm/", "hold/", "back/", "again/"])
@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 19, "-1", "x", "%00", "1.5", "😀"])
def test_a_key_that_is_none(as_alice, key, part):
    assert as_alice.get(f"/plans/{key}/{part}").status_code == 404
    assert as_alice.get(f"/medications/{key}/plan/").status_code == 404
