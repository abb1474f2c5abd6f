"""The form of a practice in writing: its parts, and the figures that every practice has."""

from django import forms
from django.core.exceptions import ValidationError

from journal.catalogue.written import OWN_ITEMS_FIT, Written
from journal.forms.fields import LineField, NoteField
from journal.forms.merge import fill_unsent
from journal.forms.practise import PractiseForm
from journal.models.base import plain
from journal.reading import quoted

LINE_FITS = 300
TICKED_FIT = 100
"""So many ticks a checklist takes: its own lines, and those that were ticked before a line was taken off the list."""


class TicksField(forms.MultipleChoiceField):
    """Ticked lines, in their own words. A line that left the list meanwhile is kept: it was done all the same."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_python(self, value):
        lines = [" ".join(plain(line).split()) for line in super().to_python(value)]
        return [line for line in dict.fromkeys(lines) if line]

    def validate(self, value):
        if len(value) > TICKED_FIT or any(len(line) > LINE_FITS for line in value):
            raise ValidationError(f"That is more than fits: {TICKED_FIT} lines of {LINE_FITS} characters.")


class WriteForm(PractiseForm):
    """One practice in writing. Nothing is required but that something is there at all.

    ``own_items`` are the person's own lines of a checklist. What was kept under a name that the page does not ask
    for (any more) stays as it is.
    """

    def __init__(self, *args, written: Written, own_items: tuple[str, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.written, practice = written, self.practice
        self.was = dict(practice.said) if practice else {}
        for part in written.parts:
            rows = forms.Textarea(attrs={"rows": part.rows})
            self._ask(part.slug, NoteField(label=part.label, help_text=part.hint, widget=rows))
        if written.lines:
            self._ask_lines(written.lines)
        if written.checklist:
            listed = self.was.get(written.checklist.slug, "").split("\n")
            lines = dict.fromkeys([*written.checklist.items, *own_items, *filter(None, listed)])
            field = TicksField(label=written.checklist.label, choices=[(line, line) for line in lines])
            self._ask(written.checklist.slug, field, [line for line in listed if line])
        if practice:
            fill_unsent(self)

    def _ask(self, slug: str, field: forms.Field, initial=None) -> None:
        self.fields[f"said-{slug}"] = field
        self.initial[f"said-{slug}"] = self.was.get(slug, "") if initial is None else initial

    def _ask_lines(self, lines) -> None:
        answers = [*((answer, answer) for answer in lines.answers), ("", "Not said")]
        for number, (line, answer) in enumerate(lines.slugs(), 1):
            text = forms.TextInput(attrs={"autocomplete": "off"})
            self._ask(
                line, LineField(label=f"{lines.label} {number}", required=False, fits=LINE_FITS, blank="", widget=text)
            )
            choice = forms.ChoiceField(
                label=lines.question,
                required=False,
                choices=answers,
                widget=forms.RadioSelect(attrs={"data-look": "chips"}),
                error_messages={"invalid_choice": f"Choose {', '.join(lines.answers)}, or leave it blank."},
            )
            self._ask(answer, choice)

    # -- for the page ---------------------------------------------------------------------------------------------

    def parts(self):
        """The fields of the parts."""
        return [self[f"said-{part.slug}"] for part in self.written.parts]

    def lines(self):
        """(line, answer) as bound fields: those that are open from the start, and those that come when needed."""
        if not self.written.lines:
            return [], []
        pairs = [(self[f"said-{line}"], self[f"said-{answer}"]) for line, answer in self.written.lines.slugs()]
        used = [n for n, pair in enumerate(pairs, 1) if any(field.value() or field.errors for field in pair)]
        shown = max([self.written.lines.shown, *used])
        return pairs[:shown], pairs[shown:]

    def ticks(self):
        """The checklist; None where there is none."""
        return self[f"said-{self.written.checklist.slug}"] if self.written.checklist else None

    # -- what was said ----------------------------------------------------------------------------------------------

    def clean(self):
        """Refuses a form on which nothing is written, rated or timed: a day alone is no practice."""
        found = super().clean()
        told = [found.get(name) for name in ("before", "after", "minutes", "note")]
        if not self.errors and not self.said() and all(one in (None, "") for one in told):
            raise ValidationError("Write something first, or go back.")
        return found

    def said(self) -> dict[str, str]:
        """What was written, by the slug of its part; blanks are left out."""
        asked = {
            name.removeprefix("said-"): value for name, value in self.cleaned_data.items() if name.startswith("said-")
        }
        if self.written.lines:
            for line, answer in self.written.lines.slugs():
                if not asked.get(line):  # an answer without a worry answers nothing
                    asked[answer] = ""
        kept = {slug: text for slug, text in self.was.items() if slug not in asked}
        texts = {slug: "\n".join(value) if isinstance(value, list) else value for slug, value in asked.items()}
        return {slug: text for slug, text in (texts | kept).items() if text}

    def record(self) -> dict:
        """The columns of the practice."""
        return super().record() | {"said": self.said()}


class OwnItemsForm(forms.Form):
    """A person's own lines of a checklist."""

    items = NoteField(
        label="Your own lines",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"A line for each, up to {OWN_ITEMS_FIT}. They stand below the others.",
    )

    def clean_items(self) -> str:
        """The lines, tidied, each once."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["items"].split("\n")]
        lines = [line for line in dict.fromkeys(lines) if line]
        if len(lines) > OWN_ITEMS_FIT:
            raise ValidationError(f"These are {len(lines):,} lines. {OWN_ITEMS_FIT} fit.")
        for line in lines:
            if len(line) > LINE_FITS:
                raise ValidationError(f"The line {quoted(line)} has {len(line):,} characters. {LINE_FITS} fit.")
        return "\n".join(lines)
