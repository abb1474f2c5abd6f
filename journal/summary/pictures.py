"""The drawings of a summary's page, and what stands beside each in words."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from journal.analysis.doses import changes
from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Length, Reader
from journal.charts.data import PracticeData, Score, ScoresData
from journal.charts.model import OtherMedication, Strip
from journal.summary.fit import Fit
from journal.summary.model import Measured, Summary
from journal.summary.words import start

if TYPE_CHECKING:
    from journal.charts.sheet import Sheet

BOTH = ("print", "compact")
MEASURES = {Reader.PRESCRIBER: 3, Reader.THERAPIST: 2}
OTHERS = 2  # medications besides the main one whose doses are drawn; the rest stand in words
SQUARES = 20  # symptoms
SKILLS = 6
NUMBERS = {2: "two", 3: "three"}


class Described(NamedTuple):
    """The words of a picture: its heading, the text alternative, and the note under it (blank for none)."""

    title: str
    description: str
    note: str


def has_picture(summary: Summary, name: str) -> bool:
    """Whether there is anything to draw: the dose always; squares and practice only where something was rated."""
    if name == "squares":
        return bool(summary.rated and summary.rated.symptoms)
    if name == "practice":
        return bool(summary.practice and summary.practice.drawn)
    return name in _PICTURES


def described(summary: Summary, fit: Fit, name: str) -> Described:
    """The words of the picture called ``name``: "overview", "squares" or "practice". KeyError for another."""
    return _PICTURES[name][0](summary, fit)


def pictures(
    summary: Summary, fit: Fit, names: Collection[str], sizes: Collection[str] = BOTH
) -> dict[str, dict[str, str]]:
    """By name of the picture ("overview", "squares", "practice") its SVG by size: "print" and "compact".

    ``sizes``: only those are drawn, since a PDF needs no "compact" and a page on a screen no "print". KeyError for
    another name.
    """
    return {name: {size: Drawing(summary, fit, name, size).svg for size in sizes} for name in names}


class Drawing:
    """One drawing, of which how large it is is known before it is written as SVG, which takes as long again."""

    def __init__(self, summary: Summary, fit: Fit, name: str, size: str):
        self._uid, self._sheet = f"summary-{name}", _PICTURES[name][1](summary, fit, size)

    @cached_property
    def svg(self) -> str:
        return self._sheet.chart(self._uid).svg

    @property
    def outline(self) -> str:
        """The same with nothing in it."""
        return f'<svg viewBox="0 0 {self._sheet.canvas.width} {self._sheet.canvas.height}"/>'


# -- overview --------------------------------------------------------------------------------------------------------
def _overview_words(summary: Summary, fit: Fit) -> Described:
    from journal.charts.paper import paper_words

    # With little room the note leaves out medications that stayed the same: the facts above have them.
    roomy = fit.other_medications is None
    description, note = paper_words(_data(summary, fit), panels=1 + _others(fit), unchanged=roomy)
    return Described(_overview_title(summary, fit), description, note)


def _overview_sheet(summary: Summary, fit: Fit, size: str) -> "Sheet":
    from journal.charts.paper import paper_sheet

    name = "compact" if size == "compact" else _overview_size(summary, fit)
    title = _overview_title(summary, fit)
    return paper_sheet(_data(summary, fit), name, title=title, panels=1 + _others(fit))


def _overview_size(summary: Summary, fit: Fit) -> str:
    """The size of paper, and how much of it the drawing may take."""
    is_letter, is_tight = summary.choices.paper == "us-letter", fit.strip == "tight"
    if summary.reader == Reader.THERAPIST:
        kind = "tight" if is_tight else "therapist"
    elif summary.choices.length == Length.BRIEF:
        kind = "tight" if is_tight else ""
    else:
        kind = "" if is_tight else "full"
    return "-".join(part for part in ("print", "letter" if is_letter else "", kind) if part)


def _data(summary: Summary, fit: Fit) -> ScoresData:
    """The dose lines with the strips and the scores that this page has room for."""
    overview = summary.overview
    others = sorted(overview.other_medications, key=lambda one: not _is_changed(one, summary))
    score = _score(summary, fit)
    return ScoresData(
        **vars(overview)
        | {
            "strips": tuple(_strips(summary, fit)),
            "other_medications": tuple(others),
            "events": (),
            "occupancy": None,
            "scores": (score,) if score else (),
        }
    )


def _others(fit: Fit) -> int:
    return OTHERS if fit.other_medications is None else min(OTHERS, fit.other_medications)


def _is_changed(one: OtherMedication, summary: Summary) -> bool:
    return any(summary.first < change.day <= summary.last for change in changes(one.steps, summary.last))


def _strips(summary: Summary, fit: Fit) -> list[Strip]:
    """Those with a value in the period, in the order of this reader's page; with none at all the first."""
    keys = _keys(summary, fit)
    found = [summary.strips[key] for key in keys if key in summary.strips]
    return [strip for strip in found if _is_rated(strip, summary)] or found[:1]


def _keys(summary: Summary, fit: Fit) -> list[str]:
    symptoms = [one.measure.key for one in _measures(summary, fit)]
    quality = summary.strips.get("sleep_quality")
    sleep = "sleep_quality" if quality and _is_rated(quality, summary) else "sleep_hours"
    if summary.reader == Reader.THERAPIST:
        # Function stands among the facts, too: as burden on the other page it is the first to go.
        return ["mood", *(["function"] if fit.burden else []), *symptoms, sleep]
    keys = [*(["burden"] if fit.burden else []), *symptoms]
    return keys if summary.choices.length == Length.BRIEF else [*keys, "mood", sleep]


