"""Every page of a full journal and of an empty one: accessible, no wider than the screen, nothing from elsewhere."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone

from journal.catalogue.learn import LEARN
from journal.catalogue.written import WRITTEN
from journal.models import (
    CheckIn,
    DailyEntry,
    DoseStep,
    DoseTaken,
    FlagRaised,
    ForgottenDay,
    HomeworkStep,
    LifeEvent,
    Measurement,
    Practice,
    Product,
    Reading,
    SharedLink,
)
from journal.queries import links
from journal.queries.calendar import make_feed
from journal.queries.tracked import add_measure
from journal.summary import kept as made
from journal.views.charts import PAGES
from tests.browser.conftest import DESKTOP, PHONE, axe_problems
from tests.conftest import person
from tests.summary_sample import full_page, therapist_page

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = {"width": 320, "height": 640}


def pages(owner) -> list[str]:
    """Every page with something on it."""
    today = timezone.localdate()
    yesterday = today - dt.timedelta(1)
    found = [
        "/", "/entries/", "/entries/?q=the", "/entries/?q=xylophone", "/entries/?on=2026-02-30", "/entries/catch-up/",
        f"/entries/{today}/", f"/entries/{yesterday}/", f"/entries/{yesterday}/delete/",
        f"/entries/{today}/check-in/", f"/entries/{yesterday}/check-in/",
        "/trends/rules/", "/trends/times/", "/trends/times/?days=all", "/trends/?days=all&measure=mood",
        "/trends/?occupancy=1",
        "/entries/deleted/", "/symptoms/", "/symptoms/choose/", "/measures/", "/measures/new/",
        "/measures/mood/", "/medications/", "/medications/new/",
        "/equivalents/", "/equivalents/?drug=lorazepam",
        "/trends/?days=180", "/trends/?days=30", "/summary/", "/summary/?reader=therapist&days=180",
        "/summary/?length=whole&days=all", "/summary/text/", "/summary/text/?reader=therapist&length=full",
        "/summary/text/?days=17", "/summary/signature/", "/summary/made/",
        "/summary/private/?days=all", "/summary/private/?days=all&kind=safety", "/summary/private/?days=all&kind=flags",
        "/trends/multiples/?days=180", "/trends/heatmap/?days=180",
        "/coping/", "/coping/new/", "/coping/box-breathing/", "/coping/?show=works", "/coping/?show=learning",
        "/coping/?show=not", "/coping/breathing-5-5/", "/coping/breathing-5-5/edit/", "/coping/my-hands-in-warm-water/",
        "/coping/my-hands-in-warm-water/edit/", "/coping/what-helps/", "/coping/what-helps/?days=30",
        "/care/", "/more/", "/settings/", "/data/",
        "/data/delete-account/", "/calendar/", "/calendar/new/", "/calendar/off/",
        "/help-now/", "/help-now/?country=DE", "/welcome/1/", "/welcome/2/", "/welcome/3/",
        "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/", "/no-such-page/",
        "/trends/symptom/", "/trends/symptom/?symptom=mood&days=all", "/trends/sleep/?days=180", "/trends/practice/",
        "/trends/questionnaires/", "/trends/questionnaires/?days=all", "/trends/planned/",
        "/trends/?from=2026-02-30", "/entries/offline/", "/entries/offline/check-in/", "/entries/offline/home/",
        "/care/flags/",
        "/questionnaires/", "/questionnaires/phq-9/", "/questionnaires/gad-7/", "/questionnaires/phq-9/?on=never",
        f"/questionnaires/phq-9/{today}/", f"/questionnaires/gad-7/{today}/",
        "/trends/questionnaires/?questionnaire=phq-9",
        "/care/getting-in-the-way/", f"/care/getting-in-the-way/{today:%Y-%m}/", "/care/getting-in-the-way/2026-13/",
        "/coping/offline/", "/coping/offline/muscle-relaxation/", "/coping/muscle-relaxation/practise/?leave=jaw",
        "/coping/box-breathing/practise/?in=4&hold=4&out=4.5&rest=0&minutes=2", "/coping/box-breathing/practise/?in=99",
        "/coping/grounding-5-4-3-2-1/practise/",
    ]  # fmt: skip
    for one in owner.summaries.all():
        found += [f"/summary/made/{one.pk}/{end}" for end in ("", "delete/", "link/")]
    for one in SharedLink.objects.filter(summary__owner=owner):
        found += [f"/summary/links/{one.pk}/", f"/s/{links.token_of(one)}/"]
    for one in owner.questionnaires.all()[:1]:
        found += [f"/questionnaires/{one.slug}/{one.date}/{end}" for end in ("", "delete/")]
    for one in owner.monthly_looks.all()[:1]:
        found.append(f"/care/getting-in-the-way/{one.month:%Y-%m}/")
    found += [f"/trends/{page.name}/?days=all" for page in PAGES.values() if page.has_page]
    found += ["/learn/", *(f"/learn/{slug}/" for slug in LEARN)]
    for medication in owner.medications.all()[:1]:
        step = DoseStep.objects.of(owner).filter(medication=medication).last()
        base = f"/medications/{medication.pk}/"
        found += [base, f"{base}edit/", f"{base}delete/", f"{base}steps/", f"{base}steps/{step.pk}/"]
        found += [f"{base}steps/{step.pk}/delete/", f"{base}products/"]
        for form in Product.Form.values:
            found.append(f"{base}products/?form={form}&mg=40")
        plans = list(medication.plans.all())
        both = f"?a={plans[0].pk}&b={plans[-1].pk}" if plans else ""
        found += [f"{base}plan/", f"{base}plan/{both}"]
        for plan in plans:
            found += [f"/plans/{plan.pk}/", f"/plans/{plan.pk}/agree/"]
            if plan.status == plan.Status.AGREED:
                found += [f"/plans/{plan.pk}/{act}/" for act in ("confirm", "hold", "move", "back", "again", "aside")]
            else:
                found.append(f"/plans/{plan.pk}/delete/")
        for product in medication.products.all()[:1]:
            found += [f"{base}products/{product.pk}/", f"{base}products/{product.pk}/delete/"]
    found += [f"/coping/{slug}/write/" for slug in WRITTEN]
    found += ["/coping/wind-down/write/lines/", "/coping/thought-record/", "/coping/activities/"]
    found += ["/coping/activities/new/", "/care/homework/", "/care/homework/new/", "/care/homework/review/?days=all"]
    for practice in Practice.objects.of(owner).filter(skill__slug="thought-record")[:1]:
        found.append(f"/coping/thought-record/write/{practice.pk}/")
    for activity in owner.activities.all()[:1]:
        base = f"/coping/activities/{activity.pk}/"
        found += [base, f"{base}delete/", f"/coping/activities/new/?smaller={activity.pk}"]
    for step in HomeworkStep.objects.of(owner).filter(result="too-much")[:1]:
        base = f"/care/homework/{step.homework_id}/"
        found += [base, *(f"{base}{end}/" for end in ("edit", "delete", "smaller"))]
        found += [f"{base}smaller/{step.pk}/", f"{base}step/{step.pk}/", f"{base}step/{step.pk}/delete/"]
    for measure in owner.measures.filter(builtin="")[:1]:
        found += [f"/measures/{measure.slug}/", f"/measures/{measure.slug}/delete/"]
    for check_in in CheckIn.objects.of(owner).select_related("entry")[:1]:
        found += [f"/entries/{check_in.entry.date}/check-in/{check_in.pk}/{end}" for end in ("", "delete/")]
    found += [f"/care/flags/{flag.pk}/delete/" for flag in FlagRaised.objects.of(owner)[:1]]
    found += ["/care/people/", "/care/people/new/", "/care/safety-plan/", "/care/safety-plan/edit/"]
    found += ["/care/safety-plan/offline/", "/help-now/offline/country/", "/help-now/offline/own/"]
    for somebody in owner.support_people.all()[:1]:
        found += [f"/care/people/{somebody.pk}/", f"/care/people/{somebody.pk}/delete/"]
    found += ["/care/appointments/", "/care/appointments/new/", "/care/questions/"]
    for visit in owner.appointments.all():
        found += [f"/care/appointments/{visit.pk}/{end}" for end in ("", "edit/", "delete/", "after/")]
    for question in owner.questions.all()[:2]:
        found += [f"/care/questions/{question.pk}/", f"/care/questions/{question.pk}/delete/"]
    for symptom in owner.symptoms.all()[:1]:
        found += [f"/symptoms/{symptom.pk}/", f"/symptoms/{symptom.pk}/delete/", f"/entries/?symptom={symptom.slug}"]
    return found


SIGNED_OUT = [
    "/", "/help-now/", "/help-now/?country=GB", "/help-now/offline/", "/accounts/login/", "/accounts/signup/",
    "/accounts/recover/",
    "/learn/", *(f"/learn/{slug}/" for slug in LEARN),
]  # fmt: skip


def problems_of(page, url, *, axe=True) -> list[str]:
    page.goto(url)
    found = axe_problems(page) if axe else []
    if page.locator("h1").count() != 1:
        found.append(f"{url} has {page.locator('h1').count()} first headings")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{url} is {wide} px too wide for {page.viewport_size['width']}")
    return found


@pytest.fixture
def full(db):
    call_command("demo", username="dana", password="a-long-password", days=60, seed=3, verbosity=0)
    from django.contrib.auth.models import User

    dana = User.objects.get(username="dana")
    make_feed(dana)
    weight = add_measure(dana, "Time outside", kind="amount", unit="minutes", low=0, high=1440)
    for entry in dana.entries.order_by("-date")[3:5]:
        Measurement.objects.create(entry=entry, measure=weight, value=60)
        LifeEvent.objects.create(entry=entry, kind="illness", text="a cold")
    today = timezone.localdate()
    for number in (2, 3):  # days to catch up with, and one that is not remembered
        for model in (DailyEntry, DoseTaken):
            model.objects.of(dana).filter(date=today - dt.timedelta(number)).delete()
    ForgottenDay.objects.create(owner=dana, date=today - dt.timedelta(3))
    LifeEvent.objects.create(entry=dana.entries.last(), kind="illness", text="The usual cold")
    for entry in DailyEntry.objects.of(dana).order_by("-date")[:3]:
        for hour in (8, 20):
            check_in = CheckIn.objects.create(entry=entry, time=dt.time(hour), mood=hour // 4, note="On the bus")
            for symptom in dana.symptoms.all()[:4]:
                Reading.objects.create(check_in=check_in, symptom=symptom, severity=hour // 2 - 1)
    FlagRaised.objects.create(owner=dana, rule="suicidal-thoughts", date=today, reading=4)
    FlagRaised.objects.create(owner=dana, rule="missed-doses", date=today, medication=dana.medications.first())
    for page, passphrase in ((full_page(), ""), (therapist_page(), "three blue kettles")):
        kept = made.keep(dana, page, today - dt.timedelta(90), today, "link", ["Nothing private."])
        for days in (14, -3):  # one that can be opened, one that ended
            link = links.make_link(kept, today + dt.timedelta(days), passphrase)
            links.note_opening(link, "page")
    for form, drops in (("tablet", None), ("liquid", None), ("drops", 20)):
        factor = Decimal("0.8") if drops else 1
        for in_use in (True, False):
            Product.objects.create(
                medication=dana.medications.first(),
                form=form,
                mg=10,
                stock=20,
                drops_per_ml=drops,
                factor=factor,
                in_use=in_use,
            )
    return dana


@pytest.fixture
def browser_context_args(browser_context_args, request):
    scheme, size = getattr(request, "param", ("light", PHONE))
    return {**browser_context_args, "color_scheme": scheme, "viewport": size}


LOOKS = [("light", PHONE), ("dark", PHONE), ("light", DESKTOP), ("dark", DESKTOP)]
NAMES = ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]


@pytest.mark.parametrize("browser_context_args", LOOKS, ids=NAMES, indirect=True)
def test_a_full_journal(signed_in, live_server, full, watch):
    watch.expect_errors("404", "400")
    page = signed_in(full)
    assert [problem for path in pages(full) for problem in problems_of(page, live_server.url + path)] == []


@pytest.mark.parametrize("browser_context_args", LOOKS[:2], ids=NAMES[:2], indirect=True)
def test_an_empty_journal(signed_in, live_server, watch):
    watch.expect_errors("404", "400")
    erin = person("erin")
    page = signed_in(erin)
    assert [problem for path in pages(erin) for problem in problems_of(page, live_server.url + path)] == []


@pytest.mark.parametrize("browser_context_args", LOOKS, ids=NAMES, indirect=True)
def test_signed_out(page, live_server, watch):
    assert [problem for path in SIGNED_OUT for problem in problems_of(page, live_server.url + path)] == []


@pytest.mark.parametrize("browser_context_args", [("light", SMALL)], ids=["small"], indirect=True)
def test_nothing_is_wider_than_a_small_phone(signed_in, live_server, full, watch):
    watch.expect_errors("404", "400")
    page = signed_in(full)
    assert [problem for path in pages(full) for problem in problems_of(page, live_server.url + path, axe=False)] == []
