"""What the window asks of the engine, and what it gets back."""

import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.specs import Activation, Chain, Shape, stage_shapes
from convviz.engine.checks import Check, nothing
from convviz.engine.elementwise import activate
from convviz.engine.evaluate import evaluate
from convviz.engine.shelf import live
from convviz.engine.statistics import SAMPLE, Statistics, statistics, summarise

Values = NDArray[np.float32]

# By how much the cells computed for several views together may outnumber those of the smallest.
_MOST_IN_VAIN = 1.2


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


Place = tuple[int, View]
"""A stage, and which of its cells."""


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

    What is read of the planes is kept on the :data:`~convviz.engine.shelf.live` shelf for the next request.

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
    maps = tuple(MapValues(q.key, q.stage, q.channels, q.view, known.values(q)) for q in request.queries)
    stage = request.statistics_stage
    found = None if stage is None else known.statistics(stage)
    return Result(request, shapes, maps, found, time.perf_counter() - started)


class _Known:
    """What has been computed for a request so far."""

    def __init__(self, request: Request, shapes: tuple[Shape, ...], check: Check) -> None:
        self._request, self._shapes, self._check = request, shapes, check
        self._values: dict[Place, Values] = {}
        for query in request.queries:
            if not 0 <= query.stage < len(shapes):
                raise IndexError(f"stage {query.stage} of {len(shapes) - 1}")
        self._views = shared_views(request.chain, request.queries)
        self._wanted: dict[Place, tuple[int, ...]] = {}
        # Later stages first: what an activation is taken of is wanted too if its stage is.
        for query in sorted(request.queries, key=lambda q: -q.stage):
            place = query.stage, self._views[query.stage, query.view]
            self._want(place, query.channels)
            if place in self._wanted and self._activation(query.stage):
                before = query.stage - 1, place[1]
                if any((q.stage, self._views[q.stage, q.view]) == before for q in request.queries):
                    self._want(before, self._wanted[place])

    def _want(self, place: Place, channels: tuple[int, ...]) -> None:
        self._wanted[place] = tuple(sorted({*self._wanted.get(place, ()), *channels}))

    def _activation(self, stage: int) -> Activation | None:
        op = self._request.chain[stage - 1] if stage else None
        return op if isinstance(op, Activation) else None

    def values(self, query: MapQuery) -> Values:
        """Return what ``query`` asks for, computed together with all that is wanted around it."""
        view = self._views[query.stage, query.view]
        values, channels = self._all(query.stage, view), self._wanted[query.stage, view]
        if query.channels != channels:
            values = values[[channels.index(c) for c in query.channels]]
        values = values[:, _part(query.view.rows, view.rows), _part(query.view.columns, view.columns)]
        values.flags.writeable = False
        return values

    def _all(self, stage: int, view: View) -> Values:
        """Return all that is wanted of a stage in a shared view."""
        place = stage, view
        if place not in self._values:
            self._values[place] = self._compute(stage, view, self._wanted[place])
        return self._values[place]

    def _compute(self, stage: int, view: View, channels: tuple[int, ...]) -> Values:
        activation, before = self._activation(stage), self._wanted.get((stage - 1, view), ())
        if activation is not None and set(channels) <= set(before):
            self._check()
            values = self._all(stage - 1, view)
            if channels != before:
                values = values[[before.index(c) for c in channels]]
            return activate(values, activation)
        planes, chain = self._request.planes, self._request.chain[:stage]
        return evaluate(
            planes, chain, view.rows, view.columns, check=self._check, channels=channels, shelf=live
        )

    def statistics(self, stage: int) -> Statistics:
        """Return the statistics of ``stage``, from what is known if that is all of it."""
        if not 0 <= stage < len(self._shapes):
            raise IndexError(f"stage {stage} of {len(self._shapes) - 1}")
        channels, height, width = self._shapes[stage]
        place = stage, View.whole(height, width)
        values = self._values.get(place)
        if values is not None and len(self._wanted[place]) == channels and values.size <= SAMPLE:
            return summarise(values)
        return statistics(self._request.planes, self._request.chain[:stage], check=self._check)


def shared_views(chain: Chain, queries: Sequence[MapQuery]) -> dict[Place, View]:
    """Return, for every stage and view of ``queries``, the view that is computed instead.

    Panes of one size look at nearly the same cells, a row or a column more or less. What is computed once for
    all of them, and for the activation that follows, need not be computed for each.
    """
    families: dict[Hashable, list[list[Place]]] = {}
    for place in dict.fromkeys((query.stage, query.view) for query in queries):
        stage, view = place
        while stage and isinstance(chain[stage - 1], Activation):
            stage -= 1
        grid = tuple((ramp.step, ramp.start % ramp.step) for ramp in (view.rows, view.columns))
        groups = families.setdefault((stage, grid), [])
        for group in groups:
            if _alike([other for _, other in group], view):
                group.append(place)
                break
        else:
            groups.append([place])
    shared: dict[Place, View] = {}
    for group in (group for groups in families.values() for group in groups):
        view = _union([view for _, view in group])
        shared.update(dict.fromkeys(group, view))
    return shared


def _alike(views: list[View], view: View) -> bool:
    """Return whether little is computed in vain when ``view`` and ``views`` are computed as one."""
    union = _union([*views, view])
    return _cells(union) <= _MOST_IN_VAIN * min(map(_cells, (*views, view)))


def _cells(view: View) -> int:
    return view.rows.count * view.columns.count


def _union(views: list[View]) -> View:
    if len(views) == 1:
        return views[0]
    return View(_hull([view.rows for view in views]), _hull([view.columns for view in views]))


def _hull(ramps: list[Ramp]) -> Ramp:
    """Return the positions from the first of ``ramps``, which have the same step, to their last."""
    start, step = min(ramp.start for ramp in ramps), ramps[0].step
    return Ramp(start, step, max(ramp.start + ramp.count * step for ramp in ramps) // step - start // step)


def _part(inner: Ramp, outer: Ramp) -> slice:
    """Return where the positions ``inner`` are in ``outer``."""
    first = (inner.start - outer.start) // outer.step
    return slice(first, first + inner.count)
