"""Running a network once and capturing every step."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.checks import Check, nothing
from convviz.nets.deferred import Deferred
from convviz.nets.describe import describe, reaching
from convviz.nets.program import Program
from convviz.nets.recorder import ModuleCall, Recorder, Step
from convviz.nets.records import Architecture
from convviz.nets.refusal import refusal
from convviz.nets.replay import Script, replay
from convviz.nets.seeing import seeing
from convviz.nets.tape import Changed, Tape

Signature = tuple[Any, ...]
"""The steps of a pass; equal for passes with the same architecture."""


@dataclass(frozen=True, eq=False)
class Captured:
    """What one forward pass gave.

    Parameters
    ----------
    architecture : Architecture
        The layers that lead to the output.
    outputs : sequence of torch.Tensor
        One for each layer, batch included. They share memory with the network's own tensors. In a pass that
        repeats an earlier one, some are computed only when they are asked for.
    seconds : float
        How long it took.
    """

    architecture: Architecture
    outputs: Sequence[Any]
    seconds: float

    def arrays(self) -> Deferred[NDArray[Any]]:
        """Return the outputs as read-only arrays without the batch; nothing is copied."""
        return Deferred.of(self.outputs).each(_array)


def capture(
    module: Any,
    given: Any,
    *,
    check: Check = nothing,
    step_done: Callable[[int], None] | None = None,
    known: dict[Signature, Architecture] | None = None,
    scripts: dict[tuple[int, ...], Script] | None = None,
    fixed: bool = False,
) -> Captured:
    """Run a network in evaluation mode and capture the output of every step.

    Parameters
    ----------
    module : torch.nn.Module
        Left as it was found: mode, hooks and weights.
    given : torch.Tensor, shape (1, C, H, W)
        Input; may be overwritten by the network, and not by anybody else as long as the outputs are used.
    check : callable
        Called before every function of torch; may raise, which ends the pass.
    step_done : callable, optional
        Given the number of steps that are done, now and then; may raise.
    known : dict, optional
        Architectures of earlier passes of this network: a pass of the same steps uses one again, another adds
        its own.
    scripts : dict, optional
        What earlier passes did, by the shape of their input: a pass that does the same takes less time.
    fixed : bool
        Whether what the network calls depends on nothing but the shape of its input, see
        :func:`convviz.nets.program.is_fixed`:
        then only the first pass at a size needs its code, and the others make the same calls.

    Raises
    ------
    Problem
        If the network cannot compute on this input, naming the layer that refuses.
    """
    import torch

    started = time.perf_counter()
    input_shape = tuple(given.shape[1:])
    script = scripts.get(input_shape) if scripts is not None else None
    if script is not None:
        outputs = _repeated(module, given, script, _Going(check, step_done, itertools.count().__next__))
        if outputs is not None:
            return Captured(script.architecture, outputs, time.perf_counter() - started)
    parts = list(module.named_modules())
    names = _names(parts)
    going = _Going(check, step_done, lambda: len(recorder.steps))
    recorder = Recorder(given, names, going, Tape(given) if fixed and scripts is not None else None)
    with torch.no_grad(), evaluation(module), _watching(parts, recorder, names):
        try:
            with seeing(recorder.see):
                result = module(given)
        except BaseException as error:
            if going.is_stopped or not isinstance(error, Exception):
                recorder.forget()
                raise
            # Without a name here, which would be part of a circle: the error's traceback knows this frame.
            raise _refused(recorder, error) from error
    last = recorder.step_of(result)
    if last is None or last < 0:
        recorder.forget()
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "The network's output does not come out of its input through functions of torch, so there "
                "are no layers to show. Have its forward method return a tensor computed from the input.",
            )
        )
    kept = reaching(recorder.steps, last)
    signature = (input_shape, *(_signature(recorder.steps[index], index) for index in kept))
    architecture = known.get(signature) if known is not None else None
    if architecture is None:
        architecture = _architecture(module, recorder.steps, kept, input_shape)
        if known is not None:
            known[signature] = architecture
    if scripts is not None and recorder.script is not None:
        shapes = tuple(recorder.steps[index].shape for index in kept)
        program = _program(module, recorder, kept)
        scripts[input_shape] = Script(
            tuple(recorder.script), last, tuple(kept), shapes, architecture, program
        )
    outputs = tuple(recorder.steps[index].value for index in kept)
    recorder.forget()
    return Captured(architecture, outputs, time.perf_counter() - started)


def _refused(recorder: Recorder, error: Exception) -> Problem:
    problem = refusal(recorder, error)
    recorder.forget()
    return problem


def _program(module: Any, recorder: Recorder, kept: list[int]) -> Program | None:
    """Return how to make the calls of the pass again, if that can be told from it."""
    tape = recorder.tape
    if tape is None or not tape.is_complete:
        return None
    homes = [home for part in module.modules() for home in (part._parameters, part._buffers)]
    places = [(home, name) for home in homes for name in home if home[name] is not None]
    try:
        return Program(tape, [recorder.numbers[index] for index in kept], places)
    except Changed:
        return None


class _Going:
    """A check that tells how many steps are done, and remembers whether it has stopped the pass.

    It keeps no exception: one that is kept keeps the frames it has come through, with all their tensors.
    """

    def __init__(
        self, check: Check, step_done: Callable[[int], None] | None, done: Callable[[], int]
    ) -> None:
        self._check, self._step_done, self._done = check, step_done, done
        self.is_stopped = False

    def __call__(self) -> None:
        try:
            self._check()
            if self._step_done is not None:
                self._step_done(self._done())
        except BaseException:
            self.is_stopped = True
            raise


def _repeated(module: Any, given: Any, script: Script, going: _Going) -> Sequence[Any] | None:
    """Return the outputs of a pass that does what ``script`` says, None if it does not, or fails."""
    import torch

    # Another tensor with the same memory: what overwrites the first leaves the memory as it is.
    mine = given.detach()
    try:
        with torch.no_grad():
            if script.program is not None:
                memo = script.program.run(mine, going)
                return Deferred(map(memo.cell, script.program.outputs))
            with evaluation(module):
                return replay(module, mine, script, going)
    except Exception:
        if going.is_stopped:
            raise
        # Whatever it is, watched closely it is told in a sentence.
        return None


def _names(parts: list[tuple[str, Any]]) -> dict[int, str]:
    """Return the first name of every parameter by its identity."""
    names: dict[int, str] = {}
    for path, part in parts:
        for name, tensor in part._parameters.items():
            if tensor is not None:
                names.setdefault(id(tensor), f"{path}.{name}" if path else name)
    return names


def _signature(step: Step, index: int) -> tuple[Any, ...]:
    path = step.calls[-1].path if step.calls else ""
    return index, step.function, path, step.inputs, step.shape


def _architecture(
    module: Any, steps: list[Step], kept: list[int], input_shape: tuple[int, ...]
) -> Architecture:
    state = module.state_dict(keep_vars=True)
    names = {id(tensor): name for name, tensor in reversed(list(state.items()))}
    sizes = {name: tensor.numel() for name, tensor in module.named_parameters(remove_duplicate=False)}
    weights = sum(tensor.numel() for tensor in module.parameters())
    channels, rows, columns = input_shape
    return describe(steps, kept, names, sizes, (channels, rows, columns), weights)


@contextmanager
def evaluation(module: Any) -> Iterator[None]:
    """Put every part of a network in evaluation mode, and each back in the mode it was in."""
    training = [part for part in module.modules() if part.training]
    try:
        for part in training:
            part.training = False
        yield
    finally:
        for part in training:
            part.training = True


@contextmanager
def _watching(parts: list[tuple[str, Any]], recorder: Recorder, names: dict[int, str]) -> Iterator[None]:
    """Keep :attr:`Recorder.calls` while the network runs in this thread."""
    mine = threading.get_ident()
    # Put in by hand: the handles that register_forward_hook makes take longer than a small network.
    key = object()

    def watch(path: str, part: Any) -> None:
        own = frozenset(names[id(tensor)] for tensor in part._parameters.values() if tensor is not None)
        leaf = not part._modules

        def before(_part: Any, _args: Any) -> None:
            if threading.get_ident() == mine:
                recorder.calls.append(ModuleCall(path, leaf, own))

        def after(_part: Any, _args: Any, output: Any) -> None:
            if threading.get_ident() == mine:
                recorder.calls.pop().result = recorder.step_of(output)

        part._forward_pre_hooks[key] = before
        part._forward_hooks[key] = after

    try:
        for path, part in parts:
            watch(path, part)
        yield
    finally:
        for _, part in parts:
            part._forward_pre_hooks.pop(key, None)
            part._forward_hooks.pop(key, None)


def _array(tensor: Any) -> NDArray[Any]:
    whole: NDArray[Any] = (tensor.detach() if tensor.requires_grad else tensor).numpy()
    # Each a new view: what is read-only here is not read-only for torch.
    array = whole[0] if whole.ndim > 1 and len(whole) == 1 else whole[...]
    array.flags.writeable = False
    return array
