"""Time zones: old names, unknown names, countries."""

import zoneinfo

import pytest

from journal.catalogue import zones


@pytest.mark.parametrize(
    ("typed", "name", "country"),
    [
        ("Europe/London", "Europe/London", "GB"),
        ("Europe/Berlin", "Europe/Berlin", "DE"),
        ("America/New_York", "America/New_York", "US"),
        ("US/Eastern", "America/New_York", "US"),
        ("Asia/Calcutta", "Asia/Kolkata", "IN"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires", "AR"),
        ("Pacific/Kiritimati", "Pacific/Kiritimati", "KI"),
        ("UTC", "UTC", ""),
        ("Mars/Olympus", "", ""),
        ("", "", ""),
        ("../etc/passwd", "", ""),
        ("Europe", "", ""),
        ("\0", "", ""),
        ("x" * 10_000, "", ""),
    ],
)
def test_what_a_browser_may_say(typed, name, country):
    assert (zones.canonical(typed), zones.country_of(typed)) == (name, country)


def test_every_zone_that_is_offered_works_and_fits_the_column():
    assert len(zones.names()) > 400
    for name in zones.names():
        zoneinfo.ZoneInfo(name)
        assert len(name) <= 64
        assert zones.canonical(name) == name
