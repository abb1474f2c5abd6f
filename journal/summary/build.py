"""Build a Summary from the record, in a fixed number of queries: what is read once, and how its parts are put together.

The parts are made in the modules beside this one; what is not to be handed over is taken out in ``withheld``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import prefetch_related_objects

from journal.analysis.blocks import blocks
from journal.analysis.doses import turning_points
from journal.catalogue.events import UNTOLD
from journal.catalogue.summary import Length
from journal.models import Medication, Profile
from journal.models.profile import profile_of
from journal.queries import private_items
from journal.queries.compared import compared_in
from journal.queries.doses import steps_in
from journal.queries.measures import symptom_measures
from journal.queries.overview import (
    Steps,
    dose_changes,
    dose_lines,
    life_events,
    steps_within,
)
from journal.queries.period import Period
from journal.queries.rated import rated
from journal.summary.build_care import asked, homework, practice, practised, topics, visit
from journal.summary.build_doses import in_order, main_of, medications
from journal.summary.build_levels import Levels
from journal.summary.build_scores import scored
from journal.summary.choices import Choices
from journal.summary.model import Summary
from journal.summary.withheld import without

DOSES_LEFT_OUT = "doses left out"


def build(owner, period: Period, choices: Choices, made_on: dt.date, profile: Profile | None = None) -> Summary:
    """The summary of ``owner``'s record for ``period``, as chosen. About 35 queries, however long the record.

    A medication that is off is left out before anything is counted: then "before the taper" is that of the others.
    """
    profile = profile or profile_of(owner)
    everything = steps_in(owner, dt.date.min, period.last)
    history = {one: steps for one, steps in everything.items() if one.pk not in choices.medications_off}
    prefetch_related_objects([step for steps in history.values() for step in steps], "parts")
    drawn = [dose_changes(steps) for steps in history.values()]
    stretches = compared_in(owner, drawn, period)
    reduction, _ = turning_points(drawn, dt.date.min, period.last)
    _, latest = turning_points(drawn, period.first, period.last)
    columns = tuple(blocks(stretches.before, reduction, latest, period.first, period.last))
    # One "now" on the page: the last column of its table. Which symptoms rose most is decided as under Trends.
    trends, stretches = stretches, replace(stretches, now=columns[-1].span)
    # A page for others: what is switched on for one's own charts is not on it.
    symptoms = symptom_measures(owner)
    levels = Levels(owner, period, history, stretches, columns, symptoms, trends)
    main = main_of(history, period)
    lines = dose_lines(owner, period, history, main, stretches)
    ordered, compared = in_order(list(steps_within(history, main, period)), history, main, period)
    followed = levels.followed(ordered[:compared])
    scores = scored(owner, period, stretches, columns, len(lines.entry_days))
    did = practice(owner, period)
    whole = Summary(
        choices=choices,
        name=profile.name,
        born=profile.born,
        visit=visit(owner, choices.reader, made_on),
        first=period.first,
        last=period.last,
        made_on=made_on,
        entry_days=len(lines.entry_days),
        sleep_nights=levels.sleep_nights(),
        medications=medications(owner, period, history, ordered, followed),
        compared_medications=compared,
        overview=lines,
        strips=levels.strips(),
        events=_events(owner, period),
        compared=stretches,
        before_words=levels.record.before_words,
        blocks=columns,
        measures=levels.measured(main),
        symptoms=levels.of_symptoms(),
        wellbeing=levels.wellbeing(),
        burden_of=levels.burden_of,
        never=levels.never(),
        worst=levels.worst(),
        scores=tuple(one.told for one in scores if one.told),
        score_levels=tuple(one.level for one in scores),
        substances=levels.substances(),
        sleep=levels.sleep(),
        rated=_rated(owner, period, choices, symptoms, history, main),
        practised=practised(did),
        practice=did if did.skills else None,
        homework=homework(owner, period),
        topics=topics(owner, choices.reader),
        questions=asked(owner, choices.reader),
        private=private_items.chosen(owner, period, choices.private, choices.medications_off),
        left_out=False,
        shifts=levels.shifts(),
    )
    told, left_out = without(whole)
    untold = any(one.pk in choices.medications_off for one in _in_period(everything, period))
    left_out = left_out or untold or private_items.any_private(owner, period, choices.private)
    if untold and not told.medications:
        # What is left out is not said to be nothing.
        told = replace(
            told,
            medications_left_out=True,
            overview=replace(told.overview, no_dose=DOSES_LEFT_OUT),
            rated=told.rated and replace(told.rated, no_dose=DOSES_LEFT_OUT),
        )
    return replace(told, left_out=left_out)


def _in_period(history: Steps, period: Period) -> Iterable[Medication]:
    return steps_within(history, main_of(history, period), period)


def _events(owner, period: Period):
    untold = {event.name for event in UNTOLD}
    return tuple(event for event in life_events(owner, period) if event.name not in untold)


def _rated(owner, period: Period, choices: Choices, symptoms, history: Steps, main: Medication | None):
    """What the squares are drawn from; a brief page has none."""
    if choices.length == Length.BRIEF:
        return None
    return rated(owner, period, medication=main and main.pk, measures=symptoms, history=history).data
