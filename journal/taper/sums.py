"""Which amounts some products make, and of how few pieces: the arithmetic under ``preparation``, in whole numbers.

All amounts are multiples of one unit, ``1 / scale`` mg of tablets. What can be made is any number of tablets and
capsules and their permitted parts, and at most one of the measured products on top. A *count* is a number of
the smallest portions of a product: quarters of a tablet that may be quartered, marks, drops, beads.
"""

from bisect import bisect_left, bisect_right
from fractions import Fraction
from functools import cached_property, lru_cache
from heapq import heapify, heappop, heappush, nsmallest
from math import floor, lcm

from journal.catalogue.products import Form, Product
from journal.taper.products import ProductError, is_measured, portion_mg, portions_in_one
from journal.taper.words import mg_words

MOST_SUMS = 40_000
"""So many sums of tablets, times products, are held at most: some hundredths of a second, some megabytes."""

PARTS = {1: (0,), 2: (0, 1), 4: (0, 1, 1, 2)}
"""In how many pieces 0, 1, 2, 3 portions of a tablet lie on the hand: three quarters are a half and a quarter."""

FAR = 10**12


def pieces_of(product: Product, count: int) -> int:
    """In how few pieces ``count`` portions come: a measured liquid is one, each drop and each bead too."""
    if product.form is Form.LIQUID:
        return min(count, 1)
    in_one = portions_in_one(product)
    return count // in_one + PARTS[in_one][count % in_one]


def sums_for(products: tuple[Product, ...], dose: Fraction) -> "Sums":
    """What ``products`` make up to ``dose`` and the first amount above it. Raises ProductError where that is too much.

    Rounded up to a power of two of the smallest piece, so that the doses of one plan share it.
    """
    pieces = [portion_mg(product) for product in products if not is_measured(product)]
    if not pieces:
        return _sums(products, 0)
    needed = floor(dose / min(pieces)) + 1
    try:
        if needed * len(products) > MOST_SUMS:
            raise OverflowError
        return _sums(products, 1 << (needed - 1).bit_length())
    except OverflowError:
        raise ProductError(
            f"A dose of {mg_words(dose)} cannot be worked out with these products: they make too many amounts."
        ) from None


@lru_cache(maxsize=16)
def _sums(products: tuple[Product, ...], pieces: int) -> "Sums":
    return Sums(products, pieces)


