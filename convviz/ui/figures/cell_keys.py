"""Going from cell to cell of a map by keyboard."""

from PySide6.QtCore import Qt

from convviz.core.specs import Pair

_Key = Qt.Key
_STEPS = {_Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0), _Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1)}


def moved(key: Qt.Key, cell: Pair, size: Pair) -> Pair | None:
    """Return the cell (row, column) that a key leads to from ``cell``; None if it leads nowhere.

    The arrow keys lead to the neighbours and stop where the map of ``size`` (rows, columns) ends; Home and
    End lead to the first cell and to the last.
    """
    last = size[0] - 1, size[1] - 1
    if key in _STEPS:
        rows, columns = _STEPS[key]
        return min(max(cell[0] + rows, 0), last[0]), min(max(cell[1] + columns, 0), last[1])
    return {_Key.Key_Home: (0, 0), _Key.Key_End: last}.get(key)
