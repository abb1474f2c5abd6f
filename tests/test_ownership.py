"""Every address, tried as nobody and as somebody else. A new address is tried here without being added here."""

import datetime as dt

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from journal.models import (
    Activity,
    Appointment,
    CalendarFeed,
    CheckIn,
    Deleted,
    DoseStep,
    FlagRaised,
    Homework,
    HomeworkStep,
    Practice,
    Product,
    Question,
    QuestionnaireResponse,
    Skill,
    SupportPerson,
)
from journal.queries import links
from journal.queries.calendar import token_of
from journal.queries.tracked import add_measure
from journal.summary import kept as made
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

FOR_NOBODY_IN_PARTICULAR = {
    "today": "signed out, it says what this is",
    "help_now": "help is never behind a sign-in",
    "help_now_offline": "the copy that the device keeps, without anything personal",
    "service_worker": "a script for the browser",
    "manifest": "what the home screen needs",
    "sending": "says to a script that nobody is signed in",
    "recover": "for those who cannot sign in",
    "calendar_feed": "a link that carries a secret",
    "shared": "the same: a summary that somebody shared, and nothing else of theirs",
    "shared_pdf": "the same",
    "shared_nothing": "whatever else is asked below it: nothing",
    "shared_bare": "the same",
    "account_login": "signing in",
    "account_signup": "signing up",
    "account_logout": "signing out leads to the first page",
    "account_inactive": "says that an account is closed",
    "account_email": "there is no mail: it leads to the recovery code",
    "account_set_password": "everybody has a password from the start: it leads to the recovery code",
    "account_reset_password": "there is no mail: it leads to the recovery code",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the same",
    "account_reset_password_from_key_done": "the same",
    "account_confirm_email": "the same",
    "account_email_verification_sent": "the same",
    "account_confirm_login_code": "the same",
    "mfa_authenticate": "the second step of signing in: without a first one it leads to it",
    "mfa_login_webauthn": "a passkey signs in",
    "learn": "pages to read, for everybody",
    "learn_page": "the same; the curve on one of them is drawn for whoever is signed in",
    None: "paths of allauth that would send a mail: they lead to the recovery code",
}
"""Addresses that open without signing in, each with its reason."""

NOT_A_KEY = {
    "entry": "every day has a page of one's own: the address is a date",
    "entry_delete": "the same",
    "check_in": "the same",
    "first_run_step": "a step of one's own first run, 1 to 4",
    "chart": "the name of a chart",
    "practise": "a built-in skill, which has no owner: what is saved there is one's own",
    "offline_practice": "the same, blank",
    "chart_file": "the name of a chart and the kind of file: svg, png or csv",
    "questionnaire": "the name of a questionnaire: everybody has their own of it",
    "questionnaire_day": "the same, on a day",
    "look": "a month",
    "calendar_feed": "no key of a row but a secret, which opens it for whoever has it",
    "shared": "the same",
    "shared_pdf": "the same",
    "shared_nothing": "no key of anything",
    "learn_page": "the name of a page to read",
    "write": "the name of a built-in skill that is practised in writing",
    "write_items": "the same",
}
"""Addresses with a part that is no key of a row, so that everybody finds their own there."""


