"""Where the columns of a printed table stand, in millimetres: worked out from the letters in them.

Numbers never wrap, words do. The guide's widths of a table that has them are the least that a column gets; what the
letters of a very long dose need is taken from columns of words.
"""

import math
import re
import unicodedata
from collections.abc import Sequence

PAPER_MM = {"a4": 182.0, "us-letter": 187.9}
"""The width of type: the paper less 14 mm left and right."""
POINT_MM = 25.4 / 72
DIGIT_MM, BOLD_MM, SMALL_PT = 1.62, 1.8, 4.1
"""One digit of 7.4 pt DejaVu Sans with its tracking, and bold; of 6.3 pt, in points."""
LETTER_MM, BOLD_LETTER_MM = 1.5, 1.75
AIR_PT, GROUP_AIR_PT, WORDS_AIR_PT = 2.0, 4.0, 8.0
"""Left of a column; of the first of a group; of a column of words that follows others."""
LEAST_WORDS_MM, MOST_FIRST_MM, MOST_NUMBER_MM = 18.0, 66.0, 33.0

WHOLE_LINES = 24
"""A table of more lines than this may break between two sheets."""
WIDE_ASCII = "WMm@%"
VERY_WIDE = {"\ufdfd": 12, "\U00012031": 6}
"""Letters that are whole sentences."""

_STEPS = (20.0, 10.0, 12.5, 12.5, 15.0)
_STEPS_FULL = (17.5, 9.5, 12.0, 10.5, 14.5, 9.0)
_FOLLOWED = (10.5, 11.5, 7.0, 8.3)


def letter_width(letter: str) -> float:
    """How many usual letters wide one is; 0 for one that stands on another."""
    if letter.isascii():
        return 1.6 if letter in WIDE_ASCII else 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return VERY_WIDE.get(letter, 2 if unicodedata.east_asian_width(letter) in "WF" else 1)


def letters_wide(text: str) -> float:
    """How many usual letters wide a text is."""
    if text.isascii():
        return len(text) + 0.6 * sum(map(text.count, WIDE_ASCII))
    return sum(map(letter_width, text))


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
    return {**table, "columns": columns, "tall": _lines(table, columns) > WHOLE_LINES}


def _lines(table: dict, columns: list[dict]) -> int:
    """About how many lines of type the rows and the heads of groups take."""
    found = 0
    for row in (*table["rows"], [{"text": column["group"], "span": 1} for column in columns]):
        deepest, at = 1, 0
        for cell in row:
            room = sum(column["width"] for column in columns[at : at + max(1, cell["span"])])
            deepest = max(
                deepest, math.ceil(letters_wide(cell["text"]) * LETTER_MM / max(room - POINT_MM * 4, LETTER_MM))
            )
            at += max(1, cell["span"])
        found += deepest
    return found


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


def _needed(column: dict, cells: list[dict], letter_of_head: float) -> float:
    """So wide that no number and no word of the column wraps or runs over."""
    head = max(letters_wide(line) * letter_of_head for line in column["label"].split("\n"))
    body = [0.0]
    for cell in cells:
        letter = (BOLD_MM if cell["bold"] else DIGIT_MM) if column["number"] else LETTER_MM
        words = [cell["text"]] if column["number"] else re.split(r"[ \n\u200b]", cell["text"])
        body += [letters_wide(word) * letter for word in words]
    return max(head, max(body) + column["n_width"] * POINT_MM) + (column["air"] + 2) * POINT_MM


def _whole(column: dict, cells: list[dict]) -> float:
    """So wide that no cell wraps."""
    return max((letters_wide(cell["text"]) * LETTER_MM for cell in cells), default=0) + (column["air"] + 2) * POINT_MM


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
    # Where no column has a group, its own head is bold.
    head = LETTER_MM if any(column["group"] for column in columns) else BOLD_LETTER_MM
    needed = [_needed(column, found, head) for column, found in zip(columns, cells, strict=True)]
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
            found[at] = even if even * len(numbers) + LEAST_WORDS_MM < room else needed[at]
    wanted = {at: min(max(_whole(columns[at], cells[at]), found[at], LEAST_WORDS_MM), room) for at in words}
    if len(words) > 1 and sum(wanted.values()) <= len(words) * LEAST_WORDS_MM:
        # Pairs of a date and a figure: side by side, not spread over the sheet.
        return [min(width, need * 1.7) for width, need in zip(found, needed, strict=True)]
    rest = room - sum(found)
    if rest > 0 and words:
        # What is over goes to the columns of words, by how much more each could fill.
        over = {at: wanted[at] - found[at] + 0.01 for at in words}
        for at in words:
            found[at] += rest * over[at] / sum(over.values())
    total = sum(found)
    return [width * room / total for width in found] if total > room else found
