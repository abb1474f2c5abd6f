"""What is private on the summary: switched on one by one, for one reader."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from journal.catalogue.summary import Reader
from journal.forms.private_items import PrivateForm
from journal.queries.period import BadPeriod, Period
from journal.queries.private_choices import switch, switch_all_off
from journal.queries.private_items import PrivateItem, available, counts, items_of, standing
from journal.queries.private_sources import FLAGS, NOTES, SAFETY
from journal.views.errors import BadAddress
from journal.views.shared import bad_period, flash
from journal.views.summary import asked_for

A_PAGE = 20
WORDS_SHOWN = 160
TAKEN_OFF = "private_taken_off"
"""In the session: the keys that were taken off all at once, by reader, for the way back."""
LABELS = {NOTES: "Notes", SAFETY: "Safety", FLAGS: "Red flags"}


@dataclass(frozen=True)
class Asked:
    """Which list is asked for. ``length``: that of the summary one came from, kept for the way back; blank without."""

    period: Period
    reader: Reader
    kind: str
    length: str

    def address(self, page: object = "", **other: str) -> str:
        """Of this list, on its page ``page``; ``other``: another reader or kind."""
        named = self._named() | {"kind": self.kind} | other
        named |= {"page": page} if str(page) not in ("", "1") else {}
        return f"{reverse('summary_private')}?{urlencode(named)}"

    def summary_address(self) -> str:
        """Of the summary for the same reader and days."""
        return f"{reverse('summary')}?{urlencode(self._named())}"

    def _named(self) -> dict:
        days = {"from": self.period.first, "to": self.period.last, "reader": self.reader.value}
        return days | ({"length": self.length} if self.length else {})


@require_http_methods(["GET", "HEAD", "POST"])
def private(request):
    """The private things of the period, a kind and twenty at a time, with what is on for this reader.

    Saving changes only what the page showed, so that what is on elsewhere stays on.
    """
    try:
        period, choices = asked_for(request, request.GET)
    except BadPeriod as error:
        return bad_period(request, "What is private", error)
    asked = Asked(period, choices.reader, request.GET.get("kind", NOTES), request.GET.get("length", ""))
    if asked.kind not in LABELS:
        raise BadAddress("The kind can be notes, safety or flags.")
    if request.method != "POST":
        return _show(request, asked, choices.private)
    if "take_off" in request.POST:
        if choices.private:  # a second press keeps the way back of the first
            request.session[TAKEN_OFF] = {asked.reader.value: sorted(choices.private)}
        switch_all_off(request.user, asked.reader)
        flash(request, f"Nothing private is on for the {asked.reader} now.")
        return redirect(asked.address())
    if "put_back" in request.POST:
        before = request.session.pop(TAKEN_OFF, {}).get(asked.reader.value, [])
        flash(request, _on_now(switch(request.user, asked.reader, before, before), asked.reader))
        return redirect(asked.address())
    form = PrivateForm(request.POST, choices.private)
    if not form.is_valid():
        return _show(request, asked, choices.private, form)
    many = switch(request.user, asked.reader, form.shown, form.on)
    flash(request, _on_now(many, asked.reader))
    request.session.pop(TAKEN_OFF, None)
    if request.POST.get("to_reader", asked.reader) in set(Reader) - {asked.reader}:
        return redirect(asked.address(reader=request.POST["to_reader"]))
    if request.POST.get("to_kind", asked.kind) in LABELS.keys() - {asked.kind}:
        return redirect(asked.address(kind=request.POST["to_kind"]))
    return redirect(asked.address(request.POST.get("to") or request.GET.get("page", "")))


def _show(request, asked: Asked, on: frozenset[str], form: PrivateForm | None = None):
    """The page; with a ``form`` that was refused 422, and what was ticked stays ticked."""
    owner, period, reader = request.user, asked.period, asked.reader
    found = Paginator(available(owner, period, asked.kind), A_PAGE).get_page(request.GET.get("page"))
    ticked = (on - form.shown) | form.on if form else on
    other = Reader.THERAPIST if reader == Reader.PRESCRIBER else Reader.PRESCRIBER
    how_many = counts(owner, period)
    context = {
        "form": form,
        "reader": reader,
        "other": {"label": other.value, "address": asked.address(reader=other.value)},
        "taken_off": len(request.session.get(TAKEN_OFF, {}).get(reader.value, [])),
        "period": period,
        "kind": asked.kind,
        "kinds": [(kind, label, how_many[kind], asked.address(kind=kind)) for kind, label in LABELS.items()],
        "items": [_row(item, item.key in ticked) for item in items_of(owner, period, found.object_list)],
        "page": found,
        "address": asked.address(found.number),
        "on": len(standing(owner, on)),
        "on_here": len(standing(owner, on, period)),
        "summary_address": asked.summary_address(),
    }
    return render(request, "journal/summary/private.html", context, status=422 if form else 200)


def _row(item: PrivateItem, is_on: bool) -> dict:
    """An item as the page has it. ``whole`` is what stands behind "All of it", blank where all of it is short."""
    long = len(item.text) > WORDS_SHOWN or item.text.count("\n") > 3
    return {"item": item, "is_on": is_on, "whole": item.text if long else ""}


def _on_now(many: int, reader: Reader) -> str:
    if not many:
        return f"Saved. Nothing private is on for the {reader}."
    return f"Saved. {many} private {'item is' if many == 1 else 'items are'} on for the {reader} now."
