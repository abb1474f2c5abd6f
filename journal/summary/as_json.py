"""A Summary as JSON: its facts as numbers and dates for a program, and the words of the page that fits.

What a mean or a share is exactly is a fraction; here it stands as it is printed, with one decimal.
"""

import json
from fractions import Fraction

from journal.analysis.levels import Mean
from journal.analysis.numbers import mg_text, round_half_up
from journal.queries.responses import Followed
from journal.summary.model import DoseLine, Level, Scored, Summary, TakenMedication
from journal.summary.page import PageData

VERSION = 1


def as_json(summary: Summary, page: PageData) -> str:
    """Both as one JSON object; ``docs/summary.md`` has its keys. Ends with a line break."""
    words = {key: value for key, value in page.items() if key != "pictures"}
    found = {"format": "tapertrack-summary", "version": VERSION, "facts": facts(summary), "page": words}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def facts(summary: Summary) -> dict:
    """Numbers and dates only. None: not recorded, or nothing to say."""
    return {
        "reader": summary.reader.value,
        "length": summary.choices.length.value,
        "first": summary.first.isoformat(),
        "last": summary.last.isoformat(),
        "days": summary.days,
        "made_on": summary.made_on.isoformat(),
        "entry_days": summary.entry_days,
        "sleep_nights": summary.sleep_nights,
        "medications": [_medication(summary, one) for one in summary.medications],
        "compared_with": summary.before_words,
        "measures": [
            {
                "name": one.measure.name,
                "before": _mean(one.before),
                "recent": _mean(one.recent),
                "rises": one.rates.rises,
                "changes": one.rates.changes,
                "stretches": one.rates.stretches,
                "stretches_with_a_rise": sum(row.quiet_rises for row in one.rates.rows),
                "days_worse": one.days_worse and one.days_worse.worse,
                "days_since_change": one.days_worse and one.days_worse.days,
            }
            for one in summary.measures
        ],
        "blocks": [
            {"kind": one.kind, "first": one.span.first.isoformat(), "last": one.span.last.isoformat()}
            for one in summary.blocks
        ],
        "levels": [_level(one) for one in (*summary.symptoms, *summary.wellbeing, *summary.score_levels)],
        "scores": [_scored(one) for one in summary.scores],
        "practised": [
            {"name": one.name, "times": one.times, "n": one.n, "before": _tenth(one.before), "after": _tenth(one.after)}
            for one in summary.practised
        ],
        "questions": [{"kind": one.kind, "text": one.text} for one in summary.questions],
        "topics": list(summary.topics),
        "private": [
            {"title": group.title, "items": [[one.label, one.text] for one in group.items]} for group in summary.private
        ],
        "left_out": summary.left_out,
    }


def _medication(summary: Summary, one: TakenMedication) -> dict:
    return {
        "name": one.name,
        "mg": mg_text(one.mg),
        "since": one.mg_since.isoformat(),
        "doses_due": one.coverage.due,
        "doses_recorded": one.coverage.recorded,
        "missed": [day.isoformat() for day in one.coverage.missed],
        # Always there where anything was taken: none at all means that they are left out.
        "steps": [_step(summary, line) for line in one.lines] or None,
    }


def _step(summary: Summary, line: DoseLine) -> dict:
    row = line.row
    return {
        "from": row.starts_on.isoformat(),
        "mg": mg_text(row.mg),
        "kind": row.kind,
        "percent_of_previous": _tenth(row.percent_of_previous),
        "percent_of_start": _tenth(row.percent_of_start),
        "days_held": row.days_held,
        "so_far": row.so_far,
        "missed": line.missed,
        "without_record": line.without_record,
        "followed": [
            {"measure": measured.measure.name} | _followed(one)
            for measured, one in zip(summary.measures, line.followed, strict=False)
        ],
    }


def _followed(one: Followed) -> dict:
    """The columns of ``manage.py step_response``, by their names there."""
    response = one.response
    return {
        "baseline": _tenth(response.baseline),
        "baseline_n": response.baseline_n,
        "onset_day": response.onset,
        "peak_day": response.peak_day if response.rose else None,
        "peak": _tenth(response.peak) if response.rose else None,
        "return_day": response.return_day,
        "return_state": response.state.value,
        "excess": _tenth(response.excess),
        "window_days": response.window.days,
        "missed_doses": one.missed,
        "new_symptoms": [new.name for new in one.new],
    }


def _level(one: Level) -> dict:
    return {"name": one.name, "means": [_mean(mean) for mean in one.means], "change": _tenth(one.change)}


def _scored(one: Scored) -> dict:
    values = {day.isoformat(): mg_text(value) for day, value in sorted(one.score.values.items())}
    return {"name": one.score.name, "band": one.band, "values": values}


def _mean(mean: Mean | None) -> dict | None:
    return mean and {"value": _tenth(mean.value), "n": mean.n, "days": mean.days}


def _tenth(value) -> float | None:
    return None if value is None else float(round_half_up(Fraction(value), 1))
