"""Watching a forward pass: which functions were called, on what, and what came out.

Every function of torch that the network's own code calls passes through :meth:`Recorder.see` with its real
arguments. Steps are told apart by the identity of tensors, so every tensor that was seen is kept alive while
watching: its id cannot be given to another.

In-place functions would overwrite what was captured before. They are computed out of place, and the tensor
the network holds is made to point at the result, while the record keeps what was there; nothing is copied.
Only where several tensors share the memory, as views do, the old values are copied first.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from convviz.engine.checks import Check, nothing
from convviz.nets.functions import KINDS, QUESTIONS, SAME, bind, plain_name, raw_name
from convviz.nets.records import INPUT, Kind
from convviz.nets.replay import Call
from convviz.nets.tape import Tape
from convviz.nets.tensors import is_tensor, memory_of, out_of_place, tensors_in

_NO_STEP_IF_SAME = (Kind.RESHAPE, Kind.FLATTEN)


@dataclass
class ModuleCall:
    """One call of a module.

    Parameters
    ----------
    path : str
        Of the module; empty for the network itself.
    is_leaf : bool
        Whether it has no modules in it.
    own : frozenset of str
        Names of the parameters that belong to the module itself.
    steps : list of int
        Steps made by the module's own code, not by modules in it.
    result : int or None
        The step whose output the module returned.
    """

    path: str
    is_leaf: bool
    own: frozenset[str]
    steps: list[int] = field(default_factory=list)
    result: int | None = None


@dataclass
class Step:
    """One call of a function that led from the input towards the output.

    Parameters
    ----------
    function : str
        Plain name.
    bound : dict
        Arguments by name, tensors among them.
    inputs : tuple of int
        Steps whose outputs are arguments.
    sizes : tuple of tuple of int
        Shapes of these arguments, batch included, when the function was called.
    parameters : tuple of str
        Names of parameters that went into it, directly or through computed weights.
    value : torch.Tensor
        What came out, as it was then.
    shape : tuple of int
        Of ``value``, batch included.
    piece : int or None
        Which of several outputs this is.
    calls : tuple of ModuleCall
        The modules it lies in, the outermost first.
    """

    function: str
    bound: dict[str, Any]
    inputs: tuple[int, ...]
    sizes: tuple[tuple[int, ...], ...]
    parameters: tuple[str, ...]
    value: Any
    shape: tuple[int, ...]
    piece: int | None
    calls: tuple[ModuleCall, ...]

    @property
    def kind(self) -> Kind:
        """What the function does, as far as its name tells."""
        return KINDS.get(self.function, Kind.OTHER)


@dataclass
class Failure:
    """The call that raised: what a sentence about it needs."""

    function: str
    bound: dict[str, Any]
    path: str
    done: int


class Recorder:
    """Collects the steps of one forward pass.

    Parameters
    ----------
    given : torch.Tensor
        The network's input, batch included. May be overwritten.
    parameters : mapping of int to str
        Names of the network's parameters by their identity.
    check : callable
        Called before every function; may raise.
    tape : Tape, optional
        Where to write down all calls too.

    Attributes
    ----------
    steps : list of Step
        In the order of computing.
    calls : list of ModuleCall
        The modules that are being called, the outermost first.
    failure : Failure or None
        The call that raised, if one did.
    script : list of Call or None
        All that was called, to be followed by :func:`convviz.nets.replay.replay`; None once it cannot be,
        because something was overwritten that had to be copied.
    tape : Tape or None
        What was given; None once it is of no use, for the same reason.
    numbers : list of int
        The number of each step's output on the tape.
    """

    def __init__(
        self, given: Any, parameters: Mapping[int, str], check: Check, tape: Tape | None = None
    ) -> None:
        self.steps: list[Step] = []
        self.calls: list[ModuleCall] = []
        self.failure: Failure | None = None
        self.script: list[Call] | None = []
        self.tape = tape
        self.numbers: list[int] = []
        self._check = check
        self._parameters = parameters
        self._made: dict[int, int] = {id(given): INPUT}
        self._from: dict[int, tuple[str, ...]] = {}
        self._alive: list[Any] = [given]
        self._sharing: dict[int, list[Any]] = {memory_of(given): [given]}

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call ``function`` as the network does, and note what it did."""
        raw = raw_name(function)
        if raw in QUESTIONS:
            return self._unseen(function, raw, args, kwargs)
        self._check()
        tensors = tensors_in((args, kwargs))
        if all(id(tensor) not in self._made for tensor in tensors):
            result = self._unseen(function, raw, args, kwargs)
            self._note_constant(result, tensors)
            return result
        name, before = plain_name(function), len(self.steps)
        inputs = tuple(self._made.get(id(tensor)) for tensor in tensors)
        try:
            result, called, in_place = self._follow(function, raw, name, args, kwargs, tensors)
            steps = len(self.steps) - before
            self._write(Call(function, inputs, steps, in_place))
            if self.tape is not None:
                original = partial(function, *args, **kwargs) if in_place else called
                self.tape.write(original, raw, result, steps > 0, called if in_place else None)
                self.numbers += [self.tape.number_of(step.value) for step in self.steps[before:]]
            return result
        except Exception:
            if self.failure is None:
                path = self.calls[-1].path if self.calls else ""
                self.failure = Failure(name, bind(name, args, kwargs), path, len(self.steps))
            raise

    def _unseen(
        self, function: Callable[..., Any], raw: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> Any:
        """Call a function that makes no step."""
        self._write(Call(function, (), 0, False))
        result = function(*args, **kwargs)
        if self.tape is not None:
            self.tape.write(partial(function, *args, **kwargs), raw, result)
        return result

    def _write(self, call: Call) -> None:
        if self.script is not None:
            self.script.append(call)

    def forget(self) -> None:
        """Let go of all tensors at once, not when Python next looks for circles of references."""
        self.steps = []
        self._alive, self._made, self._sharing, self._from = [], {}, {}, {}
        self._check = nothing
        self.tape = self.failure = None

    def step_of(self, thing: Any) -> int | None:
        """Return the step that made a tensor, or the first tensor among ``thing``; None if none did."""
        return next((self._made[id(t)] for t in tensors_in(thing) if id(t) in self._made), None)

    def _follow(
        self,
        function: Callable[..., Any],
        raw: str,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        tensors: list[Any],
    ) -> tuple[Any, "partial[Any]", bool]:
        """Return what the network shall get, what was called for it, and whether an argument now holds it."""
        sizes = tuple(tuple(tensor.shape) for tensor in tensors)
        bound = bind(name, args, kwargs)
        target, compute = out_of_place(function, raw, name, args, kwargs, bound)
        called = partial(function, *args, **kwargs) if compute is None else compute
        if target is None:
            return self._note(name, bound, tensors, sizes, called()), called, False
        made = None if compute is None or not self._is_alone(target) else compute()
        if made is None or made.dtype != target.dtype or made.device != target.device:
            self.script = self.tape = None
            self._copy_sharing(target)
            function(*args, **kwargs)
            self._add(name, bound, tensors, sizes, target, None)
            for other in self._sharing.get(memory_of(target), ()):
                self._made[id(other)] = len(self.steps) - 1
        else:
            self._rebind(target, made)
            self._add(name, bound, tensors, sizes, target, None)
        return target, called, True

    def _note(
        self,
        name: str,
        bound: dict[str, Any],
        tensors: list[Any],
        sizes: tuple[tuple[int, ...], ...],
        result: Any,
    ) -> Any:
        """Note what a function returned, and return what the network shall get."""
        if is_tensor(result):
            same = next((t for t in tensors if t is result), None)
            kind = KINDS.get(name, Kind.OTHER)
            if name in SAME or (same is not None and kind in _NO_STEP_IF_SAME):
                if id(result) not in self._made:
                    self._keep(result, self._made[next(id(t) for t in tensors if id(t) in self._made)])
                return result
            # A step of its own needs a tensor of its own, which may share the memory.
            mine = result if same is None else result.detach()
            self._add(name, bound, tensors, sizes, mine, None)
            return mine
        if isinstance(result, (tuple, list)):
            for at, piece in enumerate(result):
                if is_tensor(piece) and id(piece) not in self._made:
                    self._add(name, bound, tensors, sizes, piece, at)
        return result

    def _add(
        self,
        name: str,
        bound: dict[str, Any],
        tensors: list[Any],
        sizes: tuple[tuple[int, ...], ...],
        value: Any,
        piece: int | None,
    ) -> None:
        known = [
            (self._made[id(t)], size) for t, size in zip(tensors, sizes, strict=True) if id(t) in self._made
        ]
        index = len(self.steps)
        self.steps.append(
            Step(
                name,
                bound,
                tuple(made for made, _ in known),
                tuple(size for _, size in known),
                self._names_of(tensors),
                value,
                tuple(value.shape),
                piece,
                tuple(self.calls),
            )
        )
        if self.calls:
            self.calls[-1].steps.append(index)
        self._keep(value, index)

    def _names(self, tensor: Any) -> tuple[str, ...]:
        name = self._parameters.get(id(tensor))
        return (name,) if name is not None else self._from.get(id(tensor), ())

    def _names_of(self, tensors: list[Any]) -> tuple[str, ...]:
        names: list[str] = []
        for tensor in tensors:
            if id(tensor) not in self._made:
                names += [name for name in self._names(tensor) if name not in names]
        return tuple(names)

    def _note_constant(self, result: Any, tensors: list[Any]) -> None:
        """Remember which parameters a computed weight comes from."""
        names = self._names_of(tensors)
        if names:
            for tensor in tensors_in(result):
                if id(tensor) not in self._parameters:
                    self._from[id(tensor)] = names
                    self._alive.append(tensor)

    def _keep(self, tensor: Any, index: int) -> None:
        self._made[id(tensor)] = index
        self._alive.append(tensor)
        sharing = self._sharing.setdefault(memory_of(tensor), [])
        if all(tensor is not other for other in sharing):
            sharing.append(tensor)

    def _is_alone(self, tensor: Any) -> bool:
        """Whether no other tensor that was seen shares the memory, so that this one may get other memory."""
        sharing = self._sharing.get(memory_of(tensor), [])
        return len(sharing) == 1 and sharing[0] is tensor

    def _rebind(self, target: Any, made: Any) -> None:
        """Let ``target`` hold the values ``made``; the record keeps the former ones."""
        old = target.detach()
        self._sharing[memory_of(target)] = [old]
        for step in self._steps_holding(target):
            step.value = old
        target.data = made

    def _copy_sharing(self, target: Any) -> None:
        """Copy all records in memory that is about to be overwritten."""
        memory = memory_of(target)
        for step in self.steps:
            if memory_of(step.value) == memory:
                step.value = step.value.clone()

    def _steps_holding(self, tensor: Any) -> Iterator[Step]:
        index = self._made.get(id(tensor), INPUT)
        if index != INPUT and self.steps[index].value is tensor:
            yield self.steps[index]
