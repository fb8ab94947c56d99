"""The calls of an earlier pass made again, keeping only what cannot be had cheaply from the rest.

Keeping every output costs much more than computing it: fresh memory is written to instead of what is still
in the caches. What follows a convolution is computed and kept in one go where :mod:`convviz.nets.follow` can.
Of the rest, outputs of convolutions, linear layers, poolings, sums and so on are kept; other activations,
normalisation and padding, dropout and changes of shape are computed when somebody looks at them: by the same
function of torch, from the same numbers, so that not a bit differs. Nothing is further than
:data:`MOST_CALLS` such calls from something that is kept.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from convviz.engine.checks import Check
from convviz.nets.deferred import Cell, There
from convviz.nets.follow import Followed, Run, find_runs
from convviz.nets.functions import KINDS
from convviz.nets.records import Kind
from convviz.nets.tape import GIVEN, Changed, Numbered, Tape, Taped, Values, with_tensors
from convviz.nets.tensors import is_tensor, tensors_in

MOST_CALLS = 4

_KNOWN_CODE = (
    "torch.nn.modules.",
    "torchvision.models.",
    "torchvision.ops.",
    "efficientnet_lite_pytorch.",
    "convviz.nets.",
)

Numbers = tuple[tuple[Any, int], ...]


def is_fixed(module: Any) -> bool:
    """Whether a network is made only of modules whose code is known to have no memory and no chance in it.

    In evaluation mode they call the same functions for every input of one shape, except where they look at
    values, which a :class:`~convviz.nets.tape.Tape` notices.
    """
    return all(
        type(part).__module__.startswith(_KNOWN_CODE)
        and "forward" not in part.__dict__
        and not part._forward_hooks
        and not part._forward_pre_hooks
        for part in module.modules()
    )


@dataclass(frozen=True, eq=False)
class _Recipe:
    """A call, laid out so that it is made with few steps of Python."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    places: Numbers
    names: Numbers
    nested: bool
    reads: tuple[int, ...]
    makes: tuple[int, ...]

    @classmethod
    def of(cls, call: "partial[Any]", reads: tuple[int, ...], makes: tuple[int, ...]) -> "_Recipe":
        places = tuple((at, arg.number) for at, arg in enumerate(call.args) if isinstance(arg, Numbered))
        names = tuple((name, arg.number) for name, arg in call.keywords.items() if isinstance(arg, Numbered))
        nested = len(list(_numbers(call))) > len(places) + len(names)
        return cls(call.func, call.args, call.keywords, places, names, nested, reads, makes)

    def call(self, values: Any) -> Any:
        """Return what the function gives for tensors by their numbers."""
        if self.nested:
            whole = partial(self.function, *self.args, **self.kwargs)
            return with_tensors(whole, lambda a: values[a.number] if isinstance(a, Numbered) else a)()
        args, kwargs = list(self.args), self.kwargs
        for place, number in self.places:
            args[place] = values[number]
        if self.names:
            kwargs = {**kwargs, **{name: values[number] for name, number in self.names}}
        return self.function(*args, **kwargs)

    def into(self, values: Values) -> None:
        """Put what the function gives among the tensors of the pass."""
        result = self.call(values)
        if len(self.makes) == 1 and is_tensor(result):
            values[self.makes[0]] = result
        elif self.makes:
            for number, tensor in zip(self.makes, tensors_in(result), strict=True):
                values[number] = tensor


class Memo:
    """What is kept of a pass, and how the rest comes from it. Any thread may ask.

    Parameters
    ----------
    values : dict of int to torch.Tensor
        What is kept, by number.
    recipes : mapping of int to _Recipe
        For all other numbers that are asked for.
    """

    def __init__(self, values: dict[int, Any], recipes: Mapping[int, _Recipe]) -> None:
        self._values, self._recipes = values, recipes
        self._lock = threading.Lock()

    def cell(self, number: int) -> Cell[Any] | There[Any]:
        """Return what holds a tensor, or makes it when it is asked for."""
        kept = self._values.get(number)
        return There(kept) if kept is not None else Cell(partial(self.tensor, number))

    def tensor(self, number: int) -> Any:
        """Return a tensor by its number, computed now if it was not."""
        import torch

        # Whoever asks may be watching what a network calls; these calls are not the network's.
        with self._lock, torch._C.DisableTorchFunction(), torch.no_grad():
            return self._make(number)

    def _make(self, number: int) -> Any:
        if number not in self._values:
            recipe = self._recipes[number]
            for needed in recipe.reads:
                self._make(needed)
            self._values.update(zip(recipe.makes, tensors_in(recipe.call(self._values)), strict=True))
        return self._values[number]


