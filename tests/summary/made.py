"""A Summary made by hand: off venlafaxine for 141 days, with practices, homework and topics."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from journal.analysis.blocks import Block
from journal.analysis.levels import Compared, Mean
from journal.analysis.practice import tally
from journal.analysis.rates import Rates
from journal.analysis.series import Span
from journal.catalogue.summary import Length, Reader
from journal.charts.data import PracticeData, SituationChange, SkillChange
from journal.charts.model import DoseChange, OverviewData, Strip
from journal.queries.doses import DoseCoverage
from journal.queries.measures import DailyMeasure
from journal.queries.private_items import PrivateGroup, PrivateItem
from journal.summary.choices import Choices
from journal.summary.model import (
    Asked,
    Assigned,
    Level,
    Measured,
    Practised,
    Sleep,
    Substance,
    Summary,
    TakenMedication,
    Visit,
)

FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)
REDUCED, OFF = dt.date(2012, 9, 25), dt.date(2012, 11, 19)
BEFORE, NOW = Span(FIRST, REDUCED - dt.timedelta(1)), Span(LAST - dt.timedelta(27), LAST)
DAYS = [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]


def choices(reader=Reader.THERAPIST, length=Length.BRIEF, **changes) -> Choices:
    return Choices(reader=reader, length=length, **changes)


def made(**changes) -> Summary:
    """The summary for the therapist; ``changes``: fields that differ."""
    return replace(_made(), **changes)


def mean(value: str, n: int = 28, days: int = 28) -> Mean:
    return Mean(Fraction(value), n, days)


def level(key: str, name: str, before: str, now: str, better: str = "down", unit: str = "") -> Level:
    means = mean(before, 43, 43), mean(now)
    return Level(key, name, unit, better, means, means[-1].value - means[0].value)


def strip(key: str, name: str, before: str, now: str, better: str = "down", **on: str) -> Strip:
    """A strip that has the mean ``now`` on every day; ``on``: other values, by day ("apr_2")."""
    values = dict.fromkeys(DAYS, Decimal(now))
    months = {"mar": 3, "apr": 4}
    for day, value in on.items():
        month, number = day.split("_")
        values[dt.date(2013, months[month], int(number))] = Decimal(value)
    return Strip(key, name, values, better, before=mean(before, 43, 43), now=mean(now))


def skill(name: str, pairs: dict, situations: dict | None = None) -> SkillChange:
    found = {key: tally(_decimal(value)) for key, value in (situations or {}).items()}
    told = tuple(SituationChange(key, one) for key, one in found.items())
    return SkillChange(name, tally(_decimal(pairs)), situations=told)


def _decimal(pairs: dict) -> dict:
    return {tuple(None if one is None else Decimal(one) for one in pair): n for pair, n in pairs.items()}


def practised(name: str, times: int, n: int, before: str | None = None, after: str | None = None) -> Practised:
    return Practised(name, times, n, before and Decimal(before), after and Decimal(after))


def group(kind: str, title: str, *items: tuple[str, str]) -> PrivateGroup:
    found = (PrivateItem(f"{kind}:{n}", dt.date(2013, 4, n + 1), *item) for n, item in enumerate(items))
    return PrivateGroup(kind, title, tuple(found))


WALK = skill("Walk outside", {("6", "3"): 5, ("7", "3"): 4}, {"anxiety": {("6", "3"): 5}, "": {("7", "3"): 4}})
WORRY_TIME = skill("Worry time", {("6", "5"): 3, ("5", None): 1})


def _made() -> Summary:
    strips = {
        "mood": strip("mood", "Mood", "5.4", "5.3", "up", apr_2="3.5"),
        "worry": strip("worry", "Worry", "0.2", "0.6", apr_2="2", apr_4="2.5"),
        "irritability": strip("irritability", "Irritability", "1.4", "2.4", apr_1="4.5"),
        "sleep_quality": strip("sleep_quality", "Sleep quality", "6.8", "5.5", "up", mar_20="4"),
    }
    symptoms = (
        level("restlessness", "Restlessness", "0.9", "2.1"),
        level("irritability", "Irritability", "1.4", "2.4"),
        level("worry", "Worry", "0.2", "0.7"),
        level("fatigue", "Fatigue", "1.9", "1.8"),
    )
    wellbeing = (
        level("mood", "Mood", "5.4", "5.3", "up"),
        level("sleep_quality", "Sleep quality", "6.8", "5.5", "up"),
        Level("function", "Function", "", "up", (None, None), None),
    )
    steps = (DoseChange(FIRST, Decimal(150)), DoseChange(REDUCED, Decimal(73)), DoseChange(OFF, Decimal(0)))
    return Summary(
        choices=choices(),
        name="Alex Sample",
        born=dt.date(1955, 3, 4),
        visit=Visit("K. Sample, therapist", dt.date(2013, 4, 11)),
        first=FIRST,
        last=LAST,
        made_on=LAST,
        entry_days=238,
        sleep_nights=143,
        medications=(venlafaxine(),),
        compared_medications=1,
        overview=OverviewData(FIRST, LAST, "Venlafaxine", steps, (), frozenset(DAYS)),
        strips=strips,
        events=(),
        compared=Compared(BEFORE, NOW, "the first reduction"),
        before_words="before the taper",
        blocks=(Block("before", BEFORE), Block("since", NOW)),
        measures=tuple(measured(key, strips[key].name) for key in ("worry", "irritability")),
        symptoms=symptoms,
        wellbeing=wellbeing,
        burden_of=4,
        never=(),
        worst=(),
        scores=(),
        score_levels=(),
        substances=(
            Substance("Alcohol", "units", 162, 9, mean("0.4", 162, 239)),
            Substance("Caffeine", "", 0, 0, mean("0", 1, 1)),
        ),
        sleep=Sleep(0, 0, 0, 0),
        rated=None,
        practised=(
            practised("Slow breathing", 14, 14, "6.5", "4.5"),
            practised("Walk outside", 12, 9, "6.3", "3"),
            practised("Worry time", 4, 3),
        ),
        practice=PracticeData(FIRST, LAST, (WALK, WORRY_TIME)),
        homework=(
            Assigned("Thought record, one a week", "done", dt.date(2013, 4, 3), 1, 4, False, dt.date(2013, 3, 12)),
            Assigned("out of bed by 8.", "", None, 2, 3, True, dt.date(2013, 3, 12)),
            Assigned("Worry time at 17:00", "", None, 0, 0, True),
        ),
        topics=("Being short with people at home, and regret after", "Whether stopping was right"),
        questions=(
            Asked("Can we go on weekly until June?", "question"),
            Asked("Waking early since the last change", "side-effect"),
            Asked("A letter for work", "request"),
        ),
        private=(),
        left_out=False,
    )


def measured(key: str, name: str) -> Measured:
    return Measured(DailyMeasure(key, name, "down"), None, None, Rates((), 0, 0), None)


def venlafaxine(**changes) -> TakenMedication:
    coverage = DoseCoverage(frozenset(DAYS[:98]), 84, (), 0, 0, ())
    found = TakenMedication(
        name="Venlafaxine",
        drug="venlafaxine",
        reason="",
        prescriber="",
        since=None,
        history="",
        products=(),
        lines=(),
        coverage=coverage,
        mg=Decimal(0),
        mg_since=OFF,
        descent=None,
        plan=None,
    )
    return replace(found, **changes)
