"""The state of the picture and the layer as tables of a file, and back."""

from dataclasses import replace
from typing import Any

import numpy as np

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.kernels import preset
from convviz.core.lessons import Table
from convviz.core.specs import Activation, Magnitude, Operation, PaddingMode, PoolKind
from convviz.engine.render import Display
from convviz.files.samples import load_examples
from convviz.ui.lessons.picture_table import picture_from
from convviz.ui.lessons.state_fields import (
    allow_only,
    array_from,
    choice_of,
    flag_of,
    list_of,
    number_of,
    pair_of,
    refuse,
    whole_of,
)
from convviz.ui.opening import example_state
from convviz.ui.state import LayerSettings, Mix, State

DISPLAYS = (Display.SIGNED, Display.CLIP, Display.ABSOLUTE, Display.STRETCH)
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
        As :func:`~convviz.ui.lessons.picture_table.picture_from` reads it; empty for the picture of
        ``before``.
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


def layer_from(table: Table, state: State) -> State:
    """Return ``state`` with the layer that a table describes; what it raises as for :func:`state_from`."""
    allow_only(table, "layer", _LAYER)
    picture = state.picture
    if "example" in table:
        example = next((e for e in load_examples() if e.id == table["example"]), None)
        if example is None:
            refuse("layer, example")
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
        channel = whole_of(table, "kernel_channel", 0, kernels - 1)
    return replace(
        state,
        channel_mode=choice_of(table, "channels", ChannelMode, state.channel_mode, "layer"),
        selected=whole_of(table, "selected", 0, count - 1),
        kernel_channel=channel,
        mix=_mix(table),
        display=_display(table, state.display),
        tinted=flag_of(table, "tinted", default=state.tinted),
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
        operation = choice_of(table, "operation", Operation, given, "layer")
    pool = before.pool
    if table.get("pool") == "none":
        pool = None
    elif "pool" in table:
        pool = choice_of(table, "pool", PoolKind, PoolKind.MAX, "layer")
    padding: Any = table.get("padding", before.padding)
    if padding not in ("same", "valid"):
        padding = pair_of(table, "padding", before.padding, 0)
    pool_stride = pair_of(table, "pool_stride", None, 1) if "pool_stride" in table else before.pool_stride
    return LayerSettings(
        operation,
        pair_of(table, "stride", before.stride, 1),
        pair_of(table, "dilation", before.dilation, 1),
        padding,
        choice_of(table, "padding_mode", PaddingMode, before.padding_mode, "layer"),
        choice_of(table, "activation", Activation, before.activation, "layer"),
        pool,
        pair_of(table, "pool_size", before.pool_size, 1),
        pool_stride,
        pair_of(table, "pool_padding", before.pool_padding, 0),
    )


def _bank(table: Table, before: FilterBank) -> FilterBank:
    weights, names = before.weights, before.names
    given = table.get("kernels")
    if isinstance(given, str):
        weights = preset(given).weights[np.newaxis, np.newaxis]
    elif isinstance(given, list) and given and all(isinstance(each, str) for each in given):
        kernels = [preset(each).weights for each in given]
        if len({kernel.shape for kernel in kernels}) > 1:
            refuse("layer, kernels")
        weights = np.array(kernels)[:, np.newaxis]
    elif given is not None:
        weights = array_from(given, "layer, kernels")
        if weights.ndim not in (2, 3, 4):
            refuse("layer, kernels")
        # One kernel; or several filters of one kernel each; or filters with a kernel for every channel.
        shapes = {2: (1, 1, *weights.shape), 3: (weights.shape[0], 1, *weights.shape[1:]), 4: weights.shape}
        weights = weights.reshape(shapes[weights.ndim])
    count = len(weights)
    names = names if len(names) == count else ("",) * count
    biases = before.biases if len(before.biases) == count else (0.0,) * count
    if "names" in table:
        names = tuple(map(str, list_of(table, "names", count)))
    if "biases" in table:
        biases = tuple(array_from(list_of(table, "biases", count), "layer, biases").tolist())
    return FilterBank(weights, names, biases)


def _display(table: Table, before: Display) -> Display:
    """Return how results are coloured, of the ways that the room has; the others are for pictures."""
    display = choice_of(table, "display", Display, before, "layer")
    if display not in DISPLAYS:
        refuse("layer, display")
    return display


def _mix(table: Table) -> Mix | Magnitude | None:
    if flag_of(table, "magnitude", default=False):
        return Magnitude()
    if "mix" not in table:
        return None
    weights = array_from(list_of(table, "mix", None), "layer, mix")
    if weights.ndim != 1:
        refuse("layer, mix")
    return Mix(tuple(weights.tolist()), number_of(table, "mix_bias", 0.0, "layer"))
