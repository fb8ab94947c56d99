"""The values of several maps, in whatever memory order was fastest to compute."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Maps:
    """The values of C maps of h × w cells, cut into S upright strips of n columns each.

    What depends on every value by itself (activations, colours, extremes) works on ``cells`` as they are;
    nothing has to be put back in order for the screen, which a reshape of the strips is.

    Parameters
    ----------
    cells : ndarray of float32, shape (C, h, S, n)
        Column x of a map is ``cells[:, :, x // n, x % n]``. In any memory order. The last strips may reach
        beyond the width; what is there means nothing.
    width : int
        Columns w of a map, at most S·n.
    """

    cells: Values
    width: int

    @classmethod
    def of(cls, values: Values) -> "Maps":
        """Return maps (C, h, w) as a single strip, without a copy."""
        return cls(values[:, :, np.newaxis], values.shape[2])

    @property
    def shape(self) -> tuple[int, int, int]:
        """Maps C, rows h and columns w."""
        return self.cells.shape[0], self.cells.shape[1], self.width

    @property
    def whole(self) -> bool:
        """Whether every one of ``cells`` belongs to a map."""
        return bool(self.cells.shape[2] * self.cells.shape[3] == self.width)

    def natural(self) -> Values:
        """Return the values (C, h, w); a view of ``cells`` if they are one strip."""
        count, rows, strips, columns = self.cells.shape
        if strips == 1:
            return self.cells[:, :, 0, : self.width]
        return self.cells.reshape(count, rows, strips * columns)[..., : self.width]

    def at(self, row: int, column: int) -> Values:
        """Return the values (C,) of one cell of every map."""
        strip, place = divmod(column, self.cells.shape[3])
        return self.cells[:, row, strip, place]
