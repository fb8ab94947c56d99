"""What holds for every unit: what it is made of gives its value."""

import math

import numpy as np

from convviz.nets.unit import UnitExplanation, explain_unit
from tests.nets.hand import Hand


def explain(hand: Hand, index: tuple[int, ...], layer: int = -1) -> UnitExplanation:
    """Explain a unit of the last layer, or of another."""
    return explain_unit(hand.trace(), hand.parameter, layer % len(hand.layers), index)


def every_unit(hand: Hand, layer: int = -1, most: int = 40) -> list[UnitExplanation]:
    """Explain up to ``most`` units of a layer, spread evenly, and see that each is the network's own."""
    trace, at = hand.trace(), layer % len(hand.layers)
    shape = trace.outputs[at].shape
    size = math.prod(shape)
    flat = sorted({round(i * (size - 1) / max(1, min(most, size) - 1)) for i in range(min(most, size))})
    found = [
        explain_unit(trace, hand.parameter, at, tuple(int(i) for i in np.unravel_index(f, shape)))
        for f in flat
    ]
    for unit in found:
        assert unit.agrees, (unit.layer, unit.index, unit.own, unit.total)
        assert unit.own == trace.outputs[at][unit.index]
        # A bound so wide that all passes would be no bound.
        assert unit.rounding <= 1e-3 * max(1.0, unit.parts.scale)
    return found
