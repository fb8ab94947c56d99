"""The exact values of a chain of operations at just the positions that are asked for.

The cost follows what is on the screen: of a photograph zoomed out, every q-th row and column; zoomed in, the
visible window. What has to be read for them is planned in :mod:`convviz.engine.planning`, and may be kept for
the next weights on a :class:`~convviz.engine.shelf.Shelf`.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Chain, stage_shapes
from convviz.engine.backend import Backend, current
from convviz.engine.checks import Check, nothing
from convviz.engine.execute import Task
from convviz.engine.plan import Cost, Plan
from convviz.engine.planning import geometry, make_plan
from convviz.engine.recent import Recent
from convviz.engine.shelf import Shelf

Values = NDArray[np.float32]

# Temporary values of one band of output rows (24 MB: 1280×720×3 is one band), and its multiply-adds.
_BAND_VALUES = 6_000_000
_BAND_MULTIPLY_ADDS = 1_000_000_000
# The same where the input rests: for the largest windows, a photograph of their size in one piece.
_RESTING_VALUES = 16_000_000
_RESTING_MULTIPLY_ADDS = 6_000_000_000

_plans: Recent[Hashable, Plan] = Recent(64)


def evaluate(
    planes: NDArray[Any],
    chain: Chain,
    rows: Ramp,
    columns: Ramp,
    *,
    check: Check = nothing,
    channels: Sequence[int] | None = None,
    backend: Backend | None = None,
    shelf: Shelf | None = None,
) -> Values:
    """Return the values of a chain's output where the sampled rows and columns cross.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        The input, in any memory order; not changed.
    chain : tuple of operations
        May be empty: then the input itself is sampled.
    rows, columns : Ramp
        Positions in cells of the chain's output.
    check : callable
        Called every few dozen milliseconds; may raise to stop.
    channels : sequence of int, optional
        The output channels to compute, in this order; by default all.
    backend : Backend, optional
        By default the one in use.
    shelf : Shelf, optional
        Where what the windows read is kept for the next weights, if it is not too much. Nobody may then
        change ``planes`` afterwards.

    Returns
    -------
    ndarray of float32, shape (channels, rows.count, columns.count)
        Equal to the reference up to rounding; exact for whole numbers that ``float32`` can hold. May be in
        any memory order, and may share memory with ``planes`` if the chain is empty.

    Raises
    ------
    SpecProblem
        If the chain cannot work on such an input.
    IndexError
        If a position or channel is outside the output.

    Notes
    -----
    Works in bands of rows, so that temporaries stay near 24 MB however large the result is.
    """
    count, height, width = planes.shape
    wanted = None if channels is None else tuple(channels)

    def plan(chosen: Ramp) -> Plan:
        return make_plan((count, height, width), chain, chosen, columns, wanted)

    if shelf is None:
        whole = plan(rows)
    else:
        key = count, height, width, geometry(chain), rows, columns, wanted
        whole = _plans.get(key, lambda: plan(rows))
    kept = shelf if shelf is not None and _fits(whole.cost, shelf) else None
    task = Task(planes, chain, backend or current(), check, kept)
    lines = max(1, -(-rows.count // _bands(whole.cost, kept is not None)))
    check()
    if lines >= rows.count:
        values = task.values(whole)
        if kept is not None:
            kept.tidy()
        return values
    out: Values | None = None
    for top in range(0, rows.count, lines):
        check()
        part = Ramp(rows.start + top * rows.step, rows.step, min(lines, rows.count - top))
        values = task.values(plan(part))
        if out is None:
            out = np.empty_like(values, shape=(len(values), rows.count, columns.count))
        out[:, top : top + part.count] = values
    assert out is not None
    return out


def run(
    planes: NDArray[Any], chain: Chain, *, check: Check = nothing, backend: Backend | None = None
) -> Values:
    """Return the whole result of a chain; parameters and errors as for :func:`evaluate`."""
    channels, height, width = planes.shape
    _, rows, columns = stage_shapes(chain, (channels, height, width))[-1]
    return evaluate(planes, chain, Ramp(0, 1, rows), Ramp(0, 1, columns), check=check, backend=backend)


def _fits(cost: Cost, shelf: Shelf) -> bool:
    """Return whether what ``cost`` lays out may rest; blocks do so in other layouts beside their own.

    Strips take as much again, spectra with their product three times as much.
    """
    return 4 * (5 * cost.blocks + cost.tiles) <= shelf.most and _bands(cost, True) == 1


def _bands(cost: Cost, resting: bool) -> int:
    """Return in how many bands to work; fewer where that lets the input rest. Tiles take a small buffer."""
    if resting:
        return max(1, -(-cost.values // _RESTING_VALUES), -(-cost.work // _RESTING_MULTIPLY_ADDS))
    return max(1, -(-(cost.values + cost.blocks) // _BAND_VALUES), -(-cost.work // _BAND_MULTIPLY_ADDS))
