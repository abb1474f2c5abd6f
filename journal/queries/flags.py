"""Red flags of the record: what a day holds for the rules, which panels were shown, and what a page has to know."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import DecimalField, Q, QuerySet, Value

from journal.analysis.flags import (
    ONE_DAY,
    Facts,
    Key,
    Notice,
    Span,
    by_urgency,
    highest_of,
    is_planned,
    notices_in,
    unseen,
)
from journal.catalogue.drugs import DrugClass
from journal.catalogue.flag_rules import DAYS, EVENT_RULES, ITEM_RULES, STOPPED, SYMPTOM_RULES, names_of
from journal.catalogue.symptoms import same_name
from journal.models import (
    DoseStep,
    DoseTaken,
    FlagRaised,
    LifeEvent,
    Medication,
    QuestionnaireResponse,
    Rating,
    Reading,
    Symptom,
    TaperPlan,
)
from journal.models.profile import one_at_a_time
from journal.queries.agreed import ever_agreed, versions_of

# -- what is recorded ---------------------------------------------------------------------------------------------


def facts_of(owner, day: dt.date, stopped: Collection[int] = ()) -> Facts:
    """What is recorded on ``day`` and, of doses, on its neighbours. Three queries; with no dose of two days in a row,
    or with something ``stopped``, two more.

    ``stopped``: the keys of the person's own medications of which a dose step to 0 from this day on was just kept.
    """
    readings, events = _said_on(owner, day)
    none_taken = _none_taken(owner, _before(day), _after(day))
    asked = {pk for pk, days in none_taken.items() if len(days) > 1} | set(stopped)
    stops = stops_of(owner, asked)
    return Facts(
        day=day,
        readings=readings,
        events=events,
        answers=_answers_on(owner, day),
        none_taken={
            pk: {one for one in days if not is_planned(one, stops.get(pk, ()))} for pk, days in none_taken.items()
        },
        stopped=[pk for pk in at_risk(owner, stopped) if not is_planned(day, stops.get(pk, ()))] if stopped else [],
    )


def _said_on(owner, day: dt.date) -> tuple[list[tuple[str, Decimal]], set[str]]:
    """The single readings of the symptoms that have a rule, and the urgent events. One query."""
    own = Rating.objects.of(owner).filter(entry__date=day, symptom__builtin__in=SYMPTOM_RULES)
    timed = Reading.objects.of(owner).filter(check_in__entry__date=day, symptom__builtin__in=SYMPTOM_RULES)
    ticked = LifeEvent.objects.of(owner).filter(entry__date=day, kind__in=EVENT_RULES)
    rows = [
        own.exclude(origin=Rating.Origin.CHECK_INS).order_by().values_list("symptom__builtin", "severity"),
        timed.order_by().values_list("symptom__builtin", "severity"),
        ticked.order_by().values_list("kind", Value(None, output_field=DecimalField())),
    ]
    found = list(rows[0].union(*rows[1:], all=True))
    readings = [(name, severity) for name, severity in found if severity is not None]
    return readings, {name for name, severity in found if severity is None}


def _answers_on(owner, day: dt.date) -> list[tuple[str, int, int]]:
    """The answers of the day's questionnaires to the questions that have a rule. One query."""
    asked = QuestionnaireResponse.objects.of(owner).filter(date=day, slug__in={rule.subject for rule in ITEM_RULES})
    found = []
    for slug, answers in asked.values_list("slug", "answers"):
        for number in {rule.item for rule in ITEM_RULES if rule.subject == slug}:
            answer = answers[number - 1] if isinstance(answers, list) and len(answers) >= number else None
            if type(answer) is int:
                found.append((slug, number, answer))
    return found


def _none_taken(owner, first: dt.date, last: dt.date) -> dict[int, set[dt.date]]:
    """Of each medication at risk the dates from ``first`` to ``last`` recorded as missed or as 0 mg. One query."""
    near = DoseTaken.objects.of(owner).filter(date__range=(first, last))
    found: dict[int, set[dt.date]] = {}
    none = near.filter(Q(status=DoseTaken.Status.MISSED) | Q(mg=0)).order_by()
    for pk, kind, date in none.values_list("medication", "medication__drug_class", "date"):
        if DrugClass.of(kind).at_risk_on_stopping:
            found.setdefault(pk, set()).add(date)
    return found


def _before(day: dt.date) -> dt.date:
    return day - ONE_DAY if day > dt.date.min else day


def _after(day: dt.date) -> dt.date:
    return day + ONE_DAY if day < dt.date.max else day


def at_risk(owner, keys: Collection[int] | None = None) -> dict[int, Medication]:
    """The medications that are not to be stopped suddenly, of these or of all, by their key. One query."""
    found = Medication.objects.of(owner)
    found = found if keys is None else found.filter(pk__in=keys)
    return {one.pk: one for one in found if DrugClass.of(one.drug_class).at_risk_on_stopping}


def stops_of(owner, medications: Collection[int]) -> dict[int, list[Span]]:
    """When an agreed plan, while it was in force, has 0 mg as its last step: by the key of the medication.

    A stop that was taken early, and moved in the plan to the day on which it was, counts from the day that it had
    before. Two queries, none without a medication.
    """
    if not medications:
        return {}
    plans: dict[int, list] = {}
    for plan in ever_agreed(owner).filter(medication__in=medications):
        plans.setdefault(plan.medication_id, []).append(plan)
    found: dict[int, list[Span]] = {}
    for pk, of_one in plans.items():
        for version in versions_of(of_one):
            stop = _stop_of(version.plan, {one.pk: one for one in of_one})
            if stop:
                found.setdefault(pk, []).append((max(version.first, stop), version.end))
    return found


