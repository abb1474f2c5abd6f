"""What goes into the charts of one symptom, of scores and of practice. Frozen, and free of Django and of matplotlib."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from journal.analysis.levels import Mean
from journal.analysis.practice import Change, Tally

from .model import OverviewData


@dataclass(frozen=True)
class Moment:
    """What one check-in said: `value` 0-10 at `time` of `day`, by the person's own clock."""

    day: date
    time: time
    value: Decimal


@dataclass(frozen=True)
class DetailData(OverviewData):
    """One series with its check-ins under the dose; `strips` has that one.

    `check_ins` in order; over 400 days they are not drawn, and `left_out` says how many there are.
    """

    check_ins: tuple[Moment, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Score:
    """A number given now and then: a measure of the person's own, or the total of a questionnaire.

    `low` and `high` are the ends of its scale, None where it has none: then whole steps round the values are drawn.
    `better`: "up", "down", or blank for neither. `values` by day, on its own scale. `before` and `now`
    are the means of the stretches that the data says are `compared`.
    """

    key: str
    name: str
    low: Decimal | None
    high: Decimal | None
    better: str
    values: Mapping[date, Decimal]
    unit: str = ""
    before: Mean | None = None
    now: Mean | None = None

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """Both ends of its scale. None with decimals: an import without a scale has taken them from the values."""
        if self.low is None or self.high is None or self.low % 1 or self.high % 1:
            return None
        return self.low, self.high

    @property
    def full_name(self) -> str:
        """With its unit: "Weight, kg"."""
        return f"{self.name}, {self.unit}" if self.unit else self.name


@dataclass(frozen=True)
class ScoresData(OverviewData):
    """Scores under the dose; `strips` is empty, for each score has a scale of its own."""

    scores: tuple[Score, ...] = ()


@dataclass(frozen=True)
class SituationChange:
    """The practices of one skill with one thing they were about: a key of the catalogue's situations, '' unsaid."""

    situation: str
    tally: Tally


@dataclass(frozen=True)
class SkillChange:
    """The practices of one skill, in all and by what they were about (in the order of `analysis.practice.order`)."""

    name: str
    tally: Tally
    slug: str = ""
    situations: tuple[SituationChange, ...] = ()

    @property
    def change(self) -> Change | None:
        """What they did to distress; None where too few have both figures, and then the skill is not drawn."""
        return self.tally.change

    @property
    def is_told_apart(self) -> bool:
        """Whether any of them says what it was about."""
        return any(one.situation for one in self.situations)


@dataclass(frozen=True)
class PracticeData:
    """The skills practised from `first` to `last`, both included, in the order of `analysis.practice.order`."""

    first: date
    last: date
    skills: tuple[SkillChange, ...]

    @property
    def drawn(self) -> tuple[SkillChange, ...]:
        """Those with enough practices."""
        return tuple(skill for skill in self.skills if skill.change)

    @property
    def others(self) -> tuple[SkillChange, ...]:
        """Those with too few."""
        return tuple(skill for skill in self.skills if not skill.change)
