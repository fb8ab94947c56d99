"""What a frame becomes once the hand rests: samples give way to means, estimates to what is exact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Rect
from convviz.core.specs import Chain, Shape, stage_shapes
from convviz.engine.average import Colouring, MeanColours, region
from convviz.engine.bands import Block, bands
from convviz.engine.checks import Check, nothing
from convviz.engine.compute import View
from convviz.engine.frames import (
    ENDS_AT_EXTREMES,
    Frame,
    MapFrame,
    MapOrder,
    WholeStatistics,
    input_planes,
)
from convviz.engine.render import Pixels, render
from convviz.engine.whole import (
    Extremes,
    ExtremesSoFar,
    Progress,
    no_progress,
    whole_extremes,
    whole_histogram,
)


@dataclass(frozen=True, eq=False)
class Rest:
    """How far a frame has come.

    Parameters
    ----------
    frame : Frame
        What is on screen.
    extremes : Extremes or None
        What is known of the whole of the measured result.
    done : float
        How much of all the work on the frame is done, 0 to 1.
    """

    frame: Frame
    extremes: Extremes | None = None
    done: float = 0.0


def is_exact(frame: Frame) -> bool:
    """Return whether no statistics are wanted, or they are those of the whole result."""
    return frame.statistics is None or frame.statistics.exact


def is_averaged(frame: Frame) -> bool:
    """Return whether no pixel of a computed map is one cell's that should be the mean of many."""
    return not _sampled(frame)


def _sampled(frame: Frame) -> list[MapOrder]:
    """Return the orders of maps whose pixels are samples."""
    orders = []
    for order in frame.request.maps:
        found = frame.maps.get(order.key)
        if order.stage and found is not None and not found.averaged and _is_reduced(order.view):
            orders.append(order)
    return orders


def _is_reduced(view: View) -> bool:
    return max(view.rows.step, view.columns.step) > 1 and min(view.rows.count, view.columns.count) > 0


def merged(frame: Frame, rested: Frame) -> Frame:
    """Return ``frame`` with what ``rested`` has for the same: mean colours, and exact statistics.

    Parameters
    ----------
    frame : Frame
        As drawn.
    rested : Frame
        From :func:`average` or :func:`measure`, for the same picture and planes; they may be looked at
        elsewhere, or computed otherwise.
    """
    before = {order.key: order for order in rested.request.maps}
    maps = dict(frame.maps)
    for order in frame.request.maps:
        old, new = rested.maps.get(order.key), maps.get(order.key)
        if old is None or new is None or not old.averaged or order != before.get(order.key):
            continue
        if (old.low, old.high) == (new.low, new.high):
            maps[order.key] = old
    exact = is_exact(rested) and frame.request.measured == rested.request.measured
    return replace(frame, maps=maps, statistics=rested.statistics if exact else frame.statistics)


class _Group:
    """Maps of one stage that are looked at and coloured alike."""

    def __init__(self, orders: list[MapOrder], colouring: Colouring, shape: Shape) -> None:
        self.stage = orders[0].stage
        self._keys = [order.key for order in orders]
        channels = [order.channels[0] for order in orders]
        # Picking makes copies, and all of them are nearly always on screen.
        self._channels = None if channels == list(range(shape[0])) else channels
        self._means = MeanColours(len(orders), orders[0].view, shape[1:], colouring)

    @property
    def region(self) -> Rect:
        """The cells that are looked at."""
        return self._means.region

    def add(self, block: Block) -> None:
        """Take in more cells."""
        values = block.values if self._channels is None else block.values[self._channels]
        self._means.add(block.top, block.left, values)

    def pixels(self) -> dict[str, Pixels]:
        """Return the pixels by the keys of the maps."""
        return dict(zip(self._keys, self._means.pixels(), strict=True))


def _groups(frame: Frame, orders: Iterable[MapOrder], shapes: tuple[Shape, ...]) -> list[_Group]:
    alike: dict[tuple[int, View, Colouring], list[MapOrder]] = {}
    for order in orders:
        shown = frame.maps[order.key]
        colouring = Colouring(order.display, shown.low, shown.high)
        alike.setdefault((order.stage, order.view, colouring), []).append(order)
    return [_Group(found, key[2], shapes[key[0]]) for key, found in alike.items()]


