"""What the pointer shows: the cell taken apart, and the outlines that say what feeds it. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import product

import numpy as np

from convviz.core.arithmetic import (
    ActivationCell,
    Cell,
    ConvolutionCell,
    Explainer,
    MagnitudeCell,
    PoolingCell,
    Read,
    reader,
)
from convviz.core.channels import ChannelMode, planes
from convviz.core.geometry import Rect, fed_rect, receptive_field, taps
from convviz.core.specs import Chain, ConvSpec, Op, Pair
from convviz.ui.arrangement import Column, ColumnKind, MapPlace
from convviz.ui.state import State


class Outline(StrEnum):
    """How cells are marked; the pane decides what that looks like."""

    FOCUS = "focus"
    TAP = "tap"
    WINNER = "winner"
    SOFT = "soft"


# What an input cell does not feed, and what no map is computed from.
_UNFED = (ColumnKind.INPUT, ColumnKind.KERNEL)
_NO_SOURCES = (ColumnKind.PARTIAL, ColumnKind.KERNEL)


@dataclass(frozen=True)
class Marked:
    """Cells to outline in one map.

    Parameters
    ----------
    cells : Rect
        Which.
    outline : Outline
        How.
    tells : bool
        Whether it tells the value: it singles out the number that pooling keeps.
    """

    cells: Rect
    outline: Outline
    tells: bool = False


@dataclass(frozen=True)
class Explanation:
    """A cell taken apart, and what to outline in which map.

    Parameters
    ----------
    key : str
        Map the cell is in.
    cell : (int, int)
        Row and column.
    value : float
        Its exact value.
    parts : Cell or None
        The arithmetic; None for a cell of the input.
    marks : mapping of str to list of Marked
        Outlines by map.
    fed : Rect or None
        For a cell of the input: the cells of the last maps that it reaches.
    """

    key: str
    cell: Pair
    value: float
    parts: Cell | None
    marks: Mapping[str, list[Marked]] = field(default_factory=dict)
    fed: Rect | None = None


def pixel_reader(state: State) -> Read:
    """Return a reader of single input values under the state's channel mode, whatever the picture's size."""
    values, mode = state.picture.values, state.channel_mode
    if mode is ChannelMode.GREY:
        # Grey is made of all channels, and only where it is asked for.
        return lambda channel, rows, columns: np.asarray(
            planes(values[np.ix_(rows, columns)], mode)[channel], np.float64
        )
    return lambda channel, rows, columns: reader(planes(values, mode))(channel, rows, columns)


class Pointer:
    """Explains the cells of one arrangement of maps.

    Parameters
    ----------
    state : State
        What is shown; its chain fits its picture.
    columns : tuple of Column
        Its maps, with every stage or only the input and the result.
    """

    def __init__(self, state: State, columns: tuple[Column, ...]) -> None:
        self._state = state
        self.columns = columns
        self._places = {m.key: m for c in columns for m in c.maps}
        self._kinds = {m.key: c.kind for c in columns for m in c.maps}

    # Not before a cell is pointed at: every edit has a pointer of its own.
    @cached_property
    def _main(self) -> Explainer:
        return Explainer(pixel_reader(self._state), self._state.input_shape, self._state.chain())

    @cached_property
    def _partial(self) -> Explainer | None:
        partial = self._state.partial_sums()
        if partial is None:
            return None
        return Explainer(pixel_reader(self._state), self._state.input_shape, (partial,))

    @property
    def chain(self) -> Chain:
        """Operations from the input to the last maps."""
        return self._state.chain()

    def explain(self, key: str, cell: Pair) -> Explanation:
        """Take apart ``cell`` of map ``key``.

        Raises
        ------
        KeyError
            If there is no such map.
        IndexError
            If there is no such cell.
        """
        place, kind = self._places[key], self._kinds[key]
        marks: dict[str, list[Marked]] = {key: [Marked(Rect(*cell), Outline.FOCUS)]}
        if kind is ColumnKind.INPUT:
            return self._explain_input(place, cell, marks)
        explainer = self._partial if kind is ColumnKind.PARTIAL else self._main
        assert explainer is not None
        parts = explainer.explain(place.stage, place.channel, cell)
        self._mark_sources(place, kind, cell, parts, marks)
        return Explanation(key, cell, parts.total, parts, marks)

    def _explain_input(self, place: MapPlace, cell: Pair, marks: dict[str, list[Marked]]) -> Explanation:
        value = self._main.value(0, place.channel, cell)
        sizes = self._state.input_shape[1:]
        fed = None
        # The maps of a stage are fed alike; a wide picture has thousands of positions to look through.
        reached: dict[tuple[ColumnKind, int], Rect | None] = {}
        for key, other in self._places.items():
            kind = self._kinds[key]
            if kind in _UNFED or not self._reads(other, place.channel):
                continue
            if (kind, other.stage) not in reached:
                reached[kind, other.stage] = fed_rect(other.chain[: other.stage], sizes, cell)
            rect = reached[kind, other.stage]
            if rect is not None:
                marks[key] = [Marked(rect, Outline.SOFT)]
                fed = rect
        return Explanation(place.key, cell, value, None, marks, fed)

    def _reads(self, other: MapPlace, channel: int) -> bool:
        """Return whether map ``other`` reads input ``channel``: not if each channel stands alone."""
        alone = self._state.channel_mode is ChannelMode.EACH or self._kinds[other.key] is ColumnKind.PARTIAL
        combined = self._kinds[other.key] in (ColumnKind.MIX, ColumnKind.MAGNITUDE)
        return combined or not alone or other.channel == channel

    def _mark_sources(
        self, place: MapPlace, kind: ColumnKind, cell: Pair, parts: Cell, marks: dict[str, list[Marked]]
    ) -> None:
        window = _window(place.chain[place.stage - 1], cell, parts)
        for source in self._sources(place, parts):
            marks.setdefault(source.key, []).extend(window)
        if kind is ColumnKind.CONVOLUTION:
            for key in self._places:
                if self._kinds[key] is ColumnKind.PARTIAL and place.channel == self._state.selected:
                    marks[key] = [Marked(Rect(*cell), Outline.FOCUS)]
        if place.stage > 1:
            self._mark_field(place, cell, parts, marks)

    def _sources(self, place: MapPlace, parts: Cell) -> list[MapPlace]:
        """Return the maps on screen that the cell is computed from directly."""
        channels = {place.channel}
        if not isinstance(parts, ActivationCell):
            channels = {term.channel for term in parts.terms[:: _per_map(parts) or 1]}
        return [
            other
            for key, other in self._places.items()
            if other.stage == place.stage - 1
            and self._kinds[key] not in _NO_SOURCES
            and other.channel in channels
        ]

    def _mark_field(self, place: MapPlace, cell: Pair, parts: Cell, marks: dict[str, list[Marked]]) -> None:
        """Outline in the input all that reaches the cell, and what feeds a pooling window's winner."""
        inputs = [k for k in self._places if self._kinds[k] is ColumnKind.INPUT]
        field_ = receptive_field(place.chain[: place.stage], cell)
        winner = next((t for t in parts.terms if t.wins), None) if isinstance(parts, PoolingCell) else None
        for key in inputs:
            if not self._reads(place, self._places[key].channel) or key in marks:
                continue
            marks[key] = [Marked(field_, Outline.SOFT)]
            if winner is not None:
                fed = receptive_field(place.chain[: place.stage - 1], winner.position)
                marks[key].append(Marked(fed, Outline.FOCUS, tells=True))


