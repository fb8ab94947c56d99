"""Everything the user has chosen, as one immutable value."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode, expand, planes
from convviz.core.filters import FilterBank
from convviz.core.picture import Picture, PictureKind
from convviz.core.specs import (
    Activation,
    Chain,
    ConvSpec,
    Magnitude,
    Op,
    Operation,
    PaddingMode,
    Pair,
    PoolKind,
    PoolSpec,
    Shape,
    output_shape,
)
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.engine.render import Display

_SINGLE_CHANNELS = {ChannelMode.RED: 0, ChannelMode.GREEN: 1, ChannelMode.BLUE: 2}


class Room(StrEnum):
    """The rooms of the window."""

    IMAGE = "image"
    CONVOLUTION = "convolution"
    NETWORK = "network"
    TRAINING = "training"
    EMBEDDINGS = "embeddings"


@dataclass(frozen=True)
class LayerSettings:
    """How the filters move and what follows them; see :class:`convviz.core.specs.ConvSpec` for ranges.

    ``operation`` is None when there is no convolution, only what follows; ``pool`` is None without pooling.
    ``pool_stride`` is None while it follows the pooling size.
    """

    operation: Operation | None = Operation.CROSS_CORRELATION
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: Pair | Literal["same", "valid"] = (0, 0)
    padding_mode: PaddingMode = PaddingMode.ZEROS
    activation: Activation = Activation.NONE
    pool: PoolKind | None = None
    pool_size: Pair = (2, 2)
    pool_stride: Pair | None = None
    pool_padding: Pair = (0, 0)

    def pool_spec(self) -> PoolSpec | None:
        """Return the pooling, or None without one."""
        if self.pool is None:
            return None
        return PoolSpec(self.pool, self.pool_size, self.pool_stride, self.pool_padding)

    def with_operation(self, op: Op) -> "LayerSettings":
        """Return these settings with what an operation says; weights and biases belong to the filters."""
        match op:
            case ConvSpec():
                return replace(
                    self,
                    operation=op.operation,
                    stride=op.stride,
                    dilation=op.dilation,
                    padding=op.padding,
                    padding_mode=op.padding_mode,
                )
            case PoolSpec():
                return replace(
                    self,
                    pool=op.kind,
                    pool_size=op.size,
                    pool_stride=op.stride,
                    pool_padding=op.padding,
                )
            case Activation():
                return replace(self, activation=op)
        return self


@dataclass(frozen=True)
class Mix:
    """A 1×1 layer on top: one weight per map, and a bias."""

    weights: tuple[float, ...]
    bias: float = 0.0

    def spec(self, maps: int) -> ConvSpec:
        """Return the 1×1 convolution over ``maps`` maps; missing weights are 1, spare ones wait."""
        weights = (*self.weights, *[1.0] * maps)[:maps]
        return ConvSpec(np.array(weights).reshape(1, maps, 1, 1), (self.bias,))


@dataclass(frozen=True)
class State:
    """One moment of the window.

    Undo steps from one such value to another; what only concerns looking (zoom, stepping) is not here.
    """

    picture: Picture
    bank: FilterBank
    settings: LayerSettings = LayerSettings()
    selected: int = 0
    kernel_channel: int | None = None
    channel_mode: ChannelMode = ChannelMode.GREY
    mix: Mix | Magnitude | None = None
    display: Display = Display.SIGNED
    tinted: bool = True

    def is_like(self, other: "State") -> bool:
        """Whether only the numbers of weights and biases differ: every map has its place and its name."""
        return self._arrangement == other._arrangement

    @cached_property
    def _arrangement(self) -> tuple[object, ...]:
        bank, mix = self.bank, self.mix
        combined = len(mix.weights) if isinstance(mix, Mix) else mix
        filters = bank.weights.shape, bank.names, self.selected, self.kernel_channel, combined
        return self.picture, self.settings, self.channel_mode, self.display, self.tinted, *filters

    @property
    def input_shape(self) -> Shape:
        """Shape (C, H, W) of what the filters see."""
        one = self.channel_mode not in (ChannelMode.EACH, ChannelMode.SUM)
        return (1 if one else self.picture.channels), self.picture.height, self.picture.width

    @property
    def kernel_index(self) -> int:
        """Which of the selected filter's kernels is at work, or at hand where several are."""
        kernels = self.bank.weights.shape[1]
        single = {ChannelMode.RED: 0, ChannelMode.GREEN: 1, ChannelMode.BLUE: 2, ChannelMode.GREY: 0}
        return min(single.get(self.channel_mode, self.kernel_channel or 0), int(kernels) - 1)

    @property
    def shown_display(self) -> Display:
        """How results are coloured: a photograph that is only pooled stays a photograph."""
        plain = self.settings.operation is None and self.picture.kind is PictureKind.PHOTO
        return Display.LINEAR if plain and self.display is Display.SIGNED else self.display

    @property
    def kernel(self) -> NDArray[np.float64]:
        """The kernel (kh, kw) that is edited."""
        return self.bank.kernel(self.selected, self.kernel_index)

    def with_kernel(self, kernel: NDArray[np.float64]) -> "State":
        """Return the state with the kernel that is edited replaced; another size resizes all."""
        own = self.kernel_index if self.bank.weights.shape[1] > 1 else None
        bank = self.bank.with_kernel(self.selected, own, kernel, self.picture.channels)
        return replace(self, bank=bank)

    def convolution(self) -> ConvSpec | None:
        """Return the convolution of all filters, or of the selected one when each channel stands alone.

        Raises
        ------
        SpecProblem
            If the filters do not fit the picture's channels.
        """
        return self._convolution

    @cached_property
    def _convolution(self) -> ConvSpec | None:
        settings = self.settings
        if settings.operation is None:
            return None
        bank, pick = self.bank, slice(None)
        if self.channel_mode is ChannelMode.EACH:
            pick = slice(self.selected, self.selected + 1)
        weights, groups = expand(bank.weights[pick], self.channel_mode, self.picture.channels)
        biases = bank.biases[pick]
        return self._spec(weights, biases * (weights.shape[0] // len(biases)), groups)

    def partial_sums(self) -> ConvSpec | None:
        """Return the convolution that gives the selected filter's partial result per channel, without bias.

        None unless the results of several channels are added up.
        """
        return self._partial_sums

    @cached_property
    def _partial_sums(self) -> ConvSpec | None:
        if (
            self.channel_mode is not ChannelMode.SUM
            or self.picture.channels == 1
            or self.settings.operation is None
        ):
            return None
        weights, groups = expand(
            self.bank.weights[self.selected : self.selected + 1], ChannelMode.EACH, self.picture.channels
        )
        return self._spec(weights, (0.0,), groups)

    def _spec(self, weights: NDArray[np.float64], bias: tuple[float, ...], groups: int) -> ConvSpec:
        s = self.settings
        assert s.operation is not None
        return ConvSpec(weights, bias, s.operation, s.stride, s.padding, s.padding_mode, s.dilation, groups)

    def chain(self) -> Chain:
        """Return the operations from the input to the last map.

        Raises
        ------
        Problem
            If the settings cannot work on the picture.
        """
        return self._chain

    @cached_property
    def _chain(self) -> Chain:
        # One pixel is enough to know whether the picture has the channels the mode asks for.
        planes(self.picture.values[:1, :1], self.channel_mode)
        ops: list[Op] = []
        if (conv := self.convolution()) is not None:
            ops.append(conv)
        if self.settings.activation is not Activation.NONE:
            ops.append(self.settings.activation)
        if (pool := self.settings.pool_spec()) is not None:
            ops.append(pool)
        shape = output_shape(tuple(ops), self.input_shape)
        if self.mix is not None:
            ops.append(self.mix.spec(shape[0]) if isinstance(self.mix, Mix) else self.mix)
        return tuple(ops)

    def windows(self) -> tuple[tuple[ConvSpec | PoolSpec, Pair], ...]:
        """Return each operation with a window and the (rows, columns) it meets, fitting or not."""
        out: list[tuple[ConvSpec | PoolSpec, Pair]] = []
        try:
            conv = self.convolution()
        except Problem:
            return ()
        rows, columns = self.input_shape[1:]
        if conv is not None:
            out.append((conv, (rows, columns)))
            rows, columns = conv.output_length(rows, 0), conv.output_length(columns, 1)
        pool = self.settings.pool_spec()
        if pool is not None and rows > 0 and columns > 0:
            out.append((pool, (rows, columns)))
        return tuple(out)

    def with_settings(self, **changes: object) -> "State":
        """Return the state with some layer settings replaced."""
        return replace(self, settings=replace(self.settings, **changes))  # type: ignore[arg-type]

    def with_picture(self, picture: Picture) -> "State":
        """Return the state with another picture; kernels per channel that no longer fit become shared."""
        bank = self.bank
        if bank.weights.shape[1] not in (1, picture.channels):
            bank = bank.shared()
        channel = self.kernel_channel if bank.weights.shape[1] > 1 else None
        mode = self.channel_mode
        if picture.channels not in (1, 3) and mode not in (ChannelMode.EACH, ChannelMode.SUM):
            mode = ChannelMode.GREY
        return replace(self, picture=picture, bank=bank, kernel_channel=channel, channel_mode=mode)

    def with_cell(self, channel: int, row: int, column: int, value: float) -> "State":
        """Return the state with one value of its picture replaced.

        Parameters
        ----------
        channel : int
            Which map of the input; where a single channel is seen, that one is meant anyhow.
        row, column : int
            The cell.
        value : float
            The new value.

        Raises
        ------
        Problem
            If what is shown is computed from several channels, or the value is not possible.
        """
        if self.picture.channels > 1:
            if self.channel_mode is ChannelMode.GREY:
                raise Problem(
                    QT_TRANSLATE_NOOP(
                        "Sentence", "A grey value is computed from three channels; edit R, G or B instead."
                    )
                )
            channel = _SINGLE_CHANNELS.get(self.channel_mode, channel)
        return self.with_picture(self.picture.with_cell(row, column, channel, value))

    def with_fix(self, fix: ConvSpec | PoolSpec) -> "State":
        """Return the state with the settings of a proposed fix."""
        if isinstance(fix, PoolSpec):
            return self.with_settings(pool_size=fix.size, pool_stride=fix.stride, pool_padding=fix.padding)
        return self.with_settings(padding=fix.padding, dilation=fix.dilation, stride=fix.stride)
