"""A person's own order of things: one place that moves and numbers the rows."""

LAST_POSITION = 32_000  # the column ends a little later


def moved(rows: list, row, places: int) -> list | None:
    """``rows`` with ``row`` moved up (-1) or down (+1); None where it is not among them or would leave the list."""
    here = next((index for index, one in enumerate(rows) if one.pk == row.pk), None)
    if here is None or not 0 <= here + places < len(rows):
        return None
    rest = [one for one in rows if one.pk != row.pk]
    rest.insert(here + places, rows[here])
    return rest


def number(rows: list) -> None:
    """Write the order of ``rows`` down as their positions. One query."""
    for position, row in enumerate(rows, start=1):
        row.position = min(position, LAST_POSITION)
    if rows:
        type(rows[0]).objects.bulk_update(rows, ["position"])


def last_position(rows) -> int:
    """The position of what comes after all of ``rows``."""
    return min(max((row.position for row in rows), default=0) + 1, LAST_POSITION)
