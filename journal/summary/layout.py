"""Where the columns of a printed table stand, in millimetres: worked out from the letters in them.

Numbers never wrap, words do. The guide's widths of a table that has them are the least that a column gets; what the
letters of a very long dose need is taken from columns of words.
"""

import re
import unicodedata
from collections.abc import Sequence

PAPER_MM = {"a4": 182.0, "us-letter": 187.9}
"""The width of type: the paper less 14 mm left and right."""
POINT_MM = 25.4 / 72
DIGIT_MM, BOLD_MM, SMALL_PT = 1.62, 1.8, 4.1
"""One digit of 7.4 pt DejaVu Sans with its tracking, and bold; of 6.3 pt, in points."""
LETTER_MM = 1.5
AIR_PT, GROUP_AIR_PT, WORDS_AIR_PT = 2.0, 4.0, 8.0
"""Left of a column; of the first of a group; of a column of words that follows others."""
LEAST_WORDS_MM, MOST_FIRST_MM, MOST_NUMBER_MM = 18.0, 66.0, 26.0

WHOLE_LETTERS = 900
"""A table with more of them in its columns of words may break between two sheets."""
VERY_WIDE = {"\ufdfd": 12, "\U00012031": 6}
"""Letters that are whole sentences."""

_STEPS = (20.0, 10.0, 12.5, 12.5, 15.0)
_STEPS_FULL = (17.5, 9.5, 12.0, 10.5, 14.5, 9.0)
_FOLLOWED = (10.5, 11.5, 7.0, 8.3)


def letter_width(letter: str) -> float:
    """How many usual letters wide one is; 0 for one that stands on another."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    wide = 2 if unicodedata.east_asian_width(letter) in "WF" else 1.6 if letter in "WMm@%" else 1
    return VERY_WIDE.get(letter, wide)


def laid_out(table: dict, room: float) -> dict:
    """A copy of a table of a page, with ``width``, ``air`` and ``n_width`` in each column and whether it is ``tall``.

    ``room`` in mm: what the columns together are at most as wide as.
    """
    columns = [dict(column) for column in table["columns"]]
    cells = _cells_by_column(table["rows"], len(columns))
    for at, column in enumerate(columns):
        column["n_width"] = _n_width(cells[at])
        column["air"] = _air(columns, at)
    widths = _widths(table["name"], columns, cells, room)
    for column, width in zip(columns, widths, strict=True):
        column["width"] = round(width, 3)
    words = sum(len(cell["text"]) for at, found in enumerate(cells) if not columns[at]["number"] for cell in found)
    return {**table, "columns": columns, "tall": words > WHOLE_LETTERS}


def _cells_by_column(rows: Sequence, count: int) -> list[list[dict]]:
    found: list[list[dict]] = [[] for _ in range(count)]
    for row in rows:
        at = 0
        for cell in row:
            if at < count and cell["span"] <= 1:
                found[at].append(cell)
            at += max(1, cell["span"])
    return found


def _n_width(cells: list[dict]) -> float:
    most = max((len(cell["n"]) for cell in cells), default=0)
    return round(2.6 + most * SMALL_PT, 2) if most else 0


def _air(columns: list[dict], at: int) -> float:
    if not at:
        return AIR_PT
    if not columns[at]["number"]:
        return WORDS_AIR_PT
    return GROUP_AIR_PT if columns[at]["group"] != columns[at - 1]["group"] and at > 1 else AIR_PT


def _wide(text: str) -> float:
    return sum(map(letter_width, text))


def _needed(column: dict, cells: list[dict]) -> float:
    """So wide that no number and no word of the column wraps or runs over."""
    by_letters = [_wide(line) * LETTER_MM for line in column["label"].split("\n")]
    for cell in cells:
        letter = (BOLD_MM if cell["bold"] else DIGIT_MM) if column["number"] else LETTER_MM
        words = [cell["text"]] if column["number"] else re.split(r"[ \n\u200b]", cell["text"])
        by_letters += [_wide(word) * letter for word in words]
    return max(by_letters, default=0) + (column["air"] + 2 + column["n_width"]) * POINT_MM


def _whole(column: dict, cells: list[dict]) -> float:
    """So wide that no cell wraps."""
    return max((_wide(cell["text"]) * LETTER_MM for cell in cells), default=0) + (column["air"] + 2) * POINT_MM


def _guide(name: str, columns: list[dict]) -> list[float]:
    """The guide's widths of the steps table, whatever the number of symptoms; else none."""
    if name != "steps":
        return []
    taken = next((at for at, column in enumerate(columns) if column["group"] != columns[0]["group"]), len(columns))
    first = {5: _STEPS, 6: _STEPS_FULL}.get(taken)
    if first is None or (len(columns) - taken) % 4:
        return []
    return [*first, *(_FOLLOWED * ((len(columns) - taken) // 4))]


def _widths(name: str, columns: list[dict], cells: list[list[dict]], room: float) -> list[float]:
    needed = [_needed(column, found) for column, found in zip(columns, cells, strict=True)]
    guide = _guide(name, columns)
    if guide:
        found = [max(pair) for pair in zip(guide, needed, strict=True)]
        # Few symptoms: the same table, wider, up to where a row is still read across with ease.
        stretch = min(1.35, room / sum(found))
        return [width * stretch for width in found]
    numbers = [at for at, column in enumerate(columns) if column["number"]]
    words = [at for at, column in enumerate(columns) if not column["number"]]
    found = list(needed)
    if numbers:
        left = room - sum(min(_whole(columns[at], cells[at]), MOST_FIRST_MM) for at in words)
        even = max(max(needed[at] for at in numbers), min(MOST_NUMBER_MM, left / len(numbers)))
        for at in numbers:
            # Evenly where that leaves the words their room: half a page of homework is mostly words.
            found[at] = even if even * len(numbers) <= left + 0.01 else needed[at]
    rest = room - sum(found[at] for at in numbers)
    wanted = [max(_whole(columns[at], cells[at]), LEAST_WORDS_MM) for at in words]
    if rest > 0:
        for at, width in zip(words, wanted, strict=True):
            found[at] = rest * width / sum(wanted)
    total = sum(found)
    if len(words) > 1 and len(words) * LEAST_WORDS_MM > sum(wanted) * 0.99:
        # Pairs of a date and a figure: side by side, not spread over the sheet.
        return [min(width, need * 1.7) for width, need in zip(found, needed, strict=True)]
    return [width * room / total for width in found] if total > room else found
