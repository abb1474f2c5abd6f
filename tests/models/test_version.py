"""The version of a record changes with everything that is drawn, whoever writes it, and with nothing else."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from journal.models import DailyEntry, Profile, Rating, RecordVersion, Symptom
from journal.models.base import Owned
from journal.models.triggers import EVENTS, after_migrate, before_migrate, present, wanted
from journal.models.version import UNWATCHED, stamp_of, watched_models
from tests.models.makers import DAY, THERE_ALREADY, rows_of

pytestmark = pytest.mark.django_db

OWNED = [model for model in apps.get_app_config("journal").get_models() if issubclass(model, Owned)]
WATCHED = [model.__name__ for model in watched_models()]


def test_every_model_of_the_record_is_watched_or_left_out_for_a_reason(alice):
    names = {model.__name__ for model in OWNED}
    assert set(UNWATCHED) <= names
    assert set(WATCHED) == names - set(UNWATCHED)
    assert all(UNWATCHED.values())
    assert names == set(rows_of(alice)) | THERE_ALREADY, "tests/models/makers.py makes one of each"


def test_every_watched_table_has_its_three_triggers():
    tables = [table for table, _ in present(connection).values()]
    for model in watched_models():
        assert tables.count(model._meta.db_table) == len(EVENTS), model


@pytest.mark.parametrize("name", WATCHED)
def test_each_change_gives_another_stamp_to_its_owner_and_to_nobody_else(alice, bob, name):
    bobs = stamp_of(bob)
    stamps = [stamp_of(alice)]
    if name == "Profile":
        Profile.objects.of(alice).delete()
        stamps.append(stamp_of(alice))
        row = Profile.objects.create(owner=alice)
    else:
        row = None
        for of, one in rows_of(alice).items():
            stamps.append(stamp_of(alice))
            _set_parents(one)
            one.save(force_insert=True)
            if of == name:
                row = one
                break
    stamps.append(stamp_of(alice))
    field = next(f for f in type(row)._meta.concrete_fields if not f.primary_key)
    type(row).objects.filter(pk=row.pk).update(**{field.attname: F(field.attname)})
    stamps.append(stamp_of(alice))
    type(row).objects.filter(pk=row.pk).delete()
    stamps.append(stamp_of(alice))
    assert None not in stamps
    assert len(set(stamps[-4:])) == 4, stamps
    assert stamp_of(bob) == bobs


@pytest.mark.parametrize("name", sorted(set(UNWATCHED) - THERE_ALREADY))
def test_what_is_not_drawn_leaves_the_stamp_alone(alice, name):
    for of, one in rows_of(alice).items():
        _set_parents(one)
        before = stamp_of(alice)
        one.save()
        if of == name:
            assert stamp_of(alice) == before
            return


def _set_parents(row) -> None:
    """A parent has its key only once it is saved."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.is_cached(row) and getattr(row, field.name) is not None:
            setattr(row, field.name, getattr(row, field.name))


def test_rows_written_together_and_plain_sql_count(alice, bob):
    stamps = {stamp_of(alice)}
    entries = DailyEntry.objects.bulk_create([DailyEntry(owner=alice, date=DAY + dt.timedelta(n)) for n in range(5)])
    stamps.add(stamp_of(alice))
    symptom = Symptom.objects.create(owner=alice, name="Nausea", slug="nausea")
    stamps.add(stamp_of(alice))
    Rating.objects.bulk_create([Rating(entry=entry, symptom=symptom, severity=3) for entry in entries])
    stamps.add(stamp_of(alice))
    Rating.objects.bulk_create([Rating(entry=e, symptom=symptom, severity=3) for e in entries], ignore_conflicts=True)
    for entry in entries:
        entry.mood = 4
    DailyEntry.objects.bulk_update(entries, ["mood"])
    stamps.add(stamp_of(alice))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_rating SET severity = 4 WHERE entry_id = %s", [entries[0].pk])
    stamps.add(stamp_of(alice))
    assert len(stamps) == 6


