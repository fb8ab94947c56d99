"""From the steps that were watched to the layers a reader sees."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from convviz.nets.functions import NUMBERS
from convviz.nets.recorder import ModuleCall, Step
from convviz.nets.records import INPUT, Architecture, Kind, Layer, Window
from convviz.nets.space import Move, Space, start
from convviz.nets.space_moves import follow, pad_amounts

Pair = tuple[int, int]

_ROLES = (
    "weight",
    "bias",
    "running_mean",
    "running_var",
    "in_proj_weight",
    "in_proj_bias",
    "out_proj_weight",
    "out_proj_bias",
)


def reaching(steps: Sequence[Step], last: int) -> list[int]:
    """Return the steps that lead to step ``last``, in their order; it is the last of them."""
    wanted, kept = {last}, []
    for index in range(last, -1, -1):
        if index in wanted:
            kept.append(index)
            wanted.update(steps[index].inputs)
    return kept[::-1]


def describe(
    steps: Sequence[Step],
    kept: Sequence[int],
    names: Mapping[int, str],
    sizes: Mapping[str, int],
    input_shape: tuple[int, int, int],
    weights: int,
) -> Architecture:
    """Return the layers of the steps ``kept``.

    Parameters
    ----------
    steps : sequence of Step
        All that were watched.
    kept : sequence of int
        Those that lead to the output.
    names : mapping of int to str
        State-dict names by the identity of parameters and buffers.
    sizes : mapping of str to int
        How many numbers each parameter holds.
    input_shape : (int, int, int)
        Channels, rows and columns of the network's input.
    weights : int
        All learned numbers of the network.
    """
    limits = input_shape[1:]
    places: dict[int, Space | None] = {INPUT: start()}
    titles = _titles(steps, kept)
    number = {step: at for at, step in enumerate(kept)} | {INPUT: INPUT}
    counted: set[str] = set()
    layers = []
    for at, index in enumerate(kept):
        step = steps[index]
        window = _window(step)
        move = Move(
            step.function,
            step.bound,
            [places[made] for made in step.inputs],
            step.sizes,
            step.shape,
            step.piece,
            window,
            limits,
        )
        place = places[index] = follow(move)
        mine = [name for name in step.parameters if name not in counted]
        counted.update(mine)
        layers.append(
            Layer(
                at,
                titles[index],
                _kind(step, window),
                _function(step),
                tuple(number[made] for made in step.inputs),
                _block(step),
                without_batch(step.shape),
                sum(sizes[name] for name in mine),
                multiply_adds(step),
                window,
                place.fields if place is not None and place.is_of_maps(step.shape) else None,
                _parameters(step, names),
                _numbers(step),
            )
        )
    return Architecture(input_shape, tuple(layers), weights)


def without_batch(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape without the batch, if there is one: a first axis of one among others."""
    return shape[1:] if len(shape) > 1 and shape[0] == 1 else shape


def _function(step: Step) -> str:
    # nn.ReLU6 calls hardtanh.
    limits = step.bound.get("min_val"), step.bound.get("max_val")
    return "relu6" if step.function == "hardtanh" and limits == (0.0, 6.0) else step.function


def _kind(step: Step, window: Window | None) -> Kind:
    kind = step.kind
    if kind is Kind.POOLING and step.shape[-2:] == (1, 1):
        whole = window is None or window.kernel >= step.sizes[0][-2:]
        return Kind.GLOBAL_POOLING if whole else kind
    if step.function in ("mean", "amax") and len(step.sizes[0]) == 4:
        # Global over rows and columns, with channels first or last.
        dims = step.bound.get("dim")
        given = {int(dim) % 4 for dim in dims} if isinstance(dims, (tuple, list)) else set()
        if given in ({2, 3}, {1, 2}):
            return Kind.GLOBAL_POOLING
    return kind


def _pair(value: Any) -> Pair:
    if isinstance(value, (tuple, list)):
        return int(value[0]), int(value[-1])
    return int(value), int(value)


