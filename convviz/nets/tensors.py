"""Tensors among arguments and results, and functions that overwrite them."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from convviz.nets.functions import KINDS, SAME
from convviz.nets.records import Kind


def out_of_place(
    function: Callable[..., Any],
    raw: str,
    name: str,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    bound: dict[str, Any],
) -> tuple[Any, "partial[Any] | None"]:
    """Return the tensor a call would overwrite and the same call out of place, where there is one."""
    if bound.pop("inplace", False):
        without = dict(kwargs, inplace=False)
        if "inplace" not in kwargs:
            args = tuple(value for value in args if value is not True)
        if KINDS.get(name) is Kind.DROPOUT:
            return None, partial(function, *args, **without)
        return args[0] if args else kwargs.get("input"), partial(function, *args, **without)
    if is_tensor(kwargs.get("out")):
        return kwargs["out"], None
    if raw == "__setitem__":
        return args[0], None
    if not (raw.endswith("_") and not raw.endswith("__")) and not (
        raw.startswith("__i") and raw != "__invert__"
    ):
        return None, None
    if raw in SAME or not args:
        return None, None
    return args[0], _counterpart(name, args, kwargs)


def _counterpart(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> "partial[Any] | None":
    import torch

    if name in ("copy", "fill", "zero", "set", "resize", "random", "normal", "uniform"):
        return None
    for home in (torch.Tensor, torch, torch.nn.functional):
        function = getattr(home, name, None)
        if callable(function):
            return partial(function, *args, **kwargs)
    return None


def is_tensor(thing: Any) -> bool:
    """Whether ``thing`` is a tensor."""
    return isinstance(thing, _tensor_class())


def memory_of(tensor: Any) -> int:
    """Return what tells a tensor's memory from all others."""
    return int(tensor.untyped_storage()._cdata)


def tensors_in(thing: Any) -> list[Any]:
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
