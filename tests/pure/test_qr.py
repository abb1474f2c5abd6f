"""The QR code's drawing has each dark module of the code, and nothing that a text could slip in."""

import re

import qrcode

from journal.summary.qr import qr_svg

ADDRESS = "https://journal.example.org/s/3pZi2CMY1zn5uxWX-G88hw.skvrT89MrfSSJvr7VT5KQp6omp6M2S38zXTy2ZSZbBs/"


def dark(svg: str) -> set[tuple[int, int]]:
    """The modules that the path covers, as (column, row)."""
    path = re.search(r' d="([^"]+)"', svg)[1]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path)
    assert "".join(f"M{x} {y}h{wide}v1h-{back}z" for x, y, wide, back in runs) == path
    assert all(wide == back for _, _, wide, back in runs)
    return {(int(x) + n, int(y)) for x, y, wide, _ in runs for n in range(int(wide))}


def test_each_module_is_where_the_code_has_it():
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(ADDRESS)
    rows = code.get_matrix()
    svg = qr_svg(ADDRESS, "Code", "It opens")
    assert dark(svg) == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert f'viewBox="0 0 {len(rows)} {len(rows)}"' in svg
    assert min(x for x, _ in dark(svg)) == 4  # scanners want a margin


def test_its_words_are_words():
    svg = qr_svg(ADDRESS, "<script>", 'a "quoted" & b')
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg
    assert "a &quot;quoted&quot; &amp; b" in svg
