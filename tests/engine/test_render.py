"""Colours say what the values are."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.engine import render as module
from convviz.engine.render import Display, colour_of, colour_table, render, render_rgb, render_tinted

FINITE = st.floats(-1e4, 1e4, width=32)


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_colours_are_the_same_where_nothing_was_compiled(
    monkeypatch: pytest.MonkeyPatch, display: Display, dtype: type
) -> None:
    rng = np.random.default_rng(3)
    values: NDArray[Any] = rng.normal(0, 80, (40, 37)).astype(dtype)
    values[0, :3] = np.inf, -np.inf, 0
    for shown in (values, values.T, values[::2, ::-1], values[:, ::3], values[::40, ::37]):
        by_own = render(shown, display, -70.5, 120.25)
        with monkeypatch.context() as patch:
            patch.setattr(module, "library", lambda: None)
            assert np.array_equal(render(shown, display, -70.5, 120.25), by_own)
        assert by_own.shape == shown.shape


@pytest.mark.parametrize("shape", [(301, 400), (3, 70_001), (70_001, 1), (1, 50_000), (0, 9), (9, 0)])
def test_the_colours_of_many_values_are_found_by_several_threads(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int]
) -> None:
    values = np.random.default_rng(4).normal(0, 80, (shape[0], 2 * shape[1])).astype(np.float32)
    for shown in (values[:, : shape[1]], np.ascontiguousarray(values[:, shape[1] :])):
        by_own = render(shown, Display.SIGNED, -70.5, 120.25)
        with monkeypatch.context() as patch:
            patch.setattr(module, "library", lambda: None)
            assert np.array_equal(render(shown, Display.SIGNED, -70.5, 120.25), by_own)


@given(st.lists(FINITE, min_size=1, max_size=20), st.sampled_from(Display), FINITE, FINITE)
def test_one_cell_has_the_colour_it_has_in_the_picture(
    values: list[float], display: Display, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    pixels = render(np.array([values], np.float32), display, low, high)
    assert pixels.dtype == np.uint32
    assert [int(p) & 0xFFFFFF for p in pixels[0]] == [colour_of(v, display, low, high) for v in values]
    assert (pixels >> np.uint32(24) == 255).all()


@given(
    st.lists(st.floats(width=32, allow_nan=False), min_size=1, max_size=20),
    st.sampled_from(Display),
    st.floats(-1e4, 1e4, width=32),
    st.floats(2.0**-20, 1e4, width=32),
)
def test_places_are_rounded_as_numpy_rounds_however_large_the_values(
    values: list[float], display: Display, low: float, span: float
) -> None:
    table, high = colour_table(display), low + span
    last, bound = len(table) - 1, max(abs(low), abs(high))
    start, length, steps, centre = {
        Display.SIGNED: (0.0, bound, 512, 512),
        Display.ABSOLUTE: (0.0, bound, last, 0),
        Display.CLIP: (0.0, 255.0, last, 0),
    }.get(display, (low, high - low, last, 0))
    array = np.array(values, np.float32)
    shown = np.abs(array) if display is Display.ABSOLUTE else array
    with np.errstate(over="ignore"):
        scaled = (shown - np.float32(start)) * np.float32(steps / length)
    places = np.clip(np.rint(scaled) + centre, 0, last).astype(int)
    assert render(array[np.newaxis], display, low, high)[0].tolist() == table[places].tolist()


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("bounds", [(0, 255), (30, 200), (-20, 90)])
def test_bytes_have_the_colours_of_the_same_numbers(display: Display, bounds: tuple[int, int]) -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    expected = render(values.astype(np.float32), display, *bounds)
    assert np.array_equal(render(values, display, *bounds), expected)


@given(st.floats(2.0**-100, 2.0**100, width=32), FINITE)
def test_signed_is_white_at_zero_and_alike_on_both_sides(bound: float, value: float) -> None:
    assert colour_of(0.0, Display.SIGNED, -bound, bound / 3) == 0xFFFFFF
    # Neighbouring places may share a colour; the mirror image of every place has that of the other sign.
    table = colour_table(Display.SIGNED) & np.uint32(0xFFFFFF)
    up = table == colour_of(value, Display.SIGNED, -bound, bound)
    down = table == colour_of(-value, Display.SIGNED, -bound, bound)
    assert (up[::-1] & down).any()


@pytest.mark.parametrize(
    ("display", "value", "colour"),
    [
        (Display.SIGNED, -100, 0x2166AC),
        (Display.SIGNED, 100, 0xD66012),
        (Display.SIGNED, 500, 0xD66012),
        (Display.CLIP, -3, 0x000000),
        (Display.CLIP, 100, 0x646464),
        (Display.CLIP, 300, 0xFFFFFF),
        (Display.ABSOLUTE, -100, 0xFFFFFF),
        (Display.ABSOLUTE, 0, 0x000000),
        (Display.STRETCH, -100, 0x000000),
        (Display.STRETCH, 50, 0xFFFFFF),
        (Display.LINEAR, -100, 0x000000),
        (Display.PAPER, -100, 0xFFFFFF),
        (Display.PAPER, 50, 0xA8A8A8),
        (Display.VIRIDIS, -100, 0x440154),
        (Display.VIRIDIS, 50, 0xFDE725),
    ],
)
def test_the_ends(display: Display, value: float, colour: int) -> None:
    assert colour_of(value, display, -100, 50) == colour


def test_a_flat_picture_is_neither_black_nor_white() -> None:
    assert colour_of(5, Display.STRETCH, 5, 5) == 0x7F7F7F
    assert colour_of(0, Display.SIGNED, 0, 0) == 0xFFFFFF
    assert colour_of(0, Display.ABSOLUTE, 0, 0) == 0x000000


@pytest.mark.parametrize("display", Display)
def test_what_is_no_number_does_no_harm(display: Display) -> None:
    values = np.array([[np.nan, np.inf, -np.inf, 3e38, -3e38, 1.0]], np.float32)
    for low, high in ((-1.0, 1.0), (-3e38, 3e38), (0.0, 0.0)):
        assert (render(values, display, low, high) >= 0xFF000000).all()


@pytest.mark.parametrize("display", Display)
def test_brightness_never_turns_back(display: Display) -> None:
    table = colour_table(display).astype(np.int64)
    assert len(table) >= 256
    assert not colour_table(display).flags.writeable
    green = table >> 8 & 255
    if display is Display.SIGNED:
        middle = len(green) // 2
        assert (np.diff(green[: middle + 1]) >= 0).all()
        assert (np.diff(green[middle:]) <= 0).all()
    else:
        darker = display is Display.PAPER
        assert (np.diff(green[::-1] if darker else green) >= 0).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_a_colour_picture_is_its_channels_together(dtype: type) -> None:
    bytes_ = np.random.default_rng(1).integers(0, 256, (5, 7, 3))
    values: NDArray[Any] = bytes_.astype(dtype).transpose(2, 0, 1)
    red, green, blue = values.astype(np.uint32)
    opaque = np.uint32(0xFF000000)
    whole = render_rgb(values, 0, 255)
    assert np.array_equal(whole, opaque | red << np.uint32(16) | green << np.uint32(8) | blue)
    for channel, shift in enumerate((16, 8, 0)):
        tinted = render_tinted(values[channel], channel, 0, 255)
        assert np.array_equal(tinted, whole & np.uint32(0xFF000000 | 255 << shift))


def test_a_picture_of_another_range_is_stretched() -> None:
    values = np.array([[[0.0, 0.5, 1.0]]] * 3, np.float32)
    assert render_rgb(values, 0.0, 1.0).tolist() == [[0xFF000000, 0xFF808080, 0xFFFFFFFF]]
    dark = np.array([[[10, 20, 30]]] * 3, np.uint8)
    assert render_rgb(dark, 10, 30).tolist() == [[0xFF000000, 0xFF808080, 0xFFFFFFFF]]
