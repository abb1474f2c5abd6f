"""What was taken, and what followed each change: a dose and what each symptom did after it are one row."""

from collections.abc import Sequence

from journal.analysis.numbers import NOTHING, mg_text, percent_text, rating_text
from journal.analysis.responses import Response, State
from journal.analysis.titles import days_text, in_sentence
from journal.catalogue.summary import Length
from journal.models import DoseStep
from journal.queries.responses import Followed
from journal.summary.fit import Fit
from journal.summary.folded import Folded, Rows, folded, is_up
from journal.summary.head import dated
from journal.summary.model import DoseLine, Measured, Summary, TakenMedication
from journal.summary.page import Cell, Column, Table
from journal.summary.rates_words import rates_sentence
from journal.summary.words import count, cut, day, start
from journal.taper.words import mg_words

RAISED, LATER = "†", "‡"
TOO_FEW = "too few days"
PER_MEASURE = ("week\nbefore", "highest", "on\nday", "back\nby")
GROUP_LETTERS = 40
FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
MOST_PATTERNS = {Length.BRIEF: 2, Length.FULL: 6, Length.WHOLE: 100}
"""So many sentences on how a dose was taken in parts stand under the table."""


def dose_tables(summary: Summary, fit: Fit) -> list[Table]:
    """The main medication's table and those of the others that have one: what followed is said of the first of them."""
    if not summary.choices.has("steps") or not summary.medications:
        return []
    main, *others = summary.medications
    found = [_table(summary, fit, main, place=0)]
    for place, one in enumerate(others[: fit.other_medications], start=1):
        # One row says no more than the fact "Also taken".
        if len(one.lines) > 1:
            found.append(_table(summary, fit, one, place))
    return found


def without_table(summary: Summary, fit: Fit) -> list[TakenMedication]:
    """Medications whose steps stand nowhere on the page for want of room."""
    hidden = summary.medications[1:][fit.other_medications :] if fit.other_medications is not None else ()
    return [one for one in hidden if len(one.lines) > 1]


def _table(summary: Summary, fit: Fit, medication: TakenMedication, place: int) -> Table:
    is_compared = place < summary.compared_medications
    measures = summary.measures[: fit.measures] if is_compared else ()
    rows = folded(medication.lines, fit.folds, len(measures), dated(summary))
    is_full = summary.choices.length != Length.BRIEF
    columns = _columns(medication, measures, is_full)
    made = _Rows(summary, medication, measures, rows, columns)
    name = start(cut(medication.name, GROUP_LETTERS))
    if is_compared:
        alone = summary.compared_medications == 1
        title = "What was taken, and what followed each change" + ("" if alone else f": {name}")
    else:
        title = f"Also taken: {name}" if place else f"What was taken: {name}"
    return Table("steps" if measures else "medication", title, columns, made.rows(), made.note())


def _columns(medication: TakenMedication, measures: Sequence[Measured], is_full: bool) -> tuple[Column, ...]:
    """The first ones say what was taken; then four for each measure, under its name."""
    group = "Taken" if measures else ""
    labels = ["mg a\nday", "% of\nprevious", "% of\nstart", "days\nheld"]
    if is_full or not measures:
        labels += ["days no\nrecord"]
        if medication.coverage.missed:
            labels += ["missed"]
    found = [Column("from", number=False, group=group), *(Column(label, group=group) for label in labels)]
    for one in measures:
        name = cut(one.measure.name, GROUP_LETTERS)
        found += [Column(label, group=name) for label in PER_MEASURE]
    return tuple(found)


