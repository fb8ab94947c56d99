"""Running a network on several inputs at once, no further than a layer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from convviz.engine.checks import Check, nothing
from convviz.nets.capture import evaluation
from convviz.nets.replay import Call, Differs, Script
from convviz.nets.seeing import seeing
from convviz.nets.tensors import is_tensor


class _Reached(Exception):  # noqa: N818 - it is the way out of a pass that has gone far enough
    """The layer has been computed; carries its output."""

    def __init__(self, output: Any) -> None:
        super().__init__()
        self.output = output


@dataclass(frozen=True, eq=False)
class Route:
    """The calls of torch that lead to a layer.

    Parameters
    ----------
    calls : tuple of Call
        All that happen, from the first to the one that makes the layer.
    piece : int
        Which of the tensors that the last call makes is the layer's output.
    shape : tuple of int
        Of that output, without the batch.
    """

    calls: tuple[Call, ...]
    piece: int
    shape: tuple[int, ...]


def route(script: Script, layer: int) -> Route:
    """Return the way to a layer of the script's architecture, by its index.

    Raises
    ------
    Differs
        If the script does not lead there.
    """
    step, before = script.kept[layer], 0
    for number, call in enumerate(script.calls, start=1):
        if before <= step < before + call.steps:
            return Route(script.calls[:number], step - before, script.shapes[layer][1:])
        before += call.steps
    raise Differs


def run_to(module: Any, given: Any, way: Route, check: Check = nothing) -> Any:
    """Run a network until a layer is computed, and return its output.

    Parameters
    ----------
    module : torch.nn.Module
        Left as it was found.
    given : torch.Tensor, shape (B, C, H, W)
        Inputs; may be overwritten by the network.
    way : Route
        From a pass of one input of this size.
    check : callable
        Called before every step; may raise.

    Returns
    -------
    torch.Tensor or None
        Shape (B, ...); None if the network does anything else than for the one input, or fails.
    """
    import torch

    watch = _Watch(way, check)
    output: Any = None
    with torch.no_grad(), evaluation(module):
        try:
            with seeing(watch.see):
                module(given)
        except _Reached as reached:
            output = reached.output
        except Exception:
            # Whatever it is, one input alone either does not have it or is told of it in a sentence.
            if watch.stopped:
                raise
    fits = is_tensor(output) and tuple(output.shape) == (len(given), *way.shape)
    return output if fits else None


class _Watch:
    def __init__(self, way: Route, check: Check) -> None:
        self.stopped = False
        self._way, self._check, self._number = way, check, 0

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = self._way.calls[self._number]
        if call.function != function:
            raise Differs
        self._number += 1
        if call.steps:
            self._ask()
        result = function(*args, **kwargs)
        if self._number < len(self._way.calls):
            return result
        if is_tensor(result):
            raise _Reached(result)
        # What overwrites an item of a tensor returns nothing.
        pieces = [args[0]] if result is None else [piece for piece in result if is_tensor(piece)]
        raise _Reached(pieces[self._way.piece])

    def _ask(self) -> None:
        try:
            self._check()
        except BaseException:
            self.stopped = True
            raise
