"""A page read as strings: its tables, its blocks, everything that it says."""

from journal.summary.page import Beside, Page, Table

SPACES = {0x2007: " ", 0x2008: " ", 0xA0: " "}


def said(text: str) -> str:
    """``text`` with plain spaces."""
    return text.translate(SPACES)


def cells(table: Table) -> list[list[str]]:
    """Its rows: what each cell says with its mark; an n in brackets, bold between stars."""
    return [[_cell(cell) for cell in row] for row in table.rows]


def _cell(cell) -> str:
    text = f"{said(cell.text).strip()}{cell.mark}"
    text = f"*{text}*" if cell.bold and text else text
    return f"{text} [{cell.n}]" if cell.n else text


def labels(table: Table) -> list[str]:
    """The heads of its columns, on one line each."""
    return [said(column.label).replace("\n", " ") for column in table.columns]


def everything(value) -> list[str]:
    """All strings of a page's data, its pictures left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "pictures" for text in everything(item)]
    return [text for item in value for text in everything(item)] if isinstance(value, list) else []


def blocks(page: Page) -> list:
    """All blocks in order; what stands beside each other too."""
    found = []
    for one in (*page.sections, *page.foot):
        found += one.blocks if isinstance(one, Beside) else [one]
    return found


def names(page: Page) -> list[str]:
    return [one.name for one in blocks(page)]


def block(page: Page, name: str):
    """The one block of this name."""
    (found,) = [one for one in blocks(page) if one.name == name]
    return found


def fact(page: Page, label: str) -> str:
    """What is said under this label; blank where it is not there."""
    return next((said(text) for name, text in page.facts if said(name) == label), "")