class Program:
    """Makes the calls of a tape again. For one thread at a time.

    Parameters
    ----------
    tape : Tape
        A complete one.
    outputs : sequence of int
        The numbers that will be asked for.
    places : iterable of (dict, str)
        Where the network keeps the weights that the tape mentions.

    Raises
    ------
    Changed
        If the tape mentions weights that the network does not keep.
    """

    def __init__(
        self, tape: Tape, outputs: Sequence[int], places: Iterable[tuple[dict[str, Any], str]]
    ) -> None:
        self.outputs = tuple(outputs)
        runs = list(find_runs(tape))
        lazy = _lazy(tape, outputs, {id(call) for run in runs for call in run.calls})
        self._kept = frozenset(_sources(tape, outputs, lazy))
        self._shapes = tuple((number, tape.shapes[number]) for number in sorted(self._kept))
        self._calls = tuple(_laid_out(tape, runs, self._kept, lazy))
        self._count = len(tape.shapes)
        self._lazy = [call for call in tape.calls if any(number in lazy for number in call.makes)]
        used = {id(tensor): tensor for call in tape.calls for tensor in _weights(call)}
        self._places = [(home, name, home[name]) for home, name in places if id(home[name]) in used]
        if used.keys() - {id(tensor) for _, _, tensor in self._places}:
            raise Changed
        self._weights = [tensor for call in self._lazy for tensor in _weights(call)]
        self._versions: list[int] = []
        self._recipes: Mapping[int, _Recipe] = {}

    def run(self, given: Any, check: Check) -> Memo:
        """Make the calls and return what is kept.

        Parameters
        ----------
        given : torch.Tensor, shape (1, C, H, W)
            Input of the same shape as the tape's; not written to, nor may anybody else as long as the result
            is used.
        check : callable
            Called before every step; may raise.

        Raises
        ------
        Changed
            If the network holds other tensors than when the tape was written.
        """
        if any(home.get(name) is not tensor for home, name, tensor in self._places):
            raise Changed
        values: Values = [None] * self._count
        values[GIVEN] = given
        for maker, steps, done_with in self._calls:
            for _ in range(steps):
                check()
            maker.into(values)
            for number in done_with:
                values[number] = None
        if any(values[number].shape != shape for number, shape in self._shapes):
            raise Changed
        return Memo({number: values[number] for number in self._kept}, self._recipes_now())

    def _recipes_now(self) -> Mapping[int, _Recipe]:
        """Return how to compute what is not kept, with copies of the weights as they are now."""
        versions = [tensor._version for tensor in self._weights]
        if versions != self._versions or not self._recipes:
            copies = {id(tensor): tensor.clone() for tensor in self._weights}
            recipes: dict[int, _Recipe] = {}
            for taped in self._lazy:
                call = with_tensors(taped.elsewhere or taped.call, lambda t: copies.get(id(t), t))
                recipe = _Recipe.of(call, taped.reads, taped.makes)
                recipes.update(dict.fromkeys(taped.makes, recipe))
            self._recipes, self._versions = recipes, versions
        return self._recipes


def _lazy(tape: Tape, outputs: Sequence[int], at_once: set[int]) -> set[int]:
    """Return the numbers of what is computed when asked for: not that of the calls in ``at_once``, by id."""
    # How many calls away from something that is kept; only for what comes from the input.
    depths = {GIVEN: 0}
    for call in tape.calls:
        if not any(number in depths for number in call.reads):
            continue
        light = call.is_light and id(call) not in at_once and all(number in depths for number in call.reads)
        depth = 1 + max(depths[number] for number in call.reads) if light else 0
        depths.update(dict.fromkeys(call.makes, depth if depth <= MOST_CALLS else 0))
    lazy = {number for number, depth in depths.items() if depth}
    # The answer is looked at in any case.
    return lazy - {outputs[-1]}


def _sources(tape: Tape, outputs: Sequence[int], lazy: set[int]) -> Iterator[int]:
    """Yield the numbers of what has to be kept."""
    makers = {number: call for call in tape.calls for number in call.makes}
    waiting, met = list(outputs), set(outputs)
    while waiting:
        number = waiting.pop()
        if number not in lazy:
            yield number
            continue
        new = set(makers[number].reads) - met
        met |= new
        waiting += new


def _laid_out(
    tape: Tape, runs: Iterable[Run], kept: frozenset[int], lazy: set[int]
) -> Iterator[tuple["_Recipe | Followed", int, tuple[int, ...]]]:
    """Yield what makes each call or run, how many steps that is, and what nobody reads afterwards."""
    makers = {number: call for call in tape.calls for number in call.makes}
    places = {id(run.when): run for run in runs}
    elsewhere = {id(call) for run in places.values() for call in run.calls} - places.keys()
    rows: list[tuple[_Recipe | Followed, int, tuple[int, ...]]] = []
    for taped in tape.calls:
        if (run := places.get(id(taped))) is not None:
            followed = Followed(run, tape.shapes)
            rows.append((followed, followed.steps, (*run.reads, *run.makes)))
        elif id(taped) not in elsewhere:
            call = taped.call
            if taped.elsewhere is not None and not _may_be_overwritten(taped.reads[0], makers, lazy):
                call = taped.elsewhere
            recipe = _Recipe.of(call, taped.reads, taped.makes)
            rows.append((recipe, int(taped.is_step), (*taped.reads, *taped.makes)))
    last = {number: at for at, (_, _, numbers) in enumerate(rows) for number in numbers}
    for at, (maker, steps, numbers) in enumerate(rows):
        done_with = (number for number in dict.fromkeys(numbers) if last[number] == at)
        yield maker, steps, tuple(number for number in done_with if number not in kept)


def _may_be_overwritten(number: int, makers: Mapping[int, Taped], lazy: set[int]) -> bool:
    """Whether a tensor's memory is needed by nobody else: its maker made it anew, and it is not kept."""
    maker = makers.get(number)
    fresh = maker is not None and (maker.name == "batch_norm" or KINDS.get(maker.name) is Kind.ACTIVATION)
    return fresh and number in lazy


def _numbers(call: "partial[Any]") -> Iterator[int]:
    found: list[int] = []
    with_tensors(call, lambda thing: found.append(thing.number) if isinstance(thing, Numbered) else None)
    yield from found


def _weights(call: Taped) -> list[Any]:
    return tensors_in((call.call.args, call.call.keywords))
