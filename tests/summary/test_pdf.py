"""The summary as PDF, opened with two readers: tags, words, fonts, paper, number of sheets, the same bytes."""

import hashlib
import io
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pikepdf
import pytest
from pypdf import PdfReader

from journal.summary.last_resort import LEVELS, shortened
from journal.summary.page import Cell, Column, Lines, Table
from journal.summary.pdf import page_count, pages_of, render_pdf
from tests.summary_sample import full_page, sample_page, therapist_page

PAGES = {"brief": sample_page, "full": full_page, "therapist": therapist_page}
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"><path d="M0 0h7v7h-7z"/></svg>'


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u200b", "").replace("\u200e", ""))


@dataclass
class Element:
    """One element of the tree of tags."""

    kind: str
    alt: str = ""
    id: bytes = b""
    scope: str = ""
    headers: tuple[bytes, ...] = ()


def elements(pdf: bytes) -> list[Element]:
    """Each element of the tree of tags, in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(_element(node))
            if "/K" in node:
                walk(node.K)

    with opened(pdf) as document:
        walk(document.Root.StructTreeRoot)
    return found


def _element(node) -> Element:
    attributes, given = node.get("/A"), {}
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        given |= dict(one.items()) if one is not None else {}
    return Element(
        str(node.S),
        str(node.get("/Alt", "")),
        bytes(node.get("/ID", b"")),
        str(given.get("/Scope", "")),
        tuple(bytes(name) for name in given.get("/Headers", ())),
    )


# -- the standard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_it_says_that_it_is_accessible_in_which_language_and_what_it_is_called(name):
    page = PAGES[name]()
    pdf = opened(render_pdf(page))
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title) == page["title"]
    assert str(pdf.open_metadata()["pdfuaid:part"]) == "1"
    assert pdf.open_metadata()["dc:title"] == page["title"]


@pytest.mark.parametrize("name", PAGES)
def test_headings_lists_tables_and_figures_are_tagged(name):
    found = elements(render_pdf(PAGES[name]()))
    kinds = [element.kind for element in found]
    assert kinds.count("/H1") == 1 and kinds.index("/H1") < kinds.index("/H2")
    assert {"/H2", "/P", "/L", "/LI", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds)
    # no level of heading is passed over
    assert "/H3" not in kinds


@pytest.mark.parametrize("name", PAGES)
def test_each_figure_has_its_alternative_text(name):
    page = PAGES[name]()
    figures = [one for one in elements(render_pdf(page)) if one.kind == "/Figure"]
    assert len(figures) == len(page["pictures"])
    assert figures[0].alt == page["sections"][0]["description"]
    assert all(figure.alt for figure in figures)


@pytest.mark.parametrize("name", PAGES)
def test_each_cell_says_which_heads_it_is_under(name):
    found = elements(render_pdf(PAGES[name]()))
    heads = [one for one in found if one.kind == "/TH"]
    cells = [one for one in found if one.kind == "/TD"]
    known = {head.id for head in heads}
    assert len(known) == len(heads)
    assert all(head.scope == "/Column" for head in heads)
    assert all(cell.headers and set(cell.headers) <= known for cell in cells)


def test_a_cell_is_under_its_group_of_columns_and_its_column():
    page = sample_page()
    steps = next(block for block in page["sections"] if block["name"] == "steps")
    columns, first = steps["columns"], steps["rows"][0]
    groups = len(dict.fromkeys(column["group"] for column in columns))
    found = elements(render_pdf(page))
    # The heads of the first table, in the order in which they are read, whatever else is on the page.
    heads = [one.id for one in found if one.kind == "/TH"][: groups + len(columns)]
    places = {group: at for at, group in enumerate(dict.fromkeys(column["group"] for column in columns))}
    second_row = [one for one in found if one.kind == "/TD"][len(first) : len(first) + len(columns)]
    for column, head, cell in zip(columns, heads[groups:], second_row, strict=True):
        assert cell.headers == (heads[places[column["group"]]], head)


def test_its_bookmarks_are_its_headings():
    page = full_page()
    outline = PdfReader(io.BytesIO(render_pdf(page))).outline
    assert outline[0].title == page["name"]
    below = [one.title for one in outline[1]]
    assert below == [
        *(block["title"] for block in page["sections"]),
        *(block["title"] for block in page["foot"][0]["blocks"]),
    ]


def test_a_page_without_a_name_has_a_line_for_it_and_a_heading():
    pdf = render_pdf(sample_page(name="", born=""))
    assert "Name" in words(pdf)
    assert PdfReader(io.BytesIO(pdf)).outline[0].title.startswith("Taper summary for Dr M. Sample")


def test_the_definitions_are_read_once_though_they_stand_on_every_page():
    pdf = render_pdf(full_page())
    assert words(pdf).count("Patient-recorded; not a clinical assessment.") == 2
    last = PdfReader(io.BytesIO(pdf)).pages[1]
    tagged = re.findall(rb"/Artifact.*?EMC", last.get_contents().get_data(), re.DOTALL)
    assert tagged  # running head and rules are passed over
    assert pages_of(pdf) == 2


def test_every_font_is_in_the_file():
    reader = PdfReader(io.BytesIO(render_pdf(full_page())))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "DejaVuSans" in descriptor["/FontName"]


# -- sheets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
@pytest.mark.parametrize(("name", "sheets"), [("brief", 1), ("full", 2), ("therapist", 1)])
def test_it_takes_as_many_sheets_as_promised(name, sheets, paper, size):
    reader = PdfReader(io.BytesIO(render_pdf(PAGES[name](paper=paper))))
    assert len(reader.pages) == sheets == page_count(PAGES[name](paper=paper))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {size}


def test_each_sheet_is_numbered_and_all_but_the_first_say_whose_it_is():
    first, second = (page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(full_page()))).pages)
    assert "page 1 of 2" in first and "page 2 of 2" in second
    assert "Alex Sample, born 4 Mar 1955" not in first
    assert second.startswith("Alex Sample, born 4 Mar 1955")
    assert "13 Aug 2012 – 8 Apr 2013, 239 days" in second


def long_table(rows: int) -> dict:
    columns = (Column("filled in", number=False), Column("score"))
    table = Table("scores", "Every score", columns, tuple((Cell(f"day {n}"), Cell(str(n))) for n in range(rows)))
    return sample_page(length="whole", sections=(table,), pictures={})


def test_a_table_longer_than_a_page_has_its_head_on_each():
    pages = PdfReader(io.BytesIO(render_pdf(long_table(200)))).pages
    assert len(pages) >= 3
    texts = [page.extract_text() for page in pages]
    assert ["filled in" in text for text in texts[:3]] == [True, True, True]
    assert all(f"day {n}" in " ".join(texts) for n in range(200))


@pytest.mark.parametrize("name", PAGES)
def test_a_code_to_scan_leaves_the_page_as_long_as_it_was(name):
    page = PAGES[name]()
    pdf = render_pdf(page, qr=QR, qr_note="Read it online until 22 Apr 2013")
    assert pages_of(pdf) == page_count(page)
    assert "Read it online until 22 Apr 2013" in words(pdf)
    assert "Signed, date" in words(pdf) or name == "therapist"
    figures = [one for one in elements(pdf) if one.kind == "/Figure"]
    assert figures[-1].alt == "Read it online until 22 Apr 2013"


def filled_up() -> dict:
    """A brief page with so many questions that there is room for no more."""
    fuller = sample_page()
    for number in range(4, 60):
        page = sample_page()
        page["foot"][0]["blocks"][1]["lines"] = ["Is the depression score a reason to go back?"] * number
        if page_count(page) > 1:
            return fuller
        fuller = page
    raise AssertionError("It never filled up.")


@pytest.mark.parametrize("has_box", [True, False])
def test_a_code_to_scan_has_room_on_a_page_that_is_full(has_box):
    page = filled_up()
    if not has_box:
        page["foot"] = page["foot"][0]["blocks"][:2]
    pdf = render_pdf(page, qr=QR, qr_note="Read it online until 22 Apr 2013")
    assert pages_of(pdf) == 1
    assert "Read it online" in words(pdf)


# -- the same bytes ---------------------------------------------------------------------------------------------------


def test_the_same_page_is_the_same_bytes():
    assert render_pdf(sample_page()) == render_pdf(sample_page())
    assert render_pdf(sample_page(), system_fonts=False) == render_pdf(sample_page(), system_fonts=False)
    assert render_pdf(sample_page()) != render_pdf(sample_page(made="made 9 Apr 2013"))


def test_the_same_page_is_the_same_bytes_in_another_process():
    code = (
        "import django, hashlib; django.setup();"
        "from tests.summary_sample import full_page; from journal.summary.pdf import render_pdf;"
        "print(hashlib.sha256(render_pdf(full_page(), system_fonts=False)).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == hashlib.sha256(render_pdf(full_page(), system_fonts=False)).hexdigest()


# -- whatever was written ---------------------------------------------------------------------------------------------

NASTY = {
    "a call": "#panic()",
    "a script": "<script>alert(1)</script>",
    "typst": "$x$ *b* _i_ @a <lab> = H #set page(width: 1pt)",
    "300 letters": "W" * 300,
    "right to left": "دواء 75 " * 8,
    "turned round": "\u202e75 mg\u202c",
    "emoji": "💊👩‍👩‍👧" * 12,
    "marks upon marks": "a" + "\u0301" * 80,
    "control characters": "x\u0007\u0000y\ufffe",
    "no letters": "日本 \U00012000 \U000f0000 \ue000",
    "one wide sign": "﷽" * 12,
}


def spoilt(page: dict, text: str) -> dict:
    """The page with ``text`` wherever a person's words can stand."""
    page["name"] = text[:100]
    page["facts"] = [[label, text] for label, _ in page["facts"]]
    for block in [*page["sections"], *page["foot"], *page["foot"][0]["blocks"]]:
        if block["kind"] == "table":
            block["rows"] = [[row[0] | {"text": text[:100]}, *row[1:]] for row in block["rows"]]
            for column in block["columns"]:
                column["group"] = column["group"] and text[:100]
        elif block["kind"] == "lines":
            block["lines"] = [text] * len(block["lines"])
    return page


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", ["brief", "full"])
def test_whatever_was_written_stays_words_on_tagged_paper(name, nasty):
    pdf = render_pdf(spoilt(PAGES[name](), nasty))
    document = opened(pdf)
    assert str(document.open_metadata()["pdfuaid:part"]) == "1"
    assert (round(document.pages[0].mediabox[2]), round(document.pages[0].mediabox[3])) == (595, 842)
    assert not outside(pdf)


