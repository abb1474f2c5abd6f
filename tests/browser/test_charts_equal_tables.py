"""What a chart draws is what its table says: each page in a browser, its drawing read back, beside its numbers.

Every chart of the list has its table compared with its file, and axe-core runs over its page. Those with a reader in
``READERS`` have their drawing read too.
"""

import csv
import io
import re
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from journal.analysis.numbers import signed_rating_text
from journal.views.charts import PAGES
from tests.browser.conftest import DESKTOP, axe_problems

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING = "–"
DAYS = "?days=90"
# What the browser itself laid out, not the markup: the points of each path of 0.1-long strokes, in the order drawn.
DOTS = """(section, cls) => [...section.querySelectorAll(`.chart-wide-only svg path.${cls}`)].map(path =>
    [...path.getAttribute('d').matchAll(/M(-?[0-9.]+) (-?[0-9.]+)h/g)].map(m => [Number(m[1]), Number(m[2])]))"""
# The last table of a figure: a shorter view of the same numbers may stand before it.
TABLE = """section => [...[...section.querySelectorAll('.chart-table table')].pop().rows].map(row =>
    [...row.cells].map(cell => cell.textContent.trim()))"""


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": DESKTOP}


@pytest.fixture
def dana(db):
    """A demo person; a few days have no mood, so that a missing value is among them."""
    call_command("demo", username="dana", password="a-long-password", days=120, seed=3, verbosity=0)
    dana = User.objects.get(username="dana")
    for entry in dana.entries.order_by("-date")[20:24]:
        entry.mood = None
        entry.timed_mood, entry.timed_moods = None, 0
        entry.save()
    return dana


def address_of(name: str) -> str:
    return f"/trends/{name}/{DAYS}" if PAGES[name].has_page else f"/trends/{DAYS}"


def section_of(page, name: str):
    return page.locator(f"section[aria-labelledby={name}-heading]").first


def number(text: str) -> float | None:
    """A cell as a number; None where it is empty."""
    text = text.replace("\u2212", "-").replace(",", "")
    return None if text == NOTHING else float(text)


# -- the drawings, read back ------------------------------------------------------------------------------------------


def read_overview(section, headers: list[str], rows: list[list[str]]) -> None:
    """A point for each value, on its own day, and the higher the value the higher the point."""
    columns = [n for n, header in enumerate(headers) if f"{header}, 7-day mean" in headers]
    assert headers[columns[0]] == "Mood" and len(columns) >= 2
    handle = section.element_handle()
    drawn = handle.evaluate(f"section => ({DOTS})(section, 'c-better-point')")
    drawn += handle.evaluate(f"section => ({DOTS})(section, 'c-worse-point')")
    assert len(drawn) == len(columns)
    for column, points in zip(columns, drawn, strict=True):
        values = [(day, number(row[column])) for day, row in enumerate(rows) if row[column] != NOTHING]
        assert values, headers[column]
        assert_on_their_days(points, [day for day, _ in values], len(rows))
        assert_in_order([(value, -y) for (_, value), (_, y) in zip(values, points, strict=True)])
    assert any(row[columns[0]] == NOTHING for row in rows)  # or nothing was seen of missing days


def read_comparisons(section, headers: list[str], rows: list[list[str]]) -> None:
    """A dot for each row, and the greater the difference the further to the right."""
    dots = section.element_handle().evaluate(f"section => ({DOTS})(section, 'c-ink').flat()")
    column = headers.index("Difference")
    assert len(dots) == len(rows) > 1
    assert [y for _, y in dots] == sorted(y for _, y in dots)
    assert_in_order([(number(row[column]), x) for row, (x, _) in zip(rows, dots, strict=True)])


def read_practice(section, headers: list[str], rows: list[list[str]]) -> None:
    """A disc for each row that has figures, the further right the higher its median after; its change and its range."""
    handle = section.element_handle()
    discs = [dot for kind in ("better", "worse") for dot in handle.evaluate(f"s => ({DOTS})(s, 'c-{kind}').flat()")]
    discs.sort(key=lambda dot: dot[1])
    shown = [row for row in rows if row[headers.index("Median change")] != NOTHING]
    assert len(discs) == len(shown) > 1 and len(shown) < len(rows)
    after = headers.index("Median distress after")
    assert_in_order([(number(row[after]), x) for row, (x, _) in zip(shown, discs, strict=True)])
    said = handle.evaluate("s => [...s.querySelectorAll('.chart-wide-only svg text')].map(one => one.textContent)")
    for row in shown:
        change, low, high = (number(row[headers.index(f"{one} change")]) for one in ("Median", "Lowest", "Highest"))
        assert signed_rating_text(change) in said
        assert f"{signed_rating_text(low)} to {signed_rating_text(high)}" in said


def assert_on_their_days(points: list, days: list[int], shown: int) -> None:
    """Points lie as far apart as their days do; ``shown`` days are as wide as the plot."""
    assert len(points) == len(days)
    first, last = points[0][0], points[-1][0]
    width = (last - first) / (days[-1] - days[0])
    assert 0 < width < 868 / shown
    for (x, _), day in zip(points, days, strict=True):
        assert abs(x - first - (day - days[0]) * width) <= 0.21


def assert_in_order(pairs: list[tuple[float, float]]) -> None:
    """Who has more is drawn at more: (value as printed, place). A tenth apart may be less apart than that unrounded."""
    for (value, place), (next_value, next_place) in pairwise(sorted(pairs)):
        if next_value - value > 0.11:
            assert next_place > place, (value, next_value)


READERS = {"overview": read_overview, "comparisons": read_comparisons, "practice": read_practice}


@pytest.mark.parametrize("name", PAGES)
def test_a_chart_draws_what_its_table_says(signed_in, live_server, dana, watch, name):
    watch.expect_errors("404")
    page = signed_in(dana)
    page.goto(live_server.url + address_of(name))
    section = section_of(page, name)
    if not section.count():
        pytest.skip(f"nothing to show of {name} in the demo journal")
    assert axe_problems(page) == []
    headers, *rows = section.element_handle().evaluate(TABLE)
    assert rows and {len(row) for row in rows} == {len(headers)}
    # The table of the page and the file behind its link are the same numbers.
    link = section.locator(f"a[href*='{name}.csv']").get_attribute("href")
    file = page.context.request.get(live_server.url + link).body().decode("utf-8-sig")
    in_file = list(csv.reader(io.StringIO(file)))
    assert len(in_file) == len(rows) + 1
    assert [header.lower() for header in headers] == [header.lower() for header in in_file[0]]
    for row, other in zip(rows, in_file[1:], strict=True):
        assert [same(cell) for cell in row[1:]] == [same(cell) for cell in other[1:]]
    if name in READERS:
        READERS[name](section, headers, rows)


def same(cell: str) -> str | float:
    """A cell of the page or of the file, so that the two can be compared: "2.0" and "2", "−1" and "-1", "–" and ""."""
    cell = cell.replace("\u2212", "-").replace(NOTHING, "") if len(cell) < 9 else cell
    number_only = re.fullmatch(r"-?[0-9,]+(\.[0-9]+)?", cell)
    return float(cell.replace(",", "")) if number_only else cell
