"""The state of the picture and the layer as tables of a file, and back."""

import base64
import binascii
import io
import zlib
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.kernels import preset
from convviz.core.lessons import Table
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import Activation, Magnitude, Operation, PaddingMode, Pair, PoolKind
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.render import Display
from convviz.files.samples import load_examples, open_sample
from convviz.ui.opening import example_state
from convviz.ui.state import LayerSettings, Mix, State

DISPLAYS = (Display.SIGNED, Display.CLIP, Display.ABSOLUTE, Display.STRETCH)
MOST_SIDE = 20_000
MOST_VALUES = 200_000_000
"""What a picture inside a file may unpack to: a damaged one could claim anything."""

Choice = TypeVar("Choice", bound=StrEnum)

_PICTURE = ("sample", "values", "packed", "shape", "bytes", "name", "low", "high", "kind")
_LAYER = (
    "example",
    "kernels",
    "names",
    "biases",
    "operation",
    "stride",
    "dilation",
    "padding",
    "padding_mode",
    "activation",
    "pool",
    "pool_size",
    "pool_stride",
    "pool_padding",
    "channels",
    "selected",
    "kernel_channel",
    "mix",
    "mix_bias",
    "magnitude",
    "display",
    "tinted",
)


def state_from(picture: Table, layer: Table, before: State) -> State:
    """Return the state that a lesson's tables describe.

    Parameters
    ----------
    picture : mapping
        ``sample``, the id of one that comes with convviz; or ``values``, rows of numbers, or a list of such
        for the channels; or ``packed``, base64 of zlib of the raw values, with ``shape`` and ``bytes`` (1 or
        4 for each value). Empty for the picture of ``before``.
    layer : mapping
        What differs from a single 3×3 identity kernel without anything after it; ``example`` begins with a
        worked example instead. Empty for the layer of ``before``.
    before : State
        What was there.

    Raises
    ------
    Problem
        If something is not as it should be; the sentence names the field.
    """
    state = before
    if picture:
        state = state.with_picture(picture_from(picture))
    return layer_from(layer, state) if layer else state


def picture_from(table: Table) -> Picture:
    """Return the picture that a table describes; what it raises as for :func:`state_from`."""
    _only(table, "picture", _PICTURE)
    sample = table.get("sample")
    if sample is not None:
        try:
            return open_sample(str(sample))
        except KeyError:
            _refuse("picture, sample")
    values = _unpacked(table) if "packed" in table else _typed(table.get("values"))
    name = table.get("name", QT_TRANSLATE_NOOP("Sentence", "Numbers of a lesson"))
    kind = _choice(table, "kind", PictureKind, PictureKind.GRID, "picture")
    low, high = float(values.min()), float(values.max())
    if values.dtype == np.uint8:
        low, high = 0.0, 255.0
    low, high = _number(table, "low", low, "picture"), _number(table, "high", high, "picture")
    if not isinstance(name, str) or not low <= high:
        _refuse("picture, name" if low <= high else "picture, low")
    return Picture(values, name, low, high, kind)


def picture_table(picture: Picture) -> dict[str, Any]:
    """Return the table that gives a picture back, to the bit."""
    table: dict[str, Any] = {"name": picture.name, "kind": picture.kind.value}
    table |= {"low": picture.low, "high": picture.high}
    values = np.ascontiguousarray(picture.values)
    if values.size <= 1024 and values.dtype == np.float32 and np.isfinite(values).all():
        return table | {"values": np.moveaxis(values, -1, 0).tolist()}
    packed = zlib.compress(values.tobytes(), 9)
    table |= {"shape": list(values.shape), "bytes": values.itemsize}
    return table | {"packed": base64.b64encode(packed).decode("ascii")}


