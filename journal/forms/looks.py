"""The form of a monthly look: a thought for each area, if the person likes."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError

from journal.catalogue.obstacles import AREAS, Area
from journal.forms.fields import NoteField
from journal.forms.merge import Merge, as_json, shown_text

BOTH = "This was changed elsewhere while the page was open. Both stand here now: change it, or save again."


class LookForm(forms.Form):
    """A thought by area. ``stored`` is what was written already, None where there is no look of this month.

    The page carries what it showed: what was written elsewhere meanwhile stays, and where both changed the same, both
    are shown.
    """

    use_required_attribute = False

    def __init__(self, data=None, stored: dict[str, str] | None = None):
        super().__init__(data)
        self.stored = stored
        for key in AREAS:
            attrs = {"rows": 2, "class": "input", "autocomplete": "off", "aria-describedby": f"{key}-question"}
            widget = forms.Textarea(attrs=attrs)
            self.fields[key] = NoteField(label="A thought, if you like", initial=(stored or {}).get(key), widget=widget)
        self.shown_first = {name: shown_text(field) for name, field in self.fields.items()}
        self.merge = None
        self._refused: Collection[str] = ()
        self.raised = AREAS.get(data.get("raise", "")) if data is not None else None
        if data is not None:
            self.merge = Merge([(name,) for name in self.fields], self.shown_first, data)
            self.data = self.merge.data

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.shown_first)

    def clean(self):
        """Something is written, and nothing that was written elsewhere goes without a word."""
        self._refused = set(self.errors)
        for (name,) in self.merge.clashes:
            if name not in self._refused:
                self.data[name] = "\n\n".join(text for text in (self.shown_first[name], self.data[name]) if text)
                self.add_error(name, BOTH)
        if not self.errors and self.stored is None and not self.raised and not any(self.cleaned_data.values()):
            raise ValidationError("Nothing is written yet. One thought is enough.")
        return self.cleaned_data

    def question(self, area: Area) -> str:
        """What is put to the therapist: the thought, else the question of the area."""
        return self.cleaned_data[area.key] or area.question
