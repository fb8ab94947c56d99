"""Running a network again with gradients, and taking hold of any layer of its trace on the way.

The network itself is left alone: no hook is set, no weight and no flag is touched. Every function of torch
that its code calls passes through a mode of this thread; a trace's layers are told by the number of the call.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.capture import evaluation
from convviz.nets.describe import reaching, without_batch
from convviz.nets.functions import QUESTIONS, bind, plain_name, raw_name
from convviz.nets.recorder import Recorder
from convviz.nets.records import Kind, Trace, Values
from convviz.nets.seeing import seeing

Progress = Callable[[float, Sentence | None], None]
"""Told how far the work has come, 0 to 1, and what is being done; may raise to end it."""

Tap = Callable[[Any], Any]
"""Given a layer's output, a torch.Tensor with its batch; returns what the network shall go on with."""


def silent(fraction: float, text: Sentence | None = None) -> None:
    """Tell nobody about progress."""


class _Numbering(Recorder):
    """A recorder that also notes by which call each step was made."""

    def __init__(self, given: Any, check: Check) -> None:
        super().__init__(given, {}, check)
        self.count = 0
        self.call_of: list[int] = []

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        result = super().see(function, args, kwargs)
        if raw_name(function) not in QUESTIONS:
            self.count += 1
        self.call_of += [max(self.count - 1, 0)] * (len(self.steps) - len(self.call_of))
        return result


@dataclass(frozen=True, eq=False)
class Wires:
    """A network, and which call of its code makes which layer.

    Parameters
    ----------
    module : torch.nn.Module
        The network.
    made : mapping of int to tuple of (int or None, int)
        For a call's number, which piece of its result is which layer; None where the result is no sequence.
    functions : mapping of int to str
        For a call's number, the function's plain name: to notice a network that takes another way.
    shapes : tuple of tuple of int
        Of the layers' outputs, batch included.
    """

    module: Any
    made: Mapping[int, tuple[tuple[int | None, int], ...]]
    functions: Mapping[int, str]
    shapes: tuple[tuple[int, ...], ...]


def wire(module: Any, trace: Trace, check: Check = nothing) -> Wires:
    """Find the calls that make the layers of ``trace``, by running the network once on its input.

    Raises
    ------
    Problem
        If the network does not take the way of the trace any more.
    """
    import torch

    given = tensor_of(trace)
    recorder = _Numbering(given, check)
    with torch.no_grad(), evaluation(module), seeing(recorder.see):
        result = module(given)
    last = recorder.step_of(result)
    kept = [] if last is None else reaching(recorder.steps, last)
    layers = trace.architecture.layers
    shapes = tuple(recorder.steps[index].shape for index in kept)
    if [without_batch(shape) for shape in shapes] != [layer.shape for layer in layers]:
        raise _other_way()
    made: dict[int, tuple[tuple[int | None, int], ...]] = {}
    for layer, index in enumerate(kept):
        call = recorder.call_of[index]
        made[call] = (*made.get(call, ()), (recorder.steps[index].piece, layer))
    functions = {recorder.call_of[index]: recorder.steps[index].function for index in kept}
    return Wires(module, made, functions, shapes)


def _other_way() -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The network no longer computes as it did when its layers were captured; run it again.",
        )
    )


class _Enough(Exception):  # noqa: N818 - it is a way out of the network, not an error
    """Raised once the last layer that is needed is there."""


@dataclass(eq=False)
class Run:
    """What to change while a network runs.

    Parameters
    ----------
    taps : mapping of int to callable
        By layer, what becomes of its output.
    known : mapping of int to torch.Tensor
        By layer, outputs that need not be computed.
    instead : mapping of int to torch.Tensor
        By the identity of a parameter, what is used in its place.
    activation : callable, optional
        ``activation(before, after)`` returns what the network goes on with behind a rectifier or another
        activation.
    until : int, optional
        The last layer that is needed; what follows is not computed.
    check : callable
        Called before every function; may raise.
    """

    taps: Mapping[int, Tap] = field(default_factory=dict)
    known: Mapping[int, Any] = field(default_factory=dict)
    instead: Mapping[int, Any] = field(default_factory=dict)
    activation: Callable[[Any, Any], Any] | None = None
    until: int | None = None
    check: Check = nothing

    def of(self, wires: Wires, given: Any) -> Any:
        """Return the network's output on ``given``, shape (N, C, H, W), with whatever gradients are enabled.

        None if it was to be computed only ``until`` a layer.

        Raises
        ------
        Problem
            If the network takes another way than its trace.
        """
        walk = _Walk(self, wires)
        try:
            with evaluation(wires.module), seeing(walk.see):
                result = wires.module(given)
        except _Enough:
            return None
        if walk.met != len(wires.made):
            raise _other_way()
        return walk.resolve(result)


