"""The summary as a tagged PDF (PDF/UA-1), set by typst from the same words as every other rendering.

Each table has heads that say what they head (Scope, Headers); heads of rows wait for a typst for Python that can be
told to write them (``pdf.header-cell`` needs a switch that version 0.15 has no word for).
"""

import functools
import json
import math
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from journal.catalogue.summary import Length
from journal.models.base import plain
from journal.summary.last_resort import LEVELS, cut, shortened
from journal.summary.layout import PAPER_MM, POINT_MM, VERY_WIDE, laid_out, letter_width
from journal.summary.page import PageData

TEMPLATE = Path(__file__).with_name("summary.typ")
FACE = "DejaVu Sans"
BEFORE_OTHERS = ("Noto Sans", "Noto Serif", "Noto")
ZERO_WIDTH_SPACE, LEFT_TO_RIGHT, JOINER = "\u200b", "\u200e", "\u200d"
GUTTER_MM = 12 * POINT_MM
SHORT = 28
LONG_WORD = re.compile(rf"\S{{{SHORT},}}|\S*[{''.join(VERY_WIDE)}]\S*")
LONG_IN_CELL = re.compile(r"[^\s\u200b]{15,}")
RIGHT_TO_LEFT_RUN = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])"
)
UNPRINTABLE = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufdd0-\ufdef]|.(?<=[\ufffe\uffff])")
"""What turns the letters after it round (75 mg would read 57 mg), and what no standard lets into a PDF."""
PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
DRAWN = re.compile(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
FOOTER_LETTERS, FOOTER_LINE_MM = 150, 3.0
MOST_MARKS = 3
MARKED = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u1fff\u20d0-\u20ff\u2c00-\uffff\U00010000-\U0010ffff]")
"""Where a letter may be that stands on another; most texts have none of these."""
MOST_REPLACED = 40
NOT_SHOWN = re.compile(r'the text `"(?P<text>.+)"` could not be displayed|codepoint `"\\u\{(?P<code>\w+)\}"`')


def render_pdf(data: PageData, *, system_fonts: bool = True, qr: str = "", qr_note: str = "") -> bytes:
    """The PDF of a page. Same data, same bytes; ``system_fonts`` off makes that hold across machines too.

    With them on, names in scripts that the bundled fonts lack are set in whatever the machine has. A letter that none
    has is drawn as the sign of its script in a frame (matplotlib brings a font for that); the letter itself is in the
    text, so the page stays tagged and within the standard. Where even that font lacks it, the letter is replaced by
    "□"; if the standard is still broken the page comes untagged, which is better than none.

    ``qr`` is an SVG, drawn 22 mm wide at the foot with ``qr_note`` below it. The page stays as long as was promised:
    where the words at the foot have no room to give, the box to fill in does, and where there is none, words are cut.
    """
    if not qr:
        return _compiled(_printable(data), system_fonts)
    code, most = {"qr": qr, "qr_note": qr_note}, Length(data["length"]).most_pages
    for places, page in (("column", "box"), data), *((("column",), shortened(data, n)) for n in range(1, LEVELS + 1)):
        for place in places:
            made = _compiled(_printable(page) | code, system_fonts, place)
            if most is None or pages_of(made) <= most:
                return made
    return made


