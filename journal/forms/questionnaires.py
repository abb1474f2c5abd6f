"""One form for a questionnaire of a day: its questions with four answers each, every one of which may stay blank."""

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from journal.catalogue.questionnaires import ANSWERS, DIFFICULTIES, DIFFICULTY, SAFETY_ITEM, Questionnaire
from journal.forms.merge import Merge, as_json, saved_elsewhere, shown_text
from journal.models.base import plain
from journal.queries.questionnaires import FilledIn
from journal.reading import quoted

DIFFICULTY_FIELD = "difficulty"
BLANK = "Not answered"
AN_ITEM = re.compile(r"item-")


class AnswerField(forms.Field):
    """One of the four answers as a number 0 to 3; None where it is blank."""

    def __init__(self, *, choices: tuple[str, ...], **kwargs):
        super().__init__(required=False, **kwargs)
        self.choices = choices

    def to_python(self, value) -> int | None:
        text = plain(str(value or "")).strip()
        if not text:
            return None
        if text not in {str(number) for number in range(len(self.choices))}:
            raise ValidationError(f"{quoted(text)} is not one of the four answers. Choose one, or leave it blank.")
        return int(text)

    def words(self, text: str) -> str:
        """The answer that ``text`` stands for; blank for none."""
        return self.choices[int(text)] if text else ""


@dataclass(frozen=True)
class Row:
    """One question on the page: its field, its number (0 for the one that is not scored) and (value, words, whether it
    is chosen) of each answer, the blank one first."""

    field: forms.BoundField
    number: int
    options: tuple[tuple[str, str, bool], ...]
    is_safety_item: bool


class QuestionnaireForm(forms.Form):
    """``questionnaire`` on one day; ``stored`` is what was filled in already.

    The page carries what it showed, so that of what was saved elsewhere meanwhile nothing is taken back without a word.
    """

    use_required_attribute = False

    def __init__(self, questionnaire: Questionnaire, data=None, stored: FilledIn | None = None):
        super().__init__(data)
        self.questionnaire, self.stored = questionnaire, stored
        self.names = [f"item-{number}" for number in range(1, len(questionnaire.items) + 1)]
        answers = stored.answers if stored else [None] * len(self.names)
        for name, item, answer in zip(self.names, questionnaire.items, answers, strict=True):
            self.fields[name] = AnswerField(choices=ANSWERS, label=item.text, initial=answer)
        self.fields[DIFFICULTY_FIELD] = AnswerField(
            choices=DIFFICULTIES, label=DIFFICULTY, initial=stored.difficulty if stored else None
        )
        self.shown_first = {name: shown_text(field) for name, field in self.fields.items()}
        self.merge = None
        self._refused: set[str] = set()
        if data is not None:
            self.unknown = [name for name in data if AN_ITEM.match(name) and name not in self.fields and data[name]]
            self.merge = Merge([(name,) for name in self.fields], self.shown_first, data)
            self.data = self.merge.data

    @property
    def shown(self) -> str:
        """What the page shows, for the page to send back."""
        return self.merge.shown_next(self._refused) if self.merge else as_json(self.shown_first)

    @property
    def rows(self) -> list[Row]:
        """The questions, for the template."""
        return [self._row(name, number) for number, name in enumerate(self.names, 1)]

    @property
    def unscored(self) -> Row:
        """The question about difficulty, for the template."""
        return self._row(DIFFICULTY_FIELD, 0)

    def _row(self, name: str, number: int) -> Row:
        field = self[name]
        value = field.value()
        said = "" if value is None else str(value).strip()
        values = [str(place) for place in range(len(field.field.choices))]
        options = [(value, words, value == said) for value, words in zip(values, field.field.choices, strict=True)]
        return Row(
            field,
            number,
            (("", BLANK, said not in values), *options),
            (self.questionnaire.slug, number) == SAFETY_ITEM,
        )

    def clean(self):
        """Something is answered, and nothing that was sent goes without a word."""
        if self.unknown:
            more = f" and {len(self.unknown) - 1} more" if len(self.unknown) > 1 else ""
            self.add_error(
                None,
                f"{quoted(self.unknown[0])}{more} is no question of the {self.questionnaire.name}, "
                f"which has {len(self.names)}. Save again to leave it out.",
            )
        self._refused = set(self.errors)
        for (name,) in self.merge.clashes:
            if name not in self._refused:
                words = self.fields[name].words
                self.add_error(name, saved_elsewhere(words(self.shown_first[name]), words(self.data[name].strip())))
        if not self.errors and all(value is None for value in self.cleaned_data.values()):
            how = "To take this day out, delete it below." if self.stored else "Choose an answer first."
            raise ValidationError(f"Nothing is answered. {how}")
        return self.cleaned_data

    @property
    def answers(self) -> list[int | None]:
        """The answers in order."""
        return [self.cleaned_data[name] for name in self.names]
