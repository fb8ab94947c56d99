"""Colours and order of the maps of a layer."""

import numpy as np
import pytest

from convviz.engine.render import Display
from convviz.ui.map_colours import Order, arranged, as_maps, averaged, layer_scale, scale_of


def test_maps_without_negative_values_are_viridis_from_zero() -> None:
    found = scale_of(np.array([[2.0, 5.0]], np.float32))
    assert (found.display, found.low, found.high) == (Display.VIRIDIS, 0.0, 5.0)


def test_maps_with_negative_values_are_centred_on_zero() -> None:
    found = scale_of(np.array([[-3.0, 1.0]], np.float32))
    assert (found.display, found.low, found.high) == (Display.SIGNED, -3.0, 3.0)


def test_what_is_not_finite_does_not_set_the_scale() -> None:
    found = scale_of(np.array([[np.nan, np.inf, 4.0]], np.float32))
    assert (found.low, found.high) == (0.0, 4.0)
    assert scale_of(np.array([[np.nan]], np.float32)).high == 0.0


def test_a_few_extreme_values_do_not_pale_a_layer() -> None:
    maps = np.random.default_rng(0).normal(size=(8, 32, 32)).astype(np.float32)
    maps[0, 0, 0] = 1e4
    found = layer_scale(maps)
    assert found.display is Display.SIGNED
    assert 2 < found.high < 4
    assert found.low == -found.high


def test_silent_maps_do_not_set_the_scale_of_a_layer() -> None:
    maps = np.zeros((16, 16, 16), np.float32)
    maps[3] = np.linspace(0, 8, 256, dtype=np.float32).reshape(16, 16)
    found = layer_scale(maps)
    assert found.display is Display.VIRIDIS
    assert found.high > 4


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.NUMBER, [0, 1, 2]), (Order.MEAN, [1, 2, 0]), (Order.MAXIMUM, [2, 1, 0])],
)
def test_maps_are_sorted_by_the_size_of_their_values(order: Order, expected: list[int]) -> None:
    maps = np.array([[[1.0, 1.0]], [[-3.0, -3.0]], [[0.0, 5.0]]], np.float32)
    assert arranged(maps, order).tolist() == expected


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((5,), (5, 1, 1)), ((4, 6), (1, 4, 6)), ((3, 4, 5), (3, 4, 5)), ((2, 3, 4, 5), (6, 4, 5))],
)
def test_every_output_becomes_maps(shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    values = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    maps = as_maps(values)
    assert maps.shape == expected
    assert maps.dtype == np.float32
    assert np.array_equal(maps.ravel(), values.ravel())


@pytest.mark.parametrize(
    ("shape", "wanted", "found"), [((224, 224), (87, 87), (112, 112)), ((6, 9), (2, 3), (2, 3))]
)
def test_a_map_to_be_shown_smaller_is_averaged_over_equal_blocks(
    shape: tuple[int, int], wanted: tuple[int, int], found: tuple[int, int]
) -> None:
    values = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    down, across = shape[0] // found[0], shape[1] // found[1]
    blocks = values.reshape(found[0], down, found[1], across).mean(axis=(1, 3))
    np.testing.assert_allclose(averaged(values, *wanted), blocks, atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "wanted"), [((7, 7), (57, 57)), ((113, 97), (50, 40)), ((112, 112), (87, 87))]
)
def test_a_map_that_has_no_equal_blocks_or_is_shown_larger_is_left_as_it_is(
    shape: tuple[int, int], wanted: tuple[int, int]
) -> None:
    values = np.ones(shape, np.float32)
    assert averaged(values, *wanted) is values
