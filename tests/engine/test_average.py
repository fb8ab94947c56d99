"""The mean colours of blocks are the means of the colours of their cells."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.geometry import Ramp
from convviz.core.text import Problem
from convviz.engine import average as module
from convviz.engine.average import Colouring, MeanColours
from convviz.engine.compute import View
from convviz.engine.render import Display, Pixels, render
from tests.engine.strategies import ramps


def levels(pixels: Pixels) -> NDArray[np.float64]:
    """Return red, green and blue along a new last axis."""
    return np.stack([pixels >> shift & 255 for shift in (16, 8, 0)], axis=-1).astype(np.float64)


def mean_colours(values: NDArray[np.float32], view: View, colouring: Colouring) -> NDArray[np.float64]:
    """Return the means of the colours of every cell of a map, block by block."""
    cells = levels(render(values, colouring.display, colouring.low, colouring.high))
    return np.array(
        [
            [
                cells[y : y + view.rows.step, x : x + view.columns.step].mean(axis=(0, 1))
                for x in view.columns.positions
            ]
            for y in view.rows.positions
        ]
    )


@given(st.data())
def test_a_block_has_the_mean_of_its_cells_colours(data: st.DataObject) -> None:
    height, width, channels = (data.draw(st.integers(1, n)) for n in (20, 20, 3))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    middle = data.draw(st.sampled_from([-90, 0, 90]))
    values = rng.normal(middle, 60, (height, width, channels)).astype(np.float32).transpose(2, 0, 1)
    if data.draw(st.booleans()):
        values = np.ascontiguousarray(values)
    low, high = sorted(data.draw(st.tuples(st.integers(-150, 150), st.integers(-150, 150))))
    if data.draw(st.booleans()):
        low = high
    view = View(data.draw(ramps(height)), data.draw(ramps(width)))
    colouring = Colouring(data.draw(st.sampled_from(Display)), low, high)
    means = MeanColours(channels, view, (height, width), colouring)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", data.draw(st.sampled_from([1, 50, 1000])))
        cuts = [0, *sorted(data.draw(st.sets(st.integers(1, height), max_size=4)) - {height}), height]
        left = data.draw(st.integers(0, view.columns.start))
        for top, bottom in pairwise(cuts):
            means.add(top, left, values[:, top:bottom, left:])
    pixels = means.pixels()
    assert (pixels >> 24 == 255).all()
    for channel in range(channels):
        expected = mean_colours(values[channel], view, colouring)
        # The cells' own colours are rounded, to 512 steps and to whole levels; the mean is, once.
        assert np.abs(levels(pixels[channel]) - expected).max() <= 1.3
        assert np.abs(levels(pixels[channel]) - np.rint(expected)).max() <= 1


@pytest.mark.parametrize("display", list(Display))
def test_cells_all_alike_keep_their_colour(display: Display) -> None:
    colouring = Colouring(display, -100, 100)
    for value in (-100, -30, 0, 55, 100):
        values = np.full((1, 6, 6), value, np.float32)
        means = MeanColours(1, View(Ramp(0, 3, 2), Ramp(0, 3, 2)), (6, 6), colouring)
        means.add(0, 0, values)
        own = levels(render(values[0], display, -100, 100)[:2, :2])
        assert np.abs(levels(means.pixels()[0]) - own).max() <= 1


def test_plus_and_minus_do_not_cancel() -> None:
    values = np.tile(np.array([[[-100, 100], [100, -100]]], np.float32), (1, 4, 4))
    means = MeanColours(1, View(Ramp(0, 4, 2), Ramp(0, 4, 2)), (8, 8), Colouring(Display.SIGNED, -100, 100))
    means.add(0, 0, values)
    white = levels(render(np.zeros((1, 1), np.float32), Display.SIGNED, -100, 100))
    assert np.abs(levels(means.pixels()[0]) - white).max() > 60


def test_what_is_no_number_is_refused() -> None:
    values = np.zeros((1, 4, 4), np.float32)
    values[0, 3, 3] = np.nan
    means = MeanColours(1, View(Ramp(0, 2, 2), Ramp(0, 2, 2)), (4, 4), Colouring(Display.CLIP, 0, 1))
    means.add(0, 0, values)
    with pytest.raises(Problem, match="too large"):
        means.pixels()


def test_sums_beyond_the_largest_number_are_no_matter() -> None:
    values = np.full((1, 4, 4), 3e38, np.float32)
    means = MeanColours(
        1, View(Ramp(0, 4, 1), Ramp(0, 4, 1)), (4, 4), Colouring(Display.STRETCH, -3e38, 3e38)
    )
    means.add(0, 0, values)
    assert means.pixels()[0, 0, 0] == 0xFFFFFFFF
