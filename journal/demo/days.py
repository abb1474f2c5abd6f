"""The demo person's days: what was felt, slept, taken, practised and written, and what was not."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from journal.analysis.numbers import mg_text
from journal.demo.more import with_more
from journal.demo.record import DemoDay, DemoDose, DemoPractice, Felt, score_of
from journal.demo.taper import Change, Spell, dose_on, spells
from journal.demo.words import Words, season

GAP_FROM = 45
"""From so many days on there is a week with the flu and without a record."""


@dataclass(frozen=True)
class Symptom:
    """How a symptom behaves: on a usual day, how much of a spell it takes, how many days after it, how restless."""

    usual: float
    share: float
    lag: float = 0
    noise: float = 0.6


# By the catalogue's slug, in the order in which the person tracks them.
SYMPTOMS = {
    "anxiety": Symptom(1.9, 0.8, 1.0, 0.8),
    "brain-zaps": Symptom(-0.5, 1.0, 0.0, 0.5),
    "dizziness": Symptom(0.0, 0.85, 0.3),
    "nausea": Symptom(-0.3, 0.65, 0.5),
    "irritability": Symptom(1.1, 0.75, 1.5, 0.8),
    "insomnia": Symptom(1.3, 0.65, 1.0, 0.9),
    "low-mood": Symptom(1.6, 0.5, 3.0),
    "fatigue": Symptom(1.8, 0.45, 2.0, 0.8),
    "headache": Symptom(0.3, 0.3, 0.0, 0.9),
}

# By the catalogue's slug: how far distress falls on average, how often it is chosen, and from which hour to which.
SKILLS = {
    "breathing-5-5": (1.9, 5, 7, 22),
    "long-exhale": (1.4, 4, 8, 19),
    "grounding-5-4-3-2-1": (2.1, 3, 8, 21),
    "worry-time": (1.0, 2, 17, 20),
    "muscle-relaxation": (2.3, 2, 19, 23),
    "awake-at-night": (0.5, 2, 1, 4),
}


def make_days(
    days: int,
    first_day: dt.date,
    found: list[Change],
    stable_mg: Decimal | None,
    stream: Callable[[str], random.Random],
) -> tuple[tuple[DemoDay, ...], tuple[DemoPractice, ...]]:
    """The recorded days and the practices. ``stable_mg`` is the dose of a second medication, if there is one."""
    felt = list(_felt(days, first_day, spells(found, days, stream("spells")), stream("felt")))
    missing, gaps = _missing(days, found, stream("missing"))
    doses = _doses(days, found, stable_mg, missing, stream("doses"))
    diary = _Diary(found, gaps, Words(stream("words")), stream("notes"))
    partly = stream("partly")
    made, practices = [], []
    practice = _Practising(stream("practice"))
    for day, that in enumerate(felt):
        if day in missing:
            continue
        date = first_day + dt.timedelta(day)
        made.append(_recorded(date, that, doses[day], diary.note(day, date, that, doses[day]), partly))
        practices += practice.on(date, that)
    felt_on = {first_day + dt.timedelta(day): that for day, that in enumerate(felt)}
    ill = {first_day + dt.timedelta(edge) for start, end in gaps for edge in (start - 1, end + 1)}
    return with_more(made, felt_on, ill, set(SYMPTOMS), stream), tuple(practices)


def _felt(days: int, first_day: dt.date, all_spells: list[Spell], rng: random.Random):
    drift = dict.fromkeys([*SYMPTOMS, "mood", "energy"], 0.0)
    before = 0.0
    for day in range(days):
        near = [spell for spell in all_spells if -1 < day - spell.day < 250]
        load = sum(spell.on(day) for spell in near)
        window = load > 1.8 and rng.random() < 0.1
        clear = 0.3 if window else 1.0
        weekday = (first_day + dt.timedelta(day)).weekday()
        for name in drift:
            drift[name] = 0.82 * drift[name] + rng.gauss(0, 0.32)
        ratings = {}
        for slug, symptom in SYMPTOMS.items():
            value = symptom.usual + drift[slug] + rng.gauss(0, symptom.noise)
            value += clear * symptom.share * sum(spell.on(day - symptom.lag) for spell in near)
            value += 0.4 if weekday == 0 and slug == "anxiety" else 0.0
            ratings[slug] = score_of(value)
        burden = sum(ratings.values()) / len(ratings)
        weekend = 0.4 if weekday >= 5 else 0.0
        sleep = 7.4 + weekend - 0.3 * ratings["insomnia"] + rng.gauss(0, 0.5)
        yield Felt(
            load=clear * load,
            easing=1 < load < before,
            window=window,
            ratings=ratings,
            mood=score_of(7.4 + weekend / 2 - 0.75 * burden + drift["mood"] + rng.gauss(0, 0.6)),
            energy=score_of(7.2 - 0.6 * ratings["fatigue"] - 0.25 * burden + drift["energy"] + rng.gauss(0, 0.6)),
            sleep_hours=Decimal(round(min(11.0, max(2.0, sleep)) * 2)) / 2,
            sleep_quality=score_of(8.0 - 0.8 * ratings["insomnia"] + rng.gauss(0, 0.7)),
            function=score_of(8.0 - 0.75 * burden + 0.5 * drift["energy"] + rng.gauss(0, 0.6)),
        )
        before = load


def _missing(days: int, found: list[Change], rng: random.Random) -> tuple[set[int], list[tuple[int, int]]]:
    """Days without a record, and the weeks of flu among them as (first, last).

    The first and last day and those of a dose change have one.
    """
    steps = {change.day for change in found}
    kept = {0, days - 1} | steps
    gaps = []
    if days >= GAP_FROM:
        parts = 1 + days // 300
        for part in range(parts):
            length = rng.randint(6, 8)
            wanted = int((part + rng.uniform(0.5, 0.75)) * days / parts)
            starts = [day for day in range(3, days - length - 3) if not steps & set(range(day - 1, day + length + 2))]
            start = min(starts, key=lambda day: abs(day - wanted), default=None)
            if start is not None:
                gaps.append((start, start + length - 1))
    single = {day for day in range(days) if rng.random() < 0.04} - kept
    return single.union(*(range(start, end + 1) for start, end in gaps)), gaps


def _doses(
    days: int, found: list[Change], stable_mg: Decimal | None, missing: set[int], rng: random.Random
) -> list[tuple[DemoDose, ...]]:
    """What is recorded of the doses of each day. In a month or more one was missed and one was late."""
    cuts = [change for change in found if change.kind == "reduction" and change.day + 1 < days]
    slip = rng.choice(cuts) if cuts and days >= GAP_FROM else None
    ordinary = [day for day in range(2, days - 1) if day not in missing and dose_on(found, day)]
    sure = dict(zip(rng.sample(ordinary, 2), ("missed", "late"), strict=True)) if days >= 30 else {}
    all_doses = []
    for day in range(days):
        doses = []
        due = dose_on(found, day)
        if slip and day == slip.day + 1:
            doses.append(DemoDose(0, "other", slip.old))
        elif due and (day in sure or rng.random() > 0.025):
            doses.append(_dose(0, due, sure.get(day) or _status(rng), rng))
        if stable_mg and rng.random() > 0.03:
            doses.append(_dose(1, stable_mg, "missed" if rng.random() < 0.01 else "planned", rng))
        all_doses.append(tuple(doses))
    return all_doses


def _status(rng: random.Random) -> str:
    return rng.choices(("planned", "missed", "late"), (93, 2, 5))[0]


def _dose(medication: int, due: Decimal, status: str, rng: random.Random) -> DemoDose:
    if status == "missed":
        return DemoDose(medication, status, Decimal(0))
    if status == "late":
        return DemoDose(medication, status, due, dt.time(rng.randint(10, 15), rng.randrange(0, 60, 5)))
    return DemoDose(medication, status, due)


def _recorded(date: dt.date, felt: Felt, doses, notes: str, rng: random.Random) -> DemoDay:
    """What was written down of a day: most days all of it, some days two or three things."""
    short = rng.random() < 0.06
    blank = {name: rng.random() < chance for name, chance in (("sleep", 0.04), ("function", 0.07), ("energy", 0.03))}
    rated = dict(list(felt.ratings.items())[: 2 if short else None])
    return DemoDay(
        date=date,
        mood=felt.mood,
        energy=None if short or blank["energy"] else felt.energy,
        sleep_hours=None if blank["sleep"] else felt.sleep_hours,
        sleep_quality=None if short or blank["sleep"] else felt.sleep_quality,
        function=None if short or blank["function"] else felt.function,
        notes=notes,
        ratings=rated,
        doses=doses,
    )


class _Diary:
    """Chooses what the person writes on a day, if anything."""

    def __init__(self, found: list[Change], gaps: list[tuple[int, int]], words: Words, rng: random.Random):
        self.changes = {change.day: change for change in found}
        self.gaps, self.words, self.rng = gaps, words, rng

    def note(self, day: int, date: dt.date, felt: Felt, doses: tuple[DemoDose, ...]) -> str:
        """The note of this day; most days have none."""
        said = [sentence for sentence in (self._event(day, doses), self._mood(felt)) if sentence]
        if said and self.rng.random() < 0.3:
            said.append(self.words.say("life" if self.rng.random() < 0.7 else season(date.month)))
        return " ".join(said[:2])

    def _event(self, day: int, doses: tuple[DemoDose, ...]) -> str:
        change = self.changes.get(day)
        if change and day == 0:
            return self.words.say("first")
        if change:
            occasion = "back_up" if change.kind == "reinstatement" else change.kind
            return self.words.say(occasion, mg=mg_text(change.mg), old=mg_text(change.old))
        if any(day == start - 1 for start, _ in self.gaps):
            return self.words.say("before_gap")
        if any(day == end + 1 for _, end in self.gaps):
            return self.words.say("after_gap")
        status = next((dose for dose in doses if dose.medication == 0), None)
        if status and status.status in ("missed", "late", "other") and self.rng.random() < 0.8:
            return self.words.say(status.status, mg=mg_text(status.mg))
        return ""

    def _mood(self, felt: Felt) -> str:
        chance = self.rng.random()
        if felt.window:
            return self.words.say("window") if chance < 0.6 else ""
        if felt.sleep_hours <= 5 and chance < 0.5:
            return self.words.say("sleep")
        if felt.load > 2.2 and not felt.easing:
            return self.words.say("wave") if chance < 0.6 else ""
        if felt.load > 2.8:
            return self.words.say("wave") if chance < 0.4 else ""
        if felt.easing:
            return self.words.say("easing") if chance < 0.3 else ""
        return self.words.say("quiet") if chance < 0.25 else ""


class _Practising:
    """Skills practised: more often on anxious days, with distress before and after."""

    def __init__(self, rng: random.Random):
        self.rng, self.words = rng, Words(rng)

    def on(self, date: dt.date, felt: Felt) -> list[DemoPractice]:
        """The practices of one day."""
        distress = max(felt.ratings["anxiety"], felt.ratings["irritability"], felt.ratings["insomnia"])
        if self.rng.random() > 0.08 + 0.085 * distress:
            return []
        names = [name for name in SKILLS if name != "awake-at-night" or felt.ratings["insomnia"] >= 4]
        name = self.rng.choices(names, [SKILLS[name][1] for name in names])[0]
        effect, _, first_hour, last_hour = SKILLS[name]
        before = score_of(max(2.0, distress + self.rng.gauss(0.6, 0.9)))
        after = score_of(before - self.rng.gauss(effect, 1.0) * (0.4 + before / 10))
        return [
            DemoPractice(
                skill=name,
                date=date,
                time=dt.time(self.rng.randint(first_hour, last_hour), self.rng.randrange(0, 60, 5)),
                before=before,
                after=None if self.rng.random() < 0.07 else after,
                note=self.words.say("practice") if self.rng.random() < 0.16 else "",
            )
        ]