class _Walk:
    """One pass: counts the calls, and computes what would be done in place out of place.

    A tensor that was to be overwritten stays as it is, so that gradients and taps can rely on it; wherever
    the network uses it later, it gets the result.
    """

    def __init__(self, run: Run, wires: Wires) -> None:
        self._run, self._wires = run, wires
        self._now: dict[int, Any] = dict(run.instead)
        self._alive: list[Any] = []
        self._count = 0
        self.met = 0

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call ``function`` as the network does, with what is to be changed."""
        args, kwargs = self.resolve(args), self.resolve(dict(kwargs))
        raw, name = raw_name(function), plain_name(function)
        if raw in QUESTIONS:
            return function(*args, **kwargs)
        self._run.check()
        call = self._count
        self._count += 1
        layers = self._wires.made.get(call, ())
        if layers and name != self._wires.functions[call]:
            raise _other_way()
        self.met += bool(layers)
        target = _overwritten(raw, name, args, kwargs)
        known = self._run.known.get(layers[0][1]) if layers and layers[0][0] is None else None
        result = _out_of_place(function, args, kwargs, target) if known is None else known
        if known is None and self._run.activation is not None and name in RECTIFIED and _is_tensor(result):
            result = self._run.activation(args[0] if args else kwargs["input"], result)
        result = self._tapped(layers, result, args)
        if any(layer == self._run.until for _, layer in layers):
            raise _Enough
        if target is not None:
            self._now[id(target)] = result
            # An id is not given to another tensor as long as its tensor lives.
            self._alive.append(target)
        return result

    def resolve(self, thing: Any) -> Any:
        """Return arguments or results with the tensors that stand for overwritten ones."""
        if isinstance(thing, (list, tuple)):
            parts = [self.resolve(part) for part in thing]
            return type(thing)(*parts) if hasattr(thing, "_fields") else type(thing)(parts)
        if isinstance(thing, dict):
            return {name: self.resolve(part) for name, part in thing.items()}
        # What stands for a tensor may have been overwritten itself.
        while id(thing) in self._now:
            thing = self._now[id(thing)]
        return thing

    def _tapped(self, layers: Sequence[tuple[int | None, int]], result: Any, args: tuple[Any, ...]) -> Any:
        for piece, layer in layers:
            tap = self._run.taps.get(layer)
            if tap is None:
                continue
            if piece is None:
                # A dropout that does nothing hands on what it was given; a layer needs a tensor of its own.
                passed_on = any(result is given for given in args)
                result = tap(result.view_as(result) if passed_on else result)
            else:
                pieces = list(result)
                pieces[piece] = tap(pieces[piece])
                result = tuple(pieces) if isinstance(result, tuple) else pieces
        return result


RECTIFIED = frozenset(
    {"relu", "relu6", "hardtanh", "leaky_relu", "elu", "selu", "celu", "prelu", "rrelu", "threshold"}
    | {"silu", "gelu", "mish", "hardswish", "softplus"}
)
"""Activations that let through what is positive and hold back what is negative, more or less."""


def _overwritten(raw: str, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """Return the tensor that a call would overwrite; None if it overwrites none."""
    operator = raw.startswith("__i") and raw.endswith("__") and raw != "__invert__"
    method = raw.endswith("_") and not raw.endswith("__")
    if raw == "__setitem__" or operator or method or bind(name, args, kwargs).get("inplace", False):
        target = args[0] if args else kwargs.get("input")
        return target if _is_tensor(target) else None
    return None


def _out_of_place(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any], target: Any
) -> Any:
    """Call ``function``, on a copy of what it would overwrite."""
    if target is None:
        return function(*args, **kwargs)
    copy = target.clone()
    args = tuple(copy if given is target else given for given in args)
    result = function(*args, **{name: copy if given is target else given for name, given in kwargs.items()})
    return copy if result is None else result


def _is_tensor(thing: Any) -> bool:
    import torch

    return isinstance(thing, torch.Tensor)


@contextmanager
def with_gradients() -> Iterator[None]:
    """Enable gradients, whatever the thread does otherwise."""
    import torch

    with torch.inference_mode(mode=False), torch.enable_grad():
        yield


def tensor_of(trace: Trace) -> Any:
    """Return a copy of the trace's input as a torch.Tensor, shape (1, C, H, W)."""
    import torch

    return torch.from_numpy(trace.input.copy())[None]


def check_same(output: Any, trace: Trace, layer: int) -> None:
    """Raise :class:`Problem` unless a layer gives what it gave in the trace, but for rounding.

    It does not if weights were changed since, or if the network overwrites a tensor through a view of it.
    """
    was = trace.outputs[layer]
    now = output.detach().reshape(was.shape).numpy()
    size = float(np.abs(was[np.isfinite(was)]).max(initial=0.0))
    if not np.allclose(now, was, rtol=1e-3, atol=1e-3 * size, equal_nan=True):
        raise _other_way()


def score_layer(trace: Trace) -> int:
    """Return the layer that holds the class scores: the last, or the one before a softmax.

    A softmax couples the classes: the gradient of a share would also say what the other classes look like.
    """
    last = trace.architecture.layers[-1]
    return last.inputs[0] if last.kind is Kind.SOFTMAX and last.inputs else last.index


def frozen(values: Any) -> Values:
    """Return a tensor or array as a read-only float32 array with its own memory."""
    array = np.array(values.detach().numpy() if _is_tensor(values) else values, np.float32)
    array.flags.writeable = False
    return array