class _Rows:
    """The rows of one medication, and the notes that they need."""

    def __init__(
        self,
        summary: Summary,
        medication: TakenMedication,
        measures: Sequence[Measured],
        lines: Rows,
        columns: Sequence[Column],
    ) -> None:
        self.summary, self.medication, self.measures, self.lines = summary, medication, measures, lines
        self.width = len(columns)
        self.labels = [column.label for column in columns]
        shown = [line for line in lines if isinstance(line, DoseLine)]
        self.mg = dict(
            zip((id(line) for line in shown), aligned([mg_text(line.row.mg) for line in shown]), strict=True)
        )
        self.shown = shown

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        found, year = [], None
        for line in self.lines:
            if isinstance(line, Folded):
                found.append((Cell(line.text, span=self.width),))
                continue
            date = line.row.starts_on
            name = day(date, date.year != year)
            if is_up(line):
                name += ", up"
            elif line.row.previous_mg == line.row.mg:
                name += f", {DoseStep.Kind(line.row.kind).label.lower()}"
            found.append((Cell(name), *self._taken(line), *self._followed(line)))
            year = date.year
        return tuple(found)

    def _taken(self, line: DoseLine) -> list[Cell]:
        row = line.row
        shares = [row.percent_of_previous, row.percent_of_start]
        cells = [
            Cell(self.mg[id(line)], bold=True),
            *(Cell("" if share is None else percent_text(share)) for share in shares),
            Cell(f"{row.days_held:,}{' so far' if row.so_far else ''}"),
        ]
        due = any(
            row.starts_on <= one and (not row.until or one <= row.until) for one in self.medication.coverage.due_days
        )
        if "days no\nrecord" in self.labels:
            cells.append(Cell(f"{line.without_record:,}" if due else ""))
        if "missed" in self.labels:
            cells.append(Cell(f"{line.missed:,}" if due else ""))
        return cells

    def _followed(self, line: DoseLine) -> list[Cell]:
        """What each measure did; of the dose before the first reduction what it was then; else nothing."""
        cells: list[Cell] = []
        for place, measured in enumerate(self.measures):
            if line.followed:
                cells += response_cells(line.followed[place])
            else:
                cells.append(Cell(self._instead(line, measured), span=len(PER_MEASURE)))
        return cells

    def _instead(self, line: DoseLine, measured: Measured) -> str:
        before = self.summary.compared.before
        inside = before and line.row.starts_on <= before.first and (not line.row.until or before.last <= line.row.until)
        if inside and measured.before:
            return f"{rating_text(measured.before.value)}: mean, {days_text(measured.before.n)}"
        return ""

    # -- under the table --------------------------------------------------------------------------------------------

    def note(self) -> str:
        """The signs that are in the table, how often the rule fires without a change, and how doses were taken."""
        parts: list[str] = []
        if self.measures:
            parts += self._signs()
            parts += self._before()
            is_full = self.summary.choices.length != Length.BRIEF
            parts += [rates_sentence([(one.measure.name, one.rates) for one in self.measures], whole=is_full)]
            parts += self._others()
        return " ".join(part for part in [*parts, *self._early(), *self._patterns()] if part)

    def _signs(self) -> list[str]:
        found = self._responses()
        notes = []
        if any(one.raised for one in found if one.is_known):
            # Back to such a week is not back to before the taper: that is easily misread.
            notes.append(f"{RAISED} already 0.5 or more above {self.summary.before_words}; “back by” is back to that.")
        if any(one.state == State.NO_RISE for one in found):
            notes.append(f"{NOTHING} no rise: no 3-day mean 1.0 or more above the week before.")
        cut_off = [one for one in found if one.state == State.CUT]
        if cut_off:
            notes.append(_cut_note(cut_off))
        if any(one.state == State.NOT_YET for one in found):
            notes.append(f"{LATER} not back by that day, the last one seen of 28 at most.")
        if any(not one.is_known for one in found):
            notes.append(f"{start(TOO_FEW)}: too little rated to compare.")
        return notes

    def _before(self) -> list[str]:
        """Before the taper in words, where no row of the table says it."""
        is_told = any(": mean, " in cell.text for row in self.rows() for cell in row)
        told = [
            f"{in_sentence(one.measure.name)} {rating_text(one.before.value)} ({days_text(one.before.n)})"
            for one in self.measures
            if one.before
        ]
        return [] if is_told or not told else [f"{start(self.summary.before_words)}: {', '.join(told)}."]

    def _others(self) -> list[str]:
        """Changes after which another medication's dose changed too, within the days seen."""
        both = [line for line in self.shown if line.followed and line.followed[0].response.others]
        if not both:
            return []
        write = dated(self.summary)
        return [f"Another medication changed in the days after {', '.join(write(one.row.starts_on) for one in both)}."]

    def _early(self) -> list[str]:
        return ["The first row began before this period."] if self._began_before() else []

    def _began_before(self) -> bool:
        return bool(self.shown) and self.shown[0].row.starts_on < self.summary.first

    def _patterns(self) -> list[str]:
        """How doses were taken in parts, and what was swallowed where that is not mg for mg; the latest ones."""
        write = dated(self.summary)
        parts = [f"{write(line.row.starts_on)}: {line.parts}." for line in self.shown if line.parts]
        most = MOST_PATTERNS[self.summary.choices.length]
        more = len(parts) - most
        return [
            *parts[-most:],
            *([f"{count(more, 'earlier pattern')} not shown."] if more > 0 else []),
            *self._swallowed(),
        ]

    def _swallowed(self) -> list[str]:
        """Taken as drops: 8 mg of drops count as 10 mg of tablets (factor 0.8). Once for each product."""
        known, other = {}, []
        for line in self.shown:
            how, step = line.taken_as, line.row.step
            if how is None:
                continue
            counted = f"{mg_words(line.row.mg)} of tablets"
            if how.name:
                swallowed = how.swallowed(step.taken_mg)
                known[how] = f"Taken as {how.name}: {swallowed} count as {counted} (factor {mg_text(how.factor)})."
            else:
                other.append(
                    f"{dated(self.summary)(line.row.starts_on)}: {how.swallowed(step.taken_mg)}, counted as {counted}."
                )
        return [*known.values(), *other[-2:]]

    def _responses(self) -> list[Response]:
        places = range(len(self.measures))
        return [line.followed[place].response for line in self.shown if line.followed for place in places]


