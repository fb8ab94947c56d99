"""What ``convviz apply`` does to every picture: its options as operations."""

import argparse
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from convviz.commands.arguments import Choice, UsageProblem, choice, numbers, pair, whole
from convviz.commands.kernel_argument import read_kernel
from convviz.core.channels import ChannelMode, expand, planes
from convviz.core.limits import Pair
from convviz.core.specs import Activation, Chain, ConvSpec, Op, Operation, PaddingMode, PoolKind, PoolSpec

OPTIONS = (
    ("--kernel", "KERNEL", "a name, a matrix or a .npy file; see below"),
    ("--operation", "NAME", "cross-correlation (default), or convolution: the kernel turned by 180 degrees"),
    ("--stride", "S|SY,SX", "1 to 16; default 1"),
    ("--padding", "P|PY,PX|same|valid", "0 to 31; default 0"),
    ("--padding-mode", "MODE", "zeros (default), reflect, replicate or circular"),
    ("--dilation", "D|DY,DX", "1 to 16; default 1"),
    ("--groups", "G", "independent groups of channels and filters; default 1"),
    ("--bias", "B|B1,B2,...", "one, or one per output map; default 0"),
    ("--activation", "NAME", "none (default), relu, abs, sigmoid or tanh"),
    ("--pool", "KIND", "max, min or avg"),
    ("--pool-size", "N|NY,NX", "1 to 31; default 2"),
    ("--pool-stride", "S|SY,SX", "1 to 31; default the pooling size"),
    ("--pool-padding", "P|PY,PX", "at most half the pooling size; default 0"),
    ("--channels", "WHICH", "each, sum, grey, r, g or b"),
)
"""Options that describe a layer: name, what its value is called, and help."""

# Options that say how a kernel moves, by their names in the namespace; without one they say nothing.
_OF_THE_KERNEL = ("operation", "stride", "padding", "padding_mode", "dilation", "groups", "bias")
_OF_THE_POOL = ("pool_size", "pool_stride", "pool_padding")
_COLOURS = (ChannelMode.RED, ChannelMode.GREEN, ChannelMode.BLUE)

# Pooling does not fail for want of cells on a map of this side.
_AMPLE = 1_000_000