def _measures(summary: Summary, fit: Fit) -> list[Measured]:
    most = min(fit.measures, MEASURES[summary.reader])
    return [one for one in summary.measures if one.measure.key in summary.strips][:most]


def _is_rated(strip: Strip, summary: Summary) -> bool:
    if strip.weeks is not None:
        return bool(strip.weeks)
    return any(value is not None and summary.first <= day <= summary.last for day, value in strip.values.items())


def _score(summary: Summary, fit: Fit) -> Score | None:
    """The first questionnaire with a total in the period; without one the first own measure with two ends."""
    if fit.scores == 0 or not summary.choices.has("scores"):
        return None
    found = [one for one in summary.scores if any(summary.first <= day <= summary.last for day in one.score.values)]
    scales = [one for one in found if one.is_questionnaire or None not in (one.score.low, one.score.high)]
    return min(scales, key=lambda one: not one.is_questionnaire).score if scales else None


def _overview_title(summary: Summary, fit: Fit) -> str:
    """Dose, burden, the three symptoms that rose most, mood, sleep quality, depression score."""
    measures = _measures(summary, fit)
    keys = {one.measure.key for one in measures}
    names, which = [], _which(measures, summary)
    for strip in _strips(summary, fit):
        if strip.key in keys and which and summary.reader == Reader.PRESCRIBER:
            names += [f"the {NUMBERS[len(measures)]} symptoms {which}"] * (strip.key == measures[0].measure.key)
        else:
            names.append(in_sentence(strip.name))
    score = _score(summary, fit)
    names += [in_sentence(score.name)] if score else []
    if summary.reader == Reader.PRESCRIBER or not names:
        return ", ".join(["Dose", *names])
    return start(f"{', '.join(names)}, under the dose")


def _which(measures: list[Measured], summary: Summary) -> str:
    """That rose most; rated highest, where too few days are rated to rank by that. Blank where neither is so of all.

    By the figures of this page: no other symptom may have risen more from its first column to the last.
    """
    if len(measures) < 2:
        return ""
    if not any(one.ranked for one in measures):
        return "rated highest"
    both = [(one.before, one.recent) for one in measures]
    rises = [now.value - before.value for before, now in both if before and now]
    chosen = {one.measure.key for one in measures}
    others = [one.change for one in summary.shifts if one.key not in chosen and one.change is not None]
    rose = all(one.ranked for one in measures) and len(rises) == len(both) and min(rises) > 0
    return "that rose most" if rose and max(others, default=0) <= min(rises) else ""


# -- squares ---------------------------------------------------------------------------------------------------------
def _squares(summary: Summary):
    """The symptoms that changed most, in their order; and how many others there are."""
    rated = summary.rated
    by_change = sorted(rated.symptoms, key=lambda one: -abs(one.levels.change or 0))
    kept = {one.levels.key for one in by_change[:SQUARES]}
    symptoms = tuple(one for one in rated.symptoms if one.levels.key in kept)
    return replace(rated, symptoms=symptoms, all_levels=()), len(rated.symptoms) - len(symptoms)


def _squares_words(summary: Summary, fit: Fit) -> Described:
    from journal.charts.heatgrid import grid_of
    from journal.charts.heatmap import summary_words

    rated, left_out = _squares(summary)
    return Described(*summary_words(rated, left_out, grid_of(rated, _squares_size(summary)).step))


def _squares_sheet(summary: Summary, fit: Fit, size: str) -> "Sheet":
    from journal.charts.heatgrid import grid_of
    from journal.charts.heatmap import heatmap_sheet

    rated, name, step = _squares(summary)[0], _squares_size(summary), 0
    if size == "compact":  # as coarse as on paper: the words beside it are the same
        name, step = size, grid_of(rated, name).step
    return heatmap_sheet(rated, name, step=step)


def _squares_size(summary: Summary) -> str:
    return "summary-letter" if summary.choices.paper == "us-letter" else "summary"


# -- practice --------------------------------------------------------------------------------------------------------
def _practice(summary: Summary, fit: Fit) -> tuple[PracticeData, int]:
    """The skills practised most, in their order, with those of too few practices; and how many others there are.

    Most often, not those that did most: what is left out says nothing about how it went.
    """
    data = summary.practice
    most = SKILLS if fit.helped is None else min(SKILLS, max(1, fit.helped))
    kept = sorted(data.drawn, key=lambda skill: -skill.change.n)[:most]
    skills = tuple(skill for skill in data.skills if skill.change is None or skill in kept)
    return replace(data, skills=skills), len(data.skills) - len(skills)


def _practice_words(summary: Summary, fit: Fit) -> Described:
    from journal.charts.practice import description
    from journal.charts.practice_paper import practice_note

    data, left_out = _practice(summary, fit)
    return Described(
        "What I practised, and distress before and after", description(data), practice_note(data, left_out)
    )


def _practice_sheet(summary: Summary, fit: Fit, size: str) -> "Sheet":
    from journal.charts.practice import practice_sheet
    from journal.charts.practice_paper import practice_paper_sheet

    data, _ = _practice(summary, fit)
    return practice_paper_sheet(data) if size == "print" else practice_sheet(data, size)


_PICTURES: dict[str, tuple[Callable[[Summary, Fit], Described], Callable[[Summary, Fit, str], "Sheet"]]] = {
    "overview": (_overview_words, _overview_sheet),
    "squares": (_squares_words, _squares_sheet),
    "practice": (_practice_words, _practice_sheet),
}
