"""Ratings of suicidal thoughts: in nothing that is drawn or counted, unless the person switched them on."""

import datetime as dt

import pytest

from journal.models import CheckIn, Reading
from journal.models.derived import refresh_days
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

NAME = "Dark thoughts"
OFFERED = "/trends/"
NEVER = ["/trends/times/", "/summary/", "/summary/?reader=therapist"]


@pytest.fixture
def planted(alice):
    """Forty days with a 9, the highest of all, so that every rule would choose it; and a check-in with one."""
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(200), 20, "start")
    make_step(medication, TODAY - dt.timedelta(20), 10)
    symptom = make_symptom(alice, NAME, builtin="suicidal-thoughts")
    for number in range(40):
        day = make_entry(alice, TODAY - dt.timedelta(number), {symptom: 9 if number < 20 else 1}, mood=5)
    check_in = CheckIn.objects.create(entry=day, time=dt.time(9))
    Reading.objects.create(check_in=check_in, symptom=symptom, severity=9)
    refresh_days(alice, [day.pk])
    return symptom


@pytest.fixture(params=[False, True], ids=["off", "on"])
def switched_on(request, alice):
    alice.profile.charts_private = request.param
    alice.profile.save()
    return request.param


def shows(client, path) -> bool:
    response = client.get(path)
    assert response.status_code == 200
    return NAME in response.content.decode()


def test_it_is_offered_only_where_it_is_switched_on(as_alice, planted, switched_on):
    assert shows(as_alice, OFFERED) is switched_on


@pytest.mark.parametrize("kind", ["svg", "csv"])
def test_switched_on_it_is_drawn_when_chosen_and_never_by_a_rule(as_alice, alice, planted, kind):
    alice.profile.charts_private = True
    alice.profile.save()
    assert shows(as_alice, f"/trends/overview.{kind}?symptom={planted.slug}")
    assert not shows(as_alice, f"/trends/overview.{kind}")


def test_chosen_it_stands_in_no_heading_of_the_overview(as_alice, alice, planted):
    alice.profile.charts_private = True
    alice.profile.save()
    page = as_alice.get(f"/trends/?symptom={planted.slug}")
    assert NAME.lower() not in page.context["wide"].title.lower()
    detail = as_alice.get(f"/trends/symptom/?symptom={planted.slug}")
    assert detail.context["wide"].title == "Your ratings in these days"


@pytest.mark.parametrize("path", NEVER)
def test_it_is_never_here(as_alice, planted, switched_on, path):
    assert not shows(as_alice, path)


def test_it_cannot_be_asked_for_by_name(as_alice, planted, switched_on):
    status = as_alice.get(f"/trends/overview.csv?symptom={planted.slug}").status_code
    assert (status == 200) is switched_on


@pytest.mark.parametrize("chart", ["multiples", "heatmap"])
def test_it_stands_in_no_heading(as_alice, alice, planted, chart):
    alice.profile.charts_private = True
    alice.profile.save()
    page = as_alice.get(f"/trends/{chart}/")
    assert NAME in page.content.decode()
    assert page.context["wide"].title == "Your ratings in these 90 days"


def test_side_by_side_it_is_drawn_when_chosen_and_without_a_name_in_the_heading(as_alice, alice, planted):
    alice.profile.charts_private = True
    alice.profile.save()
    assert as_alice.get("/trends/aligned/").context["wide"].title.startswith("Mood ")
    chart = as_alice.get("/trends/aligned/", {"measure": planted.slug}).context["wide"]
    assert chart.title == "Your ratings after one dose change"
    assert chart.note.startswith("Drawn: dark thoughts.")