def layer_from(table: Table, state: State) -> State:
    """Return ``state`` with the layer that a table describes; what it raises as for :func:`state_from`."""
    _only(table, "layer", _LAYER)
    picture = state.picture
    if "example" in table:
        example = next((e for e in load_examples() if e.id == table["example"]), None)
        if example is None:
            _refuse("layer, example")
        state = replace(example_state(example, state), picture=picture)
    else:
        plain = FilterBank(preset("identity").weights[np.newaxis, np.newaxis])
        mode = ChannelMode.EACH if picture.channels == 3 else ChannelMode.GREY
        state = replace(
            state,
            bank=plain,
            settings=LayerSettings(),
            selected=0,
            kernel_channel=None,
            channel_mode=mode,
            mix=None,
            display=Display.SIGNED,
        )
    state = replace(state, settings=_settings(table, state.settings), bank=_bank(table, state.bank))
    count, kernels = state.bank.weights.shape[:2]
    channel = table.get("kernel_channel", 0 if kernels > 1 else None)
    if channel is not None:
        channel = _whole(table, "kernel_channel", 0, kernels - 1)
    return replace(
        state,
        channel_mode=_choice(table, "channels", ChannelMode, state.channel_mode, "layer"),
        selected=_whole(table, "selected", 0, count - 1),
        kernel_channel=channel,
        mix=_mix(table),
        display=_display(table, state.display),
        tinted=_flag(table, "tinted", default=state.tinted),
    )


def layer_table(state: State) -> dict[str, Any]:
    """Return the table that gives the layer of a state back, to the bit."""
    settings, bank = state.settings, state.bank
    table: dict[str, Any] = {
        "kernels": bank.weights.tolist(),
        "names": list(bank.names),
        "biases": list(bank.biases),
        "operation": settings.operation.value if settings.operation is not None else "none",
        "stride": list(settings.stride),
        "dilation": list(settings.dilation),
        "padding": settings.padding if isinstance(settings.padding, str) else list(settings.padding),
        "padding_mode": settings.padding_mode.value,
        "activation": settings.activation.value,
        "pool": settings.pool.value if settings.pool is not None else "none",
        "pool_size": list(settings.pool_size),
        "pool_padding": list(settings.pool_padding),
        "channels": state.channel_mode.value,
        "selected": state.selected,
        "display": state.display.value,
        "tinted": state.tinted,
    }
    if settings.pool_stride is not None:
        table["pool_stride"] = list(settings.pool_stride)
    if state.kernel_channel is not None:
        table["kernel_channel"] = state.kernel_channel
    if isinstance(state.mix, Mix):
        table |= {"mix": list(state.mix.weights), "mix_bias": state.mix.bias}
    elif state.mix is not None:
        table["magnitude"] = True
    return table


def _settings(table: Table, before: LayerSettings) -> LayerSettings:
    operation = before.operation
    if "operation" in table and table["operation"] == "none":
        operation = None
    elif "operation" in table or "kernels" in table:
        given = operation or Operation.CROSS_CORRELATION
        operation = _choice(table, "operation", Operation, given, "layer")
    pool = before.pool
    if table.get("pool") == "none":
        pool = None
    elif "pool" in table:
        pool = _choice(table, "pool", PoolKind, PoolKind.MAX, "layer")
    padding: Any = table.get("padding", before.padding)
    if padding not in ("same", "valid"):
        padding = _pair(table, "padding", before.padding, 0)
    pool_stride = _pair(table, "pool_stride", None, 1) if "pool_stride" in table else before.pool_stride
    return LayerSettings(
        operation,
        _pair(table, "stride", before.stride, 1),
        _pair(table, "dilation", before.dilation, 1),
        padding,
        _choice(table, "padding_mode", PaddingMode, before.padding_mode, "layer"),
        _choice(table, "activation", Activation, before.activation, "layer"),
        pool,
        _pair(table, "pool_size", before.pool_size, 1),
        pool_stride,
        _pair(table, "pool_padding", before.pool_padding, 0),
    )


def _bank(table: Table, before: FilterBank) -> FilterBank:
    weights, names = before.weights, before.names
    given = table.get("kernels")
    if isinstance(given, str):
        weights = preset(given).weights[np.newaxis, np.newaxis]
    elif isinstance(given, list) and given and all(isinstance(each, str) for each in given):
        kernels = [preset(each).weights for each in given]
        if len({kernel.shape for kernel in kernels}) > 1:
            _refuse("layer, kernels")
        weights = np.array(kernels)[:, np.newaxis]
    elif given is not None:
        weights = _array(given, "layer, kernels")
        if weights.ndim not in (2, 3, 4):
            _refuse("layer, kernels")
        # One kernel; or several filters of one kernel each; or filters with a kernel for every channel.
        shapes = {2: (1, 1, *weights.shape), 3: (weights.shape[0], 1, *weights.shape[1:]), 4: weights.shape}
        weights = weights.reshape(shapes[weights.ndim])
    count = len(weights)
    names = names if len(names) == count else ("",) * count
    biases = before.biases if len(before.biases) == count else (0.0,) * count
    if "names" in table:
        names = tuple(map(str, _list(table, "names", count)))
    if "biases" in table:
        biases = tuple(_array(_list(table, "biases", count), "layer, biases").tolist())
    return FilterBank(weights, names, biases)


