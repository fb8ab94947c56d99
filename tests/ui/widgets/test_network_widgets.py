"""Class bars, bars of a vector, the funnel, the table of layers and the filter."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from convviz.engine.render import Display, colour_of
from convviz.nets.records import INPUT
from convviz.ui import theme
from convviz.ui.theme import Theme
from convviz.ui.widgets.class_bars import ClassBar, ClassBars, class_bar, likeliest
from convviz.ui.widgets.filter_view import FilterView
from convviz.ui.widgets.funnel import Funnel, slabs
from convviz.ui.widgets.layer_table import LayerTable
from convviz.ui.widgets.vector_bars import VectorBars
from tests.ui.networks import chain, residual
from tests.ui.widgets.hosting import hosted


@pytest.fixture(autouse=True)
def _light(qtbot: QtBot) -> None:
    theme.install(Theme())


def test_the_likeliest_classes_come_first_with_names_or_numbers() -> None:
    found = likeliest(np.array([0.1, 0.6, 0.3]), ("cat", "dog"), 2)
    assert [(bar.name, bar.number, bar.percent) for bar in found] == [
        ("dog", 1, "60.0 %"),
        ("2", 2, "30.0 %"),
    ]


def test_a_class_is_chosen_by_click_and_by_key(qtbot: QtBot) -> None:
    bars = ClassBars()
    bars.set_bars(likeliest(np.array([0.1, 0.6, 0.3]), ("cat", "dog", "owl")))
    told: list[int] = []
    bars.chosen.connect(told.append)
    with hosted(qtbot, bars, 300):
        assert bars.chosen_class == 1
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, bars.height() - 6))
        qtbot.keyClick(bars, Qt.Key.Key_Up)
        qtbot.keyClick(bars, Qt.Key.Key_Up)
        qtbot.keyClick(bars, Qt.Key.Key_Up)
        assert told == [0, 2, 1]
        assert bars.accessibleDescription() == "dog 60.0 %, owl 30.0 %, cat 10.0 %"


def test_a_class_chosen_elsewhere_stands_below_the_likeliest(qtbot: QtBot) -> None:
    shares = np.array([0.4, 0.3, 0.2, 0.04, 0.03, 0.02, 0.01])
    bars = ClassBars()
    told: list[int] = []
    bars.set_most(3)
    bars.set_bars(likeliest(shares, ()))
    bars.chosen.connect(told.append)
    with hosted(qtbot, bars, 300):
        before = bars.sizeHint().height()
        bars.show_class(class_bar(6, shares, ()))
        assert [bar.number for bar in bars.bars()] == [0, 1, 2, 6]
        assert (bars.chosen_class, bars.extra, told) == (6, 6, [6])
        assert bars.sizeHint().height() > before
        assert "6 1.0 %" in bars.accessibleDescription()
        qtbot.keyClick(bars, Qt.Key.Key_Up)
        assert bars.chosen_class == 2
        # One of the likeliest stands in its own place.
        bars.show_class(class_bar(1, shares, ()))
        assert [bar.number for bar in bars.bars()] == [0, 1, 2]
        bars.show_class(class_bar(1, shares, ()))
        assert told == [6, 2, 1]
        # Other pictures know no class that was looked up.
        bars.set_bars(likeliest(shares[::-1], ()))
        assert (bars.extra, bars.chosen_class) == (None, 6)


def test_what_is_no_probability_has_no_bar(qtbot: QtBot) -> None:
    bars = ClassBars()
    with hosted(qtbot, bars, 300):
        bars.set_bars((ClassBar("cat", float("nan"), 0),))
        nothing = bars.grab().toImage()
        bars.set_bars((ClassBar("cat", 0.9, 0),))
        assert bars.grab().toImage() != nothing
        assert bars.bars()[0].percent == "90.0 %"


def test_a_bar_asks_and_opens_by_mouse_and_by_key(qtbot: QtBot) -> None:
    bars = ClassBars()
    asked: list[int] = []
    opened: list[int] = []
    bars.set_bars(likeliest(np.array([0.6, 0.4]), ()))
    bars.asked.connect(asked.append)
    bars.opened.connect(opened.append)
    with hosted(qtbot, bars, 300):
        below = QPoint(20, bars.height() - 6)
        qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=below)
        qtbot.mouseClick(bars, Qt.MouseButton.RightButton, pos=below)
        qtbot.keyClick(bars, Qt.Key.Key_Space)
        qtbot.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 6))
        qtbot.keyClick(bars, Qt.Key.Key_Return)
        qtbot.keyClick(bars, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1, 1]
    assert opened == [0, 1]


def test_a_value_of_a_vector_is_chosen_by_click_and_by_key(qtbot: QtBot) -> None:
    bars = VectorBars()
    bars.setMinimumHeight(300)
    bars.set_values(np.linspace(-1, 1, 1000, dtype=np.float32))
    told: list[int] = []
    bars.chosen.connect(told.append)
    with hosted(qtbot, bars, 800):
        for number in (0, 999, 433):
            qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.bar(number).center().toPoint())
        qtbot.keyClick(bars, Qt.Key.Key_Down)
        bars.grab()
        assert told == [999, 433, 434]
        assert bars.accessibleDescription().startswith("434 = ")


def test_named_values_say_their_names() -> None:
    bars = VectorBars()
    bars.set_values(np.array([1.5, -2.0], np.float32), ("cat", "dog"))
    assert bars.spoken(1) == "1 dog = −2"


def test_the_funnel_is_to_scale(qtbot: QtBot) -> None:
    network = residual()
    funnel = Funnel()
    funnel.setMinimumHeight(300)
    funnel.set_architecture(network)
    with hosted(qtbot, funnel, 900):
        found, boxes = slabs(network), funnel.boxes()
        assert [slab.shape for slab in found] == [(3, 8, 8), (4, 8, 8), (8, 4, 4), (128,), (5,)]
        per_row = boxes[0].height() / 8
        per_map = boxes[0].width() / 3
        for slab, box in zip(found[:3], boxes, strict=False):
            assert box.height() == pytest.approx(slab.rows * per_row)
            assert box.width() == pytest.approx(slab.depth * per_map)
        assert [slab.is_vector for slab in found] == [False, False, False, True, True]
        assert boxes[3].height() == pytest.approx(boxes[0].height())
        assert boxes[4].height() == pytest.approx(boxes[3].height() * 5 / 128)
        assert boxes[3].width() == boxes[4].width() < 20
        # What the vectors leave is for the maps.
        assert boxes[2].right() - boxes[0].left() > 0.8 * funnel.width()
        told: list[int] = []
        funnel.chosen.connect(told.append)
        qtbot.mouseClick(funnel, Qt.MouseButton.LeftButton, pos=boxes[2].center().toPoint())
        qtbot.keyClick(funnel, Qt.Key.Key_Up)
    assert told == [network.named("block2.add").index, network.named("block1.add").index]


def test_the_table_sorts_by_number_and_not_by_text(qtbot: QtBot) -> None:
    table = LayerTable()
    table.set_architecture(residual())
    with hosted(qtbot, table, 900):
        table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
        top = [table.model().index(row, 4).data() for row in range(3)]
        assert [int(text) for text in top] == [645, 72, 72]
        assert table.model().index(0, 1).data() == "fc"


def test_the_table_follows_and_tells_the_choice(qtbot: QtBot) -> None:
    table = LayerTable()
    table.set_architecture(chain())
    told: list[int] = []
    table.chosen.connect(told.append)
    with hosted(qtbot, table, 900):
        table.set_chosen(4)
        assert told == []
        assert table.selectionModel().selectedRows()[0].row() == 4
        qtbot.keyClick(table, Qt.Key.Key_Down)
        assert told == [5]
        table.set_chosen(INPUT)
        assert table.selectionModel().selectedRows() == []
        assert told == [5]


def test_the_table_is_copied_with_tabs(qtbot: QtBot) -> None:
    table = LayerTable()
    network = chain()
    table.set_architecture(network)
    with hosted(qtbot, table, 900):
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 1 + len(network.layers)
    assert lines[0].split("\t")[:3] == ["#", "Name", "Kind"]
    assert lines[1].split("\t") == ["1", "stem0.conv", "convolution", "8 × 8 × 4", "36", "", "3 × 3", "1"]


def test_a_narrow_table_is_brief_until_there_is_room_and_is_copied_whole(qtbot: QtBot) -> None:
    table = LayerTable()
    table.set_architecture(chain())
    with hosted(qtbot, table, 900):
        whole, kind = table.as_text(), table.model().index(0, 2).data()
        assert not table.brief
        table.window().resize(500, 600)
        qtbot.waitUntil(lambda: table.brief)
        assert table.columnViewportPosition(5) + table.columnWidth(5) <= table.viewport().width()
        assert table.model().index(0, 2).data() != kind
        assert " " not in table.model().index(0, 3).data()
        assert table.as_text() == whole
        table.window().resize(460, 600)
        viewport = table.viewport()
        qtbot.waitUntil(lambda: table.columnViewportPosition(5) + table.columnWidth(5) <= viewport.width())
        table.window().resize(900, 600)
        qtbot.waitUntil(lambda: not table.brief)
        assert table.model().index(0, 2).data() == kind


def test_a_filter_of_three_channels_is_a_colour_picture_and_its_channels(qtbot: QtBot) -> None:
    view = FilterView()
    weights = np.array([[[1.0]], [[0.0]], [[-1.0]]], np.float32)
    view.set_weights(weights, coloured=True)
    with hosted(qtbot, view, 400):
        image = view.grab().toImage()
        first, second, fourth = (view._tiles()[n].center() for n in (0, 1, 3))
        assert image.pixel(first) & 0xFFFFFF in (0xFF7F00, 0xFF8000)
        assert image.pixel(second) & 0xFFFFFF == colour_of(1, Display.SIGNED, -1, 1)
        assert image.pixel(fourth) & 0xFFFFFF == colour_of(-1, Display.SIGNED, -1, 1)


def test_without_a_filter_there_is_nothing(qtbot: QtBot) -> None:
    view = FilterView()
    view.set_weights(np.ones((64, 3, 3), np.float32))
    assert not view.shows_colours
    assert not view.isHidden()
    view.set_weights(None)
    assert view.isHidden()
