"""One unit of any layer of a network taken apart, and checked against the network's own value."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Rect
from convviz.core.pieces import Line
from convviz.core.specs import Pair
from convviz.core.wording import MORE
from convviz.nets import unit_attention, unit_functions, unit_joins, unit_moves, unit_windows
from convviz.nets.records import Architecture, Kind, Layer, Trace
from convviz.nets.unit_cells import Index, OpaqueCell, ProductCell, SumCell, UnitCell
from convviz.nets.unit_parts import Asked, Feed, Parameter, Parts
from convviz.nets.unit_text import MOST_CHANNELS, unit_lines

__all__ = ["Feed", "UnitExplanation", "explain_unit", "field_of"]

_EPSILON = 2.0**-23
# Where float32 sums are made in blocks and trees, their error grows with the root of the number of terms.
_ROUNDINGS = 8.0


@dataclass(frozen=True, eq=False)
class UnitExplanation:
    """One unit of a layer, what it sees, and how its value comes about.

    Parameters
    ----------
    layer : Layer
        Whose unit it is.
    index : tuple of int
        Its place in the layer's output: (channel, y, x) in maps, (n,) in a vector.
    field : Rect
        Cells of the network's input that it can see; may reach into the padding. All of them behind a global
        pooling or where the layer has no maps.
    photo : (float, float, float, float)
        The same on the photograph: top, left, height, width.
    parts : Parts
        The arithmetic, and what it reads directly.
    own : float
        The network's own float32 value.
    """

    layer: Layer
    index: Index
    field: Rect
    photo: tuple[float, ...]
    parts: Parts
    own: float

    @property
    def channel(self) -> int:
        """Map the unit is in; of a vector, its number."""
        return self.index[0]

    @property
    def place(self) -> Pair | None:
        """Row and column in its map; None if the layer has no maps."""
        return (self.index[1], self.index[2]) if len(self.index) == 3 else None

    @property
    def cell(self) -> UnitCell:
        """How the value comes about."""
        return self.parts.cell

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Which cells of which layers the unit reads directly."""
        return self.parts.feeds

    @property
    def patch(self) -> NDArray[np.float64] | None:
        """Of a convolution, what its filter lies on, shape (C, kh, kw)."""
        return self.parts.patch

    @property
    def weights(self) -> NDArray[np.float64] | None:
        """Of a convolution, its filter, shape (C, kh, kw)."""
        return self.parts.weights

    @cached_property
    def products(self) -> NDArray[np.float64] | None:
        """Of a convolution, weight times value, shape (C, kh, kw)."""
        if self.patch is None or self.weights is None:
            return None
        return self.patch * self.weights

    @property
    def total(self) -> float:
        """The value, computed in float64."""
        return self.cell.total

    @property
    def difference(self) -> float:
        """The network's own value less :attr:`total`."""
        return 0.0 if self.own == self.total else self.own - self.total

    @property
    def rounding(self) -> float:
        """How far float32 arithmetic may be from float64 here."""
        return _EPSILON * self.parts.scale * max(_ROUNDINGS, math.sqrt(self.parts.terms))

    @property
    def agrees(self) -> bool:
        """Whether the network's own value is :attr:`total` but for its rounding."""
        if math.isnan(self.own) or math.isnan(self.total):
            return math.isnan(self.own) and math.isnan(self.total)
        # The smallest normal float32: below it, some processors round to zero.
        return abs(self.difference) <= self.rounding + 2.0**-126

    @property
    def is_computed(self) -> bool:
        """Whether :attr:`total` was computed from what the unit reads, not read off the network's value."""
        cell = self.cell
        is_read_off = isinstance(cell, SumCell | ProductCell) and cell.is_read_off
        return not is_read_off and not isinstance(cell, OpaqueCell)

    def lines(
        self,
        *,
        limit: int | None = None,
        channel_names: Sequence[str] = (),
        more: str = MORE,
        most: int = MOST_CHANNELS,
    ) -> tuple[Line, ...]:
        """Write the arithmetic out; see :func:`convviz.nets.unit_text.unit_lines`."""
        return unit_lines(self.cell, limit=limit, channel_names=channel_names, more=more, most=most)


