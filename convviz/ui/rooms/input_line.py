"""What the arithmetic line says of a cell of the image that the network is given."""

from PySide6.QtCore import QObject

from convviz.core.pieces import Line
from convviz.core.specs import Pair
from convviz.nets.input_text import input_lines
from convviz.nets.records import INPUT
from convviz.ui.network_source import Traced
from convviz.ui.rooms.cell_text import pixel_text
from convviz.ui.rooms.network_pointing import Spot
from convviz.ui.unit_link import cells_seeing, pixels_seen


def input_cell(traced: Traced, spot: Spot | None) -> Pair | None:
    """Return which cell of the network's input is meant; None for none, and for pixels that were cut off."""
    if spot is None:
        return None
    if not spot.on_photo:
        return spot.cell
    cells = cells_seeing(traced.trace, INPUT, spot.cell)
    return None if cells is None else (cells.top, cells.left)


class InputLine(QObject):
    """Writes in the language in force."""

    def write(self, traced: Traced, cell: Pair, channel: int) -> tuple[str, str, tuple[Line, ...]]:
        """Return what is said of a cell of the input: words, its name, and its arithmetic.

        Parameters
        ----------
        traced : Traced
            The network and the picture.
        cell : (int, int)
            Row and column of the input.
        channel : int
            The channel that is looked at.
        """
        trace, steps = traced.trace, traced.network.preprocessing
        lines = input_lines(steps, trace.input[:, cell[0], cell[1]].tolist(), channel)
        pixels = pixels_seen(trace, INPUT, cell, traced.picture)
        if pixels is None:
            words = self.tr("Nothing of the photograph, but black that fills the frame:")
        else:
            middle = pixels.top + pixels.height // 2, pixels.left + pixels.width // 2
            # Its colour as a single number is of no use here.
            pixel = pixel_text(traced.picture, middle).partition(" · #")[0]
            words = self.tr("Photograph {0}, resized and normalised:").format(pixel)
        if steps.light_on_dark:
            words += " " + self.tr("(dark strokes on a light ground inverted)")
        image = self.tr("image")
        return words, f"{image}[{channel}, {cell[0]}, {cell[1]}] =", lines
