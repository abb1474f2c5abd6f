"""Forms for what a person keeps an eye on."""

from django import forms
from django.core.exceptions import ValidationError

from journal.catalogue import symptoms as catalogue
from journal.forms.fields import LineField
from journal.models import Symptom
from journal.queries.symptoms import NAME_LENGTH, clean_name, name_is_free, name_key
from journal.reading import quoted

MOST = 100
"""So many ratings fit on a day's page; the whole catalogue has fewer."""


class NamesField(forms.Field):
    """Any number of names, each as ``symptom_for`` takes it."""

    widget = forms.SelectMultiple

    def to_python(self, value):
        names = [clean_name(name) for name in dict.fromkeys(value or []) if name.strip()]
        if len(names) > MOST:
            raise ValidationError(f"You have chosen {len(names)}. {MOST} fit on a day's page.")
        return names


class ChooseForm(forms.Form):
    """Ticked names, and what stands in the search field."""

    q = LineField(label="Search, or add your own", required=False, fits=NAME_LENGTH, blank="")
    symptom = NamesField(required=False)

    @property
    def searching(self) -> bool:
        """Whether the button for searching was pressed, which saves nothing."""
        return "search" in self.data

    @property
    def typed(self) -> str:
        """What stands in the search field and is none of the ticked names: on Continue it is added to them. Or ""."""
        typed = self.cleaned_data.get("q") or ""
        return "" if any(_fits(typed, name) for name in self.cleaned_data.get("symptom", ())) else typed

    @property
    def names(self) -> list[str]:
        """All that is chosen."""
        return [*self.cleaned_data["symptom"], *([self.typed] if self.typed else [])]

    def clean_q(self):
        """What can be searched for is not always a name: "_" is none."""
        if self.cleaned_data["q"] and not self.searching:
            clean_name(self.cleaned_data["q"])
        return self.cleaned_data["q"]

    def clean(self):
        """Room for the typed one, too."""
        data = super().clean()
        if not self.searching and "symptom" in data and len(self.names) > MOST:
            self.add_error("q", f"{MOST} fit on a day's page, and so many are ticked. Untick one, or empty the search.")
        return data


def _fits(typed, name) -> bool:
    builtin = catalogue.find(name)
    words = [name, builtin.name, *builtin.aliases] if builtin else [name]
    return any(name_key(typed) in name_key(word) for word in words)


class SymptomForm(forms.Form):
    """Another name for a symptom, its history stays with it; and since when it is there."""

    name = LineField(label="Name", fits=NAME_LENGTH, blank="A symptom needs a name.")
    kind = forms.ChoiceField(
        label="Since when",
        required=False,
        choices=[*Symptom.Kind.choices, ("", "Not said")],
        widget=forms.RadioSelect(attrs={"data-look": "chips"}),
        error_messages={"invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args, symptom: Symptom, **kwargs):
        super().__init__(*args, initial={"name": symptom.name, "kind": symptom.kind}, **kwargs)
        self.symptom = symptom

    def clean_name(self):
        """The name, which nothing else of theirs may have."""
        name = clean_name(self.cleaned_data["name"])
        if not name_is_free(self.symptom.owner, name, but=self.symptom):
            raise self.taken(name)
        return name

    def clean_kind(self):
        """As chosen; where nothing was sent about it, as it was."""
        return self.cleaned_data["kind"] if self.add_prefix("kind") in self.data else self.symptom.kind

    def taken(self, name) -> ValidationError:
        """What is said of a name that another symptom has."""
        return ValidationError(f"{quoted(name)} is on your list already.")
