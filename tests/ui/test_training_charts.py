"""What the training room draws: curves with numbers that never touch, bars, names that can be read."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from convviz.nets.learn.history import Figures
from convviz.nets.learn.look import look
from convviz.nets.learn.made import shapes
from convviz.nets.learn.run import Run
from convviz.nets.learn.starts import start_network, start_settings
from convviz.ui import theme
from convviz.ui.training.axes import EpochAxis, LossAxis, ShareAxis, nice_step
from convviz.ui.training.charts import ConfusionMatrix, GradientBars
from convviz.ui.training.curves import Curves
from convviz.ui.training.rows import filter_rows, map_rows, worst_rows
from convviz.ui.training.tiles import Row, Tile, Tiles


def told(losses: list[float]) -> list[Figures]:
    nothing = np.zeros((1, 1), np.int64)
    return [
        Figures(epoch, epoch, loss, 0.5, 2 * loss, 0.25, (), nothing, (), 0.1)
        for epoch, loss in enumerate(losses)
    ]


@pytest.fixture
def curves(qtbot: QtBot) -> Curves:
    widget = Curves()
    qtbot.addWidget(widget)
    widget.resize(800, 200)
    widget.show()
    qtbot.waitUntil(lambda: widget.complete)
    return widget


def drawn(curves: Curves, plot: int, curve: int) -> list[float]:
    values = curves._curves[plot][curve].getOriginalDataset()[1]
    return [] if values is None else [float(value) for value in values]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [60, 120, 200, 400])
@pytest.mark.parametrize("span", [(-8.0, 1.0), (-2.2, 0.3), (-0.5, 0.5), (-30.0, 30.0)])
def test_losses_are_written_with_room_between_them(size: int, span: tuple[float, float]) -> None:
    axis = LossAxis("left")
    ((_, values),) = axis.tickValues(*span, size)
    assert values
    assert all(span[0] <= value <= span[1] for value in values)
    gaps = np.diff(values) * size / (span[1] - span[0])
    height = QFontMetrics(theme.current().digits(12)).height()
    assert len(values) == 1 or gaps.min() >= min(height, size / 2) - 1e-6


@pytest.mark.usefixtures("qapp")
def test_losses_are_powers_of_ten_that_can_be_read() -> None:
    texts = LossAxis("left").tickStrings([-6.0, -6.0 + np.log10(2), -3.0, -1.0, 0.0, np.log10(5), 5.0], 1, 1)
    assert texts == ["10⁻⁶", "2·10⁻⁶", "0.001", "0.1", "1", "5", "10⁵"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("last", [1, 7, 30, 200, 5000])
def test_epochs_are_whole_and_have_room(last: int) -> None:
    ((step, values),) = EpochAxis("bottom").tickValues(0, last, 500)
    assert all(value == round(value) for value in values)
    assert step * 500 / last >= theme.current().px(50)
    assert values[0] == 0


@pytest.mark.usefixtures("qapp")
def test_shares_go_from_none_to_all() -> None:
    axis = ShareAxis("left")
    ((_, values),) = axis.tickValues(-0.05, 1.05, 100)
    texts = axis.tickStrings(values, 1, 1)
    assert (texts[0], texts[-1]) == ("0 %", "100 %")


def test_steps_are_one_two_or_five_times_a_power_of_ten() -> None:
    assert [nice_step(least) for least in (0.3, 1, 1.5, 2.1, 6, 300)] == [0.5, 1, 2, 5, 10, 500]


def test_curves_grow_with_the_epochs_and_begin_anew_with_another_run(curves: Curves) -> None:
    figures = told([1.0, 0.5])
    curves.show_figures(list(figures), None)
    figures += told([0, 0, 0.25])[2:]
    curves.show_figures(list(figures), None)
    assert drawn(curves, 0, 0) == [1.0, 0.5, 0.25]
    assert drawn(curves, 0, 1) == [2.0, 1.0, 0.5]
    assert drawn(curves, 1, 1) == [0.25, 0.25, 0.25]
    curves.show_figures(told([3.0]), None)
    assert drawn(curves, 0, 0) == [3.0]


def test_a_loss_that_is_no_number_breaks_no_curve(curves: Curves) -> None:
    curves.show_figures(told([1.0, float("inf"), 0.0]), None)
    assert np.isfinite(drawn(curves, 0, 0)).all()
    assert min(drawn(curves, 0, 0)) > 0


def test_figures_that_come_before_the_plots_are_drawn_into_them(qtbot: QtBot) -> None:
    widget = Curves()
    qtbot.addWidget(widget)
    widget.show_figures(told([1.0, 0.5]), 1)
    qtbot.waitUntil(lambda: widget.complete)
    assert drawn(widget, 0, 0) == [1.0, 0.5]
    assert widget._marks[1].isVisible()
    assert widget._marks[1].value() == 1


def test_the_key_stands_in_the_title(curves: Curves) -> None:
    for plot in curves._plots:
        assert plot.plotItem.legend is None
        assert "training" in plot.plotItem.titleLabel.text
        assert "validation" in plot.plotItem.titleLabel.text


def test_captions_have_the_room_they_need(qtbot: QtBot) -> None:
    tiles = Tiles("some")
    qtbot.addWidget(tiles)
    tiles.resize(320, 200)
    pixels = np.zeros((4, 4, 1), np.uint8)
    tiles.show_rows((Row("", (Tile(pixels, "1→2"),) * 8),))
    narrow = tiles.minimumHeight()
    tiles.show_rows((Row("", (Tile(pixels, "ankle boot→sneaker"),) * 8),))
    places = [box for box, _ in tiles._places]
    assert tiles.minimumHeight() > narrow
    assert places[1].left() - places[0].left() > 2 * places[0].width()
    assert all(box.bottom() < tiles.minimumHeight() for box in places)


def squares(count: int, title: str = "layer") -> Row:
    return Row(title, (Tile(np.zeros((4, 4, 1), np.uint8)),) * count)


def test_pictures_grow_with_the_place_they_have_and_never_leave_it(qtbot: QtBot) -> None:
    tiles = Tiles("some")
    qtbot.addWidget(tiles)
    px = theme.current().px
    tiles.resize(px(300), px(80))
    tiles.show()
    tiles.show_rows((squares(6), squares(3)))
    sides = []
    for width, height in ((300, 80), (300, 340), (500, 400), (900, 900)):
        tiles.resize(px(width), px(height))
        boxes = [box for box, _ in tiles._places]
        assert max(box.right() for box in boxes) < tiles.width()
        assert max(box.bottom() for box in boxes) < max(tiles.height(), tiles.minimumHeight())
        sides.append(boxes[0].width())
    assert sides[0] == px(48)
    assert sides == sorted(sides)
    assert sides[-1] == px(112)
    # More of them in the same place are smaller again.
    tiles.show_rows((squares(16),) * 6)
    assert tiles._places[0][0].width() < sides[-1]


def test_what_is_broad_is_no_lower_than_it_need_be(qtbot: QtBot) -> None:
    tiles = Tiles("some")
    qtbot.addWidget(tiles)
    tiles.resize(400, 100)
    tiles.show_rows((Row("dense", (Tile(np.zeros((1, 8, 1), np.uint8)),)), squares(1)))
    broad, square = (box for box, _ in tiles._places)
    assert broad.width() == 2 * square.width()
    assert broad.width() == 8 * broad.height()


@pytest.mark.usefixtures("qapp")
def test_many_values_are_a_square_and_names_are_those_of_the_language() -> None:
    data = shapes()
    run = Run(start_network(data), start_settings(data), data)
    seen = look(run, 0)
    dense = filter_rows(run.network.layers, seen)[-1]
    assert [tile.pixels.shape for tile in dense.tiles] == [(11, 12)] * 3
    flattened, answers = map_rows(run.network.layers, data, seen)[-2:]
    assert flattened.tiles[0].pixels.shape == (1, 16)
    assert answers.tiles[0].pixels.shape == (1, 3)
    assert worst_rows(data, seen)[0].tiles[0].caption.split("→")[0] in data.classes


@pytest.mark.parametrize(("classes", "is_written"), [(5, True), (60, False)])
def test_a_matrix_of_many_classes_is_colours_alone(qtbot: QtBot, classes: int, is_written: bool) -> None:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    counts = np.zeros((classes, classes), np.int64)
    names = tuple(f"class {number}" for number in range(classes))
    matrix.show_counts(counts, ("",) * classes)
    matrix.resize(280, 400)
    bare = pixels_of(matrix)
    matrix.show_counts(counts, names)
    matrix.resize(280, 400)
    head = slice(0, theme.current().px(22)), slice(140, 280)
    assert (pixels_of(matrix)[head] != bare[head]).any() == is_written


def pixels_of(widget: QWidget) -> NDArray[np.uint32]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
    return np.array(found)


def gradient_bars(qtbot: QtBot, names: tuple[str, ...]) -> GradientBars:
    bars = GradientBars()
    qtbot.addWidget(bars)
    bars.show_values(tuple((name, 1e-3) for name in names))
    bars.show()
    return bars


def test_the_name_of_a_layer_is_never_under_its_number(qtbot: QtBot) -> None:
    names = "1 · Convolution with a long name", "4 · Dense"
    bars = gradient_bars(qtbot, names)
    needed = QFontMetrics(theme.current().words(13)).horizontalAdvance(names[0])
    number = QFontMetrics(theme.current().digits(13)).horizontalAdvance("1.0e-03")
    heights = {}
    for width in (needed + number - 10, needed + number + 200):
        bars.resize(width, bars.sizeHint().height())
        bars.resize(width, bars.sizeHint().height())
        heights[width] = bars.minimumHeight()
    narrow, wide = heights.values()
    assert narrow == 2 * wide
    # Where the name stands above the number, nothing of the number is in the name's line.
    bars.resize(needed + number - 10, narrow)
    with_number = bars.grab().toImage()
    bars.show_values(tuple((name, 2e-7) for name in names))
    other_number = bars.grab().toImage()
    line = narrow // 4
    row = QRect(0, 0, bars.width(), line)
    assert with_number.copy(row) == other_number.copy(row)
    assert with_number != other_number


def test_a_heading_is_never_wider_than_its_plot(curves: Curves) -> None:
    flat = [plot.plotItem.titleLabel.maximumHeight() for plot in curves._plots]
    curves.resize(460, 200)
    for plot, low in zip(curves._plots, flat, strict=True):
        title = plot.plotItem.titleLabel
        assert "<br>" in title.text
        assert "validation" in title.text
        assert title.item.boundingRect().width() < 460 / 2 - theme.current().px(44)
        assert title.maximumHeight() > low
    curves.resize(800, 200)
    assert all("<br>" not in plot.plotItem.titleLabel.text for plot in curves._plots)
    assert curves.minimumHeight() == 120
