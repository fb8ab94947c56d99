"""What goes into a pane: the cells of a frame, a kernel, and how an input is coloured."""

import numpy as np
from numpy.typing import NDArray

from convviz.core.picture import Picture, PictureKind
from convviz.engine.compute import View
from convviz.engine.frames import MapFrame
from convviz.engine.render import Display, render
from convviz.ui.arrangement import Column, ColumnKind
from convviz.ui.state import State
from convviz.ui.widgets.pane import Content


def border_of(column: Column, state: State) -> tuple[int, int, int, int]:
    """Return the cells of padding drawn above, below, left and right: around number grids only."""
    conv = state.convolution()
    if column.kind is not ColumnKind.INPUT or conv is None or state.picture.kind is not PictureKind.GRID:
        return 0, 0, 0, 0
    return (*conv.border(0), *conv.border(1))


def kernel_content(kernel: NDArray[np.float64]) -> Content:
    """Return a kernel as a pane draws it, in the colours of the kernel grid."""
    values = kernel.astype(np.float32)
    bound = float(np.abs(values).max())
    view = View.whole(*kernel.shape)
    return Content(view, render(values, Display.SIGNED, -bound, bound), values[np.newaxis])


def content(shown: MapFrame) -> Content:
    """Return a map of a frame as a pane draws it."""
    return Content(shown.view, np.ascontiguousarray(shown.pixels), shown.values)


def input_display(picture: Picture) -> Display:
    """Return how an input is coloured: numbers to be read on paper white, photographs as they are."""
    is_photo_range = (picture.low, picture.high) == (0.0, 255.0)
    return Display.PAPER if picture.kind is PictureKind.GRID and not is_photo_range else Display.LINEAR
