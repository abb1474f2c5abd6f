"""Rows as the database gives them, where there are thousands and Django's conversion of each value takes its time."""

import datetime as dt

from django.db import connections
from django.db.models import QuerySet


def raw_rows(rows: QuerySet) -> list[tuple]:
    """The rows of a query of whole numbers and plain texts: what both databases give as such. One query."""
    connection = connections[rows.db]
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def raw_days(days: QuerySet) -> list[dt.date]:
    """The days of a query of one date: SQLite keeps dates as text. One query."""
    return [day if isinstance(day, dt.date) else dt.date.fromisoformat(day) for (day,) in raw_rows(days)]
