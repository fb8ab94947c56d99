"""A forward pass whose steps are known from an earlier one: their outputs alone are collected.

Watching a pass closely, as :mod:`convviz.nets.recorder` does, takes a good part of a small network's time.
The second pass at the same size of input mostly calls the same functions on the outputs of the same steps,
and whether it does is quickly seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from convviz.engine.checks import Check
from convviz.nets.functions import bind, plain_name, raw_name
from convviz.nets.program import Program
from convviz.nets.records import INPUT, Architecture
from convviz.nets.seeing import seeing
from convviz.nets.tensors import is_tensor, out_of_place, tensors_in


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a function of torch.

    Parameters
    ----------
    function : callable
        Which.
    inputs : tuple of int or None
        For each tensor among its arguments the step that made it; None where none did. Empty if none
        made any.
    steps : int
        How many steps it makes.
    in_place : bool
        Whether it overwrites its first argument.
    """

    function: Callable[..., Any]
    inputs: tuple[int | None, ...]
    steps: int
    in_place: bool


@dataclass(frozen=True, eq=False)
class Script:
    """What a pass is expected to do.

    Parameters
    ----------
    calls : tuple of Call
        All calls in their order, those that only ask something included.
    last : int
        The step that makes the output.
    kept : tuple of int
        The steps that are layers.
    shapes : tuple of tuple of int
        Of their outputs, batch included.
    architecture : Architecture
        These layers.
    program : Program or None
        The same calls, to be made without the network's code; None where that could go another way.
    """

    calls: tuple[Call, ...]
    last: int
    kept: tuple[int, ...]
    shapes: tuple[tuple[int, ...], ...]
    architecture: Architecture
    program: Program | None = None


class Differs(Exception):  # noqa: N818 - nothing is wrong: the pass has to be watched closely
    """The network did something else than before."""


def replay(module: Any, given: Any, script: Script, check: Check) -> tuple[Any, ...]:
    """Run a network as expected and return the outputs of its layers.

    Parameters
    ----------
    module : torch.nn.Module
        In evaluation mode.
    given : torch.Tensor, shape (1, C, H, W)
        Input; its memory is not written to, though the tensor may hold other values afterwards.
    script : Script
        From a pass at the same size of input.
    check : callable
        Called before every step; may raise.

    Raises
    ------
    Differs
        If the network does anything else.
    """
    watch = _Watch(given, script.calls, check)
    with seeing(watch.see):
        result = module(given)
    found = next((watch.made.get(id(tensor)) for tensor in tensors_in(result)), None)
    if found != script.last or watch.number != len(script.calls):
        raise Differs
    outputs = tuple(watch.values[step] for step in script.kept)
    if any(tuple(output.shape) != shape for output, shape in zip(outputs, script.shapes, strict=True)):
        raise Differs
    return outputs


class _Watch:
    def __init__(self, given: Any, calls: tuple[Call, ...], check: Check) -> None:
        self.number = 0
        self.values: list[Any] = []
        self.made: dict[int, int] = {id(given): INPUT}
        self._calls, self._check = calls, check
        # Ids of tensors that are alive are theirs alone.
        self._alive = [given]

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.number == len(self._calls) or self._calls[self.number].function != function:
            raise Differs
        call = self._calls[self.number]
        self.number += 1
        if not call.steps and not call.inputs:
            return function(*args, **kwargs)
        tensors = tensors_in((args, kwargs))
        if tuple([self.made.get(id(tensor)) for tensor in tensors]) != call.inputs:
            raise Differs
        if call.steps:
            self._check()
        if call.in_place:
            return self._overwrite(function, args, kwargs)
        return self._note(call, tensors, function(*args, **kwargs))

    def _note(self, call: Call, tensors: list[Any], result: Any) -> Any:
        """Note what came out, as :class:`convviz.nets.recorder.Recorder` does."""
        before = len(self.values)
        if is_tensor(result):
            if call.steps:
                if any(result is tensor for tensor in tensors):
                    result = result.detach()
                self._keep(result)
            elif id(result) not in self.made:
                source = next((step for step in call.inputs if step is not None), None)
                if source is not None:
                    self.made[id(result)] = source
                    self._alive.append(result)
        elif call.steps:
            for piece in result:
                if is_tensor(piece) and id(piece) not in self.made:
                    self._keep(piece)
        if len(self.values) - before != call.steps:
            raise Differs
        return result

    def _overwrite(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        name = plain_name(function)
        bound = bind(name, args, kwargs)
        target, compute = out_of_place(function, raw_name(function), name, args, kwargs, bound)
        if target is None or compute is None:
            raise Differs
        made, former = compute(), self.made[id(target)]
        if former != INPUT and self.values[former] is target:
            self.values[former] = target.detach()
        target.data = made
        self._keep(target)
        return target

    def _keep(self, value: Any) -> None:
        self.made[id(value)] = len(self.values)
        self.values.append(value)
