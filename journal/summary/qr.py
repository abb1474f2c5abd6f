"""A QR code as a drawing: for the screen, and for the foot of the paper."""

from html import escape


def qr_svg(text: str, title: str, description: str) -> str:
    """An SVG of the QR code of ``text``, black on white in any scheme, four modules of margin as scanners want.

    It refers to nothing outside of it. ``title`` and ``description`` are read out; they are escaped here.
    """
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(
        f"M{start} {y}h{end - start}v1h{start - end}z" for y, row in enumerate(rows) for start, end in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {size} {size}" role="img" '
        f'aria-labelledby="qr-title qr-desc" shape-rendering="crispEdges">'
        f'<title id="qr-title">{escape(title)}</title><desc id="qr-desc">{escape(description)}</desc>'
        f'<rect width="{size}" height="{size}" fill="#ffffff"/><path fill="#000000" d="{path}"/></svg>'
    )


def _runs(row):
    """Where dark modules stand next to each other in a row: (first, one after the last)."""
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place
            start = None
