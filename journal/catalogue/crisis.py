"""Emergency numbers and crisis lines by country.

A crisis line stands here only when two independent sources have it; for every other country there
is the emergency number and findahelpline.com. A wrong number is worse than none, so a country
without a known number gets words and no number.
"""

from dataclasses import dataclass

SEEN_2026 = "seen January 2026 in a public crisis-line list"
UNDATED = f"page without a date; {SEEN_2026}"


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


@dataclass(frozen=True, slots=True)
class Line:
    """One way to talk to someone. `published_on` says when, or how we know when it has no date."""

    name: str
    number: str
    how: str  # "call", "text" or "web"
    detail: str
    published_by: str
    published_on: str
    source: str

    @property
    def href(self) -> str:
        if self.how == "web":
            return f"https://{self.number}"
        return f"{'sms' if self.how == 'text' else 'tel'}:{_digits(self.number)}"


FIND_A_HELPLINE = Line(
    name="Find A Helpline",
    number="findahelpline.com",
    how="web",
    detail="Free helplines by country and topic.",
    published_by="findahelpline.com",
    published_on=UNDATED,
    source="findahelpline",
)


@dataclass(frozen=True, slots=True)
class Country:
    """`emergency` is the number to dial first, or "" where none is known to us."""

    code: str
    name: str
    emergency: str
    emergency_detail: str
    lines: tuple[Line, ...]
    source: str

    @property
    def emergency_text(self) -> str:
        """What goes into a sentence: the number, or words that stand in for it."""
        return self.emergency or "your local emergency number"

    @property
    def emergency_href(self) -> str:
        """The tel: address, or "" where there is no number to dial."""
        return f"tel:{_digits(self.emergency)}" if self.emergency else ""

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The country's own lines, then the directory of all countries."""
        return (*self.lines, FIND_A_HELPLINE)


_US = (
    Line(
        "988 Suicide & Crisis Lifeline",
        "988",
        "call",
        "Free, day and night.",
        "SAMHSA, samhsa.gov/mental-health/988/faqs",
        UNDATED,
        "samhsa_988",
    ),
    Line(
        "988 Suicide & Crisis Lifeline",
        "988",
        "text",
        "By text, day and night.",
        "SAMHSA, samhsa.gov/mental-health/988/faqs",
        UNDATED,
        "samhsa_988",
    ),
    Line(
        "Crisis Text Line",
        "741741",
        "text",
        "Text HOME.",
        "Crisis Text Line, as quoted in public lists",
        SEEN_2026,
        "crisis_list_2026",
    ),
)
_GB = (
    Line("Samaritans", "116 123", "call", "Free, day and night.", "Samaritans, samaritans.org", UNDATED, "samaritans"),
    Line(
        "Shout",
        "85258",
        "text",
        "Text SHOUT. Free, day and night.",
        "Shout, giveusashout.org/about-us/faq",
        "4 November 2024",
        "shout",
    ),
    Line(
        "NHS 111",
        "111",
        "call",
        "Urgent, but no danger to life. In England choose the mental health option.",
        "Lincolnshire Partnership NHS Foundation Trust, lpft.nhs.uk",
        UNDATED,
        "nhs_111",
    ),
)
_NL = (
    Line(
        "113 Zelfmoordpreventie",
        "113",
        "call",
        "Free and anonymous, day and night.",
        "113 Zelfmoordpreventie, 113.nl",
        "page without a date; free of charge since October 2025",
        "nl_113",
    ),
    Line(
        "113 Zelfmoordpreventie",
        "0800-0113",
        "call",
        "The same line by its longer number, free.",
        "113 Zelfmoordpreventie, 113.nl",
        UNDATED,
        "nl_113",
    ),
)

_ALL_SERVICES = "Police, ambulance and fire."

_EUROPEAN_UNION = {
    "AT": "Austria",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "HR": "Croatia",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "DK": "Denmark",
    "EE": "Estonia",
    "FI": "Finland",
    "FR": "France",
    "DE": "Germany",
    "GR": "Greece",
    "HU": "Hungary",
    "IE": "Ireland",
    "IT": "Italy",
    "LV": "Latvia",
    "LT": "Lithuania",
    "LU": "Luxembourg",
    "MT": "Malta",
    "NL": "Netherlands",
    "PL": "Poland",
    "PT": "Portugal",
    "RO": "Romania",
    "SK": "Slovakia",
    "SI": "Slovenia",
    "ES": "Spain",
    "SE": "Sweden",
}

_LIST = (
    *(
        Country(code, name, "112", _ALL_SERVICES, _NL if code == "NL" else (), "eu_112")
        for code, name in _EUROPEAN_UNION.items()
    ),
    Country("IS", "Iceland", "112", _ALL_SERVICES, (), "iceland_112"),
    Country("NO", "Norway", "112", _ALL_SERVICES, (), "latvia_112"),
    Country("CH", "Switzerland", "112", _ALL_SERVICES, (), "latvia_112"),
    Country("GB", "United Kingdom", "999", "Police, ambulance and fire. 112 works too.", _GB, "nhs_111"),
    Country("US", "United States", "911", _ALL_SERVICES, _US, "crisis_list_2026"),
    Country("CA", "Canada", "911", _ALL_SERVICES, (), "crisis_list_2026"),
    Country("AU", "Australia", "000", _ALL_SERVICES, (), "nsw_police_000"),
    Country("NZ", "New Zealand", "111", _ALL_SERVICES, (), "govt_nz_111"),
    Country("MX", "Mexico", "911", _ALL_SERVICES, (), "gob_mx_911"),
    Country("BR", "Brazil", "192", "Ambulance (SAMU).", (), "viva_sus_192"),
    Country(
        "AR", "Argentina", "107", "Ambulance (SAME), in Buenos Aires and many other places.", (), "buenos_aires_107"
    ),
    Country("CL", "Chile", "131", "Ambulance (SAMU).", (), "samu_chile_131"),
    Country("ZA", "South Africa", "112", "All services, from a mobile. Ambulance: 10177.", (), "bizcommunity_112"),
    Country("SG", "Singapore", "995", "Ambulance and fire.", (), "scdf_995"),
    Country("JP", "Japan", "119", "Ambulance and fire.", (), "yokohama_119"),
    Country("KR", "South Korea", "119", "Ambulance and fire.", (), "cities_insider_korea"),
    Country("IN", "India", "112", "All services; in some states not yet.", (), "vikaspedia_112"),
)

COUNTRIES: dict[str, Country] = {country.code: country for country in sorted(_LIST, key=lambda country: country.name)}

ANYWHERE_ELSE = Country("ZZ", "Another country", "", "We have no number for your country.", (), "own")
"""A country that is chosen and is not in the list. (ZZ is a code that ISO 3166 gives to no country.)"""

NOT_CHOSEN = Country("", "No country chosen yet", "", "Each country has its own number.", (), "own")


def for_country(code: str | None) -> Country:
    """The country of this ISO 3166 code, or the generic one, which invents no number; NOT_CHOSEN for a blank."""
    key = (code or "").strip().upper()
    return COUNTRIES.get("GB" if key == "UK" else key, ANYWHERE_ELSE) if key else NOT_CHOSEN


def choices() -> list[tuple[str, str]]:
    """(code, name) pairs for a form: none yet, then by name, with another country last."""
    listed = (NOT_CHOSEN, *COUNTRIES.values(), ANYWHERE_ELSE)
    return [(country.code, country.name) for country in listed]
