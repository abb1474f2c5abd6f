"""What the overview chart draws: dose over mood and the symptoms that rose most, or those that were asked for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from journal.analysis.doses import changes
from journal.analysis.events import EventSpan, event_spans
from journal.analysis.levels import Compared, Mean, rose_most
from journal.analysis.series import LONG_PERIOD, Span
from journal.catalogue.events import EVENTS
from journal.charts.model import DoseChange, OtherMedication, OverviewData, Strip
from journal.models import DoseStep, LifeEvent, Medication
from journal.queries.compared import compared_in
from journal.queries.doses import from_day, steps_in
from journal.queries.entries import entry_days
from journal.queries.measures import MOOD, DailyMeasure, charted_symptoms, daily_of, means
from journal.queries.period import Period
from journal.queries.weeks import weekly_of

DRAWN = 3
"""So many symptoms are drawn when none is asked for."""
MOST_DRAWN = 8
"""So many strips still fit under one dose line."""

Steps = Mapping[Medication, Sequence[DoseStep]]


@dataclass(frozen=True)
class Overview:
    """The drawing's data, with what a page needs around it.

    ``symptoms`` are all that could be drawn, ``chosen`` those that are, and ``rule`` the sentence that says by what
    rule (blank when they were asked for).
    """

    data: OverviewData
    symptoms: tuple[DailyMeasure, ...]
    chosen: tuple[DailyMeasure, ...]
    rule: str
    medications: tuple[Medication, ...]
    medication: Medication | None


class UnknownName(ValueError):
    """The address names a symptom or medication that is not this person's; the text is for the person."""


def overview(
    owner,
    period: Period,
    symptoms: Sequence[str] | None = None,
    medication: int | None = None,
    measures: Sequence[DailyMeasure] | None = None,
    *,
    weekly: bool = False,
) -> Overview:
    """The overview for ``period`` in a fixed number of queries.

    ``symptoms`` are slugs in the order to draw; None lets the rule choose. ``medication`` is a key; None takes the
    one whose dose changed last. ``measures`` are the symptoms that could be drawn; None takes those that the person's
    charts may show. What is at 0 mg throughout is left out, unless it is that one. ``weekly`` has the database count
    the weeks of a long period, where the days themselves are not asked for. What is before and now is
    that of the whole record. Raises UnknownName.
    """
    history = steps_in(owner, dt.date.min, period.last)
    main = choose_medication(history, medication)
    measures = charted_symptoms(owner) if measures is None else measures
    stretches = compared_in(owner, (dose_changes(of_one) for of_one in history.values()), period)
    if symptoms is None:
        chosen, rule = chosen_by_rule(owner, period, stretches, measures)
    else:
        chosen, rule = named(measures, symptoms), ""
    strips_of = weekly_strips if weekly and period.days > LONG_PERIOD else daily_strips
    data = replace(
        dose_lines(owner, period, history, main, stretches),
        strips=strips_of(owner, period, (MOOD, *chosen), stretches),
        events=life_events(owner, period),
    )
    return Overview(data, tuple(measures), tuple(chosen), rule, tuple(steps_within(history, main, period)), main)


def steps_within(history: Steps, main: Medication | None, period: Period) -> dict[Medication, list[DoseStep]]:
    """The medications of the period with their steps from its first day on; at 0 mg throughout only ``main``."""
    steps = {one: from_day(of_one, period.first) for one, of_one in history.items()}
    return {one: of_one for one, of_one in steps.items() if one == main or any(step.mg for step in of_one)}


def dose_lines(owner, period: Period, history: Steps, main: Medication | None, stretches: Compared) -> OverviewData:
    """The doses of the period, the days with an entry and what is compared, without strips and events. One query."""
    drawn = {one: dose_changes(of_one) for one, of_one in steps_within(history, main, period).items()}
    earlier = [dose_changes(history[one]) for one in drawn]
    return OverviewData(
        first=period.first,
        last=period.last,
        medication=main.name if main else "",
        steps=drawn[main] if main else (),
        strips=(),
        entry_days=frozenset(entry_days(owner, period.first, period.last)),
        other_medications=tuple(OtherMedication(one.name, of_one) for one, of_one in drawn.items() if one != main),
        earlier_reduction=any(
            change.is_reduction and change.day <= period.first for of_one in earlier for change in changes(of_one)
        ),
        compared=stretches,
    )


def daily_strips(owner, period: Period, measures: Sequence[DailyMeasure], stretches: Compared) -> tuple[Strip, ...]:
    """The series day by day, with the means of the ``stretches``."""
    daily = daily_of(owner, period.first, period.last, measures)
    levels = levels_of(owner, measures, stretches)
    return tuple(
        Strip(
            m.key,
            m.name,
            daily[m.key].values,
            m.better,
            carried=frozenset(daily[m.key].carried),
            private=m.private,
            **levels[m.key],
        )
        for m in measures
    )


