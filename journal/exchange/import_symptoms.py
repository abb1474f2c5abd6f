"""The symptom that a column of an import is."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from journal.exchange.cells import RowError
from journal.queries.symptoms import known, symptom_for
from journal.reading import quoted


class SymptomColumns:
    """Finds or makes the person's symptom for each column, of one file after the other; ``made`` names the new ones."""

    def __init__(self, owner, errors: list[RowError]):
        self.owner, self.errors = owner, errors
        self.existing = known(owner)
        self.before = {symptom.pk for symptom in self.existing.values()}
        self.made: list[str] = []

    def of(self, file: str, lines: Iterable) -> dict[str, int]:
        """The key of the symptom of each column in which anything stands. Two columns of one symptom are an error."""
        found: dict[str, int] = {}
        by_symptom: dict[int, str] = {}
        for column in dict.fromkeys(column for line in lines for column in line.ratings):
            try:
                symptom = symptom_for(self.owner, column, self.existing)
            except ValidationError as error:
                self.errors.append(RowError(file, 1, f"{quoted(column)}: {error.messages[0]}", symptom=column))
                continue
            if symptom.pk in by_symptom:
                message = f"{by_symptom[symptom.pk]} and {column} are the same symptom, {symptom.name}."
                self.errors.append(RowError(file, 1, message, symptom=column))
            by_symptom[symptom.pk] = column
            found[column] = symptom.pk
            if symptom.pk not in self.before:
                self.made.append(symptom.name)
                self.before.add(symptom.pk)
        return found
