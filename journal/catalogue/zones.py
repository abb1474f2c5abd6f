"""Time zones: which there are, what an old name of one means, and which country one lies in.

Read from the tzdata package, which is always installed beside us. A zone's country is a far better guess at where
somebody lives than the language of their browser, which is "American English" all over the world.
"""

import functools
import importlib.resources

UTC = "UTC"


def _lines(name: str) -> list[list[str]]:
    text = (importlib.resources.files("tzdata.zoneinfo") / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def _countries() -> dict[str, str]:
    return {zone: country for country, _, zone, *_ in _lines("zone.tab")}


@functools.cache
def _aliases() -> dict[str, str]:
    return {line[2]: line[1] for line in _lines("tzdata.zi") if line[0] == "L"}


@functools.cache
def names() -> tuple[str, ...]:
    """Every zone to choose from, in alphabetical order, UTC last."""
    return (*sorted(_countries()), UTC)


def canonical(name: str) -> str:
    """The name in ``names`` for this zone, also from an old one (a browser says Asia/Calcutta); "" when unknown."""
    for candidate in (name, _aliases().get(name)):
        if candidate in _countries() or candidate == UTC:
            return candidate
    return ""


def country_of(name: str) -> str:
    """The ISO code of the country in which this zone lies; "" when that is not known."""
    return _countries().get(canonical(name), "")


def label(name: str) -> str:
    """How a zone is written in a list: "America / Argentina / Buenos Aires"."""
    return name.replace("_", " ").replace("/", " / ")
