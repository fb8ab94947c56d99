"""What the window asks of the engine, and what it gets back."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Activation, Chain, Shape, stage_shapes
from convviz.engine.checks import Check, nothing
from convviz.engine.elementwise import activate
from convviz.engine.evaluate import evaluate
from convviz.engine.statistics import Statistics, statistics, summarise

# Up to so many values, the statistics of a result are taken over all of it.
_ALL_VALUES = 1_500_000


@dataclass(frozen=True)
class View:
    """The part of a map that is looked at, every how many cells.

    Parameters
    ----------
    rows, columns : Ramp
        Positions in cells of that map.
    """

    rows: Ramp
    columns: Ramp

    @classmethod
    def whole(cls, height: int, width: int) -> "View":
        """Return the view of every cell of a map."""
        return cls(Ramp(0, 1, height), Ramp(0, 1, width))


@dataclass(frozen=True)
class MapQuery:
    """Maps whose values are wanted.

    Parameters
    ----------
    key : str
        The asker's own name for the query.
    stage : int
        0 for the input planes, n for the maps after n operations.
    channels : tuple of int
        Which maps, in the order wanted.
    view : View
        Which cells.
    """

    key: str
    stage: int
    channels: tuple[int, ...]
    view: View


@dataclass(frozen=True, eq=False)
class Request:
    """Everything that one computation needs.

    Parameters
    ----------
    planes : ndarray of uint8 or float32, shape (C, H, W)
        Input. Nobody may change it.
    chain : tuple of operations
        May be empty.
    queries : tuple of MapQuery
        What is wanted of which stage.
    statistics_stage : int or None
        Stage whose statistics are wanted.
    """

    planes: NDArray[Any]
    chain: Chain
    queries: tuple[MapQuery, ...] = ()
    statistics_stage: int | None = None


@dataclass(frozen=True, eq=False)
class MapValues:
    """The answer to a :class:`MapQuery`; ``values`` is float32 (channels, rows, columns), read-only."""

    key: str
    stage: int
    channels: tuple[int, ...]
    view: View
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Result:
    """The answer to a :class:`Request`.

    Parameters
    ----------
    request : Request
        What was asked.
    shapes : tuple of (int, int, int)
        Shape (C, H, W) of every stage, the input's first.
    maps : tuple of MapValues
        One per query, in their order.
    statistics : Statistics or None
        Of the stage asked for.
    seconds : float
        How long it took.
    """

    request: Request
    shapes: tuple[Shape, ...]
    maps: tuple[MapValues, ...]
    statistics: Statistics | None
    seconds: float


def compute(request: Request, check: Check = nothing) -> Result:
    """Return the values and statistics that ``request`` asks for.

    Raises
    ------
    SpecProblem
        If the chain cannot work on the input.
    IndexError
        If a query is for a stage, map or cell that there is not.
    """
    started = time.perf_counter()
    channels, height, width = request.planes.shape
    shapes = stage_shapes(request.chain, (channels, height, width))
    known = _Known(request, shapes, check)
    # Earlier stages first: an activation is then taken of what is there already.
    for query in sorted(request.queries, key=lambda q: q.stage):
        known.values(query.stage, query.view, query.channels)
    maps = tuple(
        MapValues(q.key, q.stage, q.channels, q.view, known.values(q.stage, q.view, q.channels))
        for q in request.queries
    )
    stage = request.statistics_stage
    found = None if stage is None else known.statistics(stage)
    return Result(request, shapes, maps, found, time.perf_counter() - started)


class _Known:
    """What has been computed for a request so far."""

    def __init__(self, request: Request, shapes: tuple[Shape, ...], check: Check) -> None:
        self._request, self._shapes, self._check = request, shapes, check
        self._values: dict[tuple[int, View], tuple[tuple[int, ...], NDArray[np.float32]]] = {}
        self._wanted: dict[tuple[int, View], tuple[int, ...]] = {}
        for query in request.queries:
            key = query.stage, query.view
            self._wanted[key] = tuple(sorted({*self._wanted.get(key, ()), *query.channels}))

    def values(self, stage: int, view: View, channels: tuple[int, ...]) -> NDArray[np.float32]:
        """Return maps ``channels``, computed together with all that is wanted of this stage and view."""
        if not 0 <= stage < len(self._shapes):
            raise IndexError(f"stage {stage} of {len(self._shapes) - 1}")
        if (stage, view) not in self._values:
            wanted = self._wanted[stage, view]
            self._values[stage, view] = wanted, self._compute(stage, view, wanted)
        known, values = self._values[stage, view]
        chosen = values if channels == known else values[[known.index(c) for c in channels]]
        chosen.flags.writeable = False
        return chosen

    def _compute(self, stage: int, view: View, channels: tuple[int, ...]) -> NDArray[np.float32]:
        op = self._request.chain[stage - 1] if stage else None
        known, values = self._values.get((stage - 1, view), ((), None))
        if isinstance(op, Activation) and values is not None and set(channels) <= set(known):
            self._check()
            return activate(self.values(stage - 1, view, channels), op)
        planes, chain = self._request.planes, self._request.chain[:stage]
        return evaluate(planes, chain, view.rows, view.columns, check=self._check, channels=channels)

    def statistics(self, stage: int) -> Statistics:
        """Return the statistics of ``stage``, from what is known if that is all of it."""
        channels, height, width = self._shapes[stage]
        key = stage, View.whole(height, width)
        known, values = self._values.get(key, ((), None))
        if values is not None and len(known) == channels and values.size <= _ALL_VALUES:
            return summarise(values)
        chain = self._request.chain[:stage]
        return statistics(self._request.planes, chain, check=self._check, limit=_ALL_VALUES)
