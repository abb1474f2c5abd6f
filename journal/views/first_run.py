"""The first steps after signing up: four, short, each of which can be left out."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.forms.first_run import StartForm
from journal.forms.medications import names_offered
from journal.forms.profile import PlaceForm
from journal.models.profile import profile_of, zone_of
from journal.queries import first_run as queries
from journal.views.shared import flash, render_form
from journal.views.symptoms import chosen

LAST = 4
THAT_IS_ALL = "That is all. This is today: fill in what you like, or nothing."


@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request, number=1):
    """One of the steps. The fourth is today's page itself: there is nothing more to ask."""
    if not 1 <= number <= LAST:
        raise Http404
    if number == LAST:
        return redirect("entry", timezone.localdate())
    if "skip" in request.POST:
        return skip(request, number)
    return (medication, symptoms, place)[number - 1](request, shown(number))


def shown(number) -> dict:
    """What every step's page shows: where one is, as words and as a piece of the dose line."""
    treads = [(19 * step, 3 + 5 * step) for step in range(LAST)]
    here, height = treads[number - 1][0] + 10, treads[number - 1][1]
    so_far = "M0 3" + "".join(f"H{x}V{y}" for x, y in treads[1:number]) + f"H{here}"
    to_come = f"M{here} {height}" + "".join(f"H{x}V{y}" for x, y in treads[number:]) + "H76"
    return {"number": number, "last": LAST, "so_far": so_far, "to_come": to_come, "here": here, "height": height}


def skip(request, number):
    """Leave out this step, or all that is left."""
    if request.POST["skip"] == "all":
        queries.finish(request.user)
        return redirect("today")
    return after(request, number)


def after(request, number):
    """On to the next step; the third is the last that asks for anything."""
    if number + 1 < LAST:
        return redirect("first_run_step", number + 1)
    queries.finish(request.user)
    flash(request, THAT_IS_ALL)
    return redirect("entry", timezone.localdate())


def medication(request, page):
    """Step 1: a medication and its present dose."""
    start = queries.start_of(request.user)
    if not start.is_open:
        return (
            after(request, 1)
            if request.method == "POST"
            else render(request, "journal/first_run/medications.html", {**page, "medications": start.others})
        )
    form = StartForm(request.POST if request.method == "POST" else None, start=start)
    if form.is_bound and form.is_valid():
        if not form.is_empty:
            queries.save_start(request.user, **form.cleaned_data)
        return after(request, 1)
    return render_form(request, "journal/first_run/medication.html", form, {**page, "names": names_offered()})


def symptoms(request, page):
    """Step 2: what to keep an eye on."""
    return chosen(request, "journal/first_run/symptoms.html", page, start=True) or after(request, 2)


def place(request, page):
    """Step 3: time zone, country, clock."""
    form = PlaceForm(request.POST if request.method == "POST" else None, instance=profile_of(request.user))
    if form.is_bound and form.is_valid():
        form.save()
        # The page of today opens next, and it is today where the person just said they are.
        with zone_of(form.instance):
            return after(request, 3)
    return render_form(request, "journal/first_run/place.html", form, page)