def _display(table: Table, before: Display) -> Display:
    """Return how results are coloured, of the ways that the room has; the others are for pictures."""
    display = _choice(table, "display", Display, before, "layer")
    if display not in DISPLAYS:
        _refuse("layer, display")
    return display


def _mix(table: Table) -> Mix | Magnitude | None:
    if _flag(table, "magnitude", default=False):
        return Magnitude()
    if "mix" not in table:
        return None
    weights = _array(_list(table, "mix", None), "layer, mix")
    if weights.ndim != 1:
        _refuse("layer, mix")
    return Mix(tuple(weights.tolist()), _number(table, "mix_bias", 0.0, "layer"))


def _typed(given: object) -> NDArray[Any]:
    values = _array(given, "picture, values").astype(np.float32)
    if values.ndim == 2:
        values = values[np.newaxis]
    if values.ndim != 3 or values.size == 0:
        _refuse("picture, values")
    return np.ascontiguousarray(np.moveaxis(values, 0, -1))


def _unpacked(table: Table) -> NDArray[Any]:
    shape, each = table.get("shape"), table.get("bytes")
    plain = isinstance(shape, list) and len(shape) == 3 and all(_is_whole(n, 1, MOST_SIDE) for n in shape)
    if not plain or not isinstance(shape, list) or int(np.prod(shape)) > MOST_VALUES:
        _refuse("picture, shape")
    if each not in (1, 4):
        _refuse("picture, bytes")
    size = int(np.prod(shape)) * each
    try:
        packed = base64.b64decode(str(table["packed"]), validate=True)
        # What it unpacks to is known: no more of it is unpacked.
        data = zlib.decompressobj().decompress(packed, size + 1)
    except (binascii.Error, zlib.error, ValueError):
        _refuse("picture, packed")
    if len(data) != size:
        _refuse("picture, packed")
    values = np.frombuffer(io.BytesIO(data).getbuffer(), np.uint8 if each == 1 else np.dtype("<f4"))
    values = np.array(values.reshape(shape), np.uint8 if each == 1 else np.float32)
    if not np.isfinite(values).all():
        _refuse("picture, packed")
    return values


def _array(given: object, where: str) -> NDArray[np.float64]:
    try:
        values = np.array(given)
    except ValueError:
        _refuse(where)
    if values.dtype.kind not in "iuf" or not np.isfinite(values).all():
        _refuse(where)
    return values.astype(np.float64)


def _list(table: Table, key: str, count: int | None) -> list[Any]:
    given = table[key]
    if not isinstance(given, list) or (count is not None and len(given) != count):
        _refuse(f"layer, {key}")
    return given


def _pair(table: Table, key: str, default: object, least: int) -> Any:
    """Return a pair that may be given as one number."""
    given = table.get(key, default)
    pair = [given, given] if _is_whole(given, least, MOST_SIDE) else given
    fits = isinstance(pair, (list, tuple)) and len(pair) == 2
    if given is default:
        return given
    if not fits or not all(_is_whole(n, least, MOST_SIDE) for n in pair):
        _refuse(f"layer, {key}")
    made: Pair = pair[0], pair[1]
    return made


def _choice(table: Table, key: str, kinds: type[Choice], default: Choice, where: str) -> Choice:
    try:
        return kinds(table.get(key, default))
    except ValueError:
        _refuse(f"{where}, {key}")


def _number(table: Table, key: str, default: float, where: str) -> float:
    given = table.get(key, default)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not abs(given) < 1e30:
        _refuse(f"{where}, {key}")
    return float(given)


def _whole(table: Table, key: str, default: int, most: int) -> int:
    given = table.get(key, default)
    if not _is_whole(given, 0, most):
        _refuse(f"layer, {key}")
    return int(given)


def _flag(table: Table, key: str, *, default: bool) -> bool:
    given = table.get(key, default)
    if not isinstance(given, bool):
        _refuse(f"layer, {key}")
    return given


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _only(table: Mapping[str, Any], where: str, known: tuple[str, ...]) -> None:
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        _refuse(f"{where}, {unknown}")


def _refuse(where: str) -> NoReturn:
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=where,
    )
