"""A page costs as many queries after a thousand days as after ten."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import (
    Activity,
    Appointment,
    CheckIn,
    DailyEntry,
    DoseStep,
    DoseTaken,
    FlagRaised,
    Homework,
    HomeworkStep,
    LifeEvent,
    Measurement,
    MonthlyLook,
    PlannedStep,
    Practice,
    Product,
    Question,
    QuestionnaireResponse,
    Rating,
    Reading,
    SafetyPlan,
    SharedLink,
    Skill,
    SupportPerson,
    TaperPlan,
)
from journal.queries import links
from journal.queries.calendar import make_feed, token_of
from journal.queries.measures import BURDEN, MOOD, charted_symptoms
from journal.queries.period import Period
from journal.queries.responses import what_followed
from journal.queries.tracked import add_measure
from journal.summary import kept as made
from journal.views.charts import PAGES
from tests.conftest import TODAY, make_medication, make_step, make_symptom
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

PRIVATE_KINDS = ("notes", "flags")
"""Safety is asked for by what is on its first page: a query for each kind of thing among the latest twenty."""
KEPT_PAGES = ("", "summary.pdf", "delete/", "link/")
LINK_PAGES = ("", "summary.pdf")


def fill(owner, days: int, symptoms: int = 10) -> None:
    """``days`` days with everything in them, ending yesterday; a dose step every ten days; two check-ins a day."""
    medication = make_medication(owner)
    first = TODAY - dt.timedelta(days)
    for number in range(max(2, days // 10)):
        kind = DoseStep.Kind.REDUCTION if number else DoseStep.Kind.START
        make_step(medication, first + dt.timedelta(number * 5), Decimal(900) - number, kind)
    for number in range(max(2, days // 10)):
        Product.objects.create(medication=medication, form="tablet", mg=number + 1, stock=number, stock_on=TODAY)
    plan = TaperPlan.objects.create(
        medication=medication, name="Ours", method="percent", from_mg=20, status="agreed", agreed_on=first
    )
    PlannedStep.objects.bulk_create(
        PlannedStep(plan=plan, starts_on=TODAY + dt.timedelta(n), mg=9) for n in range(days)
    )
    tracked = [make_symptom(owner, f"Symptom {n}", builtin="", position=n) for n in range(symptoms)]
    skills = [Skill.objects.create(owner=owner, name=f"Skill {n}", slug=f"my-skill-{n}") for n in range(3)]
    dates = [first + dt.timedelta(n) for n in range(days)]
    entries = DailyEntry.objects.bulk_create(
        [
            DailyEntry(owner=owner, date=date, mood=5, sleep_hours=7 - 2 * (n % 2), notes="a note")
            for n, date in enumerate(dates)
        ]
    )
    Rating.objects.bulk_create(
        [Rating(entry=entry, symptom=symptom, severity=3) for entry in entries for symptom in tracked]
    )
    weight = add_measure(owner, "Weight", kind="amount", unit="kg")
    Measurement.objects.bulk_create([Measurement(entry=entry, measure=weight, value=60) for entry in entries])
    LifeEvent.objects.bulk_create([LifeEvent(entry=entry, kind="travel") for entry in entries])
    DoseTaken.objects.bulk_create(
        [DoseTaken(medication=medication, date=date, status="late", mg=10, time=dt.time(8)) for date in dates]
    )
    check_ins = CheckIn.objects.bulk_create(
        [CheckIn(entry=entry, time=dt.time(hour), mood=4) for entry in entries for hour in (10, 20)]
    )
    Reading.objects.bulk_create(
        [Reading(check_in=check_in, symptom=symptom, severity=4) for check_in in check_ins for symptom in tracked]
    )
    Practice.objects.bulk_create(
        [
            Practice(skill=skills[n % 2], date=date, before=6, after=n % 7, situation=("anxiety", "")[n % 2], minutes=5)
            for n, date in enumerate(dates)
        ]
    )
    Question.objects.create(owner=owner, text="Why?")
    FlagRaised.objects.bulk_create(
        [FlagRaised(owner=owner, rule="missed-doses", date=date, medication=medication) for date in dates]
    )
    SafetyPlan.objects.create(owner=owner, own_ways="Tea")
    SupportPerson.objects.bulk_create(
        SupportPerson(owner=owner, name=f"Person {n}", phone="07700 900123") for n in range(max(2, days // 10))
    )
    QuestionnaireResponse.objects.bulk_create(
        QuestionnaireResponse(owner=owner, slug=slug, date=date, answers=[1] * n, difficulty=1)
        for slug, n in (("phq-9", 9), ("gad-7", 7))
        for date in dates[:-1:2]
    )
    MonthlyLook.objects.bulk_create(
        MonthlyLook(owner=owner, month=month, thoughts={"sleep": "a thought"})
        for month in {date.replace(day=1) for date in dates}
    )
    _fill_care(owner, days)
    _fill_written(owner, dates)
    _fill_shared(owner, max(2, days // 50))


def _fill_care(owner, days: int) -> None:
    """Appointments, to come and past, and questions: 200 of them in a long record."""
    visits = Appointment.objects.bulk_create(
        Appointment(
            owner=owner, kind=kind, date=TODAY + dt.timedelta(n if held is None else -n), held=held, agreed="Hold."
        )
        for n in range(1, 4 if days < 100 else 40)
        for kind in Appointment.Kind
        for held in (None, True)
    )
    past = [visit for visit in visits if visit.held]
    practice, event = Practice.objects.of(owner).first(), LifeEvent.objects.of(owner).first()
    sources = ({}, {"practice": practice}, {"event": event}, {"entry": event.entry})
    owner.symptoms.update(kind="new")
    for n in range(8 if days < 100 else 200):
        asked = {"asked_on": TODAY, "appointment": past[n % 3]} if n % 2 else {}
        Question.objects.create(
            owner=owner, text=f"Why {n}?", kind=Question.Kind.values[n // 2 % 4], **asked, **sources[n // 2 % 4]
        )


def _fill_written(owner, dates) -> None:
    """Practices in writing, small activities, and tasks with their steps."""
    thoughts = Skill.objects.create(owner=owner, name="Thought record", slug="thought-record", builtin="thought-record")
    Practice.objects.bulk_create(Practice(skill=thoughts, date=date, said={"felt": "afraid"}) for date in dates)
    for state, ahead in (("done", 0), ("planned", 0), ("planned", len(dates) + 1)):
        Activity.objects.bulk_create(
            Activity(owner=owner, text="A walk", state=state, day=date + dt.timedelta(ahead), mastery=5)
            for date in dates
        )
    tasks = Homework.objects.bulk_create(
        Homework(owner=owner, text="Go outside", put_away=bool(n % 2)) for n in range(len(dates))
    )
    steps = HomeworkStep.objects.bulk_create(HomeworkStep(homework=task, text="To the gate") for task in tasks)
    HomeworkStep.objects.bulk_create(HomeworkStep(homework=one.homework, parent=one, text="Shoes") for one in steps)


def _fill_shared(owner, many: int) -> None:
    """Kept summaries, and links of one of them that were opened."""
    page = sample_page()
    for number in range(many):
        kept = made.keep(owner, page | {"made": f"made {number}"}, TODAY, TODAY, "link", ["Nothing private."])
    for _ in range(many):
        link = links.make_link(kept, TODAY + dt.timedelta(14))
        for _ in range(many):
            links.note_opening(link, "page")


def _a_link(owner) -> SharedLink:
    return SharedLink.objects.of(owner).last()


def pages(owner) -> dict[str, str]:
    """Every page that shows something of the record."""
    medication = owner.medications.get()
    step = medication.steps.last()
    return {
        "today": "/",
        "calendar": "/entries/",
        "search": "/entries/?q=note&symptom=symptom-1",
        "catch up": "/entries/catch-up/",
        "day": f"/entries/{TODAY}/",
        "yesterday": f"/entries/{TODAY - dt.timedelta(1)}/",
        "check-in": f"/entries/{TODAY}/check-in/",
        "check-in yesterday": f"/entries/{TODAY - dt.timedelta(1)}/check-in/",
        "a check-in": _a_check_in(owner),
        "delete a check-in": f"{_a_check_in(owner)}delete/",
        "times": "/trends/times/?days=all",
        "delete a day": f"/entries/{TODAY - dt.timedelta(1)}/delete/",
        "deleted": "/entries/deleted/",
        "sending": "/entries/sending/",
        "a day, kept for offline": "/entries/offline/",
        "a check-in, kept for offline": "/entries/offline/check-in/",
        "Today, kept for offline": "/entries/offline/home/",
        "symptoms": "/symptoms/",
        "a symptom": f"/symptoms/{owner.symptoms.first().pk}/",
        "measures": "/measures/",
        "add a measure": "/measures/new/",
        "a measure": "/measures/weight/",
        "delete a measure": "/measures/weight/delete/",
        "medications": "/medications/",
        "medication": f"/medications/{medication.pk}/",
        "add a step": f"/medications/{medication.pk}/steps/",
        "a step": f"/medications/{medication.pk}/steps/{step.pk}/",
        "add a product": f"/medications/{medication.pk}/products/",
        "a product": f"/medications/{medication.pk}/products/{medication.products.first().pk}/",
        "delete a product": f"/medications/{medication.pk}/products/{medication.products.first().pk}/delete/",
        "delete a medication": f"/medications/{medication.pk}/delete/",
        "planner": f"/medications/{medication.pk}/plan/",
        "plan": f"/plans/{medication.plans.get().pk}/",
        "agree": f"/plans/{medication.plans.get().pk}/agree/",
        "confirm": f"/plans/{medication.plans.get().pk}/confirm/",
        "hold": f"/plans/{medication.plans.get().pk}/hold/",
        "move": f"/plans/{medication.plans.get().pk}/move/",
        "back up": f"/plans/{medication.plans.get().pk}/back/",
        "plan again": f"/plans/{medication.plans.get().pk}/again/",
        "set aside": f"/plans/{medication.plans.get().pk}/aside/",
        "equivalents": "/equivalents/?drug=lorazepam",
        "rules": "/trends/rules/",
        "trends": "/trends/?days=all",
        "trends of mood": "/trends/?days=all&measure=mood",
        "chart": "/trends/overview.svg?days=all",
        "numbers": "/trends/overview.csv?days=all",
        "occupancy": "/trends/overview.svg?days=all&occupancy=1",
        "aligned": "/trends/aligned/",
        "aligned numbers": "/trends/aligned.csv?days=all&measure=mood",
        "year": "/trends/year/",
        "year numbers": "/trends/year.csv?days=all&measure=burden",
        "multiples": "/trends/multiples/?days=all&part=2",
        "multiples drawn": "/trends/multiples.svg?days=all",
        "heat map": "/trends/heatmap/?days=all",
        "heat map drawn": "/trends/heatmap.svg?days=all",
        "planned": "/trends/planned.svg",
        "planned numbers": "/trends/planned.csv?from=2026-01-01",
        "planned page": "/trends/planned/",
        "one symptom": "/trends/symptom/?symptom=symptom-1&days=365",
        "the symptom that rose most": "/trends/symptom/?days=365",
        "sleep": "/trends/sleep/?days=all",
        "practices": "/trends/practice/?days=all",
        "scores": "/trends/questionnaires/?days=all",
        **{f"page of {n}": f"/trends/{n}/" for n, one in PAGES.items() if one.has_page and n != "comparisons"},
        # Comparisons have nothing to draw before there are ten days on each side: the test below.
        **{f"numbers of {n}": f"/trends/{n}.csv" for n, one in PAGES.items() if one.has_page and n != "comparisons"},
        "summary": "/summary/?days=all",
        "pdf": "/summary.pdf?days=all",
        "summary for a therapist, as long as it needs": "/summary/?days=all&reader=therapist&length=whole",
        "text of the summary": "/summary/text/?days=all",
        "text of the summary as a file": "/summary.txt?days=all&reader=therapist",
        "summary as JSON": "/summary.json?days=all",
        "drug history": "/summary/signature/",
        **{f"what is private: {kind}": f"/summary/private/?days=all&kind={kind}" for kind in PRIVATE_KINDS},
        "summaries you made": "/summary/made/",
        **{f"a kept summary: {end}": f"/summary/made/{owner.summaries.first().pk}/{end}" for end in KEPT_PAGES},
        **{f"a link: {end}": f"/summary/links/{_a_link(owner).pk}/{end}" for end in LINK_PAGES},
        "a shared summary": f"/s/{links.token_of(_a_link(owner))}/",
        "coping": "/coping/",
        "skill": "/coping/my-skill-0/",
        "skills that work": "/coping/?show=works",
        "a skill's words": "/coping/my-skill-0/edit/",
        "what helps": "/coping/what-helps/",
        "what helps lately": "/coping/what-helps/?days=30",
        "care": "/care/",
        "asked": "/care/questions/",
        "a question": f"/care/questions/{owner.questions.first().pk}/",
        "appointments": "/care/appointments/",
        **{
            f"appointment {held}: {end}": f"/care/appointments/{owner.appointments.filter(held=held).last().pk}/{end}"
            for held in (None, True)
            for end in ("", "edit/", "delete/", "after/")
        },
        "a practice": f"/coping/practices/{_a_practice(owner)}/",
        "more": "/more/",
        "settings": "/settings/",
        "private calendar": "/calendar/",
        "calendar file": f"/calendar/{_token(owner)}.ics",
        "data": "/data/",
        "delete account": "/data/delete-account/",
        "help now": "/help-now/",
        "help now, kept for offline": "/help-now/offline/country/",
        "help now with the plan, kept for offline": "/help-now/offline/own/",
        "red flags": "/care/flags/",
        "people": "/care/people/",
        "somebody": f"/care/people/{owner.support_people.first().pk}/",
        "safety plan": "/care/safety-plan/",
        "write the safety plan": "/care/safety-plan/edit/",
        "safety plan, kept for offline": "/care/safety-plan/offline/",
        "learn": "/learn/",
        "the last milligrams": "/learn/last-milligrams/",
        "questionnaires": "/questionnaires/",
        "a questionnaire": "/questionnaires/phq-9/",
        "all of a questionnaire": "/questionnaires/phq-9/?all=1",
        "a questionnaire of a day": f"/questionnaires/phq-9/{TODAY - dt.timedelta(10)}/",
        "delete a questionnaire": f"/questionnaires/phq-9/{TODAY - dt.timedelta(10)}/delete/",
        "getting in the way": "/care/getting-in-the-way/",
        "a look at a month": f"/care/getting-in-the-way/{TODAY:%Y-%m}/",
        "a guided practice": "/coping/box-breathing/practise/",
        "pages kept for offline": "/entries/offline/pages/",
        "Coping, kept for offline": "/coping/offline/",
        "a practice, kept for offline": "/coping/offline/box-breathing/",
        "practices in writing": "/coping/thought-record/",
        "all practices in writing": "/coping/thought-record/practices/",
        "write": "/coping/wind-down/write/",
        "correct what was written": f"/coping/thought-record/write/{_a_thought(owner)}/",
        "activities": "/coping/activities/",
        "an activity": f"/coping/activities/{owner.activities.first().pk}/",
        "delete an activity": f"/coping/activities/{owner.activities.first().pk}/delete/",
        "homework": "/care/homework/",
        "add homework": "/care/homework/new/",
        "a task": f"/care/homework/{owner.homework.first().pk}/",
        "change a task": f"/care/homework/{owner.homework.first().pk}/edit/",
        "delete a task": f"/care/homework/{owner.homework.first().pk}/delete/",
        "look back on homework": "/care/homework/review/?days=all",
    }


def _token(owner) -> str:
    feed = make_feed(owner)
    feed.with_appointments = True
    feed.save()
    return token_of(feed)


def _a_practice(owner) -> int:
    return Practice.objects.of(owner).filter(skill__slug="my-skill-0").first().pk


def _a_thought(owner) -> int:
    return Practice.objects.of(owner).filter(skill__slug="thought-record").first().pk


def _a_check_in(owner) -> str:
    check_in = CheckIn.objects.of(owner).select_related("entry").last()
    return f"/entries/{check_in.entry.date}/check-in/{check_in.pk}/"


def count(client, path) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(queries)


def test_pages_cost_the_same_after_ten_days_and_after_a_thousand(client, alice, bob):
    fill(alice, 10)
    fill(bob, 1000)
    client.force_login(alice)
    few = {name: count(client, path) for name, path in pages(alice).items()}
    client.force_login(bob)
    many = {name: count(client, path) for name, path in pages(bob).items()}
    assert many == few
    assert many["today"] <= 17


def test_comparisons_cost_the_same_after_a_month_and_after_a_thousand_days(client, alice, bob):
    costs = []
    for owner, days in ((alice, 30), (bob, 1000)):
        fill(owner, days)
        client.force_login(owner)
        costs.append([count(client, "/trends/comparisons.csv"), count(client, "/trends/comparisons/")])
    assert costs[0] == costs[1]


def test_today_with_check_ins_costs_four_more(client, alice):
    fill(alice, 10, symptoms=40)
    CheckIn.objects.create(entry=DailyEntry.objects.create(owner=alice, date=TODAY), time=dt.time(8), mood=3)
    client.force_login(alice)
    assert count(client, "/") <= 21


def test_a_check_in_costs_the_same_after_a_thousand_days_of_forty_symptoms(client, alice, bob):
    costs = []
    for owner, days in ((alice, 10), (bob, 1000)):
        fill(owner, days, symptoms=40)
        client.force_login(owner)
        data = {f"symptom-{symptom.pk}": "4" for symptom in owner.symptoms.all()}
        with CaptureQueriesContext(connection) as queries:
            assert client.post(f"/entries/{TODAY}/check-in/", data).status_code == 302
        paths = pages(owner)
        costs.append(
            (len(queries), *(count(client, paths[name]) for name in ("today", "check-in", "a check-in", "times")))
        )
    assert costs[0] == costs[1]
    assert costs[0][0] <= 30, costs


@pytest.mark.parametrize("days", [10, 1000])
def test_saving_a_day_costs_at_most_20(client, alice, days):
    fill(alice, days)
    client.force_login(alice)
    data = {f"symptom-{symptom.pk}": "4" for symptom in alice.symptoms.all()}
    data |= {
        "mood": "6",
        "energy": "5",
        "sleep_hours": "7:30",
        "notes": "slept",
        f"dose-{alice.medications.get().pk}-status": "planned",
    }
    with CaptureQueriesContext(connection) as queries:
        response = client.post(f"/entries/{TODAY}/", data)
    assert response.status_code == 302
    assert alice.entries.get(date=TODAY).ratings.count() == 10
    assert DoseTaken.objects.of(alice).filter(date=TODAY).count() == 1
    assert len(queries) <= 20, "\n".join(query["sql"][:150] for query in queries)


def test_what_followed_costs_the_same_after_a_thousand_days(alice, bob):
    costs = []
    for owner, days in ((alice, 10), (bob, 1000)):
        fill(owner, days)
        owner.refresh_from_db()
        period = Period(TODAY - dt.timedelta(days), TODAY)
        for measure in (MOOD, BURDEN, charted_symptoms(owner)[0]):
            with CaptureQueriesContext(connection) as queries:
                assert what_followed(owner, period, measure).changes
            costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 9
