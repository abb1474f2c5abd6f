"""What the summary's page needs to be drawn from plain data (``summary.page``): table heads, rows, drawings."""

from itertools import groupby

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def paper_groups(table: dict) -> list[dict]:
    """The heads above the columns' own: ``label``, ``span`` and ``side``, where the only column of one stands ("left",
    "right"; "" over several); an empty list where no column has one.
    """
    if not any(column["group"] for column in table["columns"]):
        return []
    found = [(label, list(columns)) for label, columns in groupby(table["columns"], key=lambda column: column["group"])]
    sides = ["" if len(columns) > 1 else "right" if columns[0]["number"] else "left" for _, columns in found]
    return [
        {"label": label, "span": len(columns), "side": side}
        for (label, columns), side in zip(found, sides, strict=True)
    ]


@register.filter
def paper_columns(table: dict) -> list[dict]:
    """The columns with ``begins``: whether a group begins with it that is not the first one."""
    found, before = [], None
    for column in table["columns"]:
        begins = before is not None and bool(column["group"]) and column["group"] != before
        found.append(column | {"begins": begins})
        before = column["group"]
    return found


@register.filter
def paper_rows(table: dict) -> list[list[dict]]:
    """Each row's cells, each with what its column says: ``number``, ``label`` in one line, ``group``, ``begins``.

    A cell that spans several columns has the first one's, and stands left.
    """
    columns = paper_columns(table)
    rows = []
    for row in table["rows"]:
        place, cells = 0, []
        for cell in row:
            column = columns[min(place, len(columns) - 1)]
            label = column["label"].replace("-\n", "-").replace("–\n", "–").replace("\n", " ")
            number = column["number"] and cell["span"] == 1
            cells.append(
                cell | {"label": label, "group": column["group"], "begins": column["begins"], "number": number}
            )
            place += cell["span"]
        rows.append(cells)
    return rows


@register.filter
def paper_drawing(page: dict, block: dict) -> dict[str, SafeString]:
    """The drawings of a Picture by size ("print", "compact"); a size that is not there is not in it.

    They are ours, as they were drawn: journal.charts escapes every text in them and leaves no style or script.
    """
    return {size: SafeString(svg) for size, svg in page["pictures"].get(block["name"], {}).items() if svg}


@register.filter
def paper_beside(block: dict) -> list[dict]:
    """The blocks of a Beside, each with its ``share`` of the width in 24ths (paper_blocks.css), at least 1."""
    whole = sum(block["widths"]) or 1
    shares = [max(1, min(24, round(24 * width / whole))) for width in block["widths"]]
    return [{"block": inner, "share": share} for inner, share in zip(block["blocks"], shares, strict=False)]
