"""Tiles hold what their windows read, each line once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.specs import PaddingMode
from convviz.engine.sampling import Window
from convviz.engine.tiles import spread, tile_axis


@given(
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(PaddingMode),
    st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
    st.integers(6, 9),
)
def test_every_tap_is_at_its_place(
    kernel: int, stride: int, dilation: int, before: int, mode: PaddingMode, ahead: list[int], step: int
) -> None:
    window, size = Window(kernel, stride, dilation, before, mode), 100
    first = step * np.arange(4, dtype=np.int64)
    groups = [first + a for a in sorted(ahead)]
    tiles = tile_axis(window, groups, size)
    assert tiles is not None
    for group, places in zip(groups, tiles.places, strict=True):
        assert np.array_equal(tiles.reads[:, places], window.reads(group, size))
    read = {line for group in groups for line in (group[-1] * stride + dilation * np.arange(kernel)).tolist()}
    assert tiles.reads.shape[1] == len(read)


def test_groups_that_are_not_alike_have_no_tiles() -> None:
    window = Window(3, 1, 1, 0, PaddingMode.ZEROS)
    assert tile_axis(window, [np.array([0, 8]), np.array([1])], 20) is None
    assert tile_axis(window, [np.array([0, 8]), np.array([1, 10])], 20) is None


def test_filters_stand_at_each_of_their_places() -> None:
    weights = np.random.default_rng(1).normal(size=(2, 3, 3, 2)).astype(np.float32)
    rows = tile_axis(Window(3, 1, 2, 0, PaddingMode.ZEROS), [np.array([0, 9]), np.array([1, 10])], 50)
    columns = tile_axis(Window(2, 3, 1, 0, PaddingMode.ZEROS), [np.array([0, 9]), np.array([2, 11])], 50)
    assert rows is not None
    assert columns is not None
    wide = spread(weights, rows, columns)
    assert wide.shape == (2 * 4, 3, rows.reads.shape[1], columns.reads.shape[1])
    for filters in range(2):
        for p, down in enumerate(rows.places):
            for q, across in enumerate(columns.places):
                found = wide[filters * 4 + p * 2 + q]
                assert np.array_equal(found[:, down][:, :, across], weights[filters])
                assert np.count_nonzero(found) == weights[filters].size
