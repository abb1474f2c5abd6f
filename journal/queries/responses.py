"""What followed each dose change of a medication: the rules of docs/analysis.md on one person's record."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from journal.analysis.doses import Change, changes
from journal.analysis.levels import FIRST_SHOWN, Compared, Level, Mean, level_since, mean_in
from journal.analysis.quiet import Quiet, quiet
from journal.analysis.responses import Response, responses
from journal.analysis.scaled import Scaled
from journal.analysis.series import Span
from journal.analysis.waves import Spell, spells
from journal.models import Medication
from journal.queries.around import Around, NewSymptom, around
from journal.queries.compared import compared_in
from journal.queries.doses import steps_in
from journal.queries.measures import BURDEN, MOOD, Daily, DailyMeasure, charted_symptoms, daily_of
from journal.queries.overview import Steps, choose_medication, dose_changes
from journal.queries.period import Period

BEFORE_TAPER = "before the taper"
BEFORE_FIRST_SHOWN = "before the first change shown"


@dataclass(frozen=True)
class Followed:
    """What followed one change. Of the medication's ``due`` doses in the window so many were ``missed``.

    ``unrecorded`` have no record, which is not "missed"; where none of those due has one, ``missed`` is None. Today's
    dose is due only once it is recorded, for the day is not over; where it is all there is, ``missed`` is None too.
    """

    response: Response
    missed: int | None
    unrecorded: int
    due: int
    new: tuple[NewSymptom, ...] = ()


@dataclass(frozen=True)
class WhatFollowed:
    """What one measure did after the changes of one medication from ``first`` to ``last``, earliest first.

    ``before`` is the mean of ``before_span``, called ``before_words``; ``recent`` that of the last 28 days. ``quiet``
    says how often the rule fires without a change, for each length of a window, the shortest first. ``level`` counts
    from the last change of any medication. ``spells`` are those from the first reduction on that reach into the period.
    """

    measure: DailyMeasure
    medication: Medication | None
    first: dt.date
    last: dt.date
    before: Mean | None
    before_span: Span | None
    before_words: str
    recent: Mean | None
    changes: tuple[Followed, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    level: Level | None = None
    spells: tuple[Spell, ...] = ()


def response_measures(owner) -> list[DailyMeasure]:
    """What can be asked about: mood, burden, then the symptoms that charts may show. One query."""
    return [MOOD, BURDEN, *charted_symptoms(owner)]


def what_followed(owner, period: Period, measure: DailyMeasure, medication: int | None = None) -> WhatFollowed:
    """What followed each change of one medication in the period; at most nine queries, for any number of years.

    ``medication`` is a key; None takes the one whose dose changed last. Raises UnknownName.
    """
    return followed_by_measure(owner, period, [measure], medication)[0]


def followed_by_measure(
    owner, period: Period, measures: Sequence[DailyMeasure], medication: int | None = None
) -> list[WhatFollowed]:
    """The same for several measures, of which the doses are read only once: three queries more at most.

    The whole record of each is read: the days before the taper and those without a change are in all of it.
    """
    history = steps_in(owner, dt.date.min, period.last)
    main = choose_medication(history, medication)
    record = Record(
        owner=owner,
        period=period,
        history=history,
        stretches=compared_in(owner, (dose_changes(steps) for steps in history.values()), period),
        daily=daily_of(owner, dt.date.min, period.last, measures),
    )
    found = followed_changes(record, measures, [main] if main else [])
    return [what_measure_did(record, one, main, found[main][one.key] if main else ()) for one in measures]


# -- several medications and measures, read once ----------------------------------------------------------------------


@dataclass
class Record:
    """What is read of a record for ``period``, whatever is asked of it then.

    ``history``: all steps up to the last day. ``daily``: by key, of all days up to it, the measures in question.
    ``symptoms``: those that can be new; None takes those that the person's charts may show.
    """

    owner: object
    period: Period
    history: Steps
    stretches: Compared
    daily: Mapping[str, Daily]
    symptoms: Sequence[DailyMeasure] | None = None
    _scaled: dict[str, Scaled] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.changes: dict[Medication, list[Change]] = {
            one: changes(dose_changes(steps)) for one, steps in self.history.items()
        }

    @property
    def before_words(self) -> str:
        """What the days before are called."""
        return BEFORE_FIRST_SHOWN if self.stretches.since == FIRST_SHOWN else BEFORE_TAPER

    def change_days(self, but: Medication | None = None) -> list[dt.date]:
        """Every day on which the dose of a medication changed, in order; without those of ``but``."""
        found = (of_one for one, of_one in self.changes.items() if one != but)
        return sorted(change.day for of_one in found for change in of_one if change.before is not None)

    def scaled(self, key: str) -> Scaled:
        """The series of a measure in whole numbers."""
        if key not in self._scaled:
            self._scaled[key] = Scaled(self.daily[key].values)
        return self._scaled[key]

    def before(self, key: str) -> Mean | None:
        """The mean of a measure before the taper."""
        return mean_in(self.scaled(key), self.stretches.before) if self.stretches.before else None


def followed_changes(
    record: Record, measures: Sequence[DailyMeasure], medications: Sequence[Medication]
) -> dict[Medication, dict[str, tuple[Followed, ...]]]:
    """What followed each change in the period, earliest first, by medication and key of the measure.

    Seven queries at most, however many medications and measures.
    """
    found = {one: {measure.key: _responses(record, measure, one) for measure in measures} for one in medications}
    # The windows are the same for every measure.
    windows = {one: [each.window for each in next(iter(of_one.values()), ())] for one, of_one in found.items()}
    symptoms = record.symptoms
    if symptoms is None:
        symptoms = charted_symptoms(record.owner) if any(windows.values()) else ()
    beside = around(record.owner, record.history, windows, symptoms)
    return {
        one: {key: tuple(_followed(each, beside[one][each.change.day]) for each in got) for key, got in of_one.items()}
        for one, of_one in found.items()
    }


def _followed(response: Response, beside: Around) -> Followed:
    return Followed(response, beside.missed, beside.unrecorded, beside.due, beside.new)


def _responses(record: Record, measure: DailyMeasure, medication: Medication) -> list[Response]:
    return responses(
        record.daily[measure.key].values,
        record.changes[medication],
        record.period.last,
        measure.better,
        before=record.before(measure.key),
        others=set(record.change_days(but=medication)),
        first=record.period.first,
        scaled=record.scaled(measure.key),
    )


def what_measure_did(
    record: Record, measure: DailyMeasure, medication: Medication | None, found: Sequence[Followed]
) -> WhatFollowed:
    """What one measure did after the changes ``found`` of one medication. No query."""
    scaled, before, last = record.scaled(measure.key), record.before(measure.key), record.period.last
    known = record.change_days()
    lengths = [one.response.window.days for one in found if one.response.is_known]
    before_span = record.stretches.before
    return WhatFollowed(
        measure=measure,
        medication=medication,
        first=record.period.first,
        last=last,
        before=before,
        before_span=before_span if before else None,
        before_words=record.before_words,
        recent=mean_in(scaled, record.stretches.now),
        changes=tuple(found),
        quiet=quiet(scaled, known, last, lengths, measure.better),
        level=level_since(scaled, known[-1], last, before, measure.better) if known and before else None,
        spells=_spells(record.daily[measure.key].values, scaled, before_span, record.period, measure.better),
    )


# -- levels ---------------------------------------------------------------------------------------------------------


def _spells(values: Mapping, scaled: Scaled, before: Span | None, period: Period, better: str) -> tuple[Spell, ...]:
    if before is None:
        return ()
    rated = [value for day, value in values.items() if day in before]
    found = spells(values, rated, before.last + dt.timedelta(1), period.last, better, scaled=scaled)
    return tuple(one for one in found if one.span.last >= period.first)
