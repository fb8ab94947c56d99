"""Receptive fields along one axis, from layer to layer.

Araujo, Norris & Sim, "Computing receptive fields of convolutional neural networks" (Distill, 2019), extended
by paddings that shift, by branches that meet and by poolings that see everything. Where a field cannot be
told exactly it is told too large, never too small: what lies outside does not matter to the unit.
"""

from collections.abc import Iterable

from convviz.nets.records import Field


def entire(length: int) -> Field:
    """Return the field of cells that each see all of ``length`` cells of input."""
    return Field(0, length - 1, 1, whole=True)


def through_window(seen: Field, kernel: int, stride: int = 1, before: int = 0, dilation: int = 1) -> Field:
    """Return the field behind a sliding window.

    Parameters
    ----------
    seen : Field
        Of the cells that the window reads.
    kernel, stride, dilation : int
        Of the window.
    before : int
        Cells of padding in front of the first.
    """
    if seen.whole:
        return seen
    reach = dilation * (kernel - 1) - before
    return Field(seen.first - seen.jump * before, seen.last + seen.jump * reach, seen.jump * stride)


def shifted(seen: Field, cells: int) -> Field:
    """Return the field of a map whose cell 0 is the former cell ``cells``: a crop; a padding if negative."""
    return through_window(seen, 1, 1, -cells)


def mirrored(seen: Field, before: int, after: int) -> Field:
    """Return the field behind a padding that repeats or mirrors cells from within.

    Row −m of the padding shows row m, which lies 2m further in than where it stands.
    """
    if seen.whole:
        return seen
    return Field(seen.first - seen.jump * (before + 2 * after), seen.last + seen.jump * before, seen.jump)


def through_adaptive(seen: Field, length: int, cells: int, limit: int) -> Field:
    """Return the field behind a pooling of ``length`` cells to ``cells``, as torch's adaptive poolings do.

    Cell i reads the cells from ⌊i·length / cells⌋ to ⌈(i + 1)·length / cells⌉ − 1.

    Parameters
    ----------
    seen : Field
        Of the cells that are pooled.
    length, cells : int
        How many there are before and behind.
    limit : int
        Cells of the network's input.
    """
    if cells == 1:
        return over_all(seen, length, limit)
    if seen.whole:
        return seen
    step = max(1, length // cells)
    firsts = [i * length // cells - i * step for i in range(cells)]
    lasts = [-(-(i + 1) * length // cells) - 1 - i * step for i in range(cells)]
    return Field(seen.first + seen.jump * min(firsts), seen.last + seen.jump * max(lasts), seen.jump * step)


def enlarged(seen: Field, factor: int, reach: int, limit: int) -> Field:
    """Return the field behind an enlargement by ``factor`` that reads ``reach`` cells to either side."""
    if seen.whole:
        return seen
    if seen.jump % factor:
        return entire(limit)
    jump = seen.jump // factor
    slack = seen.jump - jump
    return Field(seen.first - slack - reach * seen.jump, seen.last + reach * seen.jump, jump)


def over_all(seen: Field, cells: int, limit: int) -> Field:
    """Return the field of one value that sees all ``cells`` of a map, cut to the network's input."""
    first, last = seen.of(0)[0], seen.of(max(0, cells - 1))[1]
    first, last = max(0, first), min(limit - 1, last)
    if first > last:
        return entire(limit)
    return Field(first, last, 1, whole=True)


def union(branches: Iterable[tuple[Field, int]], limit: int) -> Field:
    """Return the field of maps computed cell by cell from several.

    Parameters
    ----------
    branches : iterable of (Field, int)
        Field and number of cells of each; one cell stands for all, as in broadcasting.
    limit : int
        Cells of the network's input.
    """
    given = list(branches)
    most = max(cells for _, cells in given)
    alike = len({field.jump for field, _ in given}) == 1
    if alike and all(not field.whole and cells == most for field, cells in given):
        return Field(
            min(field.first for field, _ in given), max(field.last for field, _ in given), given[0][0].jump
        )
    parts = [over_all(field, cells, limit) for field, cells in given]
    return Field(min(part.first for part in parts), max(part.last for part in parts), 1, whole=True)
