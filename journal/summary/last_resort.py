"""What holds the promise of one page, or two, where dropping what may be dropped was not enough.

Everything that a person can make long has a most here, so that the last level fits whatever was written. Nothing goes
without a word: what was shortened ends in "…"; rows and lines that went are counted, blocks that
went are named.
Never dropped: name, period, coverage, the dose now, questions, the box, the definitions.
"""

from dataclasses import dataclass

from journal.summary.layout import letter_width
from journal.summary.page import PageData
from journal.summary.words import CUT, count


@dataclass(frozen=True)
class _Most:
    """The most there may be of each: letters, rows, lines and blocks. ``drawn``: whether pictures stay."""

    fact: int
    facts: int
    situation: int
    situations: int
    rows: int
    cell: int
    note: int
    lines: int
    line: int
    title: int
    sections: int
    drawn: bool = True


_MOST = (
    _Most(160, 12, 170, 4, 16, 60, 400, 8, 200, 90, 12),
    _Most(90, 9, 120, 3, 9, 34, 200, 5, 110, 60, 8),
    _Most(80, 7, 100, 3, 5, 26, 150, 3, 80, 50, 4),
    _Most(80, 5, 90, 3, 3, 20, 120, 3, 60, 40, 5, drawn=False),
    _Most(60, 3, 80, 2, 2, 16, 80, 2, 50, 34, 2, drawn=False),
)
LEVELS = len(_MOST)


def shortened(data: PageData, level: int) -> PageData:
    """The page with so much of it and no more; ``level`` from 1, the fullest, to ``LEVELS``."""
    most = _MOST[level - 1]
    sections = data["sections"]
    if not most.drawn:
        sections = [block for block in sections if block["kind"] != "picture"]
    kept = sections[: most.sections]
    gone = [_name(block) for block in data["sections"] if block not in kept]
    blocks = [_block(block, most) for block in kept]
    if gone:
        blocks.append(_said(gone, most))
    names = {one["name"] for block in blocks for one in [block, *block.get("blocks", ())]}
    return data | {
        "name": cut(data["name"], 100),
        "born": cut(data["born"], 40),
        "heading": cut(data["heading"], 160),
        "period": cut(data["period"], 80),
        "coverage": cut(data["coverage"], 200),
        "situation": _several(data["situation"], most.situations, most.situation),
        "facts": [[cut(label, 40), cut(words, most.fact)] for label, words in data["facts"][: most.facts]]
        + _more_facts(data["facts"][most.facts :]),
        "sections": blocks,
        "foot": [_block(block, most) for block in data["foot"][:3]],
        "left_out": cut(data["left_out"], 160),
        "pictures": {name: drawn for name, drawn in data["pictures"].items() if name in names},
    }


def cut(text: str, most: int) -> str:
    """At most so many letters of one line, wide ones counted as more; what is cut says so."""
    text = " ".join(text.split())
    room = most
    for at, letter in enumerate(text):
        room -= letter_width(letter)
        if room < 0:
            return text[: max(1, at - len(CUT))].rstrip() + CUT
    return text


def _several(texts: list[str], most: int, letters: int) -> list[str]:
    kept = [cut(text, letters) for text in texts[:most]]
    hidden = len(texts) - len(kept)
    return [*kept, f"{hidden} more, cut to fit the page."] if hidden else kept


def _more_facts(facts: list) -> list[list[str]]:
    return [["Cut", f"{len(facts)} more, cut to fit the page: {_listed([label for label, _ in facts], 90)}."]] * bool(
        facts
    )


def _listed(names: list[str], letters: int) -> str:
    return cut(", ".join(names), letters)


def _name(block: dict) -> str:
    if block["kind"] == "beside":
        return ", ".join(_name(one) for one in block["blocks"])
    return block["title"]


def _said(gone: list[str], most: _Most) -> dict:
    return {
        "kind": "lines", "name": "cut", "title": "Cut to fit the page", "lines": [_listed(gone, 4 * most.line) + "."],
        "numbered": False, "dashed": False, "note": "",
    }  # fmt: skip


def _block(block: dict, most: _Most) -> dict:
    if block["kind"] == "beside":
        return block | {"blocks": [_block(one, most) for one in block["blocks"]]}
    block = block | {"title": cut(block["title"], most.title)}
    if block["kind"] == "lines":
        return block | {
            "lines": _several(block["lines"], most.lines, most.line), "note": cut(block["note"], most.note)
        }  # fmt: skip
    if block["kind"] == "table":
        return _table(block, most)
    if block["kind"] == "picture":
        return block | {"note": cut(block["note"], most.note)}
    return block | {"rows": [cut(row, 40) for row in block["rows"]]}


def _table(block: dict, most: _Most) -> dict:
    """The first row and the last ones: a taper's highest dose and where it is now."""
    rows, hidden = block["rows"], len(block["rows"]) - most.rows
    if hidden > 0:
        rows = [rows[0], *rows[len(rows) - most.rows + 1 :]]
    said = (
        f"{count(hidden, 'row')} after the first {'was' if hidden == 1 else 'were'} cut to fit the page."
        if hidden > 0
        else ""
    )
    return block | {
        "rows": [[cell | {"text": cut(cell["text"], most.cell)} for cell in row] for row in rows],
        "columns": [
            column | {"label": _label(column["label"]), "group": cut(column["group"], 24)}
            for column in block["columns"]
        ],
        "note": " ".join(part for part in (cut(block["note"], most.note), said) if part),
    }


def _label(label: str) -> str:
    return "\n".join(cut(line, 24) for line in label.split("\n")[:3])
