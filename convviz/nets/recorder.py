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
from functools import cache
from typing import Any

from convviz.engine.checks import Check, nothing
from convviz.nets.functions import KINDS, QUESTIONS, SAME, bind, plain_name, raw_name
from convviz.nets.records import INPUT, Kind

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

    Attributes
    ----------
    steps : list of Step
        In the order of computing.
    calls : list of ModuleCall
        The modules that are being called, the outermost first.
    failure : Failure or None
        The call that raised, if one did.
    """

    def __init__(self, given: Any, parameters: Mapping[int, str], check: Check) -> None:
        self.steps: list[Step] = []
        self.calls: list[ModuleCall] = []
        self.failure: Failure | None = None
        self._check = check
        self._parameters = parameters
        self._made: dict[int, int] = {id(given): INPUT}
        self._from: dict[int, tuple[str, ...]] = {}
        self._alive: list[Any] = [given]
        self._sharing: dict[int, list[Any]] = {_memory(given): [given]}

    def see(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        """Call ``function`` as the network does, and note what it did."""
        raw = raw_name(function)
        if raw in QUESTIONS:
            return function(*args, **kwargs)
        self._check()
        tensors = _tensors((args, kwargs))
        if all(id(tensor) not in self._made for tensor in tensors):
            result = function(*args, **kwargs)
            self._note_constant(result, tensors)
            return result
        name = plain_name(function)
        try:
            return self._follow(function, raw, name, args, kwargs, tensors)
        except Exception:
            if self.failure is None:
                path = self.calls[-1].path if self.calls else ""
                self.failure = Failure(name, bind(name, args, kwargs), path, len(self.steps))
            raise

    def forget(self) -> None:
        """Let go of all tensors at once, not when Python next looks for circles of references."""
        self.steps = []
        self._alive, self._made, self._sharing, self._from = [], {}, {}, {}
        self._check = nothing

    def step_of(self, thing: Any) -> int | None:
        """Return the step that made a tensor, or the first tensor among ``thing``; None if none did."""
        return next((self._made[id(t)] for t in _tensors(thing) if id(t) in self._made), None)

    def _follow(
        self,
        function: Callable[..., Any],
        raw: str,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        tensors: list[Any],
    ) -> Any:
        sizes = tuple(tuple(tensor.shape) for tensor in tensors)
        bound = bind(name, args, kwargs)
        target, compute = _in_place(function, raw, name, args, kwargs, bound)
        if target is None:
            result = function(*args, **kwargs) if compute is None else compute()
            return self._note(name, bound, tensors, sizes, result)
        made = None if compute is None or not self._is_alone(target) else compute()
        if made is None or made.dtype != target.dtype or made.device != target.device:
            self._copy_sharing(target)
            function(*args, **kwargs)
            self._add(name, bound, tensors, sizes, target, None)
            for other in self._sharing.get(_memory(target), ()):
                self._made[id(other)] = len(self.steps) - 1
        else:
            self._rebind(target, made)
            self._add(name, bound, tensors, sizes, target, None)
        return target

    def _note(
        self,
        name: str,
        bound: dict[str, Any],
        tensors: list[Any],
        sizes: tuple[tuple[int, ...], ...],
        result: Any,
    ) -> Any:
        """Note what a function returned, and return what the network shall get."""
        if _is_tensor(result):
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
                if _is_tensor(piece) and id(piece) not in self._made:
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
            for tensor in _tensors(result):
                if id(tensor) not in self._parameters:
                    self._from[id(tensor)] = names
                    self._alive.append(tensor)

    def _keep(self, tensor: Any, index: int) -> None:
        self._made[id(tensor)] = index
        self._alive.append(tensor)
        sharing = self._sharing.setdefault(_memory(tensor), [])
        if all(tensor is not other for other in sharing):
            sharing.append(tensor)

    def _is_alone(self, tensor: Any) -> bool:
        """Whether no other tensor that was seen shares the memory, so that this one may get other memory."""
        sharing = self._sharing.get(_memory(tensor), [])
        return len(sharing) == 1 and sharing[0] is tensor

    def _rebind(self, target: Any, made: Any) -> None:
        """Let ``target`` hold the values ``made``; the record keeps the former ones."""
        old = target.detach()
        self._sharing[_memory(target)] = [old]
        for step in self._steps_holding(target):
            step.value = old
        target.data = made

    def _copy_sharing(self, target: Any) -> None:
        """Copy all records in memory that is about to be overwritten."""
        memory = _memory(target)
        for step in self.steps:
            if _memory(step.value) == memory:
                step.value = step.value.clone()

    def _steps_holding(self, tensor: Any) -> Iterator[Step]:
        index = self._made.get(id(tensor), INPUT)
        if index != INPUT and self.steps[index].value is tensor:
            yield self.steps[index]


def _in_place(
    function: Callable[..., Any],
    raw: str,
    name: str,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    bound: dict[str, Any],
) -> tuple[Any, Callable[[], Any] | None]:
    """Return the tensor a call would overwrite and the same call out of place, where there is one."""
    if bound.pop("inplace", False):
        without = dict(kwargs, inplace=False)
        if "inplace" not in kwargs:
            args = tuple(value for value in args if value is not True)
        if KINDS.get(name) is Kind.DROPOUT:
            return None, lambda: function(*args, **without)
        return args[0] if args else kwargs.get("input"), lambda: function(*args, **without)
    if _is_tensor(kwargs.get("out")):
        return kwargs["out"], None
    if raw == "__setitem__":
        return args[0], None
    if not (raw.endswith("_") and not raw.endswith("__")) and not (
        raw.startswith("__i") and raw != "__invert__"
    ):
        return None, None
    if raw in SAME or not args:
        return None, None
    return args[0], _out_of_place(name, args, kwargs)


def _out_of_place(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Callable[[], Any] | None:
    import torch

    if name in ("copy", "fill", "zero", "set", "resize", "random", "normal", "uniform"):
        return None
    for home in (torch.Tensor, torch, torch.nn.functional):
        function = getattr(home, name, None)
        if callable(function):
            found: Callable[..., Any] = function
            return lambda: found(*args, **kwargs)
    return None


def _is_tensor(thing: Any) -> bool:
    return isinstance(thing, _tensor_class())


def _memory(tensor: Any) -> int:
    return int(tensor.untyped_storage()._cdata)


def _tensors(thing: Any) -> list[Any]:
    """Return the tensors in arguments or results, also those in lists, tuples and dicts."""
    found: list[Any] = []
    _collect(thing, _tensor_class(), found)
    return found


def _collect(thing: Any, tensor: type, found: list[Any]) -> None:
    # Written to be quick: it is done for every argument of every function.
    if isinstance(thing, tensor):
        found.append(thing)
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            if type(part) not in _PLAIN:
                _collect(part, tensor, found)
    elif isinstance(thing, dict):
        for part in thing.values():
            if type(part) not in _PLAIN:
                _collect(part, tensor, found)


_PLAIN = frozenset({int, float, bool, str, slice, type(None), type(...)})


@cache
def _tensor_class() -> type:
    import torch

    return torch.Tensor
