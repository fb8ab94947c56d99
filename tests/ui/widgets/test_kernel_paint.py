"""Where cells lie, what is written in them, and their colours."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from convviz.core import kernels
from convviz.engine.render import Display, colour_of, render
from convviz.ui.widgets import kernel_paint
from convviz.ui.widgets.kernel_icons import kernel_icon
from convviz.ui.widgets.kernel_paint import (
    CellLayout,
    KernelPicture,
    Lettering,
    cell_colours,
    ink_on,
)

EXTENT = 250


@given(st.integers(1, 31), st.integers(1, 31))
def test_cells_lie_inside_and_are_found_again(rows: int, columns: int) -> None:
    layout = CellLayout.fit(rows, columns, EXTENT)
    box = QRect(QPoint(0, 0), layout.size)
    assert max(layout.size.width(), layout.size.height()) <= EXTENT
    for cell in {(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)}:
        assert box.contains(layout.rect(*cell))
        assert layout.cell_at(layout.rect(*cell).center()) == cell
    assert layout.cell_at(QPoint(-1, 0)) is None
    assert layout.cell_at(box.bottomRight() + QPoint(3, 3)) is None


def test_few_cells_are_lettered_exactly(qtbot: QtBot) -> None:
    del qtbot
    for name in ("sobel-x", "box-3", "gaussian-5", "identity-1", "log"):
        weights = kernels.preset(name).weights
        lettering = Lettering.fit(weights, CellLayout.fit(weights.shape[0], weights.shape[1], EXTENT).side)
        assert lettering.exact
        assert lettering.pixels >= 10
    assert Lettering.fit(kernels.preset("box-3").weights, 82).texts[0][0] == "1/9"


def test_many_cells_show_colours_only(qtbot: QtBot) -> None:
    del qtbot
    for shape in ((8, 8), (1, 8), (31, 2)):
        weights = np.zeros(shape)
        assert Lettering.fit(weights, CellLayout.fit(shape[0], shape[1], EXTENT).side).texts == []
    assert not Lettering.fit(np.full((7, 7), 123456.789), 34).exact


def test_colours_are_the_signed_ones() -> None:
    weights = np.array([[1.0, 0.0, -2.0]])
    wanted = [0xFF000000 | colour_of(w, Display.SIGNED, -2.0, 2.0) for w in (1.0, 0.0, -2.0)]
    assert cell_colours(weights).tolist() == [wanted]
    zero = 0xFF000000 | colour_of(0.0, Display.SIGNED, -1.0, 1.0)
    assert cell_colours(np.zeros((2, 1))).tolist() == [[zero], [zero]]


def test_a_kernel_is_coloured_at_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, ...]] = []

    def note(values: kernel_paint.Weights, *rest: Any) -> Any:
        calls.append(values.shape)
        return render(values, *rest)

    monkeypatch.setattr(kernel_paint, "render", note)
    weights = np.random.default_rng(1).normal(size=(31, 31))
    colours = cell_colours(weights)
    assert calls == [(31, 31)]
    limit = float(np.abs(weights).max())
    for cell in ((0, 0), (17, 4), (30, 30)):
        assert colours[cell] == 0xFF000000 | colour_of(weights[cell] / limit, Display.SIGNED, -1.0, 1.0)


@pytest.mark.parametrize("size", [5e-324, 1e-30, 1e30, 1e300])
def test_colours_do_not_depend_on_the_size_of_all_weights(size: float) -> None:
    wanted = cell_colours(np.array([[1.0, 0.0, -1.0]])).tolist()
    assert cell_colours(np.array([[size, 0.0, -size]])).tolist() == wanted


@given(st.integers(0, 0xFFFFFF))
def test_ink_stands_out(colour: int) -> None:
    def luminance(c: QColor) -> float:
        parts = [c.redF(), c.greenF(), c.blueF()]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))

    light, dark = sorted([luminance(QColor(colour)), luminance(ink_on(QColor(colour)))], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("name", ["sobel-x", "gaussian-31"])
def test_every_cell_is_painted_in_its_colour(qtbot: QtBot, name: str) -> None:
    del qtbot
    weights = kernels.preset(name).weights
    picture = KernelPicture(weights, EXTENT, lettered=False)
    pixmap = QPixmap(EXTENT + 4, EXTENT + 4)
    pixmap.fill(QColor("#123456"))
    painter = QPainter(pixmap)
    picture.paint(painter, QPoint(2, 2))
    painter.end()
    image = pixmap.toImage()
    for (row, column), colour in np.ndenumerate(picture.colours):
        centre = picture.layout.rect(row, column).center() + QPoint(2, 2)
        assert image.pixelColor(centre).rgb() == colour, (row, column)


def test_the_turned_picture_is_the_turned_kernel(qtbot: QtBot) -> None:
    del qtbot
    weights = kernels.preset("sobel-x").weights
    turned = KernelPicture(weights, EXTENT).turned()
    assert turned.lettering.texts == [["−1", "0", "1"], ["−2", "0", "2"], ["−1", "0", "1"]]


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (31, 31), (2, 5)])
def test_icons_of_any_shape(qtbot: QtBot, shape: tuple[int, int]) -> None:
    del qtbot
    icon = kernel_icon(np.ones(shape), 24, 6, 2.0)
    image = icon.pixmap(30, 24).toImage()
    assert not image.isNull()
    assert image.pixelColor(image.height() // 2, image.height() // 2).alpha() == 255