def _per_map(parts: ConvolutionCell | PoolingCell | MagnitudeCell) -> int:
    """Return how many terms lie in the first map; those in the others lie in the same cells."""
    if isinstance(parts, PoolingCell):
        return len(parts.terms)
    maps = len(parts.partial_sums) if isinstance(parts, ConvolutionCell) else len(parts.terms)
    return len(parts.terms) // maps


def _window(op: Op, cell: Pair, parts: Cell) -> list[Marked]:
    """Return the outlines, in every map that ``cell`` is computed from, of what it reads there."""
    if isinstance(parts, ActivationCell):
        return [Marked(Rect(*cell), Outline.FOCUS)]
    if isinstance(op, ConvSpec) and op.dilation != (1, 1):
        rows, columns = (taps(op, cell[axis], axis).tolist() for axis in (0, 1))
        return [Marked(Rect(y, x), Outline.TAP) for y, x in product(rows, columns)]
    # Row by row: there may be a thousand.
    (top, left), (bottom, right) = parts.terms[0].position, parts.terms[_per_map(parts) - 1].position
    out = [Marked(Rect(top, left, bottom - top + 1, right - left + 1), Outline.TAP)]
    if isinstance(parts, PoolingCell):
        out += [Marked(Rect(*t.position), Outline.WINNER, tells=True) for t in parts.terms if t.wins]
    return out
