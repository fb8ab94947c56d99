"""Writing down a forward pass so that its calls can be made again without the network's own code.

A :class:`Tape` numbers every tensor in the order in which functions of torch return them; an argument that
is one of them is written as its number. The network's weights are written as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from convviz.nets.functions import KINDS, SAME, bind, plain_name, words
from convviz.nets.records import Kind
from convviz.nets.tensors import is_tensor, tensors_in

Values = list[Any]
"""The tensors of a pass by their numbers; None where there is none any more."""

GIVEN = 0
"""The number of the network's input."""

# What is asked of a tensor and follows from the shape of the input alone, not from values.
_FIXED = frozenset(
    words(
        "size dim ndimension numel nelement stride is_contiguous is_floating_point is_complex get_device "
        "storage_offset element_size is_same_size has_names shape ndim dtype device layout is_cuda is_cpu "
        "is_sparse is_quantized is_meta is_mkldnn is_nested requires_grad is_leaf names __len__ __hash__"
    )
)
_LIGHT = (Kind.ACTIVATION, Kind.PAD, Kind.DROPOUT, Kind.RESHAPE, Kind.FLATTEN)


@dataclass(frozen=True)
class Numbered:
    """Stands for a tensor among the arguments of a call."""

    number: int


@dataclass(frozen=True, eq=False)
class Taped:
    """One call.

    Parameters
    ----------
    call : functools.partial
        Function and arguments, :class:`Numbered` in the place of tensors that calls before it returned.
    elsewhere : functools.partial or None
        If the call overwrites its first argument, the same out of place.
    reads, makes : tuple of int
        The numbers of its arguments and of the tensors it returns; one it overwrites is among both, under
        another number afterwards.
    name : str
        The function's plain name.
    is_light : bool
        Whether computing it again costs about as much as reading its argument, and gives the same.
    is_step : bool
        Whether it makes steps.
    """

    call: "partial[Any]"
    elsewhere: "partial[Any] | None"
    reads: tuple[int, ...]
    makes: tuple[int, ...]
    name: str
    is_light: bool
    is_step: bool


class Changed(Exception):  # noqa: N818 - nothing is wrong: the pass has to be watched again
    """The calls no longer give tensors of the same shapes, or never gave what was taken for granted."""


class Tape:
    """Collects the calls of one pass.

    Parameters
    ----------
    given : torch.Tensor
        The network's input.

    Attributes
    ----------
    calls : list of Taped
        All calls that return or overwrite tensors, in their order.
    shapes : list of tuple of int
        For each number.
    is_complete : bool
        False once the network's code has asked for values, on which anything may depend.
    """

    def __init__(self, given: Any) -> None:
        self.calls: list[Taped] = []
        self.shapes: list[tuple[int, ...]] = [tuple(given.shape)]
        self.is_complete = True
        self._numbers = {id(given): GIVEN}
        # Ids of tensors that are alive are theirs alone.
        self._alive: list[Any] = [given]

    def write(
        self,
        call: "partial[Any]",
        raw: str,
        result: Any,
        is_step: bool = False,
        elsewhere: "partial[Any] | None" = None,
    ) -> None:
        """Write down a call.

        Parameters
        ----------
        call : functools.partial
            Function and arguments, as the network calls it.
        raw : str
            The function's own name.
        result : object
            What the network got.
        is_step : bool
            See :class:`Taped`.
        elsewhere : functools.partial, optional
            If the call overwrites its first argument, what was called in its place.
        """
        made = tensors_in(result)
        if not made and result is not None:
            self.is_complete = self.is_complete and raw in _FIXED
            return
        name = plain_name(call.func)
        light = is_light(name, bind(name, call.args, call.keywords))
        read = tensors_in((call.args, call.keywords))
        reads = tuple(self._numbers[id(tensor)] for tensor in read if id(tensor) in self._numbers)
        call = self._numbered(call)
        other = None if elsewhere is None else self._numbered(elsewhere)
        makes = tuple(self._number(tensor) for tensor in made)
        self.calls.append(Taped(call, other, reads, makes, name, light, is_step))

    def number_of(self, tensor: Any) -> int:
        """Return the number of a tensor that a call has returned."""
        return self._numbers[id(tensor)]

    def _number(self, tensor: Any) -> int:
        number = len(self.shapes)
        self.shapes.append(tuple(tensor.shape))
        self._numbers[id(tensor)] = number
        self._alive.append(tensor)
        return number

    def _numbered(self, call: "partial[Any]") -> "partial[Any]":
        return with_tensors(call, lambda tensor: self._as_written(tensor) if is_tensor(tensor) else tensor)

    def _as_written(self, tensor: Any) -> Any:
        number = self._numbers.get(id(tensor))
        return tensor if number is None else Numbered(number)


def is_light(name: str, bound: Mapping[str, Any]) -> bool:
    """Whether a function reads its argument about once, and has no chance in it.

    Parameters
    ----------
    name : str
        Plain name.
    bound : mapping
        Its arguments by name.
    """
    if name == "batch_norm":
        return not bound.get("training", False)
    if name == "rrelu" or KINDS.get(name) is Kind.DROPOUT:
        return bound.get("training", True) is False
    return name in SAME or KINDS.get(name) in _LIGHT


def with_tensors(call: "partial[Any]", put: Callable[[Any], Any]) -> "partial[Any]":
    """Return a call with ``put`` of every argument, also of those in lists, tuples and dicts."""
    args = [_with(arg, put) for arg in call.args]
    return partial(call.func, *args, **{name: _with(arg, put) for name, arg in call.keywords.items()})


# Not within the function above: one that calls itself there is part of a circle, and with it all that ``put``
# knows, tensors among them, until Python looks for circles.
def _with(thing: Any, put: Callable[[Any], Any]) -> Any:
    if isinstance(thing, (list, tuple)) and not hasattr(thing, "_fields"):
        return type(thing)([_with(part, put) for part in thing])
    if isinstance(thing, dict):
        return {name: _with(part, put) for name, part in thing.items()}
    return put(thing)
