"""The taper planner: two alternatives side by side, worked out at once, kept as proposed. It picks no number."""

from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_medication
from journal.catalogue.clinical import clinical_of
from journal.catalogue.conditions import known_conditions
from journal.forms.plans import LETTERS, SHARED, AlternativeForm, BasisForm, products_kept
from journal.models import TaperPlan
from journal.queries.medications import current_dose, steps_of
from journal.queries.plan_changes import Settings, propose
from journal.queries.plans import Known, known_of, plans_of
from journal.reading import plain_number
from journal.taper.plan_words import plan_name
from journal.taper.products import product_words
from journal.views.medications import back_to, posted
from journal.views.plan_parts import curves_of_tables, laid_table, plan_charts, print_classes
from journal.views.plan_remarks import TIMES, missing, remarks
from journal.views.shared import flash


@require_http_methods(["GET", "HEAD", "POST"])
def planner(request, pk):
    """Lay out one plan or two; keep them as proposed."""
    medication = own_medication(request, pk)
    today = timezone.localdate()
    steps = steps_of(request.user, medication)
    known = known_of(request.user, medication, steps, today)
    plans = plans_of(request.user, medication)
    due = current_dose(steps, today)
    opened = _opened(request, plans)
    begin = _begin(request, known, due, opened)
    data = posted(request)
    if data is None and opened:
        data = _as_sent(begin, opened)
    basis = BasisForm(data, known=known, initial=begin)
    forms = [AlternativeForm(data, prefix=letter.lower(), basis=basis, initial={"to_mg": 0}) for letter in LETTERS]
    valid = data is None or _are_valid(basis, forms)
    if valid and request.POST.get("do") == "save":
        return _keep(request, medication, basis, forms, today)
    laid = [form for form in forms if form.is_bound and form.laid]
    tables = [laid_table(form.laid, form.letter, form.discussed_rules()) for form in laid]
    given = basis.circumstances() if laid else None
    products = given.products if given else ()
    ticked = basis["conditions"].value() or []
    clinical = clinical_of(medication.drug)
    context = {
        "medication": medication,
        "basis": basis,
        "forms": forms,
        "shown": _shown_first(forms),
        "tables": tables,
        "charts": plan_charts(tables),
        "curves": curves_of_tables(tables),
        "paper": print_classes(tables),
        "conditions": known_conditions(ticked),
        "conditions_open": bool(ticked),
        "clinical": clinical,
        "missing": missing(basis, forms) if basis.is_bound else [],
        "remarks": remarks(known.drug_class, [form.laid for form in laid], products, today),
        "made_from": [product_words(product) for product in products],
        "times_words": TIMES.get(given.times, "") if given else "",
        "plans": plans,
        "today": today,
        "due": due,
        **back_to(medication),
    }
    status = 200 if valid or request.method != "POST" else 422
    return render(request, "journal/plans/planner.html", context, status=status)


def _begin(request, known: Known, due, opened: dict[str, TaperPlan]) -> dict:
    """What the planner begins with: the dose taken now, what the person has, and nothing of a rate."""
    parts = len({part.when for part in due.step.parts.all()}) if due else 0
    begin = {
        "from_mg": plain_number(due.mg_a_day) if due and due.mg_a_day else None,
        "products": [key for key, _ in known.products],
        "times": parts if 1 < parts <= 4 else 1,
        "conditions": request.profile.conditions,
    }
    plan = next(iter(opened.values()), None)
    if plan:
        begin["from_mg"] = begin["from_mg"] or plain_number(plan.from_mg)
        begin["products"] = products_kept(plan, known)
        begin |= {name: plan.settings[name] for name in SHARED if name in plan.settings}
    return begin


def _opened(request, plans: list[TaperPlan]) -> dict[str, TaperPlan]:
    """``?a=7&b=9`` opens plans that were kept, to compare or to change them; a key that is not theirs opens nothing."""
    by_key = {str(plan.pk): plan for plan in plans}
    return {letter: by_key[key] for letter in LETTERS if (key := request.GET.get(letter.lower(), "")) in by_key}


def _as_sent(begin: dict, opened: dict[str, TaperPlan]) -> QueryDict:
    """Plans that were kept as if they had just been typed, so that the page works them out at once."""
    data = QueryDict(mutable=True)
    for name, value in begin.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    for letter in LETTERS:
        settings = opened[letter].settings if letter in opened else {"to_mg": "0"}
        data.update({f"{letter.lower()}-{name}": text for name, text in settings.items() if name != "products"})
    return data


def _are_valid(basis: BasisForm, forms: list[AlternativeForm]) -> bool:
    """Whether all of it is; an alternative may be left blank, but not both."""
    for form in forms:
        form.is_valid()
    if all(form.is_blank for form in forms):
        forms[0].add_error("method", "Choose a way, and write the numbers that you talked about.")
    return basis.is_valid() and all(form.is_valid() for form in forms)


def _shown_first(forms: list[AlternativeForm]) -> str:
    """The alternative whose fields are in view: one that needs a look, else the first."""
    wrong = next((form.prefix for form in forms if form.is_bound and form.errors), None)
    chosen = forms[0].data.get("show") if forms[0].is_bound else None
    return wrong or (chosen if chosen in {form.prefix for form in forms} else forms[0].prefix)


@transaction.atomic
def _keep(request, medication, basis: BasisForm, forms: list[AlternativeForm], today):
    profile = request.profile
    if profile.conditions != basis.cleaned_data["conditions"]:
        profile.conditions = basis.cleaned_data["conditions"]
        profile.save(update_fields=["conditions"])
    shared = {name: basis.data.get(name, "") for name in SHARED}
    shared["products"] = basis.cleaned_data.get("products", [])
    kept = []
    for form in forms:
        if form.laid:
            settings = Settings(plan_name(form.laid.request), form.typed() | shared, form.discussed_rules())
            plan = propose(medication, form.laid, settings, today)
            kept += [plan] if plan not in kept else []  # A and B alike are one
    names = " and ".join(f"“{plan.name}”" for plan in kept)
    flash(request, f"{names} {'are' if len(kept) > 1 else 'is'} kept as proposed. Nothing is agreed yet.")
    if len(kept) == 1:
        return redirect("plan", kept[0].pk)
    return redirect(f"{reverse('medication', args=[medication.pk])}#plans")
