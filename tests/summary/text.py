"""A page as lines of text, for reading in tests: what it says, whatever draws it."""

from journal.summary.page import Beside, Box, Lines, Page, Picture, Table

SPACES = dict.fromkeys(map(ord, "\u2007\u2008"), " ") | {0xA0: " "}


def said(text: str) -> str:
    """``text`` with plain spaces."""
    return text.translate(SPACES)


def cells(table: Table) -> list[list[str]]:
    """Its rows: what each cell says, with its mark; an n in brackets, bold between stars."""
    return [[_cell(cell) for cell in row] for row in table.rows]


def _cell(cell) -> str:
    text = f"{said(cell.text).strip()}{cell.mark}"
    text = f"*{text}*" if cell.bold and text else text
    return f"{text} [{cell.n}]" if cell.n else text


def everything(value) -> list[str]:
    """All strings of a page's data, its pictures left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "pictures" for text in everything(item)]
    return [text for item in value for text in everything(item)] if isinstance(value, list) else []


def block(page: Page, name: str):
    """The one block of this name."""
    found = [one for one in _all(page) if one.name == name]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]


def names(page: Page) -> list[str]:
    """The names of all blocks, in order; what stands beside each other too."""
    return [one.name for one in _all(page)]


def _all(page: Page):
    for one in (*page.sections, *page.foot):
        yield from one.blocks if isinstance(one, Beside) else (one,)


def as_text(page: Page) -> str:
    """The whole page."""
    lines = [f"{page.name}  {page.born}  |  {page.heading}", f"{page.period}  |  {page.coverage}", *page.situation]
    lines += [f"{label:18}{text}" for label, text in page.facts]
    for one in _all(page):
        lines += ["", f"## {one.name}: {one.title if not isinstance(one, Box) else one.title}"]
        if isinstance(one, Table):
            rows = [[said(column.label).replace("\n", " ") for column in one.columns], *cells(one)]
            lines += [" | ".join(row) for row in rows]
        if isinstance(one, Lines):
            lines += list(one.lines)
        if isinstance(one, Picture):
            lines.append(one.description)
        if isinstance(one, Box):
            lines += list(one.rows)
        lines.append(getattr(one, "note", ""))
    lines += ["", page.left_out, page.definitions, page.made]
    return said("\n".join(lines))
