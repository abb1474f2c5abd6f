"""What a file says beside what the journal has: what is new is written, what differs is a complaint."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from journal.exchange.cells import RowError
from journal.models import DoseTaken
from journal.reading import plain_number, quoted


class Beside:
    """The complaints about one ``file``. With ``overwrite`` the file is right where the two differ."""

    def __init__(self, file: str, overwrite: bool, errors: list[RowError]):
        self.file, self.overwrite, self.errors = file, overwrite, errors

    def fresh(
        self, row: int, given: Mapping[str, Decimal], keys: Mapping[str, int], stored: Mapping[int, Decimal]
    ) -> Iterator[tuple[int, Decimal]]:
        """What is to be written of the values ``given`` by column, with the key of what each column is.

        A column without a key is left out: there is a complaint about it already.
        """
        for column, value in given.items():
            key = keys.get(column)
            if key is None or stored.get(key) == value:
                continue
            if key in stored:
                self.differs(row, column, stored[key], value)
            yield key, value

    def differs(self, row: int, column: str, stored, given) -> None:
        """The journal has something else in this column."""
        if not self.overwrite:
            self.complain(row, f"{column}: the journal has {shown(stored)}, the file {shown(given)}.", differs=True)

    def complain(self, row: int, message: str, differs: bool = False) -> None:
        """Something is wrong with this row."""
        self.errors.append(RowError(self.file, row, message, differs=differs))


def shown(value) -> str:
    """A value of the file or of the journal, for a sentence about the two."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value) if value in ("yes", "no", *DoseTaken.Status.labels) else quoted(value)
