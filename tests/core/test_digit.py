"""Drawings made what MNIST holds."""

import numpy as np

from convviz.core.digit import BOX, SIDE, as_mnist


def _drawn(shape: tuple[int, int], rows: slice, columns: slice) -> np.ndarray:
    ink = np.zeros(shape, np.float32)
    ink[rows, columns] = 1.0
    return ink


def test_nothing_drawn_is_no_digit() -> None:
    assert as_mnist(np.zeros((100, 100), np.float32)) is None


def test_the_longer_side_becomes_20_and_the_proportions_stay() -> None:
    small = as_mnist(_drawn((280, 280), slice(10, 210), slice(200, 250)))
    assert small is not None
    assert small.shape == (SIDE, SIDE)
    assert small.dtype == np.uint8
    rows, columns = np.flatnonzero(small.any(axis=1)), np.flatnonzero(small.any(axis=0))
    assert (rows.size, columns.size) == (BOX, 5)
    assert small[rows[0], columns[0]] == 255


def test_the_centre_of_mass_comes_to_the_middle_wherever_it_was_drawn() -> None:
    ink = np.zeros((280, 280), np.float32)
    ink[0:200, 0:20] = 1.0  # an L: its mass is to the lower left
    ink[180:200, 0:120] = 1.0
    one, other = as_mnist(ink), as_mnist(np.roll(ink, (70, 130), (0, 1)))
    assert one is not None
    assert other is not None
    np.testing.assert_array_equal(one, other)
    rows, columns = np.indices(one.shape) + 0.5
    total = one.sum(dtype=float)
    assert abs((rows * one).sum() / total - SIDE / 2) <= 0.5
    assert abs((columns * one).sum() / total - SIDE / 2) <= 0.5
    box = np.flatnonzero(one.any(axis=0))
    # The box itself is not in the middle.
    assert box[0] + box[-1] + 1 > SIDE


def test_a_pixel_is_the_mean_of_what_it_covers() -> None:
    ink = np.zeros((40, 40), np.float32)
    ink[:, 0] = ink[0] = 1.0  # 40 × 40 become 20 × 20: two cells to a pixel
    small = as_mnist(ink)
    assert small is not None
    top, left = np.flatnonzero(small.any(axis=1))[0], np.flatnonzero(small.any(axis=0))[0]
    assert small[top, left] == 191  # three of four cells
    assert small[top + 5, left] == 128  # two of four
    assert small[top + 5, left + 5] == 0


def test_a_drawing_smaller_than_the_box_is_made_larger() -> None:
    small = as_mnist(_drawn((28, 28), slice(3, 8), slice(4, 9)))
    assert small is not None
    assert (small == 255).sum() == BOX * BOX


def test_no_mass_is_lost_when_it_all_lies_at_one_edge() -> None:
    ink = np.zeros((200, 200), np.float32)
    ink[0:20] = 1.0
    ink[199, 100] = 0.03
    small = as_mnist(ink)
    assert small is not None
    assert np.flatnonzero(small.any(axis=1))[-1] < SIDE
    assert (small == 255).sum() == 40  # two full rows of twenty
