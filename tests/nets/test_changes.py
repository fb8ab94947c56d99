import numpy as np
import pytest

from convviz.core.distances import Distance, distance
from convviz.core.picture import Picture
from convviz.nets.changes import MOST_SIDE, Change, changed, reduced
from convviz.nets.embed import vector_of
from convviz.nets.vector_space import PIXELS, Space

RNG = np.random.default_rng(2)
PHOTO = Picture(RNG.integers(0, 120, (40, 60, 3)).astype(np.float32), "photo")
SPACE = Space(PIXELS, 3072)


def values(change: Change, picture: Picture = PHOTO) -> np.ndarray:
    return changed(picture, change).values


def test_nothing_changed_is_the_picture_itself() -> None:
    np.testing.assert_array_equal(values(Change()), PHOTO.values)


def test_brightness_multiplies_and_cuts_off_at_white() -> None:
    np.testing.assert_allclose(values(Change(brightness=2.0)), PHOTO.values * 2)
    assert values(Change(brightness=9.0)).max() == 255
    deep = Picture(np.array([[[-5.0], [0.0], [5.0]]], np.float32), "deep", -5.0, 5.0)
    np.testing.assert_allclose(values(Change(brightness=0.5), deep).ravel(), [-5, -2.5, 0])


def test_darkening_and_brightening_keep_the_direction_of_the_pixels() -> None:
    before = vector_of(None, SPACE, changed(PHOTO, Change()))
    for brightness in (0.2, 0.6, 1.5, 2.0):
        after = vector_of(None, SPACE, changed(PHOTO, Change(brightness=brightness)))
        assert distance(Distance.COSINE, before, after) < 1e-9
        assert distance(Distance.EUCLIDEAN, before, after) > 100
    tinted = vector_of(None, SPACE, changed(PHOTO, Change(tint=0.8)))
    assert distance(Distance.COSINE, before, tinted) > 0.05


def test_tint_strengthens_red_and_weakens_blue_and_leaves_grey() -> None:
    np.testing.assert_allclose(values(Change(tint=0.5)), PHOTO.values * [1.5, 1, 0.5], rtol=1e-6)
    grey = Picture(np.full((3, 3, 1), 9, np.float32), "grey")
    np.testing.assert_array_equal(values(Change(tint=0.5), grey), grey.values)


def test_moving_repeats_the_edge() -> None:
    moved = values(Change(right=0.1, down=-0.25))
    np.testing.assert_allclose(moved[:30, 6:], PHOTO.values[10:, :-6], atol=1e-3)
    np.testing.assert_allclose(moved[:30, 2], PHOTO.values[10:, 0], atol=1e-3)


def test_a_quarter_turn_is_counter_clockwise_about_the_centre() -> None:
    square = Picture(PHOTO.values[:, :40].copy(), "square")
    np.testing.assert_allclose(values(Change(turn=90), square), np.rot90(square.values), atol=1e-2)
    # Not stretched where the picture is longer than it is high.
    np.testing.assert_allclose(values(Change(turn=90))[:, 10:50], np.rot90(PHOTO.values[:, 10:50]), atol=1e-2)


def test_blur_keeps_the_mean_and_takes_the_contrast() -> None:
    flat = Picture(np.full((9, 9, 3), 50, np.float32), "flat")
    np.testing.assert_allclose(values(Change(blur=0.1), flat), 50, rtol=1e-5)
    spreads = [values(Change(blur=blur)).std() for blur in (0.0, 0.01, 0.03, 0.1)]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[-1] < 0.2 * spreads[0]
    assert changed(Picture(np.ones((1, 1, 3), np.float32), "dot"), Change(blur=0.1, turn=10)).width == 1


@pytest.mark.parametrize("shape", [(1000, 500, 3), (10, 20, 1), (700, 1, 3)])
def test_a_large_picture_is_made_smaller_and_keeps_its_shape(shape: tuple[int, int, int]) -> None:
    found = reduced(Picture(np.full(shape, 200, np.uint8), "large"))
    assert found.values.dtype == np.float32
    longest = max(shape)
    scale = min(1.0, MOST_SIDE / longest)
    assert found.values.shape == (max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale)), shape[2])
    np.testing.assert_allclose(found.values, 200, rtol=1e-5)