def page_count(data: PageData, *, system_fonts: bool = True) -> int:
    """On how many sheets it prints. The page is set but not written, which takes most of the time that the PDF does."""
    import typst

    given = inputs(data, system_fonts=system_fonts)
    fonts, _ = _fonts(system_fonts)
    source = {"main.typ": TEMPLATE.read_bytes()}
    return int(typst.query(source, "<sheets>", field="value", one=True, sys_inputs=given, font_paths=fonts))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF made here has: what its own tree of pages says."""
    return max(int(found) for found in PAGES.findall(pdf))


def inputs(data: PageData, *, system_fonts: bool = True) -> dict[str, str]:
    """What the template is given for a page without a code to scan."""
    return _inputs(_set_out(_printable(data), "") | {"fonts": _fonts(system_fonts)[1]})


def _inputs(page: dict) -> dict[str, str]:
    return {"data": json.dumps(page)}


def _compiled(page: dict, system_fonts: bool, qr_place: str = "") -> bytes:
    families = _fonts(system_fonts)[1]
    return _written(_inputs(_set_out(page, qr_place) | {"fonts": families})["data"], system_fonts)


@functools.lru_cache(maxsize=1)
def _written(data: str, system_fonts: bool) -> bytes:
    """The last one is kept: who has looked how many sheets a page takes wants that page next."""
    import typst

    fonts, _ = _fonts(system_fonts)
    compile_ = functools.partial(typst.compile, {"main.typ": TEMPLATE.read_bytes()}, format="pdf", font_paths=fonts)
    for _ in range(MOST_REPLACED):
        try:
            return compile_(sys_inputs={"data": data}, pdf_standards=["ua-1"])
        except typst.TypstError as error:
            found = NOT_SHOWN.search(error.message)
            if not found:
                break
            gone = set(found["text"] or chr(int(found["code"], 16)))
            data = json.dumps(_mapped(json.loads(data), functools.partial(_without, gone=gone)))
    return compile_(sys_inputs={"data": data})


def _without(text: str, gone: set[str]) -> str:
    return "".join("□" if letter in gone else letter for letter in text)


@functools.cache
def _fonts(system_fonts: bool):
    """The fonts, and the families in the order in which a letter is looked for in them.

    matplotlib brings DejaVu Sans, whose metrics are then the same everywhere. The machine's own families are named, as
    typst left to itself may take the font of last resort for a script that one of them has.
    """
    import matplotlib
    import typst

    folder = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")
    fonts = typst.Fonts(include_system_fonts=system_fonts, font_paths=[folder])
    bundled = set(typst.Fonts(include_system_fonts=False, font_paths=[folder]).families())
    others = sorted(set(fonts.families()) - bundled, key=_rank)
    return fonts, [FACE, *others]


def _rank(family: str) -> tuple:
    first = next((at for at, start in enumerate(BEFORE_OTHERS) if family.startswith(start)), len(BEFORE_OTHERS))
    return first, family


def _set_out(page: dict, qr_place: str) -> dict:
    """The page with what the template has to know beside the words: widths, sizes, what has room.

    ``qr_place``: "" for none, "column" of the foot, or in the "box"; what is not there has a "row" of its own.
    """
    room = PAPER_MM.get(page["paper"], PAPER_MM["a4"])
    foot = [_set_block(block, room) for block in page["foot"]]
    beside = next((block for block in foot if block["kind"] == "beside"), None)
    if qr_place == "column" and beside:
        beside["has_code"] = True
    elif qr_place and not (qr_place == "box" and any(one["kind"] == "box" for one in _every(foot))):
        qr_place = "row"
    return {"qr": "", "qr_note": ""} | page | {
        "sections": [_set_block(block, room) for block in page["sections"]],
        "foot": foot,
        "pictures": {name: _sized(drawn["print"]) for name, drawn in page["pictures"].items()},
        "bottom": bottom_mm(page),
        "qr_place": qr_place,
        # The name is whole on the first page; there is one line for it on the others.
        "running": cut(page["name"] or page["heading"], 60),
    }  # fmt: skip


def _every(blocks: list[dict]):
    for block in blocks:
        yield from (block, *block.get("blocks", ()))


def _set_block(block: dict, room: float) -> dict:
    if block["kind"] == "beside":
        left = room - GUTTER_MM * (len(block["blocks"]) - 1)
        shares = [left * width / sum(block["widths"]) for width in block["widths"]]
        blocks = [_set_block(*pair) for pair in zip(block["blocks"], shares, strict=True)]
        return {**block, "blocks": blocks, "has_code": False}
    return laid_out(block, room) if block["kind"] == "table" else block


def _sized(svg: str) -> dict:
    width, height = drawing(svg)
    return {"svg": svg, "width": width, "height": height}


def drawing(svg: str) -> tuple[float, float]:
    """How wide and how high a drawing for paper is, in points."""
    found = DRAWN.search(svg[:1000])
    return (float(found[1]), float(found[2])) if found else (516.0, 220.0)


def bottom_mm(page: PageData) -> float:
    """The margin at the bottom: room for three lines of definitions, and for each more of them."""
    lines = math.ceil((len(page["definitions"]) + len(page["made"]) + 20) / FOOTER_LETTERS)
    return 18.5 + FOOTER_LINE_MM * max(0, lines - 3)


def _printable(page: PageData) -> dict:
    """The same data without letters that cannot be printed; long words get places to break."""
    drawn = page["pictures"]
    words = _mapped({key: value for key, value in page.items() if key != "pictures"}, _clean)
    for block in _every([*words["sections"], *words["foot"]]):
        if block["kind"] != "table":
            continue
        block["rows"] = [
            [{**cell, "text": LONG_IN_CELL.sub(_breakable, cell["text"])} for cell in row] for row in block["rows"]
        ]
        block["columns"] = [
            {**column, **{key: LONG_IN_CELL.sub(_breakable, column[key]) for key in ("label", "group")}}
            for column in block["columns"]
        ]
    return words | {"pictures": drawn}


def _clean(text: str) -> str:
    if len(text) < SHORT and text.isascii() and text.isprintable():  # as most are
        return text
    text = _few_marks(UNPRINTABLE.sub("", plain(text)).replace("\t", " "))
    # A number after a word written from right to left belongs to the sentence, not to the word.
    text = RIGHT_TO_LEFT_RUN.sub(lambda run: run[0] + LEFT_TO_RIGHT, text)
    return LONG_WORD.sub(functools.partial(_breakable, every=12), text)


def _few_marks(text: str) -> str:
    """The text with no more marks on a letter than a language needs: a tower of them covers the lines above."""
    if not MARKED.search(text):
        return text
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _breakable(word: re.Match, every: int = 8) -> str:
    """The word with places to break, none of them before a letter that belongs to the one before it."""
    parts, wide = [""], 0.0
    for letter in word[0]:
        width = letter_width(letter)
        if parts[-1] and wide + width > every and not _joins(letter) and not parts[-1].endswith(JOINER):
            parts.append("")
            wide = 0
        parts[-1] += letter
        wide += width
    return ZERO_WIDTH_SPACE.join(parts)


def _joins(letter: str) -> bool:
    return letter == JOINER or unicodedata.category(letter).startswith("M")


def _mapped(value, change):
    """A copy of data with every string changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(item, change) for key, item in value.items()}
    return [_mapped(item, change) for item in value] if isinstance(value, list | tuple) else value
