"""Carrying out plans with numbers."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.specs import Activation, Chain, ConvSpec, PoolKind, PoolSpec
from convviz.engine.backend import Backend
from convviz.engine.checks import Check
from convviz.engine.columns import Fetch, correlate_columns, fetch_reads
from convviz.engine.elementwise import BORDER, activate, finish, in_rows, join, join_all, magnitude, slide
from convviz.engine.filters import Part
from convviz.engine.gather import Lookup, gather
from convviz.engine.maps import Maps
from convviz.engine.plan import (
    Combine,
    Convolve,
    Each,
    Interleave,
    Nothing,
    Plan,
    Pool,
    PoolTaps,
    Read,
    Slide,
    Tiles,
)
from convviz.engine.shelf import Guarded, Shelf
from convviz.engine.tiles import RestingTiles, spread

Values = NDArray[np.float32]

# What these activations make of the largest value is the largest of what they make of all.
_RISING = (Activation.NONE, Activation.RELU)


@dataclass(frozen=True, eq=False)
class Task:
    """Planes and operations that plans are carried out with.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        The input; not changed.
    chain : tuple of operations
        That the plans were made for, with any weights.
    backend : Backend
        Who multiplies and adds.
    check : callable
        Called every few dozen milliseconds; may raise to stop.
    shelf : Shelf or None
        Where what is laid out may stay.
    """

    planes: NDArray[Any]
    chain: Chain
    backend: Backend
    check: Check
    shelf: Shelf | None

    def values(self, plan: Plan) -> Values:
        """Return the values (maps, rows, columns) of ``plan``, in any memory order."""
        match plan:
            case Read():
                return gather(self.planes, plan.lookups)
            case Nothing():
                return np.zeros(plan.shape, np.float32)
            case Each():
                source = self._in_order(self.values(plan.source))
                # What is computed is nobody else's.
                out = source if _is_new(plan.source) else None
                return activate(source, self._activation(plan), out)
            case Combine():
                combined = magnitude(self.values(plan.source))
                return combined if plan.times == 1 else np.repeat(combined, plan.times, axis=0)
            case Convolve():
                (values,) = self._convolved(plan)
                return self._in_order(values)
            case Interleave():
                return self._interleaved(plan)
            case Pool():
                return self._pooled(plan)
            case PoolTaps():
                return self._pooled_taps(plan)

    def _in_order(self, values: Values) -> Values:
        """Return ``values`` in rows if they are for the screen, where they are looked at several times."""
        return values if self.shelf is None or in_rows(values) else np.ascontiguousarray(values)

    def _interleaved(self, plan: Interleave) -> Values:
        first = plan.sources[0]
        if isinstance(first, Convolve):
            maps = self._convolved(first)
        else:
            maps = [self.values(source) for source in plan.sources]
        out = np.empty(plan.shape, np.float32)
        for (rows, columns), values in zip(product(plan.rows, plan.columns), maps, strict=True):
            out[:, rows, columns] = values
        return out

    def _source(self, plan: Plan | None) -> NDArray[Any]:
        return self.planes if plan is None else self.values(plan)

    def _convolved(self, plan: Convolve, *, bias: bool = True) -> list[Values]:
        """Return the maps of every set of positions of ``plan``, newly made."""
        op = self._convolution(plan)
        source, resting = self._source(plan.source), plan.source is None
        found = [self._part(plan, part, part.weights(op), source, resting) for part in plan.parts]
        if len(found) == 1 and plan.parts[0].in_order:
            out = found[0]
        else:
            out = [np.empty((len(plan.filters), *maps.shape[1:]), np.float32) for maps in found[0]]
            for part, sets in zip(plan.parts, found, strict=True):
                for whole, values in zip(out, sets, strict=True):
                    whole[part.outputs] = values
        if bias:
            for values in out:
                _add_bias(values, op, plan)
        return out

    def _convolution(self, plan: Convolve) -> ConvSpec:
        op = self.chain[plan.stage - 1]
        assert isinstance(op, ConvSpec)
        return op

    def _part(
        self, plan: Convolve, part: Part, weights: Values, source: NDArray[Any], resting: bool
    ) -> list[Values]:
        """Return the maps of some filters, for every set of positions."""
        found: list[Values] = []
        for reading in plan.readings:
            if isinstance(reading, Tiles):
                found.extend(self._tiled(reading, part, weights, source, resting))
            else:
                found.append(self._slid(reading, part, weights, source, resting).natural())
        return found

    def _slid(self, slides: Slide, part: Part, weights: Values, source: NDArray[Any], resting: bool) -> Maps:
        height, width = weights.shape[2:]

        def rest() -> Guarded:
            lookups = Lookup(part.inputs), slides.rows, slides.columns
            block = gather(source, lookups, dtype=np.uint8 if source.dtype == np.uint8 else np.float32)
            laid = self.backend.rest(block, (height, width), slides.stride, slides.dilation)
            return Guarded(laid)

        if self.shelf is None or not resting:
            laid = rest()
        else:
            key = self.backend, part.inputs.tobytes(), slides.key
            laid = self.shelf.get(self.planes, key, rest)
        return laid.correlate(weights, part.groups, self.check)

    def _tiled(
        self, tiles: Tiles, part: Part, weights: Values, source: NDArray[Any], resting: bool
    ) -> list[Values]:
        (rows, lines), (columns, across) = tiles.rows.reads.shape, tiles.columns.reads.shape
        wide = spread(weights, tiles.rows, tiles.columns)

        def fetch() -> Fetch:
            return fetch_reads(source, part.inputs, tiles.rows.reads, tiles.columns.reads)

        if self.shelf is None or not resting:
            maps = correlate_columns(fetch(), wide, (rows, columns), part.groups, self.check)
        else:
            shape = len(part.inputs), lines, across, rows, columns
            bytes_ = self.backend.takes_bytes and source.dtype == np.uint8
            dtype = np.dtype(np.uint8 if bytes_ else np.float32)
            key = dtype, part.inputs.tobytes(), tiles.key
            laid = self.shelf.get(self.planes, key, lambda: RestingTiles(fetch(), shape, dtype))
            maps = laid.correlate(wide, part.groups, self.backend.multiply)
        places = len(tiles.rows.places) * len(tiles.columns.places)
        sets = maps.reshape(len(weights), places, rows, columns)
        return [sets[:, place] for place in range(places)]

    def _pooled(self, plan: Pool) -> Values:
        op = self._pooling(plan)
        source, convolution = plan.source, None
        activations: list[Activation] = []
        # A quarter of the values, as good as before: none of it changes which is the largest.
        while isinstance(source, Each) and self._late(op, self._activation(source)):
            activations.insert(0, self._activation(source))
            source = source.source
        if isinstance(source, Convolve) and op.kind is not PoolKind.AVG:
            maps, convolution = self._slid_alone(source), source
            pooled = _in_strips(op, maps, plan)
            if pooled is None:
                pooled = _windows(op, maps.natural(), plan)
        else:
            pooled = _windows(op, self._source(source), plan)
        return self._afterwards(self._in_order(pooled), convolution, activations)

    def _slid_alone(self, plan: Convolve) -> Maps:
        """Return the maps of one set of positions without bias, in strips if they come so."""
        part, reading = plan.parts[0], plan.readings[0]
        if len(plan.parts) > 1 or not part.in_order or isinstance(reading, Tiles):
            (values,) = self._convolved(plan, bias=False)
            return Maps.of(values)
        weights = part.weights(self._convolution(plan))
        return self._slid(reading, part, weights, self._source(plan.source), plan.source is None)

    def _pooled_taps(self, plan: PoolTaps) -> Values:
        op, convolution = self._pooling(plan), plan.convolution
        activations = [a for a in self.chain[convolution.stage : plan.stage - 1] if isinstance(a, Activation)]
        late = op.kind is not PoolKind.AVG and all(self._late(op, each) for each in activations)
        taps = self._convolved(convolution, bias=not late)
        if late:
            return self._afterwards(join_all(op.kind, taps), convolution, activations)
        for activation in activations:
            taps = [activate(tap, activation, tap) for tap in taps]
        return finish(op.kind, join_all(op.kind, taps), op.size)

    def _late(self, op: PoolSpec, activation: Activation) -> bool:
        """Return whether an activation may as well follow the pooling ``op``."""
        return op.kind is not PoolKind.AVG and activation in _RISING

    def _afterwards(self, values: Values, biased: Convolve | None, activations: list[Activation]) -> Values:
        if biased is not None:
            _add_bias(values, self._convolution(biased), biased)
        for activation in activations:
            values = activate(values, activation, values)
        return values

    def _activation(self, plan: Each) -> Activation:
        op = self.chain[plan.stage - 1]
        assert isinstance(op, Activation)
        return op

    def _pooling(self, plan: Pool | PoolTaps) -> PoolSpec:
        op = self.chain[plan.stage - 1]
        assert isinstance(op, PoolSpec)
        return op


def _is_new(plan: Plan) -> bool:
    """Return whether the values of ``plan`` are newly made, and not perhaps those of the planes."""
    return not isinstance(plan, Read) and (not isinstance(plan, Each) or _is_new(plan.source))


def _in_strips(op: PoolSpec, maps: Maps, plan: Pool) -> Values | None:
    """Return the pooled values of ``maps`` cut into strips, if no window reaches from one into the next."""
    strips, length = maps.cells.shape[2:]
    rows, columns, slides = plan.rows[0].whole, plan.columns[0].whole, plan.slides
    if strips == 1 or slides is None or rows is None or columns is None or rows.step != 1:
        return None
    step, fits = slides.stride[1], slides.dilation == (1, 1) and op.size[1] <= slides.stride[1]
    if not fits or length % step or columns.start or plan.channels.whole != slice(0, len(maps.cells), 1):
        return None
    tall = slide(op.kind, maps.cells[:, rows], 1, op.size[0], slides.stride[0], slides.shape[0])
    wide = slide(op.kind, tall, 3, op.size[1], step, length // step)
    return Maps(finish(op.kind, wide, op.size), slides.shape[1]).natural()


def _windows(op: PoolSpec, source: NDArray[Any], plan: Pool) -> Values:
    """Return the pooled values of ``source``, newly made."""
    fill = BORDER[op.kind]
    if plan.slides is None:
        total: Values | None = None
        for rows, columns in product(plan.rows, plan.columns):
            total = join(op.kind, total, gather(source, (plan.channels, rows, columns), fill))
        assert total is not None
        return finish(op.kind, total, op.size)
    block = gather(source, (plan.channels, plan.rows[0], plan.columns[0]), fill)
    stride, dilation, count = plan.slides
    tall = slide(op.kind, block, 1, op.size[0], stride[0], count[0], dilation[0])
    return finish(op.kind, slide(op.kind, tall, 2, op.size[1], stride[1], count[1], dilation[1]), op.size)


def _add_bias(values: Values, op: ConvSpec, plan: Convolve) -> None:
    bias = np.asarray(op.bias, np.float32)[plan.filters]
    if bias.any():
        values += bias[:, np.newaxis, np.newaxis]
