"""Before the taper, during it, and since: means by block, for both readers."""

from fractions import Fraction

from journal.analysis.blocks import Block, hidden
from journal.analysis.followed_words import BEFORE_TAPER
from journal.analysis.levels import Mean
from journal.analysis.numbers import NOTHING, rating_text, round_half_up, signed_rating_text
from journal.analysis.titles import CHANGED, in_sentence
from journal.catalogue.summary import Length, Reader
from journal.summary.fit import Fit
from journal.summary.head import YEAR
from journal.summary.model import Level, Summary
from journal.summary.page import Cell, Column, Table
from journal.summary.score_words import most_scores, with_scale
from journal.summary.words import NB, count, cut, day, span, start

BRIEF_SYMPTOMS = {Reader.PRESCRIBER: 6, Reader.THERAPIST: 4}
NAME_LETTERS = 40
QUIET = Fraction(15, 100)
"""A symptom whose means are all below this (0.0 or 0.1 as printed) is named under the table and has no row."""
WELLBEING = {
    Reader.PRESCRIBER: ("mood", "sleep_hours", "sleep_quality", "function"),
    Reader.THERAPIST: ("mood", "function", "energy", "sleep_hours", "sleep_quality"),
}
NOT_BRIEF = "energy"


def levels_table(summary: Summary, fit: Fit) -> Table | None:
    """None where it is switched off, or nothing was rated in any of the blocks."""
    if not summary.choices.has("levels"):
        return None
    shown, more, quiet = _symptoms(summary, fit)
    is_brief = summary.choices.length == Length.BRIEF
    wanted = [key for key in WELLBEING[summary.reader] if not (is_brief and key == NOT_BRIEF)]
    wellbeing = [level for key in wanted for level in summary.wellbeing if level.key == key and any(level.means)]
    dropped = [] if fit.wellbeing else _less_of(wellbeing)
    wellbeing = [level for level in wellbeing if level not in dropped]
    scores = score_rows(summary, fit)
    # A therapist's page begins with how the person is doing.
    daily = [*wellbeing, *shown] if summary.reader == Reader.THERAPIST else [*shown, *wellbeing]
    compares = len(summary.blocks) > 1
    rows = [_row(level, _name(level), compares) for level in daily]
    rows += [_row(level, name, compares, is_bold) for level, name, is_bold in scores]
    if not rows:
        return None
    columns = (Column("mean a day", number=False), *_columns(summary))
    return Table("levels", _title(summary), columns, tuple(rows), _note(summary, rows, more, quiet, dropped))


# -- which rows -----------------------------------------------------------------------------------------------------


def _symptoms(summary: Summary, fit: Fit) -> tuple[list[Level], int, list[Level]]:
    """The symptoms with a row, how many more there are, and on a longer page those that were all but never there.

    The measures of the page come first, in their order; then by change. Those with the largest change stay.
    """
    chosen = [one.measure.key for one in summary.measures]
    rated = [level for level in summary.symptoms if any(level.means)]
    quiet = [level for level in rated if level.key not in chosen and _is_quiet(level)]
    loud = [level for level in rated if level not in quiet]
    limits = [fit.levels, BRIEF_SYMPTOMS[summary.reader] if summary.choices.length == Length.BRIEF else None]
    most = min((limit for limit in limits if limit is not None), default=None)
    first = sorted((level for level in loud if level.key in chosen), key=lambda level: chosen.index(level.key))
    others = sorted((level for level in loud if level.key not in chosen), key=lambda level: -abs(level.change or 0))
    kept = [*first, *others][:most]
    shown = [level for level in first if level in kept] + [level for level in loud if level in kept[len(first) :]]
    if summary.choices.length == Length.BRIEF:
        return shown, len(rated) - len(shown), []
    return shown, len(loud) - len(shown), quiet


def _less_of(wellbeing: list[Level]) -> list[Level]:
    """What goes where there is room for mood and one of sleep: the quality, where it was rated."""
    sleep = [level for level in wellbeing if level.key in ("sleep_quality", "sleep_hours")]
    quality = [level for level in sleep if level.key == "sleep_quality"]
    kept = (quality or sleep)[:1]
    return [level for level in wellbeing if level.key != "mood" and level not in kept]


def _is_quiet(level: Level) -> bool:
    return all(mean.value < QUIET for mean in level.means if mean)


def score_rows(summary: Summary, fit: Fit) -> list[tuple[Level, str, bool]]:
    """Rows of the scores: what each is called, and whether half a point counts for much on its scale."""
    if not summary.choices.has("scores"):
        return []
    found = []
    for level in summary.score_levels:
        scored = next((one for one in summary.scores if one.score.key == level.key), None)
        if not any(level.means):
            continue
        short = scored is None or (scored.score.high is not None and scored.score.high <= 10)
        found.append((level, with_scale(scored) if scored else cut(level.name, NAME_LETTERS), short))
    return found[: most_scores(summary, fit)]


