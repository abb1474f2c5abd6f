"""What goes into a chart and what comes out. Frozen, and free of Django and of matplotlib."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from journal.analysis.events import EventSpan
from journal.analysis.levels import Compared, Mean
from journal.analysis.series import Span, Week

Better = Literal["up", "down"]
Values = Mapping[date, Decimal | int | float | None]
NO_DOSE = "no dose in this period"


@dataclass(frozen=True)
class DoseChange:
    """From `day` on, `mg` a day. `kind` is the vocabulary's word: start, reduction, hold, stop ...

    Of a pattern over several `cycle_days`, `mg` is the mean.
    """

    day: date
    mg: Decimal
    kind: str = ""
    cycle_days: int = 1


@dataclass(frozen=True)
class Strip:
    """One daily series, rated 0-10; a day that is absent or None is missing.

    `better`: 'up' where 10 is best (mood, energy), 'down' where 10 is worst (symptoms).
    `note` stands under the name on paper ("mean of 13"). `top` fixes the upper end of the axis
    (3 for burden on paper); None follows the rule of the chart. `carried`: the days whose value was taken over
    unchanged from the day before.

    Over 400 days a series may come as its calendar `weeks`, counted by the database; `values` and `carried` are empty
    then. `before` and `now` are the means of the stretches that the data says are `compared`.
    What is `private` is in no heading.
    """

    key: str
    name: str
    values: Values
    better: Better = "down"
    note: str = ""
    top: int | None = None
    carried: frozenset[date] = frozenset()
    weeks: tuple[Week, ...] | None = None
    private: bool = False
    before: Mean | None = None
    now: Mean | None = None


@dataclass(frozen=True)
class OtherMedication:
    """A further medication taken in the period: it gets a dose panel of its own."""

    name: str
    steps: tuple[DoseChange, ...]


@dataclass(frozen=True)
class Share:
    """From `day` on, about `percent` is occupied."""

    day: date
    percent: Decimal

    @property
    def mg(self) -> Decimal:
        """What a step line goes by."""
        return self.percent


@dataclass(frozen=True)
class Occupied:
    """About how much each dose occupies, in percent up to 100, read off the curve called `curve`, never shown unnamed.

    `key` is the curve's in the catalogue. `shares` are those of the steps of the chart's own medication.
    """

    key: str
    curve: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class OverviewData:
    """Dose over mood and symptoms from `first` to `last`, both included.

    `steps` are those of `medication`; the one in force on `first` comes with its real, earlier day.
    Steps after `last` are ignored. `entry_days` are the days with any entry: they draw the axis.
    `medication` may be '' where nobody has taken anything. `earlier_reduction`: a dose went down before
    `first`, so that the days before the first reduction *shown* are not the days before the taper.
    `compared`: the stretches of the whole record whose means the strips bring; without it those of the days shown.
    `events` lie within the period; see `analysis.events`. `occupancy`: a second panel under the dose. `no_dose`: what
    stands in the panel of a dose without steps.
    """

    first: date
    last: date
    medication: str
    steps: tuple[DoseChange, ...]
    strips: tuple[Strip, ...]
    entry_days: frozenset[date]
    other_medications: tuple[OtherMedication, ...] = ()
    earlier_reduction: bool = False
    events: tuple[EventSpan, ...] = ()
    occupancy: Occupied | None = None
    compared: Compared | None = None
    no_dose: str = NO_DOSE

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a chart's period ends before it begins")


@dataclass(frozen=True)
class TodayData:
    """The days up to `today` for the strip of the Today page.

    `mood` and `entry_days` as in OverviewData; `logged_today` decides dot or dashed ring. The dose
    drawn is that of one `medication`: its steps, the one in force on the first day included.
    """

    today: date
    medication: str
    steps: tuple[DoseChange, ...]
    mood: Values
    entry_days: frozenset[date]
    days: int = 14
    measure: str = "Mood"

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("the strip needs at least one day")


@dataclass(frozen=True)
class Dose:
    """What is recorded of the dose of one day. `mg` is what was taken, where it was another amount."""

    status: Literal["planned", "late", "other", "missed"]
    mg: Decimal | None = None


@dataclass(frozen=True)
class PlannedData:
    """An agreed plan and what was taken, `first` to `last`, both included.

    `planned`: the doses of the plan, the one that it replaced first; `taken`: the steps that were taken.
    `doses`: what is recorded, a day each. `due_days`: days on which a dose was due by the steps taken; today's
    counts only once it is recorded, for the day is not over. `entry_days` draw the axis. `last` may lie behind
    `today`: the plan runs on, the taken line ends today. `plan` says which plan it is, for the note.
    `without_plan`: days in order on which none was agreed, between two plans or after one; a dose of `planned`
    begins on the day after each.
    """

    medication: str
    planned: tuple[DoseChange, ...]
    taken: tuple[DoseChange, ...]
    doses: Mapping[date, Dose]
    due_days: frozenset[date]
    entry_days: frozenset[date]
    first: date
    last: date
    today: date
    plan: str = "the plan"
    without_plan: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a chart's period ends before it begins")

    @property
    def period(self) -> Span:
        return Span(self.first, self.last)

    @property
    def until(self) -> date:
        """The last day of which anything can be known."""
        return min(self.today, self.last)

    def planned_runs(self) -> list[tuple[tuple[DoseChange, ...], date]]:
        """The planned doses, cut where no plan was agreed: those of each run, and its last day."""
        runs, begun = [], date.min
        for gap in self.without_plan:
            runs.append((tuple(c for c in self.planned if begun <= c.day < gap.first), gap.first - timedelta(1)))
            begun = gap.last
        return [*runs, (tuple(c for c in self.planned if begun <= c.day), self.last)]


@dataclass(frozen=True)
class Plot:
    """Where the days from `first` to `last` lie in a picture: from `left` to `right`, as shares of its width.

    `top` and `bottom`: where its panels begin and end, as shares of its height.
    """

    first: date
    last: date
    left: float
    right: float
    top: float = 0
    bottom: float = 1


@dataclass(frozen=True)
class Chart:
    """A finished drawing. `svg` goes into the page as it is (it is escaped and has no style).

    `title` and `note` are the heading and the line under it, as plain text for HTML;
    `description` is the text alternative, also inside the SVG. `width`, `height`: the viewBox,
    1 unit = 1 css px (print: 1 pt). `plot`: where its days lie, of a drawing whose days can be read off.
    """

    svg: str = field(repr=False)
    title: str
    note: str
    description: str
    width: float
    height: float
    plot: Plot | None = None
