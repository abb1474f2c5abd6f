"""The same plans as shares of serotonin transporters occupied: equal steps in mg are ever larger falls here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from journal.analysis.numbers import percent_text

from .measure import clean
from .model import Chart
from .plan import which_is_which
from .sizes import size_named
from .steplines import PLAN_SIZES, Alternatives, StepPlot, Track, in_order, told

WHOLE = Decimal(100)
TICKS = [(percent, str(percent)) for percent in (0, 25, 50, 75, 100)]


@dataclass(frozen=True)
class OccupancyLine:
    """One alternative: `now` is the share occupied at the present dose, then (day, share) for each step; in percent."""

    letter: str
    name: str
    now: Decimal | float
    steps: tuple[tuple[date, Decimal | float], ...]

    @property
    def track(self) -> Track:
        """Between 0 and 100: a fitted curve may pass either, occupancy cannot."""
        steps = tuple((day, _clamped(share)) for day, share in in_order(self.steps))
        return Track(clean(self.letter), _clamped(self.now), steps)


@dataclass(frozen=True)
class OccupancyData(Alternatives):
    """One or two alternatives, read off the curve named `curve` ("Sørensen 2022, striatum")."""

    lines: tuple[OccupancyLine, ...]
    curve: str


def occupancy_chart(data: OccupancyData, size: str = "wide", *, uid: str = "occupancy") -> Chart:
    """Draws the shares over the days of `plan_chart`. `size`: 'wide', 'compact' or 'print'."""
    spec, tracks = size_named(size, PLAN_SIZES), data.tracks
    canvas = StepPlot(tracks, spec, TICKS).draw(_start_words(tracks))
    title, note, description = _title(tracks), _note(data), _description(data)
    svg = canvas.svg(f"{uid}-{size}", f"chart chart-occupancy chart-{spec.css}", title, description, spec.unit)
    return Chart(svg, title, note, description, canvas.width, canvas.height)


def _clamped(share: Decimal | float) -> Decimal:
    share = share if isinstance(share, Decimal) else Decimal(repr(share))
    return min(max(share, Decimal(0)), WHOLE)


# -- words ------------------------------------------------------------------------------------
def _start_words(tracks: list[Track]) -> list[str]:
    if len({percent_text(track.start) for track in tracks}) == 1:
        return [f"now about {percent_text(tracks[0].start)} %"]
    return [f"{track.letter} from about {percent_text(track.start)} %" for track in tracks]


def _title(tracks: list[Track]) -> str:
    """By how much occupancy changes at the last step; of one plan also at the first, for the two to be compared."""
    if len(tracks) == 1:
        falls = _falls(tracks[0])
        if len(falls) == 1:
            return f"The one step {_changes(falls[0])}"
        return f"The first step {_changes(falls[0])}, the last {_changes(falls[-1], after=falls[0])}"
    a, b = (_falls(track)[-1] for track in tracks)
    title = f"The last step of {tracks[0].letter} {_changes(a)}, of {tracks[1].letter} {_changes(b, after=a)}"
    return title


def _falls(track: Track) -> list[Decimal]:
    """How many points each step takes off (below nought: adds)."""
    shares = [track.start, *(share for _, share in track.steps)]
    return [before - after for before, after in pairwise(shares)]


def _changes(fall: Decimal, after: Decimal | None = None) -> str:
    """ "lowers occupancy by about 4 points"; said after another of its kind only "by about 32"."""
    points = percent_text(abs(fall))
    if points == "0":
        return "leaves occupancy about the same" if after is None else "about the same"
    verb = "lowers" if fall > 0 else "raises"
    again = after is not None and percent_text(abs(after)) != "0" and (after > 0) == (fall > 0)
    if again:
        return f"by about {points}"
    it = "occupancy" if after is None else "it"
    return f"{verb} {it} by about {points} {'point' if points == '1' else 'points'}"


def _note(data: OccupancyData) -> str:
    curve = clean(data.curve)
    source = f"By the curve of {curve}: a group average, with wide spread." if curve else ""
    about = "Share of serotonin transporters occupied, in percent."
    return " ".join(filter(None, (about, which_is_which(data.lines, data.tracks), source)))


def _description(data: OccupancyData) -> str:
    several = len(data.lines) > 1
    sentences = ["Serotonin transporters occupied, about:"]
    for line, track in zip(data.lines, data.tracks, strict=True):
        name = ", ".join(filter(None, (clean(line.letter) if several else "", clean(line.name))))
        shares = told(track, "%", percent_text)
        sentences.append(f"{name}: {shares}." if name else f"{shares}.")
    return " ".join(sentences)