def addresses(resolver=None, prefix=""):
    """Every address of the site: (name, route, the names of its parts)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, route, tuple(pattern.pattern.converters), pattern.callback.__module__


ALL = list(addresses())
OURS_WITH_A_KEY = [
    found for found in ALL if found[2] and found[3].startswith("journal.") and found[0] and found[0] not in NOT_A_KEY
]


def named(found):
    return [pytest.param(*one[:3], id=f"{one[0]}-{one[1]}") for one in found]


@pytest.fixture
def alices(alice):
    """One of everything that has a key, all of it Alice's, by what the address calls it."""
    medication = make_medication(alice)
    step = make_step(medication, TODAY - dt.timedelta(30), 20, DoseStep.Kind.START)
    product = Product.objects.create(medication=medication, form="tablet", mg=20)
    plan = make_plan(medication, [(TODAY + dt.timedelta(9), 10)])
    proposed = make_plan(medication, [(TODAY + dt.timedelta(9), 15)], status="proposed")
    symptom = make_symptom(alice)
    check_in = CheckIn.objects.create(entry=make_entry(alice, TODAY, {symptom: 3}, mood=5), time="08:00", mood=4)
    skill = Skill.objects.create(owner=alice, name="Tea", slug="my-tea", steps="Drink it.")
    practice = Practice.objects.create(skill=skill, date=TODAY, before=5, after=3)
    question = Question.objects.create(owner=alice, text="Why?")
    visit = Appointment.objects.create(owner=alice, kind="therapist", name="Her jaw", date=TODAY)
    deleted = Deleted.objects.create(owner=alice, label="something", rows="[]")
    feed = CalendarFeed.objects.create(owner=alice, nonce="a-nonce-of-alices")
    questionnaire = QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=TODAY, answers=[1] * 9)
    thought = Skill.objects.create(owner=alice, name="Thought record", slug="thought-record", builtin="thought-record")
    written = Practice.objects.create(skill=thought, date=TODAY, said={"felt": "Her jaw"})
    task = Homework.objects.create(owner=alice, text="Her jaw, twice a day")
    small = HomeworkStep.objects.create(homework=task, text="Once")
    summary = made.keep(alice, sample_page(name="Her jaw"), TODAY, TODAY, "keep")
    link = links.make_link(summary, TODAY, "a passphrase")
    by_first_word = {
        "medications": medication.pk,
        "symptoms": symptom.pk,
        "measures": add_measure(alice, "Time outside", kind="amount", unit="minutes").slug,
        "check-in": check_in.pk,
        "questions": question.pk,
        "practices": practice.pk,
        "deleted": deleted.pk,
        "dose": medication.pk,
        "steps": step.pk,
        "products": product.pk,
        "plans": plan.pk,
        "plans to delete": proposed.pk,
        "coping": skill.slug,
        "entries": TODAY.isoformat(),
        "welcome": 1,
        "calendar": token_of(feed),
        "flags": FlagRaised.objects.create(owner=alice, rule="akathisia", date=TODAY, reading=7).pk,
        "people": SupportPerson.objects.create(owner=alice, name="Sam").pk,
        "learn": "last-milligrams",
        "questionnaires": questionnaire.slug,
        questionnaire.slug: questionnaire.date.isoformat(),
        "getting-in-the-way": f"{TODAY:%Y-%m}",
        "appointments": visit.pk,
        "side-effect": symptom.pk,
        "from-practice": practice.pk,
        "written": "wind-down",
        "write": written.pk,
        "activities": Activity.objects.create(owner=alice, text="A walk").pk,
        "homework": task.pk,
        "smaller": small.pk,
        "result": small.pk,
        "step": small.pk,
        "offline": "box-breathing",
        "made": summary.pk,
        "links": link.pk,
        "s": links.token_of(link),
    }
    return by_first_word


def address(route: str, alices) -> str:
    """The route with Alice's keys: each part is what the word before it names (``steps/<int:step>/``)."""
    done: list[str] = []
    for part in route.split("/"):
        if part.startswith("<slug:chart>"):
            part = part.replace("<slug:chart>", "overview").replace("<slug:kind>", "svg")
        elif part == "<str:token>.ics":
            part = f"{alices['calendar']}.ics"
        elif part.startswith("<") and route.startswith("accounts/"):
            part = "1"
        elif part.startswith("<") and route == "plans/<key:pk>/delete/":
            part = str(alices["plans to delete"])  # an agreed one is set aside first, and is 404 there for everybody
        elif part == "<word:slug>" and "/write/" in route:
            part = "thought-record" if route.endswith("<key:pk>/") else alices["written"]
        elif part.startswith("<"):
            assert done[-1] in alices, f"{route}: teach this test what {part} is"
            part = str(alices[done[-1]])
        done.append(part)
    return "/" + "/".join(done).replace("^", "").replace("(?P", "").replace("$", "")


@pytest.mark.parametrize(("name", "route", "parts"), named(ALL))
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_sent_to_sign_in(client, alices, name, route, parts, method):
    response = getattr(client, method)(address(route, alices))
    if name in FOR_NOBODY_IN_PARTICULAR:
        assert response.status_code in {200, 302, 401, 404, 405, 422}
        assert b"Her jaw" not in response.content
    else:
        assert response.status_code == 302, f"{name} opens for nobody: {response.status_code}"
        assert response["Location"].startswith("/accounts/login/")


def test_the_exceptions_are_all_there():
    """A name in the list that no address has any more would hide the next one of that name."""
    names = {found[0] for found in ALL}
    assert set(FOR_NOBODY_IN_PARTICULAR) <= names
    assert set(NOT_A_KEY) <= names


@pytest.mark.parametrize(("name", "route", "parts"), named(OURS_WITH_A_KEY))
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_else_finds_nothing(as_bob, alices, name, route, parts, method):
    """404, or 405 for a method that the address never takes; never a 403, which would say that it exists."""
    path = address(route, alices)
    answers = {method: getattr(as_bob, method)(path).status_code for method in ("get", "post")}
    assert set(answers.values()) <= {404, 405}, f"{path} answers {answers} to somebody else"
    assert 404 in answers.values()


@pytest.mark.parametrize(("name", "route", "parts"), named(OURS_WITH_A_KEY))
def test_the_owner_finds_it(as_alice, alices, name, route, parts):
    """Else the test above would pass for a page that nobody can open."""
    assert as_alice.get(address(route, alices)).status_code in {200, 302, 405}


def test_the_days_of_somebody_else_are_empty(as_bob, alices):
    assert b"Her jaw" not in as_bob.get(f"/entries/{TODAY}/").content
    assert b"Her jaw" not in as_bob.get("/trends/").content
    assert b"Her jaw" not in as_bob.get("/trends/multiples/").content
    assert b"Her jaw" not in as_bob.get("/trends/heatmap/").content
