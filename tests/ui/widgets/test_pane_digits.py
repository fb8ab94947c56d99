"""Numbers in cells: from which size on, how they are written, and that they can be read."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from convviz.ui.widgets.pane import Pane
from convviz.ui.widgets.pane_digits import (
    Writer,
    cell_text,
    contrast,
    fit_digits,
    levels,
    luminance,
    text_colour,
)
from tests.ui.widgets.panes import LECTURE, Maker, _light, fill, make, pane, picture

__all__ = ["_light", "make", "pane"]


def test_colours_appear_as_numbers_from_28_pixels_on(make: Maker) -> None:
    planes = np.random.default_rng(2).integers(0, 256, (3, 100, 100)).astype(np.float32)
    pane = make(planes, (310, 310))
    assert pane.text_at((50, 50)) == ()
    pane.viewport.zoom_at((50, 50), 28.1 / pane.viewport.zoom)
    fill(pane, planes)
    assert pane.text_at((50, 50)) == tuple(str(int(v)) for v in planes[:, 50, 50])
    pane.viewport.zoom_at((50, 50), 0.95)
    assert pane.text_at((50, 50)) == ()


def test_every_number_is_written(pane: Pane) -> None:
    for (y, x), value in np.ndenumerate(LECTURE):
        assert pane.text_at((y, x)) == (str(int(value)),)
        assert pane.values_at((y, x)) == (float(value),)
    assert pane.text_at((6, 0)) == ()
    assert pane.values_at((6, 0)) == ()


def test_negative_numbers_have_a_true_minus(make: Maker) -> None:
    assert make(np.full((1, 2, 2), -1.5, np.float32)).text_at((0, 0)) == ("−1.5",)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (4, 4, "4"),
        (-1, 0, "−1"),
        (0, 0, "0"),
        (10.4, 0, "10"),
        (0.5, 0, "1"),
        (-2.5, 0, "−3"),
        (1 / 9, 4, "0.1111"),
        (10.04, 1, "10"),
        (float("nan"), 2, "NaN"),
        (float("-inf"), 2, "−∞"),
        (1e20, 2, "1e20"),
    ],
)
def test_texts(value: float, decimals: int, text: str) -> None:
    assert cell_text(value, decimals) == text


def test_no_text_of_a_number_reads_as_zero() -> None:
    values = np.array([[0.3, 1e-9, -0.04, 123.456, 99999.5]], np.float32)
    for cell in range(28, 200, 7):
        digits = fit_digits(values, cell, 9, 64)
        assert "0" not in digits.texts[0]
        assert "−0" not in digits.texts[0]


def test_decimals_are_given_up_before_legibility() -> None:
    values = np.array([[1 / 3, -2 / 3, 4]], np.float32)
    assert fit_digits(values, 80, 9, 64).texts == [["0.3333", "−0.6667", "4"]]
    assert fit_digits(values, 40, 9, 64).texts == [["0.333", "−0.667", "4"]]
    assert fit_digits(values, 28, 9, 64).texts == [["0.3", "−0.7", "4"]]
    assert fit_digits(values, 80, 9, 64, 20).texts == [["0.33", "−0.67", "4"]]
    assert fit_digits(values, 80, 9, 64, 20).size >= 20
    # Fewer than two would not be worth it.
    assert fit_digits(values, 80, 9, 64, 30).texts == [["0.3333", "−0.6667", "4"]]
    assert fit_digits(np.array([[1234567.0]], np.float32), 28, 9, 64).texts == [["…"]]
    assert fit_digits(np.array([[1234567.0]], np.float32), 28, 9, 64, 24).texts == [["…"]]
    for cell in (28, 40, 80, 160):
        assert 9 <= fit_digits(values, cell, 9, 64).size <= 0.45 * cell


def test_digits_can_be_read_on_every_colour() -> None:
    pixels = np.random.default_rng(3).integers(0, 1 << 24, 2000, dtype=np.uint32) | np.uint32(0xFF000000)
    greys = np.arange(256, dtype=np.uint32) * 0x010101 | np.uint32(0xFF000000)
    pixels = np.concatenate([pixels, greys])
    for hue in (None, 0, 1, 2):
        inks = np.array([text_colour(level, hue, 4.5) for level in levels(pixels)], np.uint32)
        for cell, ink in zip(luminance(pixels), luminance(inks), strict=True):
            assert contrast(float(cell), float(ink)) >= 4.5
    white = levels(np.array([0xFFFFFFFF], np.uint32))[0]
    assert QColor.fromRgb(text_colour(white, 0, 7.0)).hsvSaturation() > 100


def test_single_numbers_appear_from_20_pixels_on(make: Maker) -> None:
    planes = np.arange(100 * 100, dtype=np.float32).reshape(1, 100, 100) % 9
    pane = make(planes, (310, 310))
    for zoom, shown in ((20.1, True), (19.0, False)):
        pane.viewport.zoom_at((50, 50), zoom / pane.viewport.zoom)
        fill(pane, planes)
        assert (pane.text_at((50, 50)) != ()) is shown


def test_only_cells_in_sight_are_written_into(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    planes = np.random.default_rng(3).normal(size=(1, 100, 200)).astype(np.float32)
    pane = make(planes, (400, 310))
    written: list[str] = []
    monkeypatch.setattr(Writer, "write", lambda self, text, x, y: written.append(text))
    # The cells that are there are those of the whole picture, until others have come.
    pane.viewport.look_at((50, 150), 40)
    picture(pane)
    view = pane.view()
    seen = view.rows.count * view.columns.count
    assert 0 < len(written) <= seen < 200
    assert pane.text_at((50, 150)) != ()
    assert pane.text_at((0, 0)) == ()
    before = list(written)
    written.clear()
    fill(pane, planes)
    picture(pane)
    assert written == before
    written.clear()
    pane.viewport.look_at((-500, 150), 40)
    picture(pane)
    assert written == []
