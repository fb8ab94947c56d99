"""What follows a convolution, computed in one pass over memory: normalisation, sum, activation, padding.

torch reads and writes all maps once for each of the four. Where all of them are kept that takes as long as a
good part of the convolutions, since nothing of it is in the caches any more. One pass reads a map once and
writes all that is made of it. The numbers are torch's own to the last bit: its batch normalisation multiplies
and adds in one rounding wherever :func:`find_runs` finds anything.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convviz.engine.native import Follow, Level, library
from convviz.nets.functions import bind
from convviz.nets.tape import Changed, Tape, Taped, Values

Shapes = Sequence[tuple[int, ...]]
"""Of all tensors of a pass, by number."""


@dataclass(frozen=True, eq=False)
class Run:
    """Calls of which each reads what the one before has made.

    Parameters
    ----------
    normalise, add, activate, pad : Taped or None
        In this order. The first or the third is there, the second only with the first.
    """

    normalise: Taped | None
    add: Taped | None
    activate: Taped | None
    pad: Taped | None

    @property
    def calls(self) -> tuple[Taped, ...]:
        """The calls that are there."""
        found = (self.normalise, self.add, self.activate, self.pad)
        return tuple(call for call in found if call is not None)

    @property
    def when(self) -> Taped:
        """The call in whose place all are made: what they read is there, what they make is not yet needed."""
        return self.add or self.calls[0]

    @property
    def reads(self) -> tuple[int, ...]:
        """The number of what is followed, and of what is added to it, if anything is."""
        others = () if self.add is None else set(self.add.reads) - {self.calls[0].makes[0]}
        return (self.calls[0].reads[0], *others)

    @property
    def makes(self) -> tuple[int, ...]:
        """The numbers of what the calls return."""
        return tuple(call.makes[0] for call in self.calls)


def find_runs(tape: Tape) -> list[Run]:
    """Return the runs of a pass that can be computed at once here, each call in one of them at most."""
    compiled = library()
    if compiled is None or compiled.level < Level.AVX2:
        return []
    shapes = tape.shapes
    readers: dict[int, list[Taped]] = {}
    for call in tape.calls:
        for number in call.reads:
            readers.setdefault(number, []).append(call)
    taken: set[int] = set()

    def then(before: Taped | None, fits: Callable[[Taped, Shapes], object]) -> Taped | None:
        after = readers.get(before.makes[0], ()) if before is not None else ()
        return next((call for call in after if id(call) not in taken and fits(call, shapes)), None)

    runs = []
    for call in tape.calls:
        normalise = call if _normalises(call, shapes) else None
        if id(call) in taken or (normalise is None and not _limits(call, shapes)):
            continue
        add = then(normalise, _adds)
        # It is made later than it would be: nobody else may need it before.
        if add is not None and len(readers[call.makes[0]]) > 1:
            add = None
        activate = call if normalise is None else then(add or normalise, _limits)
        run = Run(normalise, add, activate, then(activate or add or normalise, _border))
        taken.update(map(id, run.calls))
        runs.append(run)
    return runs


class Followed:
    """Makes the calls of a run. For one thread at a time.

    Parameters
    ----------
    run : Run
        One of :func:`find_runs`.
    shapes : sequence of tuple of int
        Of all tensors of the pass, by number.

    Attributes
    ----------
    steps : int
        How many of the calls are steps.
    """

    def __init__(self, run: Run, shapes: Shapes) -> None:
        compiled = library()
        assert compiled is not None
        import torch

        self.steps = sum(call.is_step for call in run.calls)
        self._make, self._processors = compiled.follow, compiled.threads
        # At hand: between two convolutions little of Python is in the caches.
        self._empty, self._threads, self._float = torch.empty, torch.get_num_threads, torch.float32
        self._reads = run.reads
        results = (run.normalise, run.add, run.activate, run.pad)
        self._made = tuple(
            (place, call.makes[0], shapes[call.makes[0]])
            for place, call in enumerate(results, 2)
            if call is not None
        )
        self._follow = _follow(run, shapes)
        self._factors = None if run.normalise is None else _Factors(run.normalise)

    def into(self, values: Values) -> None:
        """Put what the calls make among the tensors of the pass.

        Raises
        ------
        Changed
            If what they read is not float32.
        """
        addresses: list[int | None] = [None] * 6
        given = [values[number].contiguous() for number in self._reads]
        for place, tensor in enumerate(given):
            if tensor.dtype is not self._float:
                raise Changed
            addresses[place] = tensor.data_ptr()
        if self._factors is not None:
            self._follow.scale, self._follow.shift = self._factors.addresses()
        for place, number, shape in self._made:
            values[number] = made = self._empty(shape)
            addresses[place] = made.data_ptr()
        self._make(self._follow, addresses, min(self._processors, self._threads()))


class _Factors:
    """The factors of a batch normalisation in evaluation mode, anew whenever its weights have changed."""

    def __init__(self, call: Taped) -> None:
        bound = bind(call.name, call.call.args, call.call.keywords)
        self._weights = _weights(bound)
        self._there = [tensor for tensor in self._weights if tensor is not None]
        self._epsilon = np.float32(bound.get("eps", 1e-5))
        self._versions: list[int] = []
        self._arrays: list[NDArray[np.float32]] = []
        self._addresses = (0, 0)

    def addresses(self) -> tuple[int, int]:
        """Return where there is what each map is multiplied by, and what is added."""
        versions = [tensor._version for tensor in self._there]
        if versions != self._versions:
            self._arrays = list(self._computed())
            self._addresses = self._arrays[0].ctypes.data, self._arrays[1].ctypes.data
            self._versions = versions
        return self._addresses

    def _computed(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return both, each step rounded as in torch (ATen/native/cpu/batch_norm_kernel.cpp)."""
        arrays: list[Any] = [None if tensor is None else tensor.detach().numpy() for tensor in self._weights]
        mean, variance, weight, bias = arrays
        scale = np.float32(1) / np.sqrt(variance + self._epsilon)
        if weight is not None:
            scale = scale * weight
        # Rounded at the end only, as where multiplying and adding is one operation.
        shift = (0.0 if bias is None else bias.astype(np.float64)) - mean.astype(np.float64) * scale
        return np.ascontiguousarray(scale), np.ascontiguousarray(shift, np.float32)


