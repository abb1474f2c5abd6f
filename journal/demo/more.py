"""What a day of the demo person holds besides the daily form's first page: check-ins, nights, measures, events.

Each part draws from numbers of its own, and none changes what the day holds already.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from journal.analysis.numbers import round_half_up
from journal.demo.record import DemoCheckIn, DemoDay, Felt, score_of
from journal.demo.words import Words

MEASURES = ("alcohol", "caffeine", "exercise")
"""Built-in measures that the person has on their daily page besides those that are on from the start."""
WEIGHT = "weight"

CHECKED = ("anxiety", "brain-zaps", "dizziness")
"""What is looked at in a check-in."""

# From which hour to which, and how much worse than the day as a whole: mornings are the worst of it.
TIMES_OF_DAY = {
    "morning": (7, 9, 1.3),
    "midday": (12, 13, 0.3),
    "afternoon": (15, 18, -0.3),
    "evening": (20, 22, -1.3),
}

SAID = {"morning": "check_in_early", "midday": "check_in", "afternoon": "check_in", "evening": "check_in_late"}
"""The kind of sentence that is written at a time of day."""

EVENT_EVERY = 32
"""About so many days from one event to the next."""
EVENTS = {"travel": 4, "good-news": 3, "stressful": 3, "other-medicine": 2, "bereavement": 1}
"""How often each kind of event is drawn. Nothing urgent: the demo is no emergency."""


def with_more(
    days: list[DemoDay],
    felt: dict[dt.date, Felt],
    ill: set[dt.date],
    symptoms: set[str],
    stream: Callable[[str], random.Random],
) -> tuple[DemoDay, ...]:
    """The days with everything else that was written down of them. ``ill``: the edges of the weeks with the flu."""
    check_ins = _check_ins(days, felt, symptoms, stream("check_ins"))
    nights = _nights(days, felt, stream("nights"))
    measures = _measures(days, felt, stream("measures"))
    events = _events(days, ill, stream("events"))
    carried = _carried(days, stream("carried"))
    made = []
    for day in days:
        scores, ratings = carried.get(day.date, ((), frozenset()))
        bed_time, wake_time = nights.get(day.date, (None, None))
        made.append(
            replace(
                day,
                check_ins=check_ins.get(day.date, ()),
                bed_time=bed_time,
                wake_time=wake_time,
                measures=measures[day.date],
                events=events.get(day.date, {}),
                carried=scores,
                carried_ratings=ratings,
            )
        )
    return tuple(made)


def _check_ins(
    days: list[DemoDay], felt: dict[dt.date, Felt], symptoms: set[str], rng: random.Random
) -> dict[dt.date, tuple[DemoCheckIn, ...]]:
    """Check-ins on some days: two to four on worse ones. None on the last day, which may be today.

    Where the day itself was only partly rated they are likely, and say the rest.
    """
    words = Words(rng)
    found = {}
    for day in days[:-1]:
        that = felt[day.date]
        worse = that.load > 1.2
        chance, number = rng.random(), rng.randint(2, 4) if worse else rng.randint(1, 2)
        partly = day.ratings.keys() < symptoms
        if chance > (0.8 if partly else 0.4 if worse else 0.1):
            continue
        ends = ["morning", "evening"][: number if number < 2 else 2]
        between = rng.sample(["midday", "afternoon"], max(0, number - 2))
        found[day.date] = tuple(_check_in(name, that, words, rng) for name in TIMES_OF_DAY if name in {*ends, *between})
    return found


def _check_in(name: str, felt: Felt, words: Words, rng: random.Random) -> DemoCheckIn:
    first, last, worse = TIMES_OF_DAY[name]
    time = dt.time(rng.randint(first, last), rng.randrange(60))
    ratings = {}
    for slug in CHECKED:
        value = felt.ratings[slug] + worse * (0.4 + felt.ratings[slug] / 8) + rng.gauss(0, 0.6)
        if rng.random() < 0.92:
            ratings[slug] = score_of(value if felt.ratings[slug] else min(value, 1.0))
    mood = score_of(felt.mood - 0.7 * worse + rng.gauss(0, 0.6))
    return DemoCheckIn(time, mood, ratings, words.say(SAID[name]) if rng.random() < 0.3 else "")


def _nights(
    days: list[DemoDay], felt: dict[dt.date, Felt], rng: random.Random
) -> dict[dt.date, tuple[dt.time, dt.time]]:
    """When the person went to bed and got up, on some of the nights whose hours they wrote down."""
    found = {}
    for day in days:
        wake = dt.datetime.combine(day.date, dt.time(6)) + dt.timedelta(minutes=5 * rng.randint(0, 24))
        if day.date.weekday() >= 5:
            wake += dt.timedelta(minutes=5 * rng.randint(3, 15))
        awake = rng.randint(2, 6) + rng.randint(0, 2) * felt[day.date].ratings["insomnia"]
        if rng.random() < 0.45 and day.sleep_hours is not None:
            bed = wake - dt.timedelta(hours=float(day.sleep_hours), minutes=5 * awake)
            found[day.date] = (bed.time(), wake.time())
    return found


def _measures(days: list[DemoDay], felt: dict[dt.date, Felt], rng: random.Random) -> dict[dt.date, dict[str, Decimal]]:
    """What was drunk and moved on some days, and the weight once a week."""
    weight = rng.uniform(58, 84)
    found = {}
    for day in days:
        weekend = day.date.weekday() >= 4
        values = {
            "alcohol": rng.choice((0, 0, 1, 2, 2, 3) if weekend else (0, 0, 0, 0, 0, 1)),
            "caffeine": rng.choice((1, 2, 2, 3, 3, 4)),
            "exercise": rng.choice((0, 0, 20, 30, 30, 45, 60) if felt[day.date].energy >= 4 else (0, 0, 0, 10, 20)),
        }
        kept = {slug: Decimal(value) for slug, value in values.items() if rng.random() < 0.55}
        weight += rng.gauss(0, 0.12)
        if day.date.weekday() == days[0].date.weekday():
            kept[WEIGHT] = round_half_up(Decimal(str(round(weight, 3))), 1)
        found[day.date] = kept
    return found


def _events(days: list[DemoDay], ill: set[dt.date], rng: random.Random) -> dict[dt.date, dict[str, str]]:
    """The flu at the edges of its week, and now and then something of a life."""
    words = Words(rng)
    found: dict[dt.date, dict[str, str]] = {day.date: {"illness": "Flu."} for day in days if day.date in ill}
    kinds = dict(EVENTS)
    waiting = rng.randint(6, EVENT_EVERY)
    for day in days:
        waiting -= 1
        if waiting > 0 or day.date in found:
            continue
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        if kind == "bereavement":
            del kinds[kind]  # nobody dies twice
        found[day.date] = {kind: words.say(kind) if rng.random() < 0.8 else ""}
        waiting = rng.randint(EVENT_EVERY // 2, 3 * EVENT_EVERY // 2)
    return found


def _carried(days: list[DemoDay], rng: random.Random) -> dict[dt.date, tuple[tuple[str, ...], frozenset[str]]]:
    """One or two days on which a little was filled in from the day before: what was the same anyway."""
    found = {}
    for day, before in zip(days[1:], days[:-1], strict=True):
        if day.date - before.date != dt.timedelta(1):
            continue
        same = [slug for slug, value in day.ratings.items() if before.ratings.get(slug) == value]
        scores = tuple(name for name in ("energy", "function") if _same(day, before, name))
        if same and scores:
            found[day.date] = (scores, frozenset(same[-2:]))
    chosen = rng.sample(sorted(found), min(len(found), 2 if len(days) >= 60 else 1))
    return {date: found[date] for date in chosen}


def _same(day: DemoDay, before: DemoDay, name: str) -> bool:
    return getattr(day, name) is not None and getattr(day, name) == getattr(before, name)
