"""Cells that look different from their value: padding, cells not yet reached, cells never read."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from convviz.ui.theme import Colours
from convviz.ui.widgets.pane_content import Content, Shading

# How much of the window's colour is mixed into cells of padding.
PALE = 0.45

Pixels = NDArray[np.uint32]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


def shaded_pixels(content: Content, height: int, width: int, shading: Shading, colours: Colours) -> Pixels:
    """Return the pixels of ``content`` with padding paled and cells not yet reached blank."""
    row_out, column_out = (
        beyond(content.view.rows.positions, height),
        beyond(content.view.columns.positions, width),
    )
    pixels, window = content.pixels.copy(), _rgb(colours.window)
    pixels[row_out] = _pale(pixels[row_out], window)
    inside = np.flatnonzero(~row_out)[:, np.newaxis]
    outside = np.flatnonzero(column_out)
    pixels[inside, outside] = _pale(pixels[inside, outside], window)
    if shading.hides:
        pixels[hidden_cells(content, height, width, shading)] = _rgb(colours.blank)
    if shading.predict is not None:
        pixels[predicted_cell(content, width, shading.predict)] = _rgb(colours.focus_soft)
    return pixels


def hidden_cells(content: Content, height: int, width: int, shading: Shading) -> Flags:
    """Return, shape (rows, columns), which cells of ``content`` do not show their value."""
    rows, columns = content.view.rows.positions, content.view.columns.positions
    hidden = np.zeros((len(rows), len(columns)), bool)
    if shading.revealed is not None:
        last, cell = divmod(shading.revealed, width)
        hidden[rows > last] = True
        hidden[rows == last] = columns >= cell
        hidden[beyond(rows, height)] = False
        hidden[:, beyond(columns, width)] = False
    if shading.predict is not None:
        hidden[predicted_cell(content, width, shading.predict)] = True
    return hidden


def predicted_cell(content: Content, width: int, predict: int) -> tuple[Index, Index]:
    """Return where raster index ``predict`` is within ``content``; empty if it is not there."""
    row, column = divmod(predict, width)
    rows = np.flatnonzero(content.view.rows.positions == row)[:, np.newaxis]
    return rows, np.flatnonzero(content.view.columns.positions == column)


def flags_at(flags: Flags | None, positions: Index) -> Flags:
    """Return the flags of ``positions``; False where there are none."""
    out = np.zeros(len(positions), bool)
    if flags is not None:
        known = ~beyond(positions, len(flags))
        out[known] = flags[positions[known]]
    return out


def beyond(positions: Index, size: int) -> Flags:
    """Return which of ``positions`` lie in the padding around ``size`` cells."""
    return (positions < 0) | (positions >= size)


def _pale(pixels: Pixels, colour: int) -> Pixels:
    out = np.full_like(pixels, 0xFF)
    for shift in (16, 8, 0):
        channel = ((pixels >> shift) & 255) * (1 - PALE) + ((colour >> shift) & 255) * PALE
        out = (out << 8) | np.rint(channel).astype(np.uint32)
    return out


def _rgb(name: str) -> int:
    return QColor(name).rgb()