def _follow(run: Run, shapes: Shapes) -> Follow:
    _, count, rows, columns = shapes[run.calls[0].reads[0]]
    follow = Follow(count=count, rows=rows, columns=columns)
    if run.activate is not None:
        follow.low, follow.high = _limits(run.activate, shapes) or (-math.inf, math.inf)
    if run.pad is not None:
        follow.left, follow.above, follow.border = _border(run.pad, shapes) or (0, 0, 0.0)
        follow.framed_rows, follow.framed_columns = shapes[run.pad.makes[0]][2:]
    return follow


def _reads_maps(call: Taped, shapes: Shapes, name: str) -> bool:
    """Whether a call has this name and reads the maps of one picture and nothing else."""
    if call.name != name or len(call.reads) != 1:
        return False
    shape = shapes[call.reads[0]]
    return len(shape) == 4 and shape[0] == 1


def _normalises(call: Taped, shapes: Shapes) -> bool:
    bound = bind(call.name, call.call.args, call.call.keywords)
    if not _reads_maps(call, shapes, "batch_norm") or bound.get("training", False):
        return False
    weights = _weights(bound)
    whole = weights[0] is not None and weights[1] is not None
    return whole and all(str(tensor.dtype) == "torch.float32" for tensor in weights if tensor is not None)


def _weights(bound: Mapping[str, Any]) -> list[Any]:
    """Return running mean and variance, weight and bias, each a tensor or None."""
    return [bound.get(name) for name in ("running_mean", "running_var", "weight", "bias")]


def _adds(call: Taped, shapes: Shapes) -> bool:
    """Whether a call adds two tensors of one shape."""
    if call.name != "add" or len(call.reads) != 2 or call.reads[0] == call.reads[1]:
        return False
    bound = bind(call.name, call.call.args, call.call.keywords)
    return bound.keys() <= {"input", "other"} and shapes[call.reads[0]] == shapes[call.reads[1]]


def _limits(call: Taped, shapes: Shapes) -> tuple[float, float] | None:
    """Return below and above what a call cuts off; None if that is not what it does."""
    if call.name not in ("relu", "relu6", "hardtanh") or not _reads_maps(call, shapes, call.name):
        return None
    if call.name == "hardtanh":
        bound = bind(call.name, call.call.args, call.call.keywords)
        return float(bound["min_val"]), float(bound["max_val"])
    return 0.0, 6.0 if call.name == "relu6" else math.inf


def _border(call: Taped, shapes: Shapes) -> tuple[int, int, float] | None:
    """Return the columns on the left, the rows above and the value of the border that a call adds, if any."""
    if not _reads_maps(call, shapes, "pad"):
        return None
    bound = bind(call.name, call.call.args, call.call.keywords)
    sides = bound.get("pad", ())
    whole = isinstance(sides, (list, tuple)) and all(isinstance(side, int) and side >= 0 for side in sides)
    if not whole or len(sides) not in (2, 4) or bound.get("mode", "constant") != "constant":
        return None
    return sides[0], sides[2] if len(sides) == 4 else 0, float(bound.get("value") or 0.0)