def _stop_of(plan: TaperPlan, plans: Mapping[int, TaperPlan]) -> dt.date | None:
    """The day of the last step where that is one to 0. ``plans``: all of the medication, by their key."""
    last = list(plan.steps.all())[-1:]
    if not last or last[0].dose != 0:
        return None
    day = last[0].starts_on
    before = plans.get(plan.replaces_id) if plan.change == TaperPlan.Change.MOVE else None
    if before is None or not plan.changed_on or day > plan.changed_on:  # moved while it was still to come
        return day
    return max(day, _stop_of(before, {pk: one for pk, one in plans.items() if pk != plan.pk}) or day)


# -- what waits to be shown ---------------------------------------------------------------------------------------


def still_there(owner, notices: Collection[Notice]) -> list[Notice]:
    """What of these is recorded now, as it is recorded now: one that was corrected since is absent, or lower.

    Four queries for each day that they are about, up to seven.
    """
    keys = {one.key for one in notices}
    found: list[Notice] = []
    for day in {one.day for one in notices}:
        asked = {one.medication for one in notices if one.rule == STOPPED and one.day == day}
        steps = DoseStep.objects.of(owner).filter(medication__in=asked, starts_on=day, mg=0) if asked else ()
        stopped = [step.medication_id for step in steps]
        found += [one for one in notices_in(facts_of(owner, day, stopped)) if one.key in keys]
    return by_urgency(dict.fromkeys(found))


# -- what was shown -----------------------------------------------------------------------------------------------


def shown_on(owner, first: dt.date, last: dt.date) -> dict[Key, Decimal | None]:
    """The highest reading for which each panel about a day from ``first`` to ``last`` was shown. One query."""
    rows = FlagRaised.objects.of(owner).filter(date__range=(first, last)).order_by()
    found = rows.values_list("rule", "date", "medication", "reading")
    return highest_of(((rule, day, medication), reading) for rule, day, medication, reading in found)


def record(owner, notices: Iterable[Notice]) -> None:
    """Keep that the panel was shown for these; what stands there as high already is not kept twice."""
    notices = list(notices)
    if not notices:
        return
    days = [one.day for one in notices]
    with transaction.atomic():
        one_at_a_time(owner)
        new = unseen(notices, shown_on(owner, min(days), max(days)))
        FlagRaised.objects.bulk_create(
            FlagRaised(owner=owner, rule=one.rule.slug, date=one.day, reading=one.reading, medication_id=one.medication)
            for one in new
        )


def raised(owner) -> QuerySet[FlagRaised]:
    """Every flag that was shown, with its medication, the latest first."""
    return FlagRaised.objects.of(owner).select_related("medication")


def names_for(owner, keys: Iterable[int | None]) -> Mapping[int, str]:
    """What the person calls these medications, by their key; those that are gone are absent. One query at most."""
    wanted = {key for key in keys if key is not None}
    return dict(Medication.objects.of(owner).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


# -- for a page ---------------------------------------------------------------------------------------------------


def symptoms_for_page(owner) -> tuple[dict[str, str], dict[str, str]]:
    """The built-in symptoms that have a rule: by the key of the person's own, and by every name that can be typed.

    One query.
    """
    rows = Symptom.objects.of(owner).filter(builtin__in=SYMPTOM_RULES).values_list("pk", "name", "builtin")
    names = {name: builtin for builtin in SYMPTOM_RULES for name in names_of(builtin)}
    keys = {}
    for pk, name, builtin in rows:
        keys[str(pk)] = names[same_name(name)] = builtin
    return keys, names


def doses_for_page(
    owner, days: tuple[dt.date, dt.date] | None = None, *, around: dt.date | None = None
) -> dict[str, dict]:
    """Each medication at risk by its key: its name, when an agreed plan stops it, and, with ``days`` (the first and the
    last that the page is about), the dates from the day before to the day after these that are recorded as missed or
    as 0 mg. One query, three where there is such a medication, four with days.

    ``around`` a day: of the stops only what lies so near to it as a page can need; beginnings before are not told.
    """
    found = at_risk(owner)
    if not found:
        return {}
    stops = stops_of(owner, found)
    none = _none_taken(owner, _before(days[0]), _after(days[1])) if days else {}
    return {
        str(pk): {
            "name": one.name,
            "stops": [
                [first.isoformat(), end.isoformat() if end else ""]
                for first, end in (_near(stops.get(pk, ()), around) if around else stops.get(pk, ()))
            ],
            "none": sorted(date.isoformat() for date in none.get(pk, ())),
        }
        for pk, one in found.items()
    }


def _near(stops: Iterable[Span], around: dt.date) -> list[Span]:
    """What of them lies within the days that raise a flag, and the one beside them, before or after ``around``."""
    first, last = around - dt.timedelta(DAYS + 1), around + dt.timedelta(DAYS + 1)
    return [
        (max(begin, first), end if end and end <= last else None)
        for begin, end in stops
        if begin <= last and (end is None or end > first)
    ]
