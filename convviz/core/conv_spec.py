"""A convolution: its filters, how they move over the input, and whether they fit it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from convviz.core.conv_fit import fit_hint, nearest_fit
from convviz.core.limits import (
    MAX_DILATION,
    MAX_KERNEL,
    MAX_PADDING,
    MAX_STRIDE,
    Pair,
    Shape,
    SpecProblem,
    check_range,
    check_weights,
    output_length,
)
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence


class Operation(StrEnum):
    """Whether the kernel is used as it is written or turned by 180° first."""

    CROSS_CORRELATION = "cross-correlation"
    CONVOLUTION = "convolution"


class PaddingMode(StrEnum):
    """Where the values outside the input come from."""

    ZEROS = "zeros"
    REFLECT = "reflect"
    REPLICATE = "replicate"
    CIRCULAR = "circular"


_MODE_NAMES = {
    PaddingMode.ZEROS: QT_TRANSLATE_NOOP("Sentence", "Zero"),
    PaddingMode.REFLECT: QT_TRANSLATE_NOOP("Sentence", "Reflect"),
    PaddingMode.REPLICATE: QT_TRANSLATE_NOOP("Sentence", "Replicate"),
    PaddingMode.CIRCULAR: QT_TRANSLATE_NOOP("Sentence", "Circular"),
}


@dataclass(frozen=True)
class ConvSpec:
    """A convolution: its filters and how they move.

    Parameters
    ----------
    weights : ndarray, shape (C_out, C_in / groups, kh, kw)
        Filters as written in the kernel grid, ``float64``; kh and kw from 1 to 31. Copied and made read-only.
    bias : tuple of float
        One per filter; a single one serves all.
    operation : Operation
        Cross-correlation (what neural networks compute) or convolution.
    stride, dilation : (int, int)
        Vertical and horizontal, 1 to 16.
    padding : (int, int), "same" or "valid"
        Vertical and horizontal, 0 to 31. ``same`` keeps the size at stride 1: d·(k − 1) cells in
        all, the odd one after, as ``torch.nn.Conv2d`` does; it adds the same border at other strides.
    padding_mode : PaddingMode
        Where the border's values come from.
    groups : int
        Input channels and filters are divided into this many independent groups.

    Raises
    ------
    Problem
        If a value is out of range, whatever the input.
    """

    weights: NDArray[np.float64]
    bias: tuple[float, ...] = (0.0,)
    operation: Operation = Operation.CROSS_CORRELATION
    stride: Pair = (1, 1)
    padding: Pair | Literal["same", "valid"] = (0, 0)
    padding_mode: PaddingMode = PaddingMode.ZEROS
    dilation: Pair = (1, 1)
    groups: int = 1
    _key: bytes = field(init=False, repr=False, default=b"")

    def __post_init__(self) -> None:
        weights = np.array(self.weights, dtype=np.float64)
        if weights.ndim != 4 or weights.size == 0:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "A kernel has rows and columns, per filter and input channel; this one is {shape}.",
                ),
                shape=" × ".join(map(str, weights.shape)) or "1",
            )
        check_weights(weights, self.bias)
        if max(weights.shape[2:]) > MAX_KERNEL:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "The kernel is {height} × {width}; the largest possible is {most} × {most}."
                ),
                height=weights.shape[2],
                width=weights.shape[3],
                most=MAX_KERNEL,
            )
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "_key", weights.tobytes() + repr(weights.shape).encode())
        self._check_settings()

    def _check_settings(self) -> None:
        check_range(self.stride, 1, MAX_STRIDE, Sentence(QT_TRANSLATE_NOOP("Sentence", "Stride")))
        check_range(self.dilation, 1, MAX_DILATION, Sentence(QT_TRANSLATE_NOOP("Sentence", "Dilation")))
        if not isinstance(self.padding, str):
            check_range(self.padding, 0, MAX_PADDING, Sentence(QT_TRANSLATE_NOOP("Sentence", "Padding")))
        filters = self.weights.shape[0]
        bias = tuple(float(b) for b in self.bias)
        if len(bias) == 1:
            bias *= filters
        if len(bias) != filters:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "There are {biases} biases for {filters} filters; give one, or one per filter.",
                ),
                biases=len(bias),
                filters=filters,
            )
        object.__setattr__(self, "bias", bias)
        if self.groups < 1 or filters % self.groups:
            raise Problem(
                QT_TRANSLATE_NOOP(
                    "Sentence", "{filters} filters cannot be divided into {groups} equal groups."
                ),
                filters=filters,
                groups=self.groups,
            )

    def __eq__(self, other: object) -> bool:
        """Compare settings and weights, value by value."""
        return isinstance(other, ConvSpec) and self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash of what :meth:`__eq__` compares."""
        return hash(self._identity())

    def _identity(self) -> tuple[object, ...]:
        return (
            self._key,
            self.bias,
            self.operation,
            self.stride,
            self.padding,
            self.padding_mode,
            self.dilation,
            self.groups,
        )

    @property
    def kernel_size(self) -> Pair:
        """Rows and columns of the kernel."""
        return int(self.weights.shape[2]), int(self.weights.shape[3])

    @property
    def applied_weights(self) -> NDArray[np.float64]:
        """Weights in the order in which they meet the input: turned by 180° for a convolution."""
        if self.operation is Operation.CONVOLUTION:
            return self.weights[:, :, ::-1, ::-1]
        return self.weights

    @property
    def effective_size(self) -> Pair:
        """Rows and columns the kernel reaches over: d·(k − 1) + 1."""
        (kh, kw), (dy, dx) = self.kernel_size, self.dilation
        return dy * (kh - 1) + 1, dx * (kw - 1) + 1

    def border(self, axis: int) -> Pair:
        """Return the number of cells added before and after the input along ``axis`` (0 rows, 1 columns)."""
        if self.padding == "valid":
            return 0, 0
        if self.padding == "same":
            total = self.effective_size[axis] - 1
            return total // 2, total - total // 2
        assert not isinstance(self.padding, str)
        return self.padding[axis], self.padding[axis]

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C_out, H, W) for an input of ``shape`` (C_in, H, W).

        Raises
        ------
        SpecProblem
            If the settings cannot work on such an input.
        """
        self.check(shape)
        lengths = [self.output_length(shape[1 + axis], axis) for axis in (0, 1)]
        return int(self.weights.shape[0]), lengths[0], lengths[1]

    def output_length(self, size: int, axis: int) -> int:
        """Return the number of output positions along ``axis`` for an input of ``size`` cells."""
        before, after = self.border(axis)
        return output_length(
            size, self.kernel_size[axis], self.stride[axis], before, after, self.dilation[axis]
        )

    def check(self, shape: Shape) -> None:
        """Raise :class:`SpecProblem` if the settings cannot work on an input of ``shape`` (C_in, H, W)."""
        expected = self.weights.shape[1] * self.groups
        if shape[0] != expected:
            raise SpecProblem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The filters expect {expected} input channels, but the input has {channels}."
                    " Choose another channel mode or other filters.",
                ),
                expected=expected,
                channels=shape[0],
            )
        for axis in (0, 1):
            most = self.most_border(shape[1 + axis])
            if most is not None and max(self.border(axis)) > most:
                raise self._border_too_wide(shape, axis, most)
        if any(self.output_length(shape[1 + axis], axis) < 1 for axis in (0, 1)):
            raise self._too_large(shape)

    def most_border(self, size: int) -> int | None:
        """Return the widest border that an input of ``size`` cells can be given; None if any is possible."""
        return {PaddingMode.REFLECT: size - 1, PaddingMode.CIRCULAR: size}.get(self.padding_mode)

    def _border_too_wide(self, shape: Shape, axis: int, most: int) -> SpecProblem:
        fix, action = nearest_fit(self, shape)
        template = (
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{mode} padding of {padding} needs more than the {size} rows the input has;"
                " at most {most} is possible.",
            )
            if axis == 0
            else QT_TRANSLATE_NOOP(
                "Sentence",
                "{mode} padding of {padding} needs more than the {size} columns the input has;"
                " at most {most} is possible.",
            )
        )
        return SpecProblem(
            template,
            fix=fix,
            action=action,
            mode=Sentence(_MODE_NAMES[self.padding_mode]),
            padding=max(self.border(axis)),
            size=shape[1 + axis],
            most=most,
        )

    def _too_large(self, shape: Shape) -> SpecProblem:
        reach, (kh, kw) = self.effective_size, self.kernel_size
        fix, action = nearest_fit(self, shape)
        padded = Sentence(
            QT_TRANSLATE_NOOP("Sentence", "{size} input with its padding")
            if any(self.border(0) + self.border(1))
            else QT_TRANSLATE_NOOP("Sentence", "{size} input"),
            {"size": f"{shape[1]}×{shape[2]}"},
        )
        template = (
            QT_TRANSLATE_NOOP("Sentence", "The kernel {kernel} is larger than the {padded}. {hint}")
            if self.dilation == (1, 1)
            else QT_TRANSLATE_NOOP(
                "Sentence",
                "The kernel {kernel} with its dilation reaches over {reach} cells,"
                " more than the {padded}. {hint}",
            )
        )
        return SpecProblem(
            template,
            fix=fix,
            action=action,
            hint=fit_hint(self, fix),
            kernel=f"{kh}×{kw}",
            reach=f"{reach[0]}×{reach[1]}",
            padded=padded,
        )