def response_cells(followed: Followed) -> list[Cell]:
    """Week before, highest 3-day mean, its day, and by when it was back: what one measure did after one change."""
    response = followed.response
    if not response.is_known:
        return [Cell(TOO_FEW, span=len(PER_MEASURE))]
    week = Cell(rating_text(response.baseline), mark=RAISED if response.raised else "")
    if not response.rose:
        return [week, Cell(NOTHING), Cell(), Cell()]
    return [week, Cell(rating_text(response.peak), bold=True), Cell(str(response.peak_day)), _back(response)]


def _back(response: Response) -> Cell:
    """4; >6 where the next change came first; >9‡ where the days so far are all there is. Never a day not seen."""
    if response.state == State.RETURNED:
        return Cell(str(response.return_day))
    return Cell(f">{response.seen}", mark=LATER if response.state == State.NOT_YET else "")


def _cut_note(found: Sequence[Response]) -> str:
    """>6 not back by day 6, when the next change came."""
    seen = {one.seen for one in found}
    was_whole = all(one.seen == one.window.days - 1 for one in found)
    which = f">{min(seen)} not back by day {min(seen)}" if len(seen) == 1 else "> not back by that day"
    return f"{which}, {'when the next change came' if was_whole else 'the last day rated before the next change'}."


def aligned(texts: Sequence[str]) -> list[str]:
    """The same, padded so that in a column that stands right decimal points lie below each other."""
    most = max((len(text.partition(".")[2]) for text in texts), default=0)
    found = []
    for text in texts:
        _, point, decimals = text.partition(".")
        gap = FIGURE_SPACE * (most - len(decimals))
        found.append(f"{text}{gap}" if point or not most else f"{text}{POINT_SPACE}{gap}")
    return found
