"""Pooling: one value out of each window, and whether the windows fit the map."""

from dataclasses import dataclass, replace
from enum import StrEnum

from convviz.core.limits import (
    MAX_KERNEL,
    MAX_PADDING,
    Pair,
    Shape,
    SpecProblem,
    check_range,
    output_length,
    pair_text,
)
from convviz.core.text import QT_TRANSLATE_NOOP, Sentence


class PoolKind(StrEnum):
    """What is kept of each pooling window."""

    MAX = "max"
    MIN = "min"
    AVG = "avg"


@dataclass(frozen=True)
class PoolSpec:
    """Pooling: one value out of each window, channel by channel.

    Parameters
    ----------
    kind : PoolKind
        Largest, smallest or mean value. The border never wins for max and min; the mean counts it
        as zeros, as ``torch.nn.AvgPool2d`` does.
    size, stride : (int, int)
        Vertical and horizontal, 1 to 31; the stride is the size unless given.
    padding : (int, int)
        At most half the size.

    Raises
    ------
    Problem
        If a value is out of range, whatever the input.
    """

    kind: PoolKind
    size: Pair = (2, 2)
    stride: Pair | None = None
    padding: Pair = (0, 0)

    def __post_init__(self) -> None:
        check_range(self.size, 1, MAX_KERNEL, Sentence(QT_TRANSLATE_NOOP("Sentence", "Pooling size")))
        if self.stride is not None:
            check_range(self.stride, 1, MAX_KERNEL, Sentence(QT_TRANSLATE_NOOP("Sentence", "Pooling stride")))
        check_range(self.padding, 0, MAX_PADDING, Sentence(QT_TRANSLATE_NOOP("Sentence", "Pooling padding")))

    @property
    def steps(self) -> Pair:
        """Vertical and horizontal stride in force."""
        return self.size if self.stride is None else self.stride

    def output_length(self, size: int, axis: int) -> int:
        """Return the number of windows along ``axis`` over ``size`` cells."""
        pad = self.padding[axis]
        return output_length(size, self.size[axis], self.steps[axis], pad, pad, 1)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, H, W) after pooling ``shape`` (C, H, W); raise :class:`SpecProblem` if it cannot."""
        self.check(shape)
        return shape[0], self.output_length(shape[1], 0), self.output_length(shape[2], 1)

    def check(self, shape: Shape) -> None:
        """Raise :class:`SpecProblem` if the settings cannot work on maps of ``shape`` (C, H, W)."""
        most = (self.size[0] // 2, self.size[1] // 2)
        if self.padding[0] > most[0] or self.padding[1] > most[1]:
            fixed = (min(self.padding[0], most[0]), min(self.padding[1], most[1]))
            raise SpecProblem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "Pooling padding {padding} is more than half the pooling size {size};"
                    " a window could lie outside the map altogether. At most {most} is possible.",
                ),
                fix=replace(self, padding=fixed),
                action=Sentence(
                    QT_TRANSLATE_NOOP("Sentence", "Use pooling padding {padding}"),
                    {"padding": pair_text(fixed)},
                ),
                padding=pair_text(self.padding),
                size=pair_text(self.size),
                most=pair_text(most),
            )
        if any(self.output_length(shape[1 + axis], axis) < 1 for axis in (0, 1)):
            size = (min(self.size[0], shape[1]), min(self.size[1], shape[2]))
            padding = (min(self.padding[0], size[0] // 2), min(self.padding[1], size[1] // 2))
            raise SpecProblem(
                QT_TRANSLATE_NOOP(
                    "Sentence",
                    "The pooling window {size} is larger than the {height}×{width} map it is to pool;"
                    " a window of {fixed} would fit.",
                ),
                fix=replace(self, size=size, padding=padding),
                action=Sentence(
                    QT_TRANSLATE_NOOP("Sentence", "Use pooling size {size}"), {"size": f"{size[0]}×{size[1]}"}
                ),
                size=f"{self.size[0]}×{self.size[1]}",
                height=shape[1],
                width=shape[2],
                fixed=f"{size[0]}×{size[1]}",
            )
