"""The triggers that keep `RecordVersion`, for SQLite and PostgreSQL, made from the models' ``owner_path``.

After an INSERT the owner's row is added where it is absent, then stamped anew; after an UPDATE or a DELETE it is only
stamped, so that the end of an account, which takes the row with it, leaves nothing behind.

SQLite has triggers for each row. PostgreSQL's run once a statement: a thousand rows of one import are one stamp, where
a thousand stamps of one row in one transaction would make each slower than the one before. There the row is locked from
a person's first change to the end of their transaction; the writers of one person go one by one anyhow
(``one_at_a_time``).

Migrations and triggers do not mix. SQLite's schema editor makes a table anew, whereby its triggers vanish without a
word, and stumbles over the triggers of other tables that name it. So the triggers go before a migration (and with them
every stamp: for what nobody watches nothing is kept), and come back after it, with new stamps for everybody. This hangs
on Django's signals around ``migrate``; it is about the database, and has no hand in the record itself.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections, transaction

from journal.models.base import Owned
from journal.models.version import watched_models

PREFIX = "journal_stamp_"
EVENTS = ("insert", "update", "delete")
TABLE = "journal_recordversion"

RANDOM = {
    "sqlite": "random()",
    # Sixteen hexadecimal digits of a random UUID as a number; random() would give 52 bits.
    "postgresql": "('x' || left(replace(gen_random_uuid()::text, '-', ''), 16))::bit(64)::bigint",
}


@dataclass(frozen=True)
class Trigger:
    """One trigger: its name, the table that it watches, and the statements that make it."""

    name: str
    table: str
    make: tuple[str, ...]


def hops(model: type[Owned]) -> tuple[str, list[tuple[str, str, str]]]:
    """The way from a row to its owner: the first column, then (table, key, next column) for each table on the way."""
    first, *rest = model.owner_path.split("__")
    field = model._meta.get_field(first)
    column, way = field.column, []
    for name in rest:
        target = field.related_model
        field = target._meta.get_field(name)
        way.append((target._meta.db_table, target._meta.pk.column, field.column))
    return column, way


def owners(model: type[Owned], row: str) -> str:
    """SQL for the owner of ``row`` ("NEW" or "OLD"), a value or a query in brackets."""
    column, way = hops(model)
    value = f"{row}.{column}"
    for table, key, following in way:
        value = f"(SELECT {following} FROM {table} WHERE {key} = {value})"
    return value


def owners_of_all(model: type[Owned], rows: str) -> str:
    """SQL for the owners of all rows in ``rows``, a query."""
    column, way = hops(model)
    query = f"SELECT {column} FROM {rows}"
    for table, key, following in way:
        query = f"SELECT {following} FROM {table} WHERE {key} IN ({query})"
    return query


def sqlite_trigger(model: type[Owned], event: str) -> Trigger:
    table = model._meta.db_table
    name = f"{PREFIX}{model._meta.model_name}_{event}"
    random = RANDOM["sqlite"]
    body = []
    if event == "insert":
        owner = owners(model, "NEW")
        body.append(
            f"INSERT INTO {TABLE} (owner_id, stamp) SELECT id, {random} FROM auth_user WHERE id = {owner} "
            f"AND NOT EXISTS (SELECT 1 FROM {TABLE} WHERE owner_id = {owner});"
        )
    rows = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}[event]
    which = ", ".join(owners(model, row) for row in rows)
    body.append(f"UPDATE {TABLE} SET stamp = {random} WHERE owner_id IN ({which});")
    sql = f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW BEGIN {' '.join(body)} END"
    return Trigger(name, table, (sql,))


def postgresql_trigger(model: type[Owned], event: str) -> Trigger:
    table = model._meta.db_table
    name = f"{PREFIX}{model._meta.model_name}_{event}"
    random = RANDOM["postgresql"]
    seen = {
        "insert": "NEW TABLE AS rows_new",
        "update": "OLD TABLE AS rows_old NEW TABLE AS rows_new",
        "delete": "OLD TABLE AS rows_old",
    }[event]
    sets = [owners_of_all(model, rows) for rows in ("rows_new", "rows_old") if rows in seen]
    which = " UNION ".join(sets)
    body = ""
    if event == "insert":
        body = (
            f"INSERT INTO {TABLE} (owner_id, stamp) SELECT id, {random} FROM auth_user WHERE id IN ({which}) "
            "ON CONFLICT (owner_id) DO NOTHING; "
        )
    body += f"UPDATE {TABLE} SET stamp = {random} WHERE owner_id IN ({which});"
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {body} RETURN NULL; END $body$"
    )
    make = (
        f"CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON {table} REFERENCING {seen} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
    digest = hashlib.sha256(f"{function}\n{make}".encode()).hexdigest()[:32]
    return Trigger(name, table, (function, make, f"COMMENT ON TRIGGER {name} ON {table} IS '{digest}'"))


def wanted(connection) -> dict[str, Trigger]:
    """The triggers that belong on the tables that are there, by name; none as long as the stamps have no table."""
    tables = set(connection.introspection.table_names())
    if TABLE not in tables:
        return {}
    make = {"sqlite": sqlite_trigger, "postgresql": postgresql_trigger}[connection.vendor]
    every = (make(model, event) for model in watched_models() for event in EVENTS)
    return {trigger.name: trigger for trigger in every if trigger.table in tables}


def present(connection) -> dict[str, tuple[str, str]]:
    """Our triggers in the database: name -> (table, what says how it was made: its SQL, or a digest of it)."""
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s"
    else:
        query = (
            "SELECT t.tgname, c.relname, coalesce(obj_description(t.oid, 'pg_trigger'), '') FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE pg_table_is_visible(c.oid) AND left(t.tgname, %s) = %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(query, [len(PREFIX), PREFIX])
        return {name: (table, how) for name, table, how in cursor.fetchall()}


def is_as_made(trigger: Trigger, how: str) -> bool:
    """Whether the trigger in the database is this one."""
    return how == trigger.make[0] or (bool(how) and trigger.make[-1].endswith(f" IS '{how}'"))


def drop(connection, there: dict[str, tuple[str, str]]) -> Iterator[str]:
    for name, (table, _) in there.items():
        if connection.vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"DROP FUNCTION IF EXISTS {name}()"


def before_migrate(using: str, plan=(), **signal) -> None:
    """Away with triggers and stamps, where there is something to migrate."""
    connection = connections[using]
    if not plan or not (there := present(connection)):
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        for sql in drop(connection, there):
            cursor.execute(sql)
        cursor.execute(f"DELETE FROM {TABLE}")


def after_migrate(using: str, **signal) -> None:
    """The triggers as they should be, and a stamp for everybody. Reads two catalogues when nothing changed."""
    connection = connections[using]
    want, there = wanted(connection), present(connection)
    stale = {name: found for name, found in there.items() if name not in want or not is_as_made(want[name], found[1])}
    missing = [trigger for name, trigger in want.items() if name not in there or name in stale]
    if not stale and not missing:
        return
    random = RANDOM[connection.vendor]
    with transaction.atomic(using), connection.cursor() as cursor:
        for sql in drop(connection, stale):
            cursor.execute(sql)
        for trigger in missing:
            for sql in trigger.make:
                cursor.execute(sql)
        if want:  # whatever was written while nobody watched: nothing that was kept before counts any more
            cursor.execute(f"DELETE FROM {TABLE}")
            cursor.execute(f"INSERT INTO {TABLE} (owner_id, stamp) SELECT id, {random} FROM auth_user")


def connect() -> None:
    """Have the triggers made anew around every ``migrate``."""
    from django.apps import apps
    from django.db.models.signals import post_migrate, pre_migrate

    journal = apps.get_app_config("journal")
    pre_migrate.connect(before_migrate, sender=journal, dispatch_uid="journal.triggers.before")
    post_migrate.connect(after_migrate, sender=journal, dispatch_uid="journal.triggers.after")
