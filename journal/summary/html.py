"""The page as one HTML file that needs nothing beside it: styles and typeface are in it, and no script."""

import re
from base64 import b64encode
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from journal.summary.page import PageData

STYLES = (
    "css/tokens.css",
    "css/charts.css",
    "css/paper.css",
    "css/paper_blocks.css",
    "css/paper_phone.css",
    "css/paper_print.css",
)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


def as_html(page: PageData) -> str:
    """The file. It opens from a disk or a mail, without a connection."""
    # Our own stylesheets and nothing else: none of it comes from a person.
    css = mark_safe("\n".join(_alone(Path(finders.find(name))) for name in STYLES))
    return render_to_string("journal/summary/file.html", {"page": page, "css": css})


def _alone(path: Path) -> str:
    """A stylesheet with what it points at inside it."""

    def inside(found: re.Match) -> str:
        if found[1].startswith(("data:", "#")):
            return found[0]
        kind = {".woff2": "font/woff2", ".woff": "font/woff"}[Path(found[1]).suffix]
        return f"url(data:{kind};base64,{b64encode((path.parent / found[1]).read_bytes()).decode()})"

    return _URL.sub(inside, path.read_text(encoding="utf-8"))