def levels_of(owner, measures: Sequence[DailyMeasure], stretches: Compared) -> dict[str, dict[str, Mean | None]]:
    """By key the means ``before`` and ``now``, as strips and scores take them."""
    found = means(owner, stretches.spans, measures)
    pairs = {measure.key: stretches.pair(found[measure.key]) for measure in measures}
    return {key: {"before": before, "now": now} for key, (before, now) in pairs.items()}


def weekly_strips(owner, period: Period, measures: Sequence[DailyMeasure], stretches: Compared) -> tuple[Strip, ...]:
    """The series as calendar weeks, with the means of the ``stretches``."""
    found = weekly_of(owner, period.first, period.last, measures)
    levels = levels_of(owner, measures, stretches)
    return tuple(
        Strip(m.key, m.name, {}, m.better, weeks=found[m.key], private=m.private, **levels[m.key]) for m in measures
    )


def life_events(owner, period: Period) -> tuple[EventSpan, ...]:
    """What happened in these days, by the names of its kinds: the person's own words are private. One query."""
    days: dict[dt.date, list[str]] = {}
    rows = LifeEvent.objects.of(owner).filter(entry__date__range=(period.first, period.last))
    for day, kind in rows.order_by("entry__date").values_list("entry__date", "kind"):
        if kind in EVENTS:
            days.setdefault(day, []).append(EVENTS[kind].name)
    return event_spans(days)


def choose_medication(steps: Steps, key: int | None) -> Medication | None:
    """The medication with this key, else the one whose dose changed last, else None. Raises UnknownName."""
    if key is not None:
        for medication in steps:
            if medication.pk == key:
                return medication
        raise UnknownName("That medication is not in this period.")
    return max(steps, key=lambda medication: changes(dose_changes(steps[medication]))[-1].day, default=None)


def dose_changes(steps: Sequence[DoseStep]) -> tuple[DoseChange, ...]:
    """Dose steps as the charts take them."""
    return tuple(DoseChange(step.starts_on, step.mg, step.kind, step.cycle_days) for step in steps)


def named(measures: Sequence[DailyMeasure], slugs: Sequence[str]) -> list[DailyMeasure]:
    """The measures with these slugs, in that order, each once. Raises UnknownName."""
    by_key = {measure.key: measure for measure in measures}
    wanted = [slug for slug in dict.fromkeys(slugs) if slug]
    if len(wanted) > MOST_DRAWN:
        raise UnknownName(f"At most {MOST_DRAWN} symptoms fit under one dose line. You asked for {len(wanted)}.")
    for slug in wanted:
        if slug not in by_key:
            raise UnknownName(f"“{slug[:60]}” is not among what you keep an eye on.")
    return [by_key[slug] for slug in wanted]


ROSE = "those that rose most, last 28 days against the days before the first reduction"
RATED = "those rated highest"


def chosen_by_rule(
    owner, period: Period, stretches: Compared, measures: Sequence[DailyMeasure]
) -> tuple[list[DailyMeasure], str]:
    """The symptoms that deserve a strip, and the sentence that says why these. One query; the rule is ``by_rule``."""
    found = means(owner, [Span(period.first, period.last), *stretches.spans], measures)
    levels = {key: (of_one[0], *stretches.pair(of_one[1:])) for key, of_one in found.items()}
    rose, rest = by_rule(measures, levels)
    chosen = [*rose, *rest][:DRAWN]
    reasons = dict.fromkeys(ROSE if measure in rose else RATED for measure in chosen)
    return chosen, f"Chosen by rule: {', then '.join(reasons)}." if chosen else ""


def by_rule(
    measures: Sequence[DailyMeasure], levels: Mapping[str, tuple[Mean | None, Mean | None, Mean | None]]
) -> tuple[list[DailyMeasure], list[DailyMeasure]]:
    """The symptoms in the order in which they deserve a strip, in two parts; ``levels``: (period, before, now) by key.

    First those that can be compared, by how much they rose (``rose_most``); then the others that were rated, by
    their mean. What is private is drawn when the person chooses it, never by a rule.
    """
    by_name = {one.name: one for one in measures if not one.private and levels[one.key][0]}
    rose = [by_name[rise.key] for rise in rose_most({name: levels[one.key][1:] for name, one in by_name.items()})]
    rest = [one for one in by_name.values() if one not in rose]
    return rose, sorted(rest, key=lambda one: (-levels[one.key][0].value, one.name))
