"""About how much room a page takes, without setting it: where to begin to look for what fits.

Setting a page takes many times as long. What is said here is checked by setting the page, so an estimate that is wrong
costs time and nothing else; the measures are those of ``summary.typ``, in points.
"""

import math

from journal.summary.layout import PAPER_MM, POINT_MM, letter_width
from journal.summary.page import PageData
from journal.summary.pdf import GUTTER_MM, bottom_mm, drawing

PAPER_HEIGHT_MM = {"a4": 297.0, "us-letter": 279.4}
LINE, FACT_LINE, SITUATION_LINE = 9.1, 8.8, 11.1
LETTER, BOLD_LETTER = 3.62, 6.0
HEAD, GAP, TITLE = 4.0, 8.0, 9.4


def overflow(data: PageData, sheets: int) -> float:
    """By how many points a page is longer than so many sheets; under 0 where it has room."""
    paper = data["paper"]
    brief = data["length"] == "brief"
    room = (PAPER_HEIGHT_MM[paper] - (10 if brief else 12.5) - bottom_mm(data)) / POINT_MM
    width = PAPER_MM[paper] / POINT_MM
    used = HEAD + sum(_lines(text, width, BOLD_LETTER) * SITUATION_LINE for text in data["situation"])
    used += 11 + sum(_lines(words, width - 85, LETTER) * FACT_LINE for _, words in data["facts"])
    foot = sum(_block(block, data, width) for block in data["foot"]) + GAP + (12 if data["left_out"] else 0)
    sheet = 1
    for block in [*data["sections"], None]:
        height = GAP + _block(block, data, width) if block else foot
        if used + height > room and sheet < sheets:
            # What has no room left stands on the next sheet, whole unless it may break; the last takes all the rest.
            sheet, height = sheet + 1, used + height - room if _breaks(block) else height
            used = 0.0
        used += height
    return used - room


def _breaks(block: dict | None) -> bool:
    return bool(block) and (block["kind"] == "lines" or len(block.get("rows", ())) > 14)


def _lines(text: str, width: float, letter: float) -> int:
    return max(1, math.ceil(sum(map(letter_width, text)) * letter / width))


def _block(block: dict, data: PageData, width: float) -> float:
    kind = block["kind"]
    if kind == "beside":
        left = width - GUTTER_MM / POINT_MM * (len(block["blocks"]) - 1)
        shares = [left * share / sum(block["widths"]) for share in block["widths"]]
        return max(_block(one, data, share) for one, share in zip(block["blocks"], shares, strict=True))
    if kind == "box":
        return (28 if data["length"] == "brief" else 36) / POINT_MM
    note = _lines(block["note"], width, LETTER) * LINE + 3.2 if block["note"] else 0
    if kind == "picture":
        drawn = data["pictures"].get(block["name"])
        wide, high = drawing(drawn["print"]) if drawn else (1, 0)
        return TITLE + high * min(width / wide, 1.05) + note
    if kind == "lines":
        return TITLE + sum(_lines(line, width - 12, LETTER) for line in block["lines"]) * LINE + note
    row = 5.4 + 2 * (1.8 if data["length"] == "brief" else 2.35)
    heads = max(column["label"].count("\n") + 1 for column in block["columns"]) + any(
        column["group"] for column in block["columns"]
    )
    return TITLE + (len(block["rows"]) + heads) * row + note
