"""What a unit responded to, as a picture over the photograph."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from convviz.core.geometry import Rect
from convviz.engine.render import Pixels, render_rgb
from convviz.nets import records
from convviz.ui.map_colours import Maps
from convviz.ui.rooms.map_pane import cells_below, grey_pixels, mix
from convviz.ui.widgets.pane import Content

# What the unit does not see is there for orientation alone.
_AROUND = 0xFF808080
_AROUND_SHARE = 0.6


@dataclass(frozen=True, eq=False)
class SeenPixels:
    """What came back from a unit, over its receptive field; the photograph around it is grey and pale.

    Parameters
    ----------
    colours : ndarray of float32, shape (H, W, 3)
        0 to 1, one for each cell of the network's input.
    field : Rect
        The receptive field, in cells of the input.
    where : Placement
        Where the input lies on the photograph.
    """

    colours: Maps
    field: Rect
    where: records.Placement

    def over(self, photo: Content) -> Pixels:
        """Return the pixels of ``photo`` with the picture over them."""
        height, width, _ = self.colours.shape
        where, field = self.where, self.field
        rows, seen_rows = cells_below(photo.view.rows.positions, where.top, where.scale_y, height)
        columns, seen_columns = cells_below(photo.view.columns.positions, where.left, where.scale_x, width)
        seen_rows = seen_rows & (rows >= field.top) & (rows < field.top + field.height)
        seen_columns = seen_columns & (columns >= field.left) & (columns < field.left + field.width)
        planes = np.ascontiguousarray(np.moveaxis(self.colours[np.ix_(rows, columns)], 2, 0))
        around = mix(grey_pixels(photo.pixels), np.full_like(photo.pixels, _AROUND), _AROUND_SHARE)
        inside = seen_rows[:, np.newaxis] & seen_columns
        return np.where(inside, render_rgb(planes, 0.0, 1.0), around)

    def seen(self) -> Rect:
        """Return the receptive field in whole pixels of the photograph, at least one."""
        field = self.field
        top, left, height, width = self.where.on_photo(field.top, field.left, field.height, field.width)
        first, start = floor(top), floor(left)
        return Rect(first, start, max(1, ceil(top + height) - first), max(1, ceil(left + width) - start))
