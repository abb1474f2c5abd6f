"""`manage.py plan`: lay out a taper on the command line, with the engine that the planner page uses."""

import re
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from journal.analysis.numbers import MINUS, round_half_up
from journal.catalogue.drugs import DrugClass, find
from journal.catalogue.sources import SOURCES
from journal.exchange.csv_out import csv_text
from journal.plan_text import bands_in, curve_in, day_in, hold_in, number_in, numbers_in, whole_in
from journal.reading import plain_number, quoted
from journal.taper.layout import Circumstances, LaidOut, Rounding, Row, lay_out, stored
from journal.taper.occupancy import shown
from journal.taper.products import ProductError, parse_products
from journal.taper.schedule import Method, PlanError, Request

COLUMNS = (
    "date",
    "dose_mg",
    "change_mg",
    "change_percent",
    "percent_of_previous",
    "percent_of_start",
    "occupancy_percent",
    "take",
    "actual_mg",
    "notes",
)
FIGURES = range(1, 7)
NUMBERS = ("from_mg", "to", "step", "last", "band", "doses", "products")


class Command(BaseCommand):
    """``plan citalopram --from 20 --method percent-current --step 10 --last 1 --every 28 --start 2027-01-04``."""

    help = (
        "Lay out a taper to talk over with a prescriber: a row for the present dose and one for each change. It works "
        "out numbers and what guidelines would remark; it picks no rate: every number is yours."
    )

    def add_arguments(self, parser):
        parser.add_argument("drug", metavar="DRUG", help="its name; one that is not listed works too")
        parser.add_argument("--from", dest="from_mg", required=True, metavar="MG", help="the present dose a day")
        parser.add_argument("--to", metavar="MG", help="the target; 0, or the end of the list, when left out")
        parser.add_argument("--method", required=True, choices=[method.value for method in Method])
        parser.add_argument("--step", metavar="X", help="mg, %% of the dose, or points of occupancy, by the method")
        parser.add_argument("--steps", metavar="N", help="how many changes, instead of --step")
        parser.add_argument("--curve", metavar="NAME", help="the occupancy curve, like sorensen-2022-striatum")
        parser.add_argument("--band", metavar="20:2,10:1,0:0.5", help="banded: so much a step above this dose")
        parser.add_argument("--doses", metavar="15,10,5,0", help="list: the doses themselves")
        parser.add_argument("--every", metavar="DAYS", help="days from one change to the next")
        parser.add_argument("--start", metavar="DATE", help="the day of the first change")
        parser.add_argument("--last", metavar="MG", help="percent methods to 0: the last dose before it")
        parser.add_argument("--hold", action="append", metavar="DATE:DAYS", help="stay for so long from that day on")
        parser.add_argument("--round", choices=[rounding.value for rounding in Rounding])
        parser.add_argument("--products", metavar="LIST", help='like "tablet 20 scored; liquid 2 mg/ml mark 0.1"')
        parser.add_argument("--csv", action="store_true", help="the table as CSV, and nothing else, on standard output")

    def handle(self, *, drug, csv, **options):
        try:
            plan = lay_out(*asked_for(drug, options))
        except PlanError as error:
            raise CommandError(f"--{error.field}: {error}") from error
        if csv:
            rows = [cells(row, notes_of(row)) for row in plan.rows]
            self.stdout.write(csv_text(COLUMNS, rows, line_end="\n"), ending="")
            self.stderr.write("\n".join([*unlisted(drug), last_line(plan)]))
        else:
            for line in (*table(plan), *remarks(plan), *unlisted(drug)):
                self.stdout.write(line)
            self.stdout.write(self.style.SUCCESS(last_line(plan)))


# -- what was asked for ---------------------------------------------------------------------------------------------


def asked_for(name: str, given: dict) -> tuple[Request, Circumstances]:
    """The options as numbers and days. Raises PlanError, which names the option."""
    if not name.strip():
        raise PlanError("drug", "Write the name of the medication.")
    if given["curve"] is not None and not given["curve"].strip():
        raise PlanError("curve", "Write the name of a curve, or leave this out.")
    given = given | {option: _pointed(given[option]) for option in NUMBERS}
    found = find(name)
    slug, drug_class = (found.slug, found.drug_class) if found else ("", DrugClass.NOT_SURE)
    method = Method(given["method"])
    doses = numbers_in("doses", given["doses"] or "")
    curve = curve_in(slug, (given["curve"] or "").strip(), method)
    request = Request(
        from_mg=number_in("from", given["from_mg"]),
        method=method,
        to_mg=_target(given, doses, method),
        step=_if_said(number_in, "step", given),
        steps=_if_said(whole_in, "steps", given),
        curve=curve,
        bands=bands_in(given["band"] or ""),
        doses=doses,
        last=_if_said(number_in, "last", given),
        start=_if_said(day_in, "start", given),
        every=_if_said(whole_in, "every", given),
        holds=tuple(hold_in(text) for several in given["hold"] or () for text in several.split(",")),
    )
    return request, Circumstances(drug_class, *_products(given), curve)