class Sums:
    """What ``products`` make; sums of tablets up to ``pieces`` of the smallest piece. Never changed once made."""

    def __init__(self, products: tuple[Product, ...], pieces: int):
        self.products = products
        exact = [portion_mg(product) for product in products]
        self.scale = lcm(*(mg.denominator for mg in exact))
        self.steps = [int(mg * self.scale) for mg in exact]
        self.solid = [place for place, product in enumerate(products) if not is_measured(product)]
        most = pieces * min((self.steps[place] for place in self.solid), default=0)
        # The fewest pieces to each sum, of the tablets from the nth on: the last entry is "no tablet at all".
        self.fewest = [{0: 0}]
        for place in reversed(self.solid):
            self.fewest.insert(0, self._with(self.fewest[0], place, most))
        self.ordered = sorted(self.fewest[0])

    def _with(self, fewest: dict[int, int], place: int, most: int) -> dict[int, int]:
        """``fewest`` when the tablet at ``place`` may be taken too: its parts first, then any number of wholes."""
        step, in_one = self.steps[place], portions_in_one(self.products[place])
        reached = dict(fewest)
        for portions, pieces in enumerate(PARTS[in_one]):
            for total, before in fewest.items():
                if total + portions * step <= most and before + pieces < reached.get(total + portions * step, FAR):
                    reached[total + portions * step] = before + pieces
        whole = step * in_one
        for start in list(reached):
            total, pieces = start + whole, reached[start] + 1
            while total <= most and pieces < reached.get(total, FAR):
                reached[total] = pieces
                total, pieces = total + whole, pieces + 1
            if len(reached) * len(self.products) > MOST_SUMS:
                raise OverflowError
        return reached

    @cached_property
    def topped(self) -> dict[int, "Topped"]:
        """The sums with a measured product on top, by the place of that product."""
        measured = [place for place in range(len(self.products)) if place not in self.solid]
        return {place: Topped(self.ordered, self.steps[place]) for place in measured}

    def below(self, most: int) -> int:
        """The largest amount that can be made and is not above ``most``, which is not below 0; 0 is nothing at all."""
        sums = [self.ordered[bisect_right(self.ordered, most) - 1]]
        return max(sums + [topped.below(most) for topped in self.topped.values()])

    def above(self, least: int) -> int | None:
        """The smallest amount that can be made and is not below ``least``; None without products."""
        place = bisect_left(self.ordered, least)
        sums = [topped.above(least) for topped in self.topped.values()]
        return min(sums + self.ordered[place : place + 1], default=None)

    def counts(self, total: int, number: int) -> list[tuple[int, ...]]:
        """The ``number`` best ways to ``total``, a count for each product: of fewest pieces, then most of the first.

        A search from the best: an entry is (fewest pieces that it can end in, counts so far, tablets still to take,
        place and count of what is measured). Counts are held negative, so that more of an earlier product is less.
        """
        heap = self._starts(total, number)
        found = []
        while heap and len(found) < number:
            pieces, counts, rest, place, measured = heappop(heap)
            if len(counts) == len(self.products):
                found.append(tuple(-count for count in counts))
            elif len(counts) in self.topped:
                taken = measured if len(counts) == place else 0
                heappush(heap, (pieces, (*counts, -taken), rest, place, measured))
            else:
                for more, count, left in self._choices(len(counts), rest):
                    heappush(heap, (pieces + more, (*counts, -count), left, place, measured))
        return found

    def _starts(self, total: int, number: int) -> list[tuple]:
        """Where the search begins: each sum of tablets that ``total`` can be topped up from, the poorest left out."""
        starts = [(self.fewest[0][total], (), total, -1, 0)] if total in self.fewest[0] else []
        for place, topped in self.topped.items():
            for rest, measured in topped.splits(total):
                pieces = self.fewest[0][rest] + pieces_of(self.products[place], measured)
                starts.append((pieces, (), rest, place, measured))
        if len(starts) > number:
            worst = nsmallest(number, (start[0] for start in starts))[-1]
            starts = [start for start in starts if start[0] <= worst]
        heapify(starts)
        return starts

    def _choices(self, place: int, rest: int):
        """How much of the tablet at ``place``: (pieces more than the fewest for ``rest``, count, what is left)."""
        nth = self.solid.index(place)
        step, after = self.steps[place], self.fewest[nth + 1]
        last = nth + 1 == len(self.solid)
        for count in (rest // step,) if last else range(rest // step + 1):
            left = rest - count * step
            if left in after:
                pieces = pieces_of(self.products[place], count) + after[left]
                yield pieces - self.fewest[nth][rest], count, left


class Topped:
    """Sums of tablets with any number of steps of a measured product on top.

    What is reached from a sum depends on what it leaves when divided by the step: sums are kept by that.
    """

    def __init__(self, ordered: list[int], step: int):
        self.step = step
        self.sums: dict[int, list[int]] = {}
        for total in ordered:
            self.sums.setdefault(total % step, []).append(total)
        self.leaves = sorted(self.sums)

    def below(self, most: int) -> int:
        """The largest amount that is not above ``most``: found at 0 tablets at the latest."""
        place = bisect_right(self.leaves, most % self.step) - 1
        for back in range(len(self.leaves)):
            leaves = self.leaves[place - back]
            total = most - (most - leaves) % self.step
            if self.sums[leaves][0] <= total:
                return total
        raise AssertionError("no tablets at all is a sum")

    def above(self, least: int) -> int:
        """The smallest amount that is not below ``least``."""
        place = bisect_left(self.leaves, least % self.step)
        for on in range(len(self.leaves)):
            leaves = self.leaves[(place + on) % len(self.leaves)]
            total = least + (leaves - least) % self.step
            if self.sums[leaves][0] <= total:
                return total
        raise AssertionError("no tablets at all is a sum")

    def splits(self, total: int):
        """Each (sum of tablets, count of steps above 0) that makes ``total``."""
        for rest in self.sums.get(total % self.step, ()):
            if rest >= total:
                return
            yield rest, (total - rest) // self.step
