"""The part of an address that a person's own word becomes."""

from django.utils.text import slugify

LONGEST = 100
"""The columns hold 110, and a number may follow. (One letter of a name can become eighteen.)"""


def free_slug(name: str, taken: set[str], nameless: str, longest: int = LONGEST) -> str:
    """A slug for ``name`` that is not in ``taken``; a name without any letter, such as an emoji, is ``nameless``."""
    slug = base = slugify(name, allow_unicode=True)[:longest].strip("-") or nameless
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