def _products(given) -> tuple[tuple, Rounding]:
    """What one has, and how to round to it: to the nearest, when products are given and nothing else is said."""
    try:
        products = parse_products(given["products"]) if given["products"] is not None else ()
    except ProductError as error:
        raise PlanError("products", str(error)) from error
    rounding = Rounding(given["round"]) if given["round"] else (Rounding.NEAREST if products else Rounding.NONE)
    return products, rounding


def _target(given: dict, doses: tuple[Decimal, ...], method: Method) -> Decimal:
    """The target: as said, else the end of a list, else 0."""
    said = _if_said(number_in, "to", given)
    if method is Method.LIST and doses:
        if doses[-1] < 0:
            raise PlanError("doses", "A dose cannot be below 0 mg.")
        if said not in (None, doses[-1]):
            raise PlanError("to", f"The list ends at {plain_number(doses[-1])} mg. Leave this out, or say the same.")
        return doses[-1]
    return said or Decimal(0)


def _pointed(text: str | None) -> str | None:
    """On a command line a point is a decimal point, whatever zeros stand at the end: 9.500 is 9.5, not 9,500."""
    return text and re.sub(r"(?<=\d)\.(\d*?)0+(?!\d)", lambda found: f".{found[1]}" if found[1] else "", text)


def _if_said(read, field: str, given: dict):
    return None if given[field] is None else read(field, given[field])


# -- what comes out -------------------------------------------------------------------------------------------------


def cells(row: Row, notes: str) -> list:
    """One row of the table: numbers as numbers, what cannot be said as None."""
    actual = row.made.mg if row.made else None
    return [
        row.date,
        _mg(row.mg),
        _mg(row.change_mg),
        _percent(row.change_percent),
        _percent(row.percent_of_previous),
        _percent(row.percent_of_start),
        _percent(None if row.occupancy is None else shown(row.occupancy)),
        _ascii(row.take),
        _mg(actual),
        notes,
    ]


def _mg(mg) -> Decimal | None:
    """To 0.001, without the zeros at the end."""
    return None if mg is None else Decimal(plain_number(stored(mg)))


def _percent(percent) -> Decimal | None:
    return None if percent is None else round_half_up(percent, 1)


def _ascii(text: str) -> str:
    return text.replace("\u00a0", " ").replace(MINUS, "-").replace("’", "'")


def notes_of(row: Row) -> str:
    """A hold, and what guidelines would remark about this step, in one cell."""
    found = [f"after a hold of {row.held_days} days"] if row.held_days else []
    found += [f"{finding.words} ({rule.short})" for rule, finding in row.findings]
    return _ascii("; ".join(found))


def table(plan: LaidOut) -> list[str]:
    """The rows as text in columns; columns with nothing in them are left out. Notes are numbered, and follow."""
    lines = [list(COLUMNS)]
    for row in plan.rows:
        held = f"held {row.held_days} d" if row.held_days else ""
        marks = " ".join(f"[{number}]" for number, note in enumerate(plan.notes, 1) if _has(note, row))
        found = cells(row, f"{held} {marks}".strip())
        lines.append([_text(cell) for cell in found])
    used = [place for place in range(len(COLUMNS)) if any(line[place] for line in lines[1:])]
    widths = {place: max(len(line[place]) for line in lines) for place in used}
    return ["  ".join(_aligned(line[place], place, widths[place]) for place in used).rstrip() for line in lines]


def _text(cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _aligned(text: str, place: int, width: int) -> str:
    return text.rjust(width) if place in FIGURES or COLUMNS[place] == "actual_mg" else text.ljust(width)


def _has(note, row: Row) -> bool:
    return any(finding.number == row.number for finding in note.findings)


def remarks(plan: LaidOut) -> list[str]:
    """The pace notes with their sources, and whose curve the occupancy is of."""
    lines = []
    for number, note in enumerate(plan.notes, 1):
        sources = ", ".join(dict.fromkeys(SOURCES[key].title for key in note.rule.sources))
        lines.append(_ascii(f"[{number}] {note.rule.headline}: {note.rule.says} Source: {sources}."))
    if plan.curve:
        what = f"Occupancy is about what {plan.curve.key} gives ({plan.curve.drug}): a group average, with wide spread."
        lines.append(what)
    return lines


def unlisted(name: str) -> list[str]:
    """What is not known of a medication that is not listed: a typing mistake would go unseen."""
    if find(name):
        return []
    said = "is not listed here: no curve is known, and it is treated as a medication of unknown kind"
    return [_ascii(f"{quoted(name)} {said}.")]


def last_line(plan: LaidOut) -> str:
    """What was laid out."""
    first, last = plan.rows[0], plan.rows[-1]
    days = ""
    if plan.days is not None:
        days = f" in {plan.days} day{'' if plan.days == 1 else 's'}, the last on {plan.last_date.isoformat()}"
    steps = f"{plan.steps} step{'' if plan.steps == 1 else 's'}"
    return (
        f"{steps} from {plain_number(first.stored)} to {plain_number(last.stored)} mg{days}. To talk over, not advice."
    )
