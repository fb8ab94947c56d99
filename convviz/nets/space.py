"""Rows and columns of a tensor on its way through a network, and what its cells see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from convviz.nets import fields
from convviz.nets.records import Field, Window

Size = tuple[int, ...]


@dataclass(frozen=True)
class Space:
    """A tensor's rows and columns.

    Parameters
    ----------
    axes : (int, int)
        Which of its axes, batch included, are the rows and the columns.
    fields : (Field, Field)
        What its cells see along these axes.
    """

    axes: tuple[int, int]
    fields: tuple[Field, Field]

    def is_of_maps(self, shape: Size) -> bool:
        """Whether a tensor of ``shape`` is one picture's maps (1, C, H, W)."""
        return len(shape) == 4 and shape[0] == 1 and self.axes == (2, 3)

    def behind(self, axes: int) -> "Space":
        """Return the space of a tensor with so many more axes in front of all others; fewer if negative."""
        return replace(self, axes=(self.axes[0] + axes, self.axes[1] + axes))

    def without(self, lost: set[int]) -> "Space":
        """Return the space of a tensor without the ``lost`` axes, none of which are rows or columns."""
        rows, columns = self.axes
        return replace(
            self,
            axes=(
                rows - sum(1 for dim in lost if dim < rows),
                columns - sum(1 for dim in lost if dim < columns),
            ),
        )


@dataclass(frozen=True)
class Move:
    """What a function does to the tensor it is given first.

    Parameters
    ----------
    function : str
        Plain name.
    bound : mapping
        Its arguments by name.
    spaces : sequence of Space or None
        Of its inputs; None where rows and columns are lost.
    sizes : sequence of tuple of int
        Shapes of its inputs.
    shape : tuple of int
        Of its output.
    piece : int or None
        Which of several outputs this is.
    window : Window or None
        Of a convolution or pooling.
    limits : (int, int)
        Rows and columns of the network's input.
    """

    function: str
    bound: dict[str, Any]
    spaces: Sequence[Space | None]
    sizes: Sequence[Size]
    shape: Size
    piece: int | None
    window: Window | None
    limits: tuple[int, int]

    def entire(self, axes: tuple[int, int] = (2, 3)) -> Space:
        """Return the space of cells that may see everything."""
        return Space(axes, (fields.entire(self.limits[0]), fields.entire(self.limits[1])))


def start() -> Space:
    """Return the space of the network's input (1, C, H, W), each of whose cells sees itself."""
    return Space((2, 3), (Field(0, 0), Field(0, 0)))


def axes_of(dims: Any, rank: int) -> set[int]:
    """Return the axes that ``dims`` means to PyTorch: one, several, or with None all of ``rank``."""
    if dims is None:
        return set(range(rank))
    return {int(dim) % rank for dim in (dims if isinstance(dims, (tuple, list)) else (dims,))}