def _window(step: Step) -> Window | None:
    bound, name = step.bound, step.function
    if name in ("conv2d", "conv_transpose2d"):
        kernel = _pair(tuple(bound["weight"].shape[2:]))
        dilation = _pair(bound.get("dilation", 1))
        padding = bound.get("padding", 0)
        if padding == "same":
            # An odd number of cells goes behind, as in torch.
            padding = tuple(d * (k - 1) // 2 for k, d in zip(kernel, dilation, strict=True))
        elif padding == "valid":
            padding = 0
        groups = int(bound.get("groups", 1))
        return Window(kernel, _pair(bound.get("stride", 1)), _pair(padding), dilation, groups)
    if name in ("max_pool2d", "avg_pool2d", "lp_pool2d"):
        kernel = _pair(bound["kernel_size"])
        stride = bound.get("stride")
        return Window(
            kernel,
            kernel if stride is None or stride == [] else _pair(stride),
            _pair(bound.get("padding", 0)),
            _pair(bound.get("dilation", 1)),
            ceil_mode=bool(bound.get("ceil_mode", False)),
            count_padding=bool(bound.get("count_include_pad", True)),
        )
    if name in ("adaptive_avg_pool2d", "adaptive_max_pool2d"):
        size, cells = step.sizes[0][-2:], step.shape[-2:]
        if all(n % c == 0 for n, c in zip(size, cells, strict=True)):
            kernel = size[0] // cells[0], size[1] // cells[1]
            return Window(kernel, kernel)
    return None


def multiply_adds(step: Step) -> int:
    """Return the products summed up by convolutions, linear layers, matrix products and attention."""
    bound, name, out = step.bound, step.function, math.prod(step.shape)
    weight: tuple[int, ...] = tuple(getattr(bound.get("weight"), "shape", (1,)))
    if name in ("conv2d", "conv1d", "conv3d"):
        return out * math.prod(weight[1:])
    if name == "conv_transpose2d":
        return math.prod(step.sizes[0]) * math.prod(weight[1:])
    if name == "linear":
        return out * weight[-1]
    if name in ("matmul", "bmm", "mm", "__matmul__"):
        return out * step.sizes[0][-1]
    if name == "einsum" and len(step.sizes) == 2:
        letters = str(bound["0"]).partition("->")[0].replace(" ", "").split(",")
        sides = {
            mark: side
            for term, size in zip(letters, step.sizes, strict=True)
            for mark, side in zip(term, size, strict=False)
        }
        return math.prod(sides.values())
    if name == "scaled_dot_product_attention":
        return 2 * out * int(bound["key"].shape[-2])
    if name == "multi_head_attention_forward" and step.piece in (None, 0):
        # Length first: the four projections, then scores and weighted sums.
        length, batch, width = (int(side) for side in bound["query"].shape)
        keys = int(bound["key"].shape[0])
        return batch * width * (2 * (length + keys) * width + 2 * length * keys)
    return 0


def _parameters(step: Step, names: Mapping[int, str]) -> dict[str, str]:
    found = {
        role: names[id(step.bound[role])]
        for role in _ROLES
        if step.bound.get(role) is not None and id(step.bound[role]) in names
    }
    for name in step.parameters:
        if name not in found.values():
            short = name.rpartition(".")[2]
            found[name if short in found else short] = name
    return found


def _numbers(step: Step) -> dict[str, float]:
    bound = step.bound
    found = {
        name: float(bound[name])
        for name in NUMBERS
        if isinstance(bound.get(name), (int, float)) and not isinstance(bound.get(name), bool)
    }
    for name in ("input", "other"):
        if step.kind in (Kind.ADD, Kind.MULTIPLY) and isinstance(bound.get(name), (int, float)):
            found["scalar"] = float(bound[name])
    if step.function == "pad":
        amounts = pad_amounts(bound.get("pad"), max(2, len(step.shape)))
        (top, bottom), (left, right) = amounts[-2:]
        found |= {"top": top, "bottom": bottom, "left": left, "right": right}
        found["value"] = float(bound.get("value") or 0.0)
    if step.piece is not None:
        found["piece"] = step.piece
    return found


def _titles(steps: Sequence[Step], kept: Iterable[int]) -> dict[int, str]:
    """Return unique names: a module's path for its own result, else its path and the function."""
    met: dict[str, int] = {}
    titles: dict[int, str] = {}
    for index in kept:
        name = _title(steps[index], index)
        met[name] = met.get(name, 0) + 1
        title = name if met[name] == 1 else f"{name}-{met[name]}"
        while title in titles.values():
            met[name] += 1
            title = f"{name}-{met[name]}"
        titles[index] = title
    return titles


def _title(step: Step, index: int) -> str:
    call = step.calls[-1] if step.calls else None
    if call is None or not call.path:
        return _function(step)
    return call.path if _stands_for(step, index, call) else f"{call.path}.{_function(step)}"


def _stands_for(step: Step, index: int, call: ModuleCall) -> bool:
    """Whether a step is what its module is there for, so that its output is what a forward hook gets."""
    return call.result == index and (call.is_leaf or any(name in call.own for name in step.parameters))


def _block(step: Step) -> tuple[str, ...]:
    """Return the paths of the modules round a step, without a module that is this one step."""
    paths = [call.path for call in step.calls if call.path]
    if step.calls and len(step.calls[-1].steps) == 1 and step.calls[-1].is_leaf and paths:
        paths = paths[:-1]
    return tuple(dict.fromkeys(paths))
