"""The tables of a summary's PDF, read back from the file by its tags: what the paper says, cell by cell."""

import io
import re
from dataclasses import dataclass

import pikepdf


@dataclass
class Read:
    """``sheets``: how many. ``tables``: each as rows of texts, heads first, cells in the order of the tags."""

    sheets: int
    tables: list[list[list[str]]]


def read_tables(content: bytes) -> Read:
    """What the tags of the file say. Each marked piece of a page is decoded by the font that it is set in."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pieces = [_pieces(page) for page in pdf.pages]
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        tables: list[list[list[str]]] = []

        def text(node, page=None) -> str:
            if isinstance(node, int):
                return pieces[page].get(node, "") if page is not None else ""
            if isinstance(node, pikepdf.Array):
                return "".join(text(child, page) for child in node)
            if not isinstance(node, pikepdf.Dictionary):
                return text(int(node), page)
            if "/Pg" in node:
                page = places[node.Pg.objgen]
            if "/MCID" in node:
                return pieces[page].get(int(node.MCID), "")
            return text(node.K, page) if "/K" in node else ""

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child)
            elif isinstance(node, pikepdf.Dictionary):
                if node.get("/S") == "/Table":
                    tables.append([])
                if node.get("/S") == "/TR":
                    cells = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
                    tables[-1].append([text(cell).strip() for cell in cells])
                elif "/K" in node:
                    walk(node.K)

        walk(pdf.Root.StructTreeRoot)
        return Read(len(pdf.pages), tables)


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked piece of a page, by its number."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_: list[int | None] = []
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            marks = operands[1] if len(operands) > 1 else None
            own = int(marks.MCID) if isinstance(marks, pikepdf.Dictionary) and "/MCID" in marks else None
            open_.append(own if own is not None else (open_[-1] if open_ else None))
        elif name == "EMC":
            open_.pop()
        elif name == "Tf":
            known = fonts[str(operands[0])]
        elif name in ("TJ", "Tj") and open_ and open_[-1] is not None:
            parts = operands[0] if name == "TJ" else operands
            said = "".join(_said(bytes(part), known) for part in parts if isinstance(part, pikepdf.String))
            found[open_[-1]] = found.get(open_[-1], "") + said
    return found


def _said(codes: bytes, letters: dict[int, str]) -> str:
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def _letters(font) -> dict[int, str]:
    """What each code of a font stands for, by the table that it brings for that."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            start = int(letters, 16)
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = chr(start + code - int(first, 16))
    return found