Rule = Callable[[Asked], Parts | None]

_RULES: dict[Kind, tuple[Rule, ...]] = {
    Kind.CONVOLUTION: (unit_windows.convolution,),
    Kind.LINEAR: (unit_windows.linear,),
    Kind.NORMALISATION: (unit_functions.normalisation, unit_attention.normalised),
    Kind.ACTIVATION: (unit_functions.activation,),
    Kind.POOLING: (unit_windows.pooling,),
    Kind.GLOBAL_POOLING: (unit_windows.pooling,),
    Kind.ADD: (unit_joins.add, unit_moves.position_bias, unit_moves.joined_with_learned),
    Kind.MULTIPLY: (unit_joins.multiply, unit_moves.joined_with_learned),
    Kind.CONCATENATE: (unit_joins.concatenate, unit_moves.learned_first),
    Kind.PAD: (unit_joins.pad, unit_joins.moved, unit_moves.padded),
    Kind.FLATTEN: (unit_joins.moved,),
    Kind.DROPOUT: (unit_joins.same,),
    Kind.SOFTMAX: (unit_functions.softmax,),
    Kind.RESHAPE: (unit_joins.moved, unit_moves.permuted, unit_moves.sliced, unit_moves.rolled),
    Kind.ATTENTION: (unit_attention.attention,),
    Kind.OTHER: (unit_attention.product, unit_moves.put_in, unit_moves.compared, unit_joins.moved),
}
# What these explain is known; a value of the network's that differs from theirs is shown as different.
_CERTAIN = (Kind.CONVOLUTION, Kind.LINEAR, Kind.NORMALISATION, Kind.ACTIVATION, Kind.POOLING)


def explain_unit(trace: Trace, parameter: Parameter, layer: int, index: Index) -> UnitExplanation:
    """Take apart one unit of a network.

    Parameters
    ----------
    trace : Trace
        What a picture did in the network.
    parameter : callable
        ``parameter(name)`` gives a parameter or buffer of the network by its name in the state dict.
    layer : int
        Index of the layer.
    index : tuple of int
        (channel, y, x) in maps, (n,) in a vector; one number per axis of the layer's output.

    Returns
    -------
    UnitExplanation
        With an :class:`~convviz.nets.unit_cells.OpaqueCell` where it is only known what the layer reads.

    Raises
    ------
    IndexError
        If there is no such layer or unit.
    """
    layers = trace.architecture.layers
    if not 0 <= layer < len(layers):
        raise IndexError(f"layer {layer} of {len(layers)}")
    shape = layers[layer].shape
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise IndexError(f"unit {index} of {shape}")
    asked = Asked(trace, layers[layer], index, parameter)
    field = field_of(trace, layer, index)
    photo = trace.placement.on_photo(field.top, field.left, field.height, field.width)
    parts = _parts(asked)
    return UnitExplanation(layers[layer], index, field, photo, parts, asked.own)


def _parts(asked: Asked) -> Parts:
    for rule in _RULES.get(asked.layer.kind, ()) if asked.layer.inputs else ():
        parts = rule(asked)
        if parts is None:
            continue
        found = UnitExplanation(asked.layer, asked.index, Rect(0, 0), (), parts, asked.own)
        if asked.layer.kind in _CERTAIN or found.agrees:
            return parts
    cell = OpaqueCell(asked.layer.function, tuple(dict.fromkeys(asked.layer.inputs)), asked.own)
    return Parts(cell, asked.everything(), 0.0)


def field_of(trace: Trace, layer: int, index: Index) -> Rect:
    """Return the receptive field of a unit in input cells; the whole input where there are no maps."""
    return field_in(trace.architecture, layer, index)


def field_in(architecture: Architecture, layer: int, index: Index) -> Rect:
    """Return the receptive field of a unit as :func:`field_of` does, where there is no trace."""
    fields = architecture.layers[layer].fields
    _, height, width = architecture.input_shape
    if fields is None or len(index) != 3:
        return Rect(0, 0, height, width)
    (top, bottom), (left, right) = fields[0].of(index[1]), fields[1].of(index[2])
    return Rect(top, left, bottom - top + 1, right - left + 1)
