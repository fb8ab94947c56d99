"""What one look at the window needs: pixels and values of every map on screen, ready to be drawn."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode, planes
from convviz.core.geometry import wrap
from convviz.core.picture import Picture
from convviz.core.specs import Chain, ConvSpec
from convviz.engine import render
from convviz.engine.checks import Check, check_finite, nothing
from convviz.engine.compute import MapQuery, MapValues, Request, View, compute
from convviz.engine.recent import Recent
from convviz.engine.reduce import reduced
from convviz.engine.render import Display
from convviz.engine.shelf import live
from convviz.engine.statistics import Statistics, forget_samples, statistics

_MANY_VALUES = 4096
_SHARE = 0.99


@dataclass(frozen=True)
class MapOrder:
    """One map to be shown.

    Parameters
    ----------
    key : str
        Where it goes on screen.
    chain : tuple of operations
        Operations from the input planes on.
    stage : int
        How many of them the map has behind it; 0 for the input itself.
    channels : tuple of int
        One map, or the three neighbouring planes of a colour picture.
    view : View
        Which of its cells.
    display : Display
        How values become colours; input planes are shown over the picture's own range.
    tint : int or None
        Light only red, green or blue (0, 1, 2).
    border : ConvSpec or None
        For input planes: whose border is drawn around them.
    """

    key: str
    chain: Chain
    stage: int
    channels: tuple[int, ...]
    view: View
    display: Display = Display.LINEAR
    tint: int | None = None
    border: ConvSpec | None = None


@dataclass(frozen=True, eq=False)
class FrameRequest:
    """Everything on screen at one moment.

    Parameters
    ----------
    picture : Picture
        Where the input planes come from.
    mode : ChannelMode
        Which planes.
    maps : tuple of MapOrder
        What to show.
    measured : tuple of operations or None
        The chain whose result's statistics are wanted.
    """

    picture: Picture
    mode: ChannelMode
    maps: tuple[MapOrder, ...]
    measured: Chain | None = None


@dataclass(frozen=True, eq=False)
class MapFrame:
    """One map, ready to be drawn.

    Parameters
    ----------
    view : View
        Which cells.
    values : ndarray, shape (n, rows, columns), float32
        True values of the map (three planes for a colour picture).
    pixels : ndarray, shape (rows, columns), uint32
        0xFFRRGGBB.
    low, high : float
        Values at the ends of the colour scale.
    averaged : bool
        Whether every pixel of a computed map is the mean colour of all cells it stands for. At first it is
        the colour of the one that is sampled.
    """

    view: View
    values: NDArray[np.float32]
    pixels: NDArray[np.uint32]
    low: float
    high: float
    averaged: bool = False


@dataclass(frozen=True, eq=False)
class Frame:
    """What came out of a :class:`FrameRequest`."""

    request: FrameRequest
    maps: Mapping[str, MapFrame]
    statistics: Statistics | None
    seconds: float


@lru_cache(maxsize=2)
def input_planes(picture: Picture, mode: ChannelMode) -> NDArray[Any]:
    """Return the planes (C, H, W) of ``picture`` under ``mode``; kept, because grey costs a pass."""
    out = planes(picture.values, mode)
    out.flags.writeable = False
    return out


_measured: Recent[tuple[Picture, ChannelMode, Chain], Statistics] = Recent(32)


def result_statistics(
    picture: Picture, mode: ChannelMode, chain: Chain, check: Check = nothing
) -> Statistics:
    """Return the statistics of a chain's result; kept, because zooming and panning do not change them.

    Raises
    ------
    Problem
        If the chain does not fit the picture, or a value is too large for ``float32``.
    """
    return _measured.get(
        (picture, mode, chain), lambda: statistics(input_planes(picture, mode), chain, check=check)
    )


def remember_statistics(picture: Picture, mode: ChannelMode, chain: Chain, exact: Statistics) -> None:
    """Keep the exact statistics of a chain's result for the next frames, instead of estimates.

    Parameters
    ----------
    picture, mode, chain
        What was measured, as in the :class:`FrameRequest`; the picture is kept until :func:`forget`.
    exact : Statistics
        From :func:`convviz.engine.settle.measure` or :func:`convviz.engine.whole.whole_statistics`.
    """
    _measured.put((picture, mode, chain), exact)


def forget() -> None:
    """Let go of every picture and result that is kept for the next frame."""
    _measured.clear()
    live.forget()
    forget_samples()
    for kept in (input_planes, _input):
        kept.cache_clear()


def draw(request: FrameRequest, check: Check = nothing) -> Frame:
    """Compute and colour every map of ``request``.

    Raises
    ------
    SpecProblem
        If a chain does not fit the picture.
    Problem
        If a value is too large for ``float32``.
    """
    started = time.perf_counter()
    # What overflows is told in a sentence.
    with np.errstate(over="ignore", invalid="ignore"):
        maps = _maps(request, check)
        measured = None
        if request.measured is not None:
            measured = result_statistics(request.picture, request.mode, request.measured, check)
    return Frame(request, maps, measured, time.perf_counter() - started)


def _maps(request: FrameRequest, check: Check) -> dict[str, MapFrame]:
    values = _computed(request, input_planes(request.picture, request.mode), check)
    maps: dict[str, MapFrame] = {}
    for order in request.maps:
        check()
        if order.key in values:
            maps[order.key] = _map(request, order, values[order.key], check)
        else:
            maps[order.key] = _input(request.picture, request.mode, order)
    return maps


def _computed(request: FrameRequest, source: NDArray[Any], check: Check) -> dict[str, MapValues]:
    """Return the values of every map to be computed; one computation serves all maps of a chain."""
    queries: dict[Chain, list[MapQuery]] = {}
    for order in request.maps:
        if order.stage:
            query = MapQuery(order.key, order.stage, order.channels, order.view)
            queries.setdefault(order.chain, []).append(query)
    results = [compute(Request(source, chain, tuple(wanted)), check) for chain, wanted in queries.items()]
    return {found.key: found for result in results for found in result.maps}


def _map(request: FrameRequest, order: MapOrder, found: MapValues, check: Check) -> MapFrame:
    check_finite(found.values)
    scale = result_statistics(request.picture, request.mode, order.chain[: order.stage], check)
    low, high = colour_limits(scale, order.display)
    pixels = render.render(found.values[0], order.display, low, high)
    return MapFrame(order.view, found.values, pixels, low, high)


@dataclass(frozen=True, eq=False)
class WholeStatistics(Statistics):
    """The exact statistics of a result that had been sampled before.

    Parameters
    ----------
    bound : float
        Where the signed colours end: as for the sample. The few per mille that the exact end is away would
        only make all colours of a picture at rest jump.
    """

    bound: float

    @classmethod
    def after(cls, sample: Statistics, exact: Statistics) -> "WholeStatistics":
        """Return ``exact`` with the colours of ``sample``."""
        return cls(**vars(exact), bound=max(map(abs, colour_limits(sample, Display.SIGNED))))


ENDS_AT_EXTREMES = frozenset(Display) - {Display.SIGNED, Display.CLIP}
"""Displays whose colours end at the smallest and the largest value."""


def colour_limits(scale: Statistics, display: Display) -> tuple[float, float]:
    """Return the values at which the colours of a result end.

    The signed colours of a large map end where 99 % of its values do, in size: a few extreme values would
    otherwise leave the rest pale. The colour bar shows where that is. All others end at the extremes.
    """
    if display is not Display.SIGNED or scale.count < _MANY_VALUES:
        return scale.minimum, scale.maximum
    bound = scale.bound if isinstance(scale, WholeStatistics) else _common_size(scale)
    return -bound, bound


@lru_cache(maxsize=32)
def _common_size(scale: Statistics) -> float:
    """Return the size that 99 % of the values do not exceed."""
    middles = np.abs(scale.edges[:-1] + scale.edges[1:]) / 2
    order = np.argsort(middles)
    enough = int(np.searchsorted(np.cumsum(scale.histogram[order]), _SHARE * scale.count))
    # Never less than one step of the histogram, which is as fine as this can be known.
    return max(float(middles[order[min(enough, len(order) - 1)]]), float(scale.edges[1] - scale.edges[0]))


@lru_cache(maxsize=16)
def _input(picture: Picture, mode: ChannelMode, order: MapOrder) -> MapFrame:
    """Return input planes in view; kept, because an edit of the kernel leaves the input as it was."""
    if order.border is not None:
        values = _bordered(input_planes(picture, mode), order)
    else:
        values = _reduced_planes(input_planes(picture, mode), order.channels, order.view)
    low, high = picture.low, picture.high
    if len(order.channels) == 3:
        pixels = render.render_rgb(values, low, high)
    elif order.tint is not None:
        pixels = render.render_tinted(values[0], order.tint, low, high)
    else:
        pixels = render.render(values[0], order.display, low, high)
    return MapFrame(order.view, values, pixels, low, high)


def _reduced_planes(source: NDArray[Any], channels: tuple[int, ...], view: View) -> NDArray[np.float32]:
    # A slice, not a copy: the planes of a photograph are large.
    chosen = source[channels[0] : channels[0] + len(channels)]
    shown = reduced(chosen.transpose(1, 2, 0), view)
    return np.ascontiguousarray(shown.transpose(2, 0, 1), np.float32)


def _bordered(source: NDArray[Any], order: MapOrder) -> NDArray[np.float32]:
    """Return the planes with the border's values where the view reaches beyond them."""
    assert order.border is not None
    rows = wrap(order.view.rows.positions, source.shape[1], order.border.padding_mode)
    columns = wrap(order.view.columns.positions, source.shape[2], order.border.padding_mode)
    values = np.zeros((len(order.channels), len(rows), len(columns)), np.float32)
    for index, channel in enumerate(order.channels):
        inside = np.ix_(rows >= 0, columns >= 0)
        values[index][inside] = source[channel][np.ix_(rows[rows >= 0], columns[columns >= 0])]
    return values
