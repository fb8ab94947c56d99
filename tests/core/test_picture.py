import tracemalloc

import numpy as np
import pytest
from PIL import Image

from convviz.core.picture import Picture, PictureKind, grey
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


@pytest.mark.parametrize("shape", [(1, 1), (700, 901), (1, 400_001), (3, 0), (0, 3)])
def test_grey_in_bands_is_that_of_pillow(shape: tuple[int, int]) -> None:
    values = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    found = grey(values)
    assert found.shape == (*shape, 1)
    assert found.dtype == np.uint8
    if values.size:
        assert np.array_equal(found[..., 0], np.asarray(Image.fromarray(values).convert("L")))


@pytest.mark.parametrize("channels", [3, 5])
def test_grey_of_floats_is_the_weighted_sum(channels: int) -> None:
    values = np.random.default_rng(1).random((500, 300, channels), np.float32)
    weights = (0.299, 0.587, 0.114) if channels == 3 else np.full(channels, 1 / channels)
    expected = np.asarray(values @ np.array(weights), np.float32)
    assert np.array_equal(grey(values)[..., 0], expected)


def test_grey_of_a_photograph_takes_little_memory() -> None:
    values = np.zeros((2000, 3000, 3), np.uint8)
    tracemalloc.start()
    found = grey(values)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Beside the grey itself only a band.
    assert most - found.nbytes < 4_000_000