@pytest.mark.parametrize("nasty", ["#panic()", "<script>alert(1)</script>", "$x$ *b* _i_ @a <lab> = H"])
def test_markup_is_printed_as_it_was_written(nasty):
    assert nasty in words(render_pdf(sample_page(foot=(Lines("questions", "Asked today", (nasty,)),))))


def test_a_number_after_a_word_from_right_to_left_reads_as_it_was_written():
    text = words(render_pdf(sample_page(situation=("دواء 75 mg since 19 Nov 2012.",))))
    assert "75 mg since 19 Nov 2012." in text


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("name", ["brief", "full"])
def test_the_last_resort_keeps_the_promise_and_says_what_it_cut(name, nasty):
    page = spoilt(PAGES[name](), (nasty + " ") * (3000 // len(nasty)))
    page["length"] = "brief"
    cut = shortened(page, LEVELS)
    pdf = render_pdf(cut)
    assert pages_of(pdf) == 1
    assert not outside(pdf)
    text = words(pdf)
    assert re.search(r"\(cut\)|\( ?…cut\)", text)
    assert "Cut to fit the page" in text
    for kept in (page["period"], page["coverage"], "Asked today", "Agreed today", "not a clinical assessment"):
        assert kept in text, kept


def test_a_note_of_100_kb_takes_as_many_sheets_as_it_needs():
    note = "It was a long day. " * 5300
    page = sample_page(length="whole", sections=(Lines("private-notes", "Notes", (note,)),), pictures={})
    pdf = render_pdf(page)
    assert 5 < pages_of(pdf) < 40
    assert words(pdf).count(" long ") == 5300
    assert not outside(pdf)


def outside(pdf: bytes) -> list:
    """Words that are not within the paper's margins, as poppler sees them."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not on this machine: nothing else here says where words stand")
    said = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    width = height = 0.0
    found = []
    for line in said.decode(errors="replace").splitlines():
        numbers = [float(number) for number in re.findall(r'="(-?[\d.]+)"', line)]
        if "<page " in line:
            width, height = numbers
        elif "<word " in line:
            left, top, right, bottom = numbers[:4]
            # 14 mm at the sides are 39.7 pt; a space at a line's end may stand in them
            if left < 39 or right > width - 35 or top < 11 or bottom > height - 12:
                found.append(line)
    return found
