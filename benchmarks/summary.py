"""How long the clinician's PDF takes against the typst it is set with: python benchmarks/summary.py [documents]

As many different documents (300 unless said otherwise) as asked for, of two made-up people with 60 and 180 days on
record, in a database of its own in a temporary folder: other last days, readers and lengths. Measured is the
processor's time from a built Summary to its PDF, charts and the choice of what fits on its sheets included (``fitted``
and ``render_pdf``). Against it: typst alone on the very same documents, each set once and in a process of its own,
since typst keeps what it has set and would have nothing left to do; the median of the ratios counts, document by
document. The first document of each process is not counted.
Then what the process holds after 50 documents and after the last. Fails when a limit is missed.
"""

import atexit
import datetime as dt
import gc
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("DATABASE_URL", None)

import django
from django.conf import settings
from django.test.utils import get_runner

AGAINST_TYPST = 3
GROWS_MB = 60
EVERY = 5
EARLY = 50
PEOPLE = (60, 180)
BARE = "--bare"


def resident_mb() -> float:
    """What this process holds in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def summaries(count: int):
    """So many different summaries, built one after the other."""
    from django.contrib.auth import get_user_model

    from journal.catalogue.summary import Length, Reader
    from journal.demo.write import create_demo
    from journal.queries.period import Period
    from journal.summary.build import build
    from journal.summary.choices import Choices

    last = dt.date(2026, 6, 30)
    for days in PEOPLE:
        create_demo(f"days-{days}", "made up for this benchmark 1", days, 7, last)
    people = [(get_user_model().objects.get(username=f"days-{days}"), days) for days in PEOPLE]
    kinds = list(itertools.product(people, Reader, (Length.BRIEF, Length.FULL)))
    for number in range(count):
        (owner, days), reader, length = kinds[number % len(kinds)]
        until = last - dt.timedelta(number // len(kinds))
        yield build(owner, Period(last - dt.timedelta(days - 1), until), Choices(reader, length), until)


def ours(count: int, folder: Path) -> tuple[list[float], list[float]]:
    """Milliseconds of each document, and what is held after each; every fifth is kept in ``folder`` for typst alone."""
    from journal.summary.fitted import fitted
    from journal.summary.pdf import render_pdf

    took, held = [], []
    for number, summary in enumerate(summaries(count)):
        gc.collect()
        begun = time.process_time()
        made = fitted(summary, ["print"])
        render_pdf(made.data)
        took.append(1000 * (time.process_time() - begun))
        held.append(resident_mb())
        if number % EVERY == 0:
            (folder / f"{number:04}.json").write_text(json.dumps(made.data))
    return took, held


def bare(folder: Path) -> None:
    """Prints the milliseconds that typst alone takes for each document in ``folder``."""
    import typst

    from journal.summary import pdf

    fonts, _ = pdf._fonts(True)
    took = []
    for file in sorted(folder.iterdir()):
        page = json.loads(file.read_text())
        words = pdf.inputs(page)
        begun = time.process_time()
        typst.compile(
            {"main.typ": pdf.TEMPLATE.read_bytes()},
            sys_inputs=words,
            format="pdf",
            font_paths=fonts,
            pdf_standards=["ua-1"],
        )
        took.append(1000 * (time.process_time() - begun))
    print(json.dumps(took))


def main(count: int) -> int:
    """Prints times, ratio and memory; 1 where a limit is missed."""
    django.setup()
    atexit.register(shutil.rmtree, settings.DATA, ignore_errors=True)
    runner = get_runner(settings)(verbosity=0)
    databases = runner.setup_databases()
    try:
        with tempfile.TemporaryDirectory() as name:
            took, held = ours(count, Path(name))
            said = subprocess.run(
                [sys.executable, __file__, BARE, name], capture_output=True, text=True, check=True
            ).stdout
    finally:
        runner.teardown_databases(databases)
    alone = json.loads(said.splitlines()[-1])[1:]
    with_ours = took[EVERY::EVERY]
    ratios = [one / bare for one, bare in zip(with_ours, alone, strict=True)]
    ratio = statistics.median(ratios)
    early = held[min(EARLY, count) - 1]
    print(f"{count} documents, {len(alone)} of them by typst alone")
    print(f"{'fitted and rendered':24} {statistics.median(with_ours):8.1f} ms, slowest {max(took[1:]):.1f}")
    print(f"{'typst alone':24} {statistics.median(alone):8.1f} ms, slowest {max(alone):.1f}")
    print(f"{'ratio of the same':24} {ratio:8.2f}, at most {AGAINST_TYPST}; of any one {max(ratios):.1f}")
    print(f"{'held after ' + str(min(EARLY, count)):24} {early:8.0f} MB")
    print(f"{'held after ' + str(count):24} {held[-1]:8.0f} MB, at most {GROWS_MB} more")
    return int(ratio > AGAINST_TYPST or held[-1] - early > GROWS_MB)


if __name__ == "__main__":
    if sys.argv[1:2] == [BARE]:
        django.setup()
        bare(Path(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 300))
