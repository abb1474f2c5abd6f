"""How wide a text is, and which boxes touch. Measured in DejaVu Sans, which matplotlib carries.

It is wider than the usual system fonts: what fits here fits there.
"""

import re
import threading
from collections.abc import Iterable
from typing import NamedTuple

from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

from .theme import FONT

ASCENT = 0.76  # of the font size: capitals and figures
DESCENT = 0.24  # g, p, y
_UNITS = 100  # the size at which advances are read; hinting is off, so they scale
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_DEEP = re.compile(r"[gjpqy(),;]|[^\x00-\x7f]")
_FORMAT = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class _Advances:
    """Advance widths of one face, read once per character. Safe for threads."""

    def __init__(self, weight: str) -> None:
        path = font_manager.findfont(font_manager.FontProperties(family=FONT, weight=weight))
        self._font = font_manager.get_font(path)
        self._lock = threading.Lock()
        self._known: dict[str, float] = {}

    def __getitem__(self, character: str) -> float:
        known = self._known.get(character)
        if known is None:
            with self._lock:
                known = self._known[character] = self._read(character)
        return known

    def _read(self, character: str) -> float:
        code = ord(character)
        if not self._font.get_char_index(code):
            return 1.2  # another font will draw it: emoji and CJK are about this wide
        self._font.set_size(_UNITS, 72)
        glyph = self._font.load_char(code, flags=LoadFlags.NO_HINTING)
        return glyph.linearHoriAdvance / 65536 / _UNITS


_REGULAR, _BOLD = _Advances("normal"), _Advances("bold")


class Box(NamedTuple):
    """A rectangle in canvas units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box", x: float = 0, y: float = 0) -> bool:
        """Whether the two are nearer than `x` across and `y` down."""
        return (
            self.left < other.right + x
            and other.left < self.right + x
            and self.top < other.bottom + y
            and other.top < self.bottom + y
        )


def clean(text: str) -> str:
    """User text as it may stand in XML, on one line: control characters become a blank.

    Signs that turn the writing direction go too: they would turn the labels beside them.
    """
    text = str(text)
    if not text.isascii() or not text.isprintable():
        text = _FORMAT.sub("", _CONTROL.sub(" ", text))
    return text.strip()


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of `text` in canvas units at `size`."""
    return size * sum(map((_BOLD if bold else _REGULAR).__getitem__, text))


def text_box(x: float, y: float, text: str, size: float, bold: bool, anchor: str) -> Box:
    """The box of a text whose baseline is `y` and whose start, middle or end is `x`."""
    width = text_width(text, size, bold)
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    descent = DESCENT if _DEEP.search(text) else 0.02
    return Box(left, y - ASCENT * size, left + width, y + descent * size)


def fitted(text: str, room: float, size: float, bold: bool = False, letters: int = 0) -> str:
    """`text`, cut with an ellipsis to `room` units and, where given, to a number of letters."""
    text = clean(text)
    if letters and len(text) > letters:
        text = text[: letters - 1].rstrip() + "…"
    while text_width(text, size, bold) > room and len(text) > 2:
        text = text.rstrip("…")[:-1].rstrip() + "…"
    return text


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """`text` in lines no wider than `room`; a word that is wider is cut."""
    lines: list[str] = []
    for word in clean(text).split():
        word = fitted(word, room, size, bold)
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def free_of(box: Box, taken: Iterable[Box], x: float = 0, y: float = 0) -> bool:
    return not any(box.touches(other, x, y) for other in taken)
