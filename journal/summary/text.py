"""The page as plain text, for a message in a surgery's portal: no columns to keep in line, nothing left to layout.

Every table row becomes a sentence that names its columns, so that it reads the same in any typeface.
"""

from collections.abc import Iterator

from journal.summary.page import PageData

PADDING = dict.fromkeys(map(ord, "\u2007\u2008"))
"""Spaces as wide as a digit and as a point: they bring decimal points below each other where there are columns."""


def as_text(page: PageData) -> str:
    """The page as lines; ends with a line break."""
    who = ", ".join(part for part in (page["name"], page["born"]) if part)
    lines = [page["heading"], *([who] if who else []), page["period"], page["coverage"], "", *page["situation"]]
    if page["facts"]:
        lines += ["", *(f"{label}: {text}" for label, text in page["facts"])]
    for block in (*page["sections"], *page["foot"]):
        for one in _flat(block):
            lines += _block(one)
    lines += ["", *([page["left_out"]] if page["left_out"] else []), page["definitions"], page["made"]]
    return "\n".join(line.replace("\u00a0", " ").translate(PADDING).rstrip() for line in lines) + "\n"


def _flat(block: dict) -> Iterator[dict]:
    if block["kind"] == "beside":
        for one in block["blocks"]:
            yield from _flat(one)
    else:
        yield block


def _block(block: dict) -> list[str]:
    if block["kind"] == "box":
        return []  # room to write by hand
    lines = ["", block["title"].upper()]
    if block["kind"] == "picture":
        lines.append(block["description"])
    elif block["kind"] == "lines":
        marks = (f"{number}. " for number in range(1, len(block["lines"]) + 1))
        lines += [f"{next(marks) if block['numbered'] else '- '}{line}" for line in block["lines"]]
    elif block["name"] == "scores":
        lines += _scores(block)
    else:
        lines += [_row(block["columns"], row) for row in block["rows"]]
    if block.get("note"):
        lines.append(block["note"])
    return lines


def _scores(block: dict) -> list[str]:
    """Each score after its day. On paper the days stand above the scores, on every line of its own again."""
    days, lines = [column["label"] for column in block["columns"][1:]], []
    for name, *cells in block["rows"]:
        if name["text"] == "day":
            days = [cell["text"] for cell in cells]
            continue
        pairs = ", ".join(f"{day} {_words(cell)}" for day, cell in zip(days, cells, strict=True) if cell["text"])
        lines.append(f"score by day. {pairs}")
    return lines


def _row(columns: list[dict], row: list[dict]) -> str:
    """25 Sep. Taken: mg a day 105, % of previous 70. Restlessness: week before 1.2, highest –."""
    first, place = row[0], row[0]["span"]
    parts: list[tuple[str, list[str]]] = []
    for cell in row[1:]:
        column = columns[place]
        place += cell["span"]
        if not cell["text"]:
            continue
        if not parts or parts[-1][0] != column["group"]:
            parts.append((column["group"], []))
        label = "" if cell["span"] > 1 else _label(column["label"])
        parts[-1][1].append(f"{label}{_words(cell)}".translate(PADDING))
    said = "; ".join(f"{group}: {', '.join(cells)}" if group else ", ".join(cells) for group, cells in parts)
    return f"{_words(first)}. {said}".replace("\n", " ")


def _label(label: str) -> str:
    """week before; 2 Apr – 20 May: two days, on paper one below the other, and then a colon."""
    said = label.replace("–\n", " – ").replace("\n", " ")
    return f"{said}: " if "–\n" in label else f"{said} "


def _words(cell: dict) -> str:
    return cell["text"] + cell["mark"] + (f" (n {cell['n']})" if cell["n"] else "")
