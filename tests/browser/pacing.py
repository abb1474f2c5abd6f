"""How exact the pacer is: what stands on the page, watched from outside, against the time at which it is due."""

from dataclasses import dataclass

from journal.catalogue.guides import Timing

WATCH = """() => {
  // Written down when the word or the count changes: the moment of the change, and that after the next picture.
  window.pacing = { origin: performance.timeOrigin, start: null, changes: [] };
  document.addEventListener("practise", (event) => (window.pacing.start = event.detail.start));
  const place = document.querySelector("[data-word]");
  new MutationObserver(() => {
    const change = { word: place.textContent, at: performance.now(), seen: null };
    window.pacing.changes.push(change);
    requestAnimationFrame(() => {
      const port = new MessageChannel();
      port.port1.onmessage = () => (change.seen = performance.now());
      port.port2.postMessage("");
    });
  }).observe(place, { childList: true, characterData: true, subtree: true });
}"""


IN_TIME = 20  # milliseconds: what a timer may be late where nothing else runs
AROUND = 100  # milliseconds before and after a phase

BEAT = """() => {
  window.late = [];
  const beat = (due) => setTimeout(() => {
    const now = performance.now();
    window.late.push([performance.timeOrigin + now, now - due]);
    beat(now + 20);
  }, 20);
  beat(performance.now() + 20);
}"""


@dataclass(frozen=True)
class Pacing:
    """Errors in milliseconds of each phase that began on the page: of the text, and of the picture after it.

    ``due`` is when each was due, on the clock that all pages share.
    """

    words: list[str]
    text: list[float]
    picture: list[float]
    due: list[float]


def boundaries(timing: Timing) -> list[tuple[int, int, str]]:
    """Where each phase of the catalogue's timing begins: (milliseconds from the start, round from 1, kind)."""
    found, at = [], 0
    for number in range(1, timing.rounds + 1):
        for phase in timing.phases:
            if phase.ms:
                found.append((at, number, phase.kind))
            at += phase.ms
    return found


def watch(page) -> None:
    """Begin to watch a practice that has not begun yet."""
    page.evaluate(WATCH)


def measured(page, due: list[tuple[float, str]]) -> Pacing:
    """What was watched so far against ``due``: (milliseconds from the start, the word), as the catalogue has it."""
    found = page.evaluate("window.pacing")
    changes = [change for change in found["changes"] if change["word"] != "Ready" and change["seen"] is not None]
    changes = changes[: len(due)]
    text = [change["at"] - found["start"] - at for change, (at, _) in zip(changes, due, strict=False)]
    picture = [change["seen"] - found["start"] - at for change, (at, _) in zip(changes, due, strict=False)]
    on_all_pages = [found["origin"] + found["start"] + at for _, (at, _) in zip(changes, due, strict=False)]
    return Pacing([change["word"] for change in changes], text, picture, on_all_pages)


class Machine:
    """An empty page beside it, in a process of its own: how late its timers are is the machine's doing."""

    def __init__(self, browser):
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.page.evaluate(BEAT)

    def late(self) -> float:
        """The greatest lateness of any of its timers, in milliseconds."""
        return max(late for _, late in self.page.evaluate("window.late"))

    def calm(self, found: Pacing) -> list[float]:
        """The errors of the pictures of those phases round which this page's own timers were in time."""
        beats = [at for at, late in self.page.evaluate("window.late") if late > IN_TIME]
        spans = [(due - AROUND, due + error + AROUND) for due, error in zip(found.due, found.picture, strict=True)]
        return [
            error
            for error, (first, last) in zip(found.picture, spans, strict=True)
            if not any(first <= at <= last for at in beats)
        ]

    def close(self) -> None:
        """Let go of it."""
        self.context.close()
