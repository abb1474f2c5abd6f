"""A page with every kind of block, made by hand: for tests of how a page is drawn, whatever its words come from."""

import datetime as dt
from decimal import Decimal

from journal.charts.model import DoseChange, OverviewData, Strip
from journal.charts.overview import overview
from journal.summary.page import Beside, Box, Cell, Column, Lines, Page, Picture, Table

FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)


def sample_page(**changes) -> dict:
    """The data of a brief page for the prescriber; ``changes``: fields of ``Page`` that differ."""
    return Page(**_fields() | changes).data()


def full_page(**changes) -> dict:
    """The data of a page of two sheets for the prescriber: what ``sample_page`` has, and more tables and lines."""
    fields = _fields()
    overview, steps, levels = fields["sections"]
    responses = Table(
        "responses",
        "Onset, mean change and new symptoms after each change",
        (
            Column("change", number=False, group="After"),
            Column("mg a day", group="After"),
            Column("days\nseen", group="After"),
            *(Column(label, group=name) for name in ("Burden", "Mood", "Restlessness") for label in ("onset", "mean")),
            Column("rated 1 or more", number=False, group="New or back"),
        ),
        tuple(
            (
                *(Cell(day), Cell(f"{mg} → {mg - 20}"), Cell("7")),
                *(Cell(text, bold=text == "+0.8") for text in ("–", "−0.1", "–", "+0.2", "1", "+0.8")),
                Cell("worry 4.2 on 3 Oct, irritability 3.0 on 4 Oct"),
            )
            for day, mg in (("25 Sep", 150), ("1 Oct", 105), ("8 Oct", 73), ("22 Oct", 51))
        ),
        "Onset: first day with a 3-day mean 1.0 or more worse than the week before.",
    )
    scores = Table(
        "scores",
        "PHQ-9, 0–27, every score",
        (Column("filled in", number=False), Column("score"), Column("filled in", number=False), Column("score")),
        tuple((Cell(f"{n + 1} Mar"), Cell("12"), Cell(f"{n + 1} Apr"), Cell("9")) for n in range(14)),
    )
    more = {
        "length": "full",
        "sections": (
            overview,
            Picture("squares", "All 13 symptoms: one square a week", "Restlessness: 0.9 before, 2.1 now.", "Squares."),
            levels,
            steps,
            responses,
            scores,
            Lines("substances", "Alcohol and other substances", ("Not recorded in this period.",)),
            Lines("events", "Events", ("Travel 3 Oct 2012", "Illness 22–23 Oct 2012"), dashed=True),
            Lines("private-notes", "Notes, chosen one by one", ("3 Oct 2012: a long walk.", "4 Oct 2012: better.")),
        ),
        "pictures": fields["pictures"] | {"squares": {"print": _drawing("print"), "compact": _drawing("compact")}},
    }
    return Page(**fields | more | changes).data()


def therapist_page(**changes) -> dict:
    """The data of a brief page for the therapist, with blocks that stand beside each other in its middle."""
    fields = _fields()
    overview, _, levels = fields["sections"]
    homework = Table(
        "homework",
        "Homework since 12 Mar",
        (Column("task", number=False), Column("result", number=True)),
        (
            (Cell("Worry time at 17:00, 15 minutes"), Cell("11 of 28 days", bold=True)),
            (Cell("Walk before noon"), Cell("9 of 12", bold=True)),
        ),
    )
    practice = Picture("practice", "What I practised, and distress before and after", "Walk outside: 6.3 to 3.0.")
    box = Box("Agreed today", ("Practise", "Try", "Next time"))
    topics = ("Being short with people at home", "Whether stopping was right")
    more = {
        "title": "Summary, 13 Aug 2012 to 8 Apr 2013",
        "reader": "therapist",
        "heading": "Summary for K. Sample, therapist · session 11 Apr 2013",
        "sections": (overview, levels, Beside((practice, homework), (1, 1))),
        "foot": (
            Beside(
                (
                    Lines("topics", "What I want to talk about", topics, dashed=True),
                    Lines("questions", "Asked today", ("Can we go on weekly until June?",), numbered=True),
                    box,
                ),
                (33, 36, 33),
            ),
        ),
        "pictures": fields["pictures"] | {"practice": {"print": _drawing("print"), "compact": _drawing("compact")}},
    }
    return Page(**fields | more | changes).data()


