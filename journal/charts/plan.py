"""A plan as a picture, before anything of it is taken: the doses of one way down, or of two side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from journal.analysis.numbers import mg_text
from journal.analysis.titles import days_text
from journal.taper.words import mg_words

from .measure import clean
from .model import Chart
from .sizes import size_named
from .steplines import PLAN_SIZES, Alternatives, StepPlot, Track, in_order, told
from .theme import day_text

INTERVALS = 5  # of the dose axis, at most
_ROUND = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class PlanLine:
    """One alternative: `from_mg` is the present dose, then (day, mg a day) for each step, at least one."""

    letter: str
    name: str
    from_mg: Decimal
    steps: tuple[tuple[date, Decimal], ...]

    @property
    def track(self) -> Track:
        return Track(clean(self.letter), self.from_mg, in_order(self.steps))


@dataclass(frozen=True)
class PlanData(Alternatives):
    """One or two alternatives."""

    lines: tuple[PlanLine, ...]


def plan_chart(data: PlanData, size: str = "wide", *, uid: str = "plan") -> Chart:
    """Draws the doses. `size`: 'wide', 'compact' or 'print'. A firm with a dot at its end, B dashed with a ring."""
    spec, tracks = size_named(size, PLAN_SIZES), data.tracks
    highest = max(value for track in tracks for value in (track.start, *(mg for _, mg in track.steps)))
    plot = StepPlot(tracks, spec, [(mg, mg_text(mg)) for mg in round_ticks(highest)])
    canvas = plot.draw(_start_words(tracks))
    title, note, description = _title(tracks), _note(data), _description(data)
    svg = canvas.svg(f"{uid}-{size}", f"chart chart-plan chart-{spec.css}", title, description, spec.unit)
    return Chart(svg, title, note, description, canvas.width, canvas.height)


def round_ticks(highest: Decimal) -> list[Decimal]:
    """From 0 in round steps to the first that reaches `highest` (mg); five steps at most, none under 0.001."""
    least = max(highest / INTERVALS, Decimal("0.001"))
    power = Decimal(1).scaleb(least.adjusted())
    step = next(power * factor for factor in _ROUND if power * factor >= least)
    count = max(int((highest / step).to_integral_value(ROUND_CEILING)), 1)
    return [step * n for n in range(count + 1)]


def _start_words(tracks: list[Track]) -> list[str]:
    """What stands at the start: the present dose once; where two plans differ in it, each its own."""
    if len({track.start for track in tracks}) == 1:
        return [f"now {mg_text(tracks[0].start)} mg"]
    return [f"{track.letter} from {mg_text(track.start)} mg" for track in tracks]


def _days(track: Track) -> int:
    """From the first step to the last."""
    return (track.steps[-1][0] - track.steps[0][0]).days


def _title(tracks: list[Track]) -> str:
    """How long each takes: days from the first step to the last. Of one plan also its steps and its doses."""
    if len(tracks) == 1:
        (track,) = tracks
        several = f"{len(track.steps):,} steps in {days_text(_days(track))}"
        steps = several if len(track.steps) > 1 else f"1 step on {day_text(track.steps[0][0], year=True)}"
        return f"{steps}, from {mg_text(track.start)} to {mg_words(track.steps[-1][1])}"
    (a, b), (a_days, b_days) = tracks, map(_days, tracks)
    if a_days == b_days:
        return f"{a.letter} and {b.letter} both take {days_text(a_days) if a_days else '1 step'}"
    if a_days and b_days:
        return f"{a.letter} takes {days_text(a_days)}, {b.letter} takes {b_days:,}"
    a_words, b_words = (days_text(days) if days else "1 step" for days in (a_days, b_days))
    return f"{a.letter} takes {a_words}, {b.letter} takes {b_words}"


def which_is_which(lines, tracks: list[Track]) -> str:
    """What firm and dashed stand for; empty of one line alone."""
    if len(lines) == 1:
        return ""
    words = [", ".join(filter(None, (clean(line.letter), clean(line.name)))) for line in lines]
    same = tracks[0].steps == tracks[1].steps and tracks[0].start == tracks[1].start
    return f"Firm: {words[0]}. Dashed: {words[1]}." + (" The two are alike." if same else "")


def _note(data: PlanData) -> str:
    name = clean(data.lines[0].name) if len(data.lines) == 1 else ""
    about = f"{name}. Dose in mg a day." if name else "Dose in mg a day."
    return " ".join(filter(None, (about, which_is_which(data.lines, data.tracks))))


def _description(data: PlanData) -> str:
    several = len(data.lines) > 1
    sentences = []
    for line, track in zip(data.lines, data.tracks, strict=True):
        name = ", ".join(filter(None, (clean(line.letter) if several else "", clean(line.name))))
        doses = told(track, "mg", mg_text)
        sentences.append(f"{name}: {doses}." if name else f"{doses}.")
    return " ".join(sentences)
