"""Theirs, or 404. The one place where a key from an address becomes a row."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from journal.converters import NoSuchDay
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
    MadeSummary,
    Medication,
    Practice,
    Product,
    Question,
    QuestionnaireResponse,
    SharedLink,
    Skill,
    SupportPerson,
    Symptom,
    TaperPlan,
)
from journal.queries.calendar import nonce_of
from journal.queries.care import with_sources
from journal.queries.deleted import deleted_lately
from journal.queries.links import links_with
from journal.queries.tracked import TrackedMeasure, measure_of


def own_medication(request, pk) -> Medication:
    """The signed-in person's medication, with its steps at hand; Http404 for anybody else's."""
    return get_object_or_404(Medication.objects.of(request.user), pk=pk)


def own_step(request, medication_pk, pk) -> DoseStep:
    """A dose step of this medication of theirs."""
    steps = DoseStep.objects.of(request.user).select_related("medication")
    return get_object_or_404(steps, medication_id=medication_pk, pk=pk)


def own_product(request, medication_pk, pk) -> Product:
    """A product of this medication of theirs."""
    products = Product.objects.of(request.user).select_related("medication__owner")
    return get_object_or_404(products, medication_id=medication_pk, pk=pk)


def own_plan(request, pk) -> TaperPlan:
    """A taper plan of theirs, with its steps at hand."""
    plans = TaperPlan.objects.of(request.user).select_related("medication__owner", "replaces", "recorded")
    return get_object_or_404(plans.prefetch_related("steps"), pk=pk)


def own_check_in(request, day, pk) -> CheckIn:
    """A check-in of theirs, on this day; Http404 also for what is no day."""
    check_ins = CheckIn.objects.of(request.user).select_related("entry").filter(pk=pk)
    return get_object_or_404(check_ins.none() if isinstance(day, NoSuchDay) else check_ins.filter(entry__date=day))


def own_symptom(request, pk) -> Symptom:
    """A symptom that they rate, put away or not."""
    return get_object_or_404(Symptom.objects.of(request.user), pk=pk)


def own_measure(request, slug) -> TrackedMeasure:
    """A measure by its slug, as this person has it: everybody has the built-in ones, with or without a row."""
    measure = measure_of(request.user, slug)
    if measure is None:
        raise Http404
    return measure


def own_skill(request, slug) -> Skill:
    """A skill of theirs by its slug (a built-in one that was never used has no row)."""
    return get_object_or_404(Skill.objects.of(request.user), slug=slug)


def own_practice(request, pk) -> Practice:
    """One practice of theirs."""
    return get_object_or_404(Practice.objects.of(request.user).select_related("skill"), pk=pk)


def own_question(request, pk) -> Question:
    """A question that they want to raise, with what it came from."""
    return get_object_or_404(with_sources(Question.objects.of(request.user)), pk=pk)


def own_appointment(request, pk) -> Appointment:
    """An appointment of theirs, with the plan that came of it."""
    return get_object_or_404(Appointment.objects.of(request.user).select_related("plan__medication"), pk=pk)


def own_flag(request, pk) -> FlagRaised:
    """A red flag that was shown to them, with its medication where it is about one."""
    return get_object_or_404(FlagRaised.objects.of(request.user).select_related("medication"), pk=pk)


def own_person(request, pk) -> SupportPerson:
    """Somebody who can help them."""
    return get_object_or_404(SupportPerson.objects.of(request.user), pk=pk)


def own_response(request, slug, day) -> QuestionnaireResponse:
    """A questionnaire that they filled in on this day; Http404 also for what is no day."""
    rows = QuestionnaireResponse.objects.of(request.user).filter(slug=slug)
    return get_object_or_404(rows.none() if isinstance(day, NoSuchDay) else rows.filter(date=day))


def own_activity(request, pk) -> Activity:
    """A small activity of theirs, with its practice at hand."""
    return get_object_or_404(Activity.objects.of(request.user).select_related("practice"), pk=pk)


def own_homework(request, pk) -> Homework:
    """A task from therapy of theirs."""
    return get_object_or_404(Homework.objects.of(request.user).select_related("given"), pk=pk)


def own_homework_step(request, homework_pk, pk) -> HomeworkStep:
    """A step of this very task of theirs."""
    return get_object_or_404(
        HomeworkStep.objects.of(request.user).select_related("homework"), homework_id=homework_pk, pk=pk
    )


def own_deleted(request, pk) -> Deleted:
    """Something that they deleted and can still put back."""
    return get_object_or_404(deleted_lately(request.user), pk=pk)


def own_made(request, pk) -> MadeSummary:
    """A summary that they made, with its page."""
    return get_object_or_404(MadeSummary.objects.of(request.user), pk=pk)


def own_link(request, pk) -> SharedLink:
    """A link to a summary of theirs, ended or not; the summary's page is fetched when it is looked at."""
    links = SharedLink.objects.of(request.user).select_related("summary__owner").defer("summary__page")
    return get_object_or_404(links, pk=pk)


def link_of(token: str) -> SharedLink:
    """The shared link with this secret token, whoever asks; Http404, all alike, for a wrong, ended or odd one.

    Like that of a calendar feed, this look-up does not begin with a person: the address is the key.
    """
    return get_object_or_404(links_with(token))


def feed_of(token: str) -> CalendarFeed:
    """The calendar feed with this secret token, whoever asks; Http404, all alike, for a wrong, ended or odd one.

    A look-up that does not begin with a person: a calendar program does not sign in, the address is the key.
    """
    nonce = nonce_of(token)
    if nonce is None:
        raise Http404
    feeds = CalendarFeed.objects.filter(owner__is_active=True).select_related("owner__profile")
    return get_object_or_404(feeds, nonce=nonce)
