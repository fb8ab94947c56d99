import numpy as np
import pytest

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem


def grid() -> Picture:
    return Picture(np.zeros((2, 2, 1), np.float32), "grid", 0, 1, PictureKind.GRID)


@pytest.mark.parametrize("value", [1e39, -1e300, float("inf"), float("nan")])
def test_a_number_float32_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(Problem, match="more than 32-bit numbers can hold"):
        grid().with_cell(0, 0, 0, value)


def test_the_shades_follow_the_extremes() -> None:
    changed = grid().with_cell(0, 1, 0, -3e38)
    assert (changed.low, changed.high) == (float(np.float32(-3e38)), 0)
    assert changed.values[0, 1, 0] == np.float32(-3e38)
