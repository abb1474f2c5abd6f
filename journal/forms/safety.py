"""Forms for the safety plan and for somebody who can help."""

from django import forms

from journal.catalogue.safety_plan import PARTS
from journal.forms.fields import LineField, NoteField, PlainText
from journal.forms.merge import Clash, Merge, as_json, saved_elsewhere, text_of
from journal.forms.profile import segments
from journal.models import SupportPerson
from journal.queries.safety import SAID
from journal.reading import phone_from, quoted

NAME_FITS = 100
HELPS_FITS = 300


class MergedForm(forms.Form):
    """A form over something that may be changed in two places.

    The page carries what it showed (``shown``): what is sent as it was shown leaves alone what is stored by now, and
    what was changed here and elsewhere is refused once, with both beside each other.
    """

    use_required_attribute = False

    def merge_with(self, data) -> None:
        """To be called when all fields are there; their initial values are what is stored."""
        self.stored = {
            name: text_of(field, self.get_initial_for_field(field, name)) for name, field in self.fields.items()
        }
        self.merge = None
        self._refused: set[str] = set()
        self._told: list[str] = []
        if data is not None:
            self.merge = Merge([(name,) for name in self.fields], self.stored, data)
            self.data = self.merge.data

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.stored)

    @property
    def clashes(self) -> list[Clash]:
        """What was saved elsewhere while this page was open, and is another here: both whole."""
        return [
            Clash(
                name,
                self.fields[name].label,
                self.in_words(name, self.stored[name].strip()),
                self.in_words(name, self.data[name].strip()),
                is_note=isinstance(self.fields[name], NoteField),
            )
            for name in self._told
        ]

    def in_words(self, name: str, text: str) -> str:
        """How somebody reads what a field says; blank where it says nothing."""
        return text

    def clean(self):
        """Of what was changed here and elsewhere, neither is written over without a word."""
        self._refused = set(self.errors)  # too long, for one: that is told first
        self._told = [names[0] for names in self.merge.clashes if names[0] not in self._refused]
        for name in self._told:
            texts = (self.in_words(name, text[name].strip()) for text in (self.stored, self.data))
            self.add_error(name, saved_elsewhere(*(text and quoted(text) for text in texts)))
        return self.cleaned_data

    def changes(self) -> dict:
        """What the person changed: the field's name -> its value."""
        return {name: self.cleaned_data[name] for name in self.merge.changed}


class SafetyPlanForm(MergedForm):
    """The six parts, all optional. ``stored`` is what stands in each (part -> text)."""

    def __init__(self, stored: dict[str, str], data=None):
        super().__init__(data)
        for part in PARTS:
            self.fields[part.field] = NoteField(
                label=part.title,
                initial=stored[part.field],
                help_text=f"{part.hint} For example: “{part.example}”",
            )
        self.merge_with(data)


class PhoneField(PlainText):
    """A phone number as ``reading.phone_from`` takes it, or blank. What was typed stays in the form."""

    def __init__(self, **kwargs):
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return phone_from(text) if text else ""


KNOWS = {"yes": True, "no": False, "": None}


class PersonForm(MergedForm):
    """Somebody who can help. Only a name is needed."""

    name = LineField(label="Name", fits=NAME_FITS, blank="Write who it is.")
    role = LineField(
        label="Who they are to you",
        required=False,
        fits=NAME_FITS,
        blank="",
        help_text="Brother, friend, GP, neighbour.",
    )
    helps_with = LineField(
        label="What they can help with",
        required=False,
        fits=HELPS_FITS,
        blank="",
        help_text="Company, a lift, listening at night, the children for an hour.",
    )
    knows = segments((("yes", "Yes"), ("no", "No"), ("", "Not said")), label="Knows about the taper", required=False)
    phone = PhoneField(label="Phone", help_text="With + and the country’s number it works from abroad, too.")
    takes_texts = forms.BooleanField(label="Can be texted at this number", required=False)
    in_crisis = forms.BooleanField(
        label="Show where help is shown",
        required=False,
        help_text="On Help now while you are signed in, and beside your safety plan.",
    )

    def __init__(self, data=None, *, person: SupportPerson | None = None):
        row = person or SupportPerson()
        initial = {name: getattr(row, name) for name in SAID}
        initial["knows"] = next(key for key, value in KNOWS.items() if value is row.knows)
        super().__init__(data, initial=initial)
        if data is not None:  # a box that is not ticked sends nothing, and says that it is not
            data = {**data.dict(), **{name: data.get(name, "") for name in self.fields}}
        self.merge_with(data)

    def in_words(self, name: str, text: str) -> str:
        """As the choices are called."""
        return dict(self.fields[name].choices)[text] if name == "knows" and text in KNOWS else text

    def clean_knows(self) -> bool | None:
        """Yes, no, or None for not said."""
        return KNOWS[self.cleaned_data["knows"]]