def dropped_scores(summary: Summary, fit: Fit) -> list[str]:
    """The names of the scores that nothing on the page tells of."""
    most = most_scores(summary, fit)
    rows = {level.key for level, _, _ in score_rows(summary, fit)} if summary.choices.has("levels") else set()
    found = () if most is None else summary.scores[most:]
    return [in_sentence(cut(one.score.name, 24)) for one in found if one.score.key not in rows]


# -- columns --------------------------------------------------------------------------------------------------------


def _columns(summary: Summary) -> list[Column]:
    """A column for each block, under a head for each kind of them, and the change."""
    is_long = (summary.blocks[-1].span.last - summary.blocks[0].span.first).days > YEAR
    heads = {"before": "Before", "during": "During", "since": _since(summary), "plain": ""}
    found = [Column(_days(block, is_long), group=heads[block.kind]) for block in summary.blocks]
    if len(summary.blocks) > 1:
        against = "before" if summary.blocks[0].kind == "before" else "first"
        found.append(Column(f"last\n−{NB}{against}", group="Change"))
    return found


def _since(summary: Summary) -> str:
    """Since 0 mg; Since the last change."""
    since = [block for block in summary.blocks if block.kind == "since"]
    main = summary.medications[0] if summary.medications else None
    if not since:
        return ""
    if main and main.mg == 0 and main.mg_since == since[0].span.first:
        return f"Since 0{NB}mg"
    return "Since the last change" if len(since) > 1 else "Since"


def _days(block: Block, is_long: bool) -> str:
    first, last = block.span.first, block.span.last
    if first == last:
        return day(last, is_long)
    if not is_long:
        return f"{day(first, False)}–\n{day(last, False)}"
    # The year on a line of its own: eight columns of "25 Mar 2024" leave no room for the names of the rows.
    year = f"\n{first.year}–{last.year}" if first.year != last.year else f"\n{last.year}"
    return f"{day(first, False)}–\n{day(last, False)}{year}"


def _title(summary: Summary) -> str:
    kinds = {block.kind for block in summary.blocks}
    if "before" not in kinds:
        return "Mood, sleep and symptoms"
    before = summary.before_words.capitalize()
    if "during" not in kinds:
        return f"{before}, and since"
    return f"{before}, {'during it' if summary.before_words == BEFORE_TAPER else 'during the changes'}, and since"


# -- rows -----------------------------------------------------------------------------------------------------------


def _row(level: Level, name: str, compares: bool, is_bold: bool = True) -> tuple[Cell, ...]:
    cells = [Cell(name), *(_cell(mean) for mean in level.means)]
    if compares:
        changed = level.change is not None and abs(round_half_up(level.change, 1)) >= CHANGED
        text = "" if level.change is None else signed_rating_text(level.change)
        cells.append(Cell(text, bold=changed and is_bold))
    return tuple(cells)


def _name(level: Level) -> str:
    """Mood (10 best); Hours slept."""
    name = cut(level.name, NAME_LETTERS)
    return f"{name} (10 best)" if level.better == "up" and not level.unit else name


def _cell(mean: Mean | None) -> Cell:
    """A mean, and on how many days it rests where that is not all of them."""
    if mean is None:
        return Cell(NOTHING)
    n = f"{mean.n}" if mean.n < mean.days else ""
    if mean.carried:
        n = f"{mean.n}, {mean.carried}c"
    return Cell(rating_text(mean.value), n=n)


def _note(summary: Summary, rows: list, more: int, quiet: list[Level], dropped: list[Level]) -> str:
    cells = [cell for row in rows for cell in row]
    notes = []
    if any(cell.n for cell in cells):
        notes.append("Small figures: days recorded, if not all.")
    if len(summary.blocks) > 1 and any(row[-1].text for row in rows):
        notes.append("Change: of unrounded means.")
    if any(cell.n.endswith("c") for cell in cells):
        notes.append("c: so many of them carried over unchanged from the day before.")
    if any(cell.bold for cell in cells):
        notes.append("Bold: by 0.5 or more (scales up to 10, hours).")
    if any(cell.text == NOTHING for cell in cells):
        notes.append("–: not recorded.")
    gaps = hidden(summary.blocks)
    if gaps:
        notes.append(f"Not shown: {', '.join(span(gap.first, gap.last, True) for gap in gaps)}.")
    if quiet:
        notes.append(f"{_listed([cut(one.name, NAME_LETTERS) for one in quiet])}: 0.0 or 0.1 throughout.")
    if more or dropped:
        names = [in_sentence(level.name) for level in dropped]
        notes.append(f"{start(', '.join([*names, *([count(more, 'more symptom')] if more else [])]))} not shown.")
    return " ".join(notes)


def _listed(names: list[str], most: int = 6) -> str:
    """Dizziness, dry mouth, nausea. More than ``most`` are counted."""
    shown = [names[0], *map(in_sentence, names[1:most])]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
