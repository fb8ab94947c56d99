import numpy as np
import pytest

from convviz.core.filters import MAX_FILTERS, FilterBank
from convviz.core.text import Problem

SOBEL = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])


def bank(count: int = 1) -> FilterBank:
    weights = np.stack([SOBEL + n for n in range(count)])[:, np.newaxis]
    return FilterBank(weights, tuple("abcdefghijklmnop"[:count]), tuple(float(n) for n in range(count)))


def test_weights_are_a_read_only_copy() -> None:
    weights = SOBEL[np.newaxis, np.newaxis].copy()
    made = FilterBank(weights)
    weights[:] = 0
    assert made.kernel(0, 0)[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        made.weights[0, 0, 0, 0] = 5


def test_naming_a_channel_gives_each_channel_its_kernel() -> None:
    changed = bank().with_kernel(0, 1, SOBEL * 2, channels=3)
    assert changed.weights.shape == (1, 3, 3, 3)
    assert (changed.kernel(0, 1) == SOBEL * 2).all()
    assert (changed.kernel(0, 0) == SOBEL).all()
    assert (changed.kernel(0, 2) == SOBEL).all()
    assert changed.shared().weights.shape == (1, 1, 3, 3)


def test_another_size_resizes_every_kernel_around_its_centre() -> None:
    changed = bank(2).with_kernel(0, None, np.ones((5, 5)), channels=1)
    assert changed.size == (5, 5)
    assert (changed.kernel(1, 0)[1:4, 1:4] == SOBEL + 1).all()
    assert changed.kernel(1, 0)[0].sum() == 0


def test_add_remove_move() -> None:
    three = bank(3)
    assert three.added(1).names == ("a", "b", "b", "c")
    assert three.removed(0).names == ("b", "c")
    assert three.removed(0).biases == (1.0, 2.0)
    assert three.moved(0, 2).names == ("b", "c", "a")
    assert bank().removed(0) == bank()


def test_too_many_filters_are_refused_in_a_sentence() -> None:
    full = bank(MAX_FILTERS)
    with pytest.raises(Problem, match="at most 16"):
        full.added(0)


def test_equality_is_by_value() -> None:
    assert bank(2) == bank(2)
    assert hash(bank(2)) == hash(bank(2))
    assert bank(2) != bank(2).with_bias(0, 9.0)
    assert bank(2) != bank(2).renamed(1, "z")


@pytest.mark.parametrize("value", [1e31, float("inf"), float("nan")])
def test_numbers_that_leave_no_room_are_refused(value: float) -> None:
    with pytest.raises(Problem, match="A kernel weight or bias is"):
        bank().with_bias(0, value)
    with pytest.raises(Problem, match="A kernel weight or bias is"):
        bank().with_kernel(0, None, np.full((3, 3), value), channels=1)