@dataclass(frozen=True)
class Recipe:
    """What is done to every picture.

    Parameters
    ----------
    filters : ConvSpec or None
        The filters as given. With ``channels`` they have one kernel for all channels or one for each, and are
        fitted to every picture; without, they are a layer that takes all channels.
    channels : ChannelMode or None
        Which channels are used.
    bias : tuple of float
        As given: one, one per filter, or one per map.
    after : tuple of operations
        Activation and pooling.
    """

    filters: ConvSpec | None
    channels: ChannelMode | None
    bias: tuple[float, ...]
    after: Chain

    @property
    def maps(self) -> int | None:
        """Number of maps that come out, or None if it depends on the picture."""
        if self.channels is ChannelMode.EACH or (self.filters is None and self.channels is None):
            return None
        return 1 if self.filters is None else int(self.filters.weights.shape[0])

    def planes(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Return the planes (C, H, W) of a picture's values (H, W, C) that go in."""
        return planes(values, self.channels or ChannelMode.EACH)

    def chain(self, channels: int) -> Chain:
        """Return the operations for a picture of ``channels`` planes.

        Raises
        ------
        Problem
            If the filters or biases do not fit that many.
        """
        if self.filters is None or self.channels is None:
            return self.after if self.filters is None else (self.filters, *self.after)
        weights, groups = expand(self.filters.weights, self.channels, channels)
        bias, maps = self.bias, weights.shape[0]
        if len(bias) == self.filters.weights.shape[0]:
            # The maps come channel by channel, all filters on each.
            bias *= maps // len(bias)
        return (replace(self.filters, weights=weights, bias=bias, groups=groups), *self.after)


def read_recipe(given: argparse.Namespace) -> Recipe:
    """Return what the options of ``convviz apply`` ask for.

    Raises
    ------
    Problem
        If an option makes no sense, by itself or beside another, whatever the pictures are.
    """
    channels = None if given.channels is None else choice("--channels", given.channels, ChannelMode)
    after = _after(given)
    if given.kernel is None:
        _check_without_kernel(given, channels)
        return Recipe(None, channels, (0.0,), after)
    kernel = read_kernel(given.kernel)
    groups = 1 if given.groups is None else whole("--groups", given.groups)
    if groups > 1 and channels is not None:
        raise UsageProblem("--groups and --channels both say which channels meet which filters; give one.")
    weights = kernel.reshape((1,) * (4 - kernel.ndim) + kernel.shape)
    if kernel.ndim == 2:
        if groups > 1:
            weights = np.repeat(weights, groups, axis=0)
        elif channels is None:
            channels = ChannelMode.EACH
    bias = (0.0,) if given.bias is None else numbers("--bias", given.bias)
    _check_channels(channels, weights.shape[1])
    return Recipe(_filters(given, weights, groups, bias, channels), channels, bias, after)


def _filters(
    given: argparse.Namespace,
    weights: NDArray[np.float64],
    groups: int,
    bias: tuple[float, ...],
    channels: ChannelMode | None,
) -> ConvSpec:
    # Each filter gives a map per channel, so a number of biases that is no multiple can never be right.
    per_map = channels is ChannelMode.EACH and len(bias) % weights.shape[0] == 0
    return ConvSpec(
        weights,
        bias[: weights.shape[0]] if per_map else bias,
        _chosen(given, "operation", Operation.CROSS_CORRELATION),
        stride=_pair(given, "stride", (1, 1)),
        padding=_padding(given),
        padding_mode=_chosen(given, "padding_mode", PaddingMode.ZEROS),
        dilation=_pair(given, "dilation", (1, 1)),
        groups=groups,
    )


def _after(given: argparse.Namespace) -> Chain:
    activation = _chosen(given, "activation", Activation.NONE)
    out: list[Op] = [] if activation is Activation.NONE else [activation]
    if given.pool is not None:
        pool = PoolSpec(
            choice("--pool", given.pool, PoolKind),
            _pair(given, "pool_size", (2, 2)),
            None if given.pool_stride is None else _pair(given, "pool_stride", (1, 1)),
            _pair(given, "pool_padding", (0, 0)),
        )
        pool.check((1, _AMPLE, _AMPLE))
        out.append(pool)
    elif extra := _given(given, _OF_THE_POOL):
        raise UsageProblem("{option} needs --pool max, min or avg.", option=extra)
    return tuple(out)


def _check_without_kernel(given: argparse.Namespace, channels: ChannelMode | None) -> None:
    if given.pool is None and given.activation is None:
        raise UsageProblem(
            "Say what to apply: --kernel, --pool or --activation; see convviz apply --help for examples."
        )
    if extra := _given(given, _OF_THE_KERNEL):
        raise UsageProblem("{option} needs a --kernel.", option=extra)
    if channels is ChannelMode.SUM:
        raise UsageProblem("--channels sum adds up what a kernel gives on each channel: it needs a --kernel.")


def _check_channels(channels: ChannelMode | None, kernels: int) -> None:
    if channels is ChannelMode.GREY and kernels > 1:
        raise UsageProblem(
            "--channels grey leaves one channel, but the filters have {kernels} kernels each.",
            kernels=kernels,
        )
    if channels in _COLOURS and kernels not in (1, 3):
        raise UsageProblem(
            "--channels {channels} needs filters with 1 kernel or 3, for red, green and blue, not {kernels}.",
            channels=channels,
            kernels=kernels,
        )


def _given(given: argparse.Namespace, names: tuple[str, ...]) -> str | None:
    """Return the first option of ``names`` that was given, as it is written."""
    return next((_written(name) for name in names if getattr(given, name) is not None), None)


def _written(name: str) -> str:
    return "--" + name.replace("_", "-")


def _chosen(given: argparse.Namespace, name: str, default: Choice) -> Choice:
    text = getattr(given, name)
    return default if text is None else choice(_written(name), text, type(default))


def _pair(given: argparse.Namespace, name: str, default: Pair) -> Pair:
    text = getattr(given, name)
    return default if text is None else pair(_written(name), text)


def _padding(given: argparse.Namespace) -> Pair | Literal["same", "valid"]:
    match given.padding:
        case None:
            return (0, 0)
        case "same":
            return "same"
        case "valid":
            return "valid"
        case text:
            return pair("--padding", text)
