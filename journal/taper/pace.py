"""Pace notes: what a published guideline would remark about a list of doses. Notes, never blocks, never advice.

One table of rules (``RULES``): for which kinds of medicine, under which condition, where its edge lies, in which
words, from which source. They are judged on the doses that will really be made, exactly as these are.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from journal.analysis.numbers import mg_text, round_half_up
from journal.catalogue.drugs import DrugClass
from journal.taper.words import mg_words

NB = "\u00a0"
WINDOW = 14
"""ASAM 2025 speaks of two weeks: changes fewer than 14 days apart are looked at together."""
MOST_IN_WINDOW = Fraction(1, 4)
HALF = Fraction(1, 2)
JUDGED_AFTER = 7
"""NICE NG222 allows one to two weeks to judge a step: sooner is under seven days."""
SPELL_REACH = 7
"""A spell that is going on today is said beside a step of the next seven days; of later ones nothing is known."""
STORED = Fraction(1, 2000)
"""Doses from the record stand for anything that rounds to them at 0.001 mg."""


@dataclass(frozen=True)
class Dose:
    """From ``date`` on, ``mg`` a day; ``date`` is None where it is not known (the present dose, a plan without dates).

    ``planned_mg`` is what was planned where products make something else of it.
    """

    mg: Fraction
    date: dt.date | None = None
    planned_mg: Fraction | None = None


@dataclass(frozen=True)
class Spell:
    """A spell rated worse that is going on: of what, since when, up to the last day with a rating."""

    what: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True)
class Doses:
    """What is judged: ``plan`` (the present dose first), what was taken before it, and a spell that is going on.

    ``start_mg`` is the dose with which the plan began, where the present one is already on the way down; None where
    it is the present one. ``slack`` (mg) widens every comparison in the plan's favour: ``STORED`` where doses were kept
    to 0.001 mg, so that an exact quarter stays quiet after it was stored.
    """

    plan: Sequence[Dose]
    history: Sequence[Dose] = ()
    spell: Spell | None = None
    slack: Fraction = Fraction(0)
    start_mg: Fraction | None = None

    @property
    def start(self) -> Fraction:
        """The dose with which the way down began."""
        return self.plan[0].mg if self.start_mg is None else self.start_mg

    def before(self, number: int) -> Fraction:
        """The dose before change ``number``."""
        return self.plan[number - 1].mg

    def changes(self) -> Iterator[tuple[int, Dose]]:
        """The changes of the plan by their number, from 1."""
        return enumerate(self.plan[1:], start=1)

    def reductions(self) -> Iterator[tuple[int, Dose]]:
        """Those that lower the dose."""
        return ((number, dose) for number, dose in self.changes() if dose.mg < self.before(number))

    def timeline(self, number: int) -> list[Dose]:
        """Everything before change ``number`` in order of days: what was taken, the present dose, earlier changes."""
        return [*self.history, *self.plan[:number]]

    def fall(self, high: Fraction, low: Fraction) -> Fraction:
        """The share of ``high`` that is gone at ``low``; with slack the least that the stored doses can mean."""
        return 1 - (low + self.slack) / (high - self.slack) if high > self.slack else Fraction(0)


@dataclass(frozen=True)
class Finding:
    """One remark about change ``number`` (from 1): the fact, in words."""

    number: int
    words: str


@dataclass(frozen=True)
class Rule:
    """One rule. ``classes`` None means every kind of medicine. ``condition`` and ``edge`` say it in words for the docs.

    ``says`` is what the source says, faithful to it; ``headline`` what several findings together are called.
    """

    key: str
    classes: frozenset[DrugClass] | None
    condition: str
    edge: str
    headline: str
    says: str
    short: str
    sources: tuple[str, ...]
    find: Callable[[Doses], Iterator[Finding]]

    def applies_to(self, drug_class: DrugClass) -> bool:
        """Whether the rule speaks about this kind of medicine."""
        return self.classes is None or drug_class in self.classes


@dataclass(frozen=True)
class Note:
    """What one rule found in a plan: its findings, at least one, in the order of the changes."""

    rule: Rule
    findings: tuple[Finding, ...]


def notes(drug_class: DrugClass, doses: Doses) -> tuple[Note, ...]:
    """Every rule that has something to remark, in the order of ``RULES``."""
    found = [(rule, tuple(rule.find(doses))) for rule in RULES if rule.applies_to(drug_class)]
    return tuple(Note(rule, findings) for rule, findings in found if findings)


# -- the conditions ---------------------------------------------------------------------------------------------------


def _quarter_in_two_weeks(doses: Doses) -> Iterator[Finding]:
    for number, dose in doses.reductions():
        high = _highest_within(doses.timeline(number), dose.date)
        fall = doses.fall(high, dose.mg)
        if fall > MOST_IN_WINDOW:
            several = high != doses.before(number)
            within = f" within {WINDOW}{NB}days" if several else ""
            yield Finding(number, f"{_fell(high, dose.mg)}{within}")


def _highest_within(before: Sequence[Dose], day: dt.date | None) -> Fraction:
    """The highest dose in force on any of the 14 days before ``day``. Without dates, the dose before."""
    if day is None:
        return before[-1].mg
    edge = day - dt.timedelta(WINDOW)
    high = before[-1].mg
    for dose in reversed(before):
        high = max(high, dose.mg)
        # In force on the edge itself: what came before it was over by then.
        if dose.date is None or dose.date <= edge:
            break
    return high


def _sooner_than(least: int) -> Callable[[Doses], Iterator[Finding]]:
    """Finds each reduction that comes less than so many days after the one before it."""

    def find(doses: Doses) -> Iterator[Finding]:
        for number, dose in doses.reductions():
            last = _last_reduction(doses.timeline(number), dose.date)
            if dose.date and last and (dose.date - last).days < least:
                yield Finding(number, f"{_days((dose.date - last).days)} after the last reduction")

    return find


def _last_reduction(before: Sequence[Dose], day: dt.date | None) -> dt.date | None:
    """The day of the latest reduction before ``day``; None where there is none, or its day is not known."""
    for earlier, later in zip(reversed(before[:-1]), reversed(before), strict=False):
        if later.mg < earlier.mg and not (day and later.date and later.date >= day):
            return later.date
    return None


def _more_than_half(doses: Doses) -> Iterator[Finding]:
    for number, dose in doses.reductions():
        if doses.fall(doses.before(number), dose.mg) > HALF:
            yield Finding(number, _fell(doses.before(number), dose.mg))


def _abrupt_stop(doses: Doses) -> Iterator[Finding]:
    """From the starting dose to 0 at once, within 14 days of it, or by a last step of more than half of it."""
    for number, dose in doses.reductions():
        if dose.mg > 0:
            continue
        before = doses.before(number)
        if all(earlier.mg >= doses.start for earlier in doses.plan[:number]):
            yield Finding(number, f"From {mg_words(before)} to 0{NB}mg in one step")
        elif dose.date and _highest_within(doses.timeline(number), dose.date) >= doses.start:
            yield Finding(number, f"0{NB}mg comes within {WINDOW}{NB}days of {mg_words(doses.start)}")
        elif before - doses.slack > (doses.start + doses.slack) / 2:
            yield Finding(
                number, f"The last step takes {mg_words(before)} at once, more than half of {mg_words(doses.start)}"
            )


def _zero_from_above_the_smallest(doses: Doses) -> Iterator[Finding]:
    # A planned dose that comes to nothing counts too: it is the one that is left out.
    named = [dose.mg or dose.planned_mg for dose in doses.plan if dose.mg or dose.planned_mg]
    smallest = min(named, default=Fraction(0))
    for number, dose in doses.reductions():
        if dose.mg == 0 and doses.before(number) - doses.slack > smallest + doses.slack:
            before = mg_words(doses.before(number))
            yield Finding(
                number, f"0{NB}mg comes straight after {before}; the plan’s smallest dose is {mg_words(smallest)}"
            )


def _during_a_spell(doses: Doses) -> Iterator[Finding]:
    spell = doses.spell
    if spell is None:
        return
    for number, dose in doses.reductions():
        if dose.date and spell.since <= dose.date <= spell.until + dt.timedelta(SPELL_REACH):
            since = f"{spell.since.day}{NB}{spell.since:%B}"
            yield Finding(number, f"{spell.what} has been rated worse than before the taper since {since}")


# -- the table --------------------------------------------------------------------------------------------------------

ANTIDEPRESSANTS = frozenset(kind for kind in DrugClass if kind.is_antidepressant)
BENZODIAZEPINES = frozenset({DrugClass.BENZODIAZEPINE})
AT_RISK = frozenset(kind for kind in DrugClass if kind.at_risk_on_stopping)

RULES: tuple[Rule, ...] = (
    Rule(
        key="abrupt_stop",
        classes=AT_RISK,
        condition="The starting dose goes to 0 mg with no dose between, or within 14 days, or by a last step of more "
        "than half of it.",
        edge="A last step of exactly half of the starting dose, 14 days after it was last taken, is quiet.",
        headline="an abrupt stop",
        says="Guidelines say not to stop benzodiazepines, z-drugs and gabapentinoids suddenly: a sudden stop can bring "
        "on a seizure. A medication of unknown kind is treated alike here.",
        short="abrupt stop",
        sources=("nice_ng215", "asam_2025", "own"),
        find=_abrupt_stop,
    ),
    Rule(
        key="quarter_in_14_days",
        classes=BENZODIAZEPINES,
        condition="The dose falls by more than 25 % within any 14 days, all changes in them taken together.",
        edge="Exactly 25 % is quiet, and so are changes exactly 14 days apart.",
        headline="more than 25 % within 14 days",
        says="ASAM 2025 suggests considering 5 to 10 % every 2 to 4 weeks to begin with, and typically not over 25 % "
        "every 2 weeks.",
        short="ASAM 2025: typically not over 25 % every 2 weeks",
        sources=("asam_2025",),
        find=_quarter_in_two_weeks,
    ),
    Rule(
        key="within_14_days",
        classes=BENZODIAZEPINES,
        condition="A reduction comes less than 14 days after the last one.",
        edge="Exactly 14 days are quiet.",
        headline="less than 14 days after the last reduction",
        says="ASAM 2025 speaks of reductions every 2 to 4 weeks, with a look at how it goes at each.",
        short="ASAM 2025: every 2 to 4 weeks",
        sources=("asam_2025",),
        find=_sooner_than(WINDOW),
    ),
    Rule(
        key="more_than_half",
        classes=ANTIDEPRESSANTS,
        condition="A step takes off more than half of the dose before it, the step to 0 mg included.",
        edge="Exactly half is quiet.",
        headline="more than half of the dose before",
        says="NICE NG222 gives 50 % of the previous dose as an example of a step, and smaller steps such as 25 % as "
        "the dose falls. It sets no limit.",
        short="NICE NG222 gives 50 % as an example; it sets no limit",
        sources=("nice_ng222",),
        find=_more_than_half,
    ),
    Rule(
        key="sooner_than_judged",
        classes=ANTIDEPRESSANTS,
        condition="A reduction comes less than 7 days after the last one.",
        edge="Exactly 7 days are quiet.",
        headline="sooner than a step can be judged",
        says="NICE NG222 allows 1 to 2 weeks to judge each step.",
        short="NICE NG222: 1 to 2 weeks to judge a step",
        sources=("nice_ng222",),
        find=_sooner_than(JUDGED_AFTER),
    ),
    Rule(
        key="zero_from_above_smallest",
        classes=None,
        condition="0 mg comes straight after a dose above the smallest one that the plan names, also where that one "
        "cannot be made and comes to nothing.",
        edge="After the smallest dose that is made it is quiet.",
        headline="0 mg from above the smallest dose",
        says="The smallest dose of the plan is left out on the way to 0.",
        short="above the smallest dose of the plan",
        sources=("own",),
        find=_zero_from_above_the_smallest,
    ),
    Rule(
        key="worse_spell",
        classes=None,
        condition="A step falls into a spell rated worse that is going on, or into the 7 days after its last rating.",
        edge="A spell that is over is quiet, and so is a step more than 7 days ahead.",
        headline="a step during a spell rated worse",
        says="Guidelines say to assess at each step, and to slow down or pause where it is needed.",
        short="during a spell rated worse",
        sources=("asam_2025", "nice_ng222"),
        find=_during_a_spell,
    ),
)
RULE: dict[str, Rule] = {rule.key: rule for rule in RULES}


def _fell(high: Fraction, low: Fraction) -> str:
    """37.5 to 18.1 mg, 51.7 % less. What is beyond an edge is never rounded onto it: 25.04 % is not "25.0 %"."""
    percent = (1 - low / high) * 100
    places = 1
    while places < 3 and percent not in (25, 50) and round_half_up(percent, places) in (25, 50):
        places += 1
    text = "100" if percent == 100 else f"{round_half_up(percent, places):f}"
    return f"{mg_text(high)} to {mg_words(low)}, {text}{NB}% less"


def _days(days: int) -> str:
    return f"{days}{NB}day{'' if days == 1 else 's'}"