def test_a_row_that_changes_hands_counts_for_both(alice, bob):
    entry = DailyEntry.objects.create(owner=alice, date=DAY)
    before = stamp_of(alice), stamp_of(bob)
    DailyEntry.objects.filter(pk=entry.pk).update(owner=bob)
    after = stamp_of(alice), stamp_of(bob)
    assert before[0] != after[0] and before[1] != after[1]


def test_what_is_undone_with_its_transaction_leaves_the_old_stamp(alice):
    from django.db import transaction

    before = stamp_of(alice)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        DailyEntry.objects.create(owner=alice, date=DAY)
        raise ZeroDivisionError
    assert stamp_of(alice) == before


def test_the_first_row_of_somebody_new_makes_their_version():
    somebody = User.objects.create_user("somebody")
    assert stamp_of(somebody) is None
    Profile.objects.create(owner=somebody)
    assert stamp_of(somebody) is not None


def test_without_a_version_a_change_or_an_end_makes_none(alice):
    entry = DailyEntry.objects.create(owner=alice, date=DAY)
    RecordVersion.objects.all().delete()
    DailyEntry.objects.filter(pk=entry.pk).update(mood=3)
    assert stamp_of(alice) is None
    entry.delete()
    assert stamp_of(alice) is None


def test_the_end_of_an_account_leaves_nothing_behind(alice, bob):
    for one in rows_of(alice).values():
        _set_parents(one)
        one.save()
    alice.delete()
    assert list(RecordVersion.objects.values_list("owner")) == [(bob.pk,)]
    connection.check_constraints()


def test_only_a_person_has_one(alice):
    with pytest.raises(TypeError):
        stamp_of(None)
    with pytest.raises(TypeError):
        stamp_of(AnonymousUser())


def test_making_them_again_changes_nothing(alice):
    before = stamp_of(alice), present(connection)
    with CaptureQueriesContext(connection) as queries:
        after_migrate(connection.alias)
    assert (stamp_of(alice), present(connection)) == before
    assert len(queries) <= 2 + 2, "reads two catalogues"
    before_migrate(connection.alias, plan=[])
    assert present(connection) == before[1]


def test_around_a_migration_nobody_watches_and_nothing_is_known(alice, bob):
    before = stamp_of(alice)
    before_migrate(connection.alias, plan=["something"])
    assert present(connection) == {}
    assert stamp_of(alice) is None
    DailyEntry.objects.create(owner=alice, date=DAY)
    assert stamp_of(alice) is None
    after_migrate(connection.alias)
    assert set(present(connection)) == set(wanted(connection))
    assert stamp_of(alice) not in (None, before) and stamp_of(bob) is not None


def test_a_trigger_that_is_gone_or_another_comes_back_with_new_stamps(alice):
    names = list(present(connection))
    before = stamp_of(alice)
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON journal_rating"
        cursor.execute(f"DROP TRIGGER journal_stamp_rating_update{on}")
    after_migrate(connection.alias)
    assert sorted(present(connection)) == sorted(names)
    assert stamp_of(alice) != before


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_made_anew_by_a_migration_keeps_them(transactional_db):
    """Back to before the version, which drops it, and forward again; then a table that is copied, as SQLite does."""
    call_command("migrate", "journal", "0003", verbosity=0)
    assert present(connection) == {}
    call_command("migrate", verbosity=0)
    assert set(present(connection)) == set(wanted(connection))
    before_migrate(connection.alias, plan=["something"])
    with connection.schema_editor() as editor:
        old = DailyEntry._meta.get_field("carried")
        new = old.clone()
        new.set_attributes_from_name("carried")
        new.max_length, new.model = 201, DailyEntry
        editor.alter_field(DailyEntry, old, new)
        editor.alter_field(DailyEntry, new, old)
    after_migrate(connection.alias)
    assert set(present(connection)) == set(wanted(connection))
