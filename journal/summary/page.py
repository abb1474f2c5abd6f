"""The page of a Summary as plain words: what HTML, print, PDF and text all say, and what a kept summary keeps.

``Page.data()`` is the page as dicts, lists and strings. Every rendering takes that and nothing else, so that a summary
that was kept opens as it was, whatever became of the record or of the code that wrote its words. Words only: nothing
here is markup, and no rendering may take any of it for markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PageData = dict

VERSION = 1
"""Of the shape of ``PageData``: another number after every change that an older page has to be told apart for."""


@dataclass(frozen=True)
class Cell:
    """One cell. ``n`` stands small beside a mean: on how many days it rests. ``mark`` (†) hangs in no width.

    ``span``: so many columns wide; the cells that it covers are not in the row.
    """

    text: str = ""
    bold: bool = False
    n: str = ""
    mark: str = ""
    span: int = 1


@dataclass(frozen=True)
class Column:
    """A column. ``label`` may have a line break where it breaks into two lines. ``number``: its cells stand right.

    Neighbours with the same ``group`` share a head above their own.
    """

    label: str
    number: bool = True
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names it. ``name`` tells renderings how wide its columns are."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    kind: str = "table"


@dataclass(frozen=True)
class Picture:
    """A chart: its drawings stand in ``Page.pictures`` under ``name``. ``description`` is the text alternative."""

    name: str
    title: str
    description: str
    note: str = ""
    kind: str = "picture"


@dataclass(frozen=True)
class Lines:
    """A heading with lines under it, ``numbered`` or not. ``dashed``: each with a dash before it."""

    name: str
    title: str
    lines: tuple[str, ...]
    numbered: bool = False
    dashed: bool = False
    note: str = ""
    kind: str = "lines"


@dataclass(frozen=True)
class Box:
    """The box to fill in by hand: a label and a dotted line each."""

    title: str
    rows: tuple[str, ...]
    name: str = "agreed"
    kind: str = "box"


@dataclass(frozen=True)
class Beside:
    """Blocks that stand side by side on paper, below each other on a phone. ``widths``: their shares."""

    blocks: tuple["Block", ...]
    widths: tuple[int, ...]
    name: str = "beside"
    kind: str = "beside"


Block = Table | Picture | Lines | Box | Beside


@dataclass(frozen=True)
class Page:
    """All words of a page.

    ``heading``: whom it is for and when ("Taper summary for Dr Okafor, prescriber · appointment 9 Apr 2013").
    ``situation``: the two bold lines. ``facts``: label and sentence. ``sections`` follow each other; ``foot`` stands at
    the foot of the last page. ``left_out``: the sentence that says so, or blank. ``definitions`` and ``made`` stand in
    the footer of every page. ``pictures``: by name of the picture the SVG by size ("print", "compact").
    """

    title: str
    reader: str
    length: str
    paper: str
    name: str
    born: str
    heading: str
    period: str
    coverage: str
    situation: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Block, ...]
    foot: tuple[Block, ...]
    left_out: str
    definitions: str
    made: str
    pictures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lang: str = "en"
    version: int = VERSION

    def data(self) -> PageData:
        """The page as dicts, lists and strings, the same after a way through JSON."""
        return _plain(self)


def _plain(value):
    if isinstance(value, str | int):  # as most are
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return {name: _plain(item) for name, item in vars(value).items()}


LEFT_OUT = "Some items were left out by choice."


# --- a page that an older version of the code kept ------------------------------------------------------------------

_BLANKS = {
    block.kind: _plain(block)
    for block in (Table("", "", (), ()), Picture("", "", ""), Lines("", "", ()), Box("", ()), Beside((), ()))
}
_BLANK_COLUMN, _BLANK_CELL = _plain(Column("")), _plain(Cell())
_BLANK_PAGE = Page(
    **dict.fromkeys(("title", "length", "name", "born", "heading", "period", "coverage"), ""),
    **dict.fromkeys(("situation", "facts", "sections", "foot"), ()),
    **dict.fromkeys(("left_out", "definitions", "made"), ""),
    reader="prescriber",
    paper="a4",
).data()


def whole(data: PageData) -> PageData:
    """A page with all that pages have now: what it was kept without is blank. The same one if nothing is missing."""
    page = _BLANK_PAGE | data
    return page | {part: [_whole_block(block) for block in page[part]] for part in ("sections", "foot")}


def _whole_block(block: dict) -> dict:
    found = _BLANKS.get(block.get("kind"), {}) | block
    if found.get("kind") == "table":
        found["columns"] = [_BLANK_COLUMN | column for column in found["columns"]]
        found["rows"] = [[_BLANK_CELL | cell for cell in row] for row in found["rows"]]
    if found.get("kind") == "beside":
        found["blocks"] = [_whole_block(inner) for inner in found["blocks"]]
        found["widths"] = found["widths"] or [1] * len(found["blocks"])
    return found
