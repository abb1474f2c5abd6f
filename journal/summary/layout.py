"""Where the columns of a printed table stand, in millimetres: worked out from the letters in them.

Numbers never wrap, words do. The guide's widths of a table that has them are the least that a column gets; what the
letters of a very long dose need is taken from columns of words.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

PAPER_MM = {"a4": 182.0, "us-letter": 187.9}
"""The width of type: the paper less 14 mm left and right."""
POINT_MM = 25.4 / 72
TYPE_PT, SMALL_TYPE_PT, SMALL_PT = 7.4, 6.3, 4.1
"""The type of a table; its smaller size, for heads that have no room otherwise; one digit of that, in points."""
LETTER_MM = 1.5
"""A usual letter, where it is enough to know about how much room words take."""
TRACKING, BOLDER, OTHER = -0.012, 1.14, 0.64
"""In ems: between letters; how much wider bold is; a letter of which no more is known than how many letters wide."""
AIR_PT, TIGHT_PT, GROUP_AIR_PT, WORDS_AIR_PT, RIGHT_PT = 3.7, 2.0, 4.0, 8.0, 2.0
"""Left of a column: with what stands right of the one before, 2 mm; of a dose's, of which there are many; of the first
of a group; of words that follow others. Right of every one."""
LEAST_WORDS_MM, MOST_FIRST_MM, MOST_NUMBER_MM, MOST_SCORE_MM, MOST_ALONE_MM = 18.0, 66.0, 33.0, 16.0, 27.0

WHOLE_LINES = 24
"""A table of more lines than this may break between two sheets."""
WIDE_ASCII = "WMm@%"
VERY_WIDE = {"\ufdfd": 12, "\U00012031": 6}
"""Letters that are whole sentences."""

_ADVANCES = {
    0.3: "'ijlIJ", 0.34: " ,.’\u00a0\u2008/:;|", 0.41: "f-()[]t!r", 0.53: "\"*_`†‡–“”sz?", 0.61: "cLFkvxyPT",
    0.637: "oaeESbdgpqhnu0123456789$\u2007", 0.7: "KAVXZBRC", 0.79: "UNHDGOQ&", 0.84: "w#+<=>^~−→", 1.0: "mMW%@…",
}  # fmt: skip
"""How wide the letters of DejaVu Sans are at most, in ems."""
_LETTERS = {letter: width for width, letters in _ADVANCES.items() for letter in letters}


@lru_cache(maxsize=1024)
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


def set_mm(text: str, *, bold: bool = False, size: float = TYPE_PT) -> float:
    """How wide ``text`` is on one line."""
    ems = sum(_LETTERS.get(letter, OTHER * letter_width(letter)) + TRACKING for letter in text)
    return max(0.0, ems) * (BOLDER if bold else 1) * size * POINT_MM


def laid_out(table: dict, room: float) -> dict:
    """A copy of a table of a page, with ``width``, ``air`` and ``n_width`` in each column, whether it is ``tall``, and
    ``head``, the size of its heads in points.

    ``room`` in mm: what the columns together are at most as wide as.
    """
    columns = [dict(column) for column in table["columns"]]
    cells = _cells_by_column(table["rows"], len(columns))
    for at, column in enumerate(columns):
        column["n_width"] = _n_width(cells[at])
        column["air"] = _air(table["name"], columns, at)
    has_groups = any(column["group"] for column in columns)
    for head in (TYPE_PT, SMALL_TYPE_PT):
        needed = [_needed(*pair, head, not has_groups) for pair in zip(columns, cells, strict=True)]
        needed = [max(width, _alone_mm(columns, at)) for at, width in enumerate(needed)]
        if not has_groups or sum(needed) <= room:
            break
    for column, width in zip(columns, _widths(table["name"], columns, cells, needed, room), strict=True):
        column["width"] = round(width, 3)
    return {**table, "columns": columns, "tall": _lines(table, columns) > WHOLE_LINES, "head": head}


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


def _air(name: str, columns: list[dict], at: int) -> float:
    if not at:
        return TIGHT_PT
    if not columns[at]["number"]:
        return WORDS_AIR_PT
    if columns[at]["group"] != columns[at - 1]["group"] and at > 1:
        return GROUP_AIR_PT
    # What was taken has other heads in each column: they do not run into one.
    return TIGHT_PT if name == "steps" and at > 1 and columns[at]["group"] == columns[0]["group"] else AIR_PT


def _needed(column: dict, cells: list[dict], head: float, is_bold: bool) -> float:
    """So wide that no number, no word and no line of the head of the column wraps or runs over."""
    body = [set_mm(line, bold=is_bold, size=head) for line in column["label"].split("\n")]
    for cell in cells:
        words = [cell["text"]] if column["number"] else re.split(r"[ \n\u200b]", cell["text"])
        body += [set_mm(word, bold=cell["bold"]) + column["n_width"] * POINT_MM for word in words]
    return max(body) + (column["air"] + RIGHT_PT) * POINT_MM


def _alone_mm(columns: list[dict], at: int) -> float:
    """What the head of a group needs that has one column, so that a short one stands on one line."""
    group = columns[at]["group"]
    if not group or any(abs(at - other) == 1 and column["group"] == group for other, column in enumerate(columns)):
        return 0.0
    return min(set_mm(group, bold=True) + (columns[at]["air"] + RIGHT_PT) * POINT_MM, MOST_ALONE_MM)


def _whole(column: dict, cells: list[dict]) -> float:
    """So wide that no cell wraps."""
    wide = max((letters_wide(cell["text"]) * LETTER_MM for cell in cells), default=0)
    return wide + (column["air"] + RIGHT_PT) * POINT_MM


def _evened(needed: list[float], room: float) -> list[float]:
    """The widths of columns of numbers as even as ``room`` allows, none narrower than it needs to be."""
    low, high = 0.0, MOST_NUMBER_MM
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(max(width, middle) for width in needed) <= room else (low, middle)
    return [max(width, low) for width in needed]


def _widths(name: str, columns: list[dict], cells: list[list[dict]], needed: list[float], room: float) -> list[float]:
    if name == "steps":
        # The day and what it is called stand on one line. With few symptoms the table is wider, up to where a row is
        # still read across with ease.
        names = [set_mm(cell["text"], bold=cell["bold"]) for cell in cells[0]]
        first = max([needed[0], *(wide + (TIGHT_PT + RIGHT_PT) * POINT_MM for wide in names)])
        found = [min(first, max(needed[0], room - sum(needed[1:]))), *needed[1:]]
        stretch = min(1.35, room / sum(found))
        return [width * stretch for width in found]
    numbers = [at for at, column in enumerate(columns) if column["number"]]
    words = [at for at, column in enumerate(columns) if not column["number"]]
    found = list(needed)
    if name == "scores" and numbers:
        # Few scores stand beside each other, not spread over the sheet.
        even = max(max(needed[at] for at in numbers), min(MOST_SCORE_MM, (room - needed[0]) / len(numbers)))
        found = [even if at in numbers else width for at, width in enumerate(needed)]
        return [width * min(1, room / sum(found)) for width in found]
    if numbers:
        left = room - sum(min(max(_whole(columns[at], cells[at]), needed[at]), MOST_FIRST_MM) for at in words)
        for at, width in zip(numbers, _evened([needed[at] for at in numbers], left), strict=True):
            found[at] = width
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