def _hull(parts: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle that holds ``parts``."""
    found = list(parts)
    top, left = min(p.top for p in found), min(p.left for p in found)
    bottom, right = max(p.top + p.height for p in found), max(p.left + p.width for p in found)
    return Rect(top, left, bottom - top, right - left)


# What overflows is told in a sentence.
@np.errstate(over="ignore", invalid="ignore")
def average(rest: Rest, *, check: Check = nothing, progress: Progress = no_progress) -> Rest:
    """Return the frame with computed maps that show the mean colours of all cells in view.

    Every stage in view is computed once, in bands. When all of the measured result is in view, its extremes
    are found on the way.

    Parameters
    ----------
    rest : Rest
        The frame as drawn.
    check : callable
        Called every few dozen milliseconds; may raise to stop.
    progress : callable
        Gets the share of all the work on the frame that is done, 0 to 1.

    Raises
    ------
    Problem
        If a value is too large for ``float32``.
    """
    frame, orders = rest.frame, _sampled(rest.frame)
    chains: dict[Chain, list[MapOrder]] = {}
    for order in orders:
        chains.setdefault(order.chain, []).append(order)
    watch = ExtremesSoFar() if rest.extremes is None and _sees_result(frame, orders) else None
    known = rest.extremes is not None or watch is not None
    passes = len(chains) + (0 if is_exact(frame) else 1 if known else 2)
    pixels: dict[str, Pixels] = {}
    for number, (chain, of_chain) in enumerate(chains.items()):
        seen = watch if chain == frame.request.measured else None
        told = partial(_tell, progress, number / passes, 1 / passes)
        pixels |= _look_through(frame, chain, of_chain, seen, check, told)
    extremes = watch.found() if watch is not None else rest.extremes
    done = len(chains) / passes if passes else 1.0
    return Rest(_with_means(frame, pixels), extremes, done)


def _tell(progress: Progress, begin: float, length: float, share: float) -> None:
    progress(begin + length * share)


def _sees_result(frame: Frame, orders: list[MapOrder]) -> bool:
    """Whether the whole of a measured result that is only estimated is in view of ``orders``."""
    measured = frame.request.measured
    if measured is None or is_exact(frame):
        return False
    _, height, width = _shapes(frame, measured)[-1]
    return any(
        order.chain == measured
        and order.stage == len(measured)
        and region(order.view, height, width) == Rect(0, 0, height, width)
        for order in orders
    )


def _shapes(frame: Frame, chain: Chain) -> tuple[Shape, ...]:
    channels, height, width = input_planes(frame.request.picture, frame.request.mode).shape
    return stage_shapes(chain, (channels, height, width))


def _look_through(
    frame: Frame,
    chain: Chain,
    orders: list[MapOrder],
    watch: ExtremesSoFar | None,
    check: Check,
    progress: Progress,
) -> dict[str, Pixels]:
    """Return the mean colours of ``orders``; ``watch`` sees the result of the whole chain."""
    groups = _groups(frame, orders, _shapes(frame, chain))
    stages = {group.stage for group in groups}
    regions = {stage: _hull(g.region for g in groups if g.stage == stage) for stage in stages}
    planes = input_planes(frame.request.picture, frame.request.mode)
    for band in bands(planes, chain, regions, check=check):
        for block in band.blocks:
            for group in groups:
                if group.stage == block.stage:
                    group.add(block)
            if watch is not None and block.stage == len(chain):
                watch.add(block.values)
        progress(band.share)
    return {key: pixels for group in groups for key, pixels in group.pixels().items()}


def _with_means(frame: Frame, pixels: Mapping[str, Pixels]) -> Frame:
    maps = {
        key: replace(shown, pixels=pixels[key], averaged=True) if key in pixels else shown
        for key, shown in frame.maps.items()
    }
    return replace(frame, maps=maps)


@np.errstate(over="ignore", invalid="ignore")
def measure(rest: Rest, *, check: Check = nothing, progress: Progress = no_progress) -> Frame:
    """Return the frame with the exact statistics of its result.

    Colours that end at the smallest and the largest value end there now; all others stay as they are.

    Parameters
    ----------
    rest : Rest
        What :func:`average` returned; its frame has estimated statistics.
    check, progress
        As for :func:`average`.

    Raises
    ------
    Problem
        If a value is too large for ``float32``.
    """
    frame, request = rest.frame, rest.frame.request
    sample, chain = frame.statistics, request.measured
    if sample is None or chain is None:
        raise ValueError("nothing is measured")
    planes, extremes, done = input_planes(request.picture, request.mode), rest.extremes, rest.done
    if extremes is None:
        half = (1 - done) / 2
        told = partial(_tell, progress, done, half)
        extremes = whole_extremes(planes, chain, check=check, progress=told)
        done += half
    recoloured = _recoloured(frame, chain, extremes)
    orders = [order for order in _sampled(recoloured) if order.chain[: order.stage] == chain]
    groups = _groups(recoloured, orders, _shapes(frame, chain))

    def add(top: int, values: NDArray[np.float32]) -> None:
        for group in groups:
            group.add(Block(len(chain), top, 0, values))

    told = partial(_tell, progress, done, 1 - done)
    exact = whole_histogram(planes, chain, extremes, check=check, progress=told, watch=add)
    pixels = {key: shown for group in groups for key, shown in group.pixels().items()}
    found = _with_means(recoloured, pixels)
    return replace(found, statistics=WholeStatistics.after(sample, exact))


def _recoloured(frame: Frame, chain: Chain, extremes: Extremes) -> Frame:
    """Return ``frame`` with the samples of its result's maps in the colours of all its values."""
    maps = dict(frame.maps)
    for order in frame.request.maps:
        shown = maps.get(order.key)
        if shown is None or order.display not in ENDS_AT_EXTREMES or order.chain[: order.stage] != chain:
            continue
        low, high = extremes.minimum, extremes.maximum
        if order.stage and (low, high) != (shown.low, shown.high):
            pixels = render(shown.values[0], order.display, low, high)
            maps[order.key] = MapFrame(shown.view, shown.values, pixels, low, high)
    return replace(frame, maps=maps)