def _fields() -> dict:
    return {
        "title": "Taper summary, 13 Aug 2012 to 8 Apr 2013",
        "reader": "prescriber",
        "length": "brief",
        "paper": "a4",
        "name": "Alex Sample",
        "born": "born 4 Mar 1955",
        "heading": "Taper summary for Dr M. Sample, prescriber · appointment 9 Apr 2013",
        "period": "13 Aug 2012 – 8 Apr 2013, 239 days",
        "coverage": "Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights",
        "situation": (
            "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks.",
            "Restlessness, agitation, irritability: up by 1 point. Depression score (1–5): 1.1 → 1.9.",
        ),
        "facts": (
            ("Background", "Recurrent depression; venlafaxine since 2004, modified release, highest dose 150 mg."),
            (
                "After changes",
                "Irritability rose by 1 or more after 4 of 9. After 37 → 25 mg: from 1.1 to 2.7 by day 5.",
            ),
            ("New or back", "Worry after 1 Oct (4.2 on 3 Oct; last rated 1 or more on 24 Aug)."),
            ("Holds, increases", "No increase; no hold. Missed doses: none recorded, 14 days without a record."),
        ),
        "sections": (
            Picture("overview", "Dose, burden, the three symptoms that rose most", "Dose from 150 mg to 0 mg."),
            Table(
                "steps",
                "What was taken, and what followed each change",
                (
                    Column("from", number=False, group="Taken"),
                    Column("mg a\nday", group="Taken"),
                    Column("% of\nprevious", group="Taken"),
                    Column("% of\nstart", group="Taken"),
                    Column("days\nheld", group="Taken"),
                    *(
                        Column(label, group=name)
                        for name in ("Restlessness", "Agitation", "Irritability")
                        for label in ("week\nbefore", "highest", "on\nday", "back\nby")
                    ),
                ),
                tuple(_steps()),
                "† already 0.5 or more above before the taper; “back by” is back to that. "
                ">6 not back by day 6, when the next change came.",
            ),
            Table(
                "levels",
                "Before the taper, during it, and since",
                (
                    Column("mean a day", number=False),
                    Column("13 Aug–\n24 Sep", group="Before"),
                    Column("25 Sep–\n18 Nov", group="During"),
                    *(Column(f"{day}\n2013", group="Since 0 mg") for day in ("14 Jan", "11 Feb", "11 Mar", "8 Apr")),
                    Column("last\n− before", group="Change"),
                ),
                tuple(
                    (
                        Cell(name),
                        *(Cell(value, n="28") for value in ("0.9", "1.6", "2.3", "1.9", "2.2", "2.1")),
                        Cell("+1.2", bold=True),
                    )
                    for name in (
                        "Restlessness",
                        "Agitation",
                        "Irritability",
                        "Mood (10 best)",
                        "Sleep quality (10 best)",
                    )
                ),
                "Small figures: days recorded, if not all. Bold: by 0.5 or more.",
            ),
        ),
        "foot": (
            Beside(
                (
                    Lines(
                        "helped",
                        "What helped",
                        ("Walk outside: 6.3 → 3.0 (9 times)", "Slow breathing: 6.5 → 4.5 (14 times)"),
                        note="Median distress before → after",
                    ),
                    Lines(
                        "questions", "Asked today", ("Is the depression score a reason to go back?",) * 3, numbered=True
                    ),
                    Box("Agreed today", ("Dose, and from when", "If it gets worse", "Next review", "Signed, date")),
                ),
                (27, 36, 33),
            ),
        ),
        "left_out": "Some items were left out by choice.",
        "definitions": "Patient-recorded; not a clinical assessment. 0 none, 1–3 mild, 4–6 moderate, 7–9 severe.",
        "made": "made 8 Apr 2013",
        "pictures": {"overview": {"print": _drawing("print"), "compact": _drawing("compact")}},
    }


def _steps():
    yield (
        Cell("13 Aug 2012"),
        Cell("150", bold=True),
        Cell(),
        Cell("100"),
        Cell("43"),
        *(Cell(f"{mean}: mean, 43 days", span=4) for mean in ("0.9", "1.2", "1.4")),
    )
    for day, mg in (("25 Sep", "105"), ("1 Oct", "73"), ("8 Oct", "51"), ("22 Oct", "25"), ("19 Nov", "0")):
        yield (
            Cell(day),
            Cell(mg, bold=True),
            Cell("70"),
            Cell("49"),
            Cell("7"),
            *(Cell("1.1", mark="†"), Cell("2.8", bold=True), Cell("1"), Cell(">6")),
            *(Cell("1.9"), Cell("–"), Cell(), Cell()),
            *(Cell("1.5"), Cell("2.7", bold=True), Cell("1"), Cell("3")),
        )


def _drawing(size: str) -> str:
    days = [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]
    strips = tuple(
        Strip(name.casefold(), name, {day: Decimal(n % 5 + place) / 2 for n, day in enumerate(days)})
        for place, name in enumerate(("Burden", "Restlessness", "Agitation", "Irritability"))
    )
    steps = ((FIRST, 150), (dt.date(2012, 9, 25), 105), (dt.date(2012, 10, 22), 25), (dt.date(2012, 11, 19), 0))
    changes = tuple(DoseChange(day, Decimal(mg)) for day, mg in steps)
    return overview(OverviewData(FIRST, LAST, "Venlafaxine", changes, strips, frozenset(days)), size, uid="paper").svg
