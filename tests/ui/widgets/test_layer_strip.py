"""The strip of layers under mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convviz.nets.records import INPUT, Kind
from convviz.ui import theme
from convviz.ui.theme import Theme
from convviz.ui.widgets.layer_strip import LayerStrip
from tests.ui.networks import Builder, chain, residual
from tests.ui.widgets.hosting import hosted


@pytest.fixture
def strip(qtbot: QtBot) -> LayerStrip:
    theme.install(Theme())
    return LayerStrip()


def test_arrows_step_into_a_card_and_on_to_the_next(qtbot: QtBot, strip: LayerStrip) -> None:
    strip.set_architecture(chain())
    told: list[int] = []
    strip.chosen.connect(told.append)
    with hosted(qtbot, strip, 900):
        for _ in range(4):
            qtbot.keyClick(strip, Qt.Key.Key_Right)
        assert told == [0, 1, 2, 3]
        qtbot.keyClick(strip, Qt.Key.Key_Left)
        assert strip.chosen_layer == 2
        assert "stem0.relu" in strip.accessibleDescription()
        qtbot.keyClick(strip, Qt.Key.Key_End)
        assert strip.chosen_layer == len(chain().layers) - 1
        qtbot.keyClick(strip, Qt.Key.Key_Right)
        assert strip.chosen_layer == len(chain().layers) - 1
        qtbot.keyClick(strip, Qt.Key.Key_Home)
        assert strip.chosen_layer == INPUT


def test_page_keys_are_left_to_the_lesson(qtbot: QtBot, strip: LayerStrip) -> None:
    strip.set_architecture(chain())
    with hosted(qtbot, strip, 400):
        before = strip.horizontalScrollBar().value()
        qtbot.keyClick(strip, Qt.Key.Key_PageDown)
        assert (strip.chosen_layer, strip.horizontalScrollBar().value()) == (INPUT, before)


def test_a_click_chooses_a_card_or_what_is_written_in_it(qtbot: QtBot, strip: LayerStrip) -> None:
    strip.set_architecture(chain())
    told: list[int] = []
    strip.chosen.connect(told.append)
    with hosted(qtbot, strip, 1200):
        for layer in (3, 4, 5, 0):
            point = strip.point_of(layer).toPoint()
            qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told == [3, 4, 5, 0]


def test_a_folded_block_is_one_step_and_shows_its_last_layer(qtbot: QtBot, strip: LayerStrip) -> None:
    network = residual()
    strip.set_architecture(network)
    assert strip.can_fold
    strip.set_chosen(network.named("stem.relu").index)
    with hosted(qtbot, strip, 1400):
        strip.fold_all(True)
        assert strip.all_folded
        strip.step(1)
        assert strip.chosen_layer == network.named("block1.add").index
        qtbot.keyClick(strip, Qt.Key.Key_Space)
        assert not strip.all_folded
        strip.step(-1)
        assert strip.chosen_layer == network.named("block1.b.relu").index
        qtbot.keyClick(strip, Qt.Key.Key_Space)
        assert strip.chosen_layer == network.named("block1.add").index


def test_a_click_on_a_header_folds(qtbot: QtBot, strip: LayerStrip) -> None:
    network = residual()
    strip.set_architecture(network)
    strip.fold_all(False)
    with hosted(qtbot, strip, 1400):
        first = network.named("block1.a.conv").index
        card = strip.point_of(first).toPoint()
        card.setY(8)
        assert strip.target_at(card.toPointF()) == ("block", first)
        qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=card)
        assert strip.is_folded(first)


def test_what_is_chosen_from_outside_is_unfolded_and_scrolled_to(qtbot: QtBot, strip: LayerStrip) -> None:
    network = residual()
    strip.set_architecture(network)
    strip.fold_all(True)
    with hosted(qtbot, strip, 400):
        inside = network.named("block2.b.conv").index
        strip.set_chosen(inside)
        assert strip.chosen_layer == inside
        assert strip.viewport().rect().contains(strip.point_of(inside).toPoint())


def test_another_picture_keeps_the_choice_and_another_network_does_not(strip: LayerStrip) -> None:
    strip.set_architecture(chain(side=8))
    strip.set_chosen(5)
    strip.set_architecture(chain(side=16))
    assert strip.chosen_layer == 5
    strip.set_architecture(residual())
    assert strip.chosen_layer == INPUT


def test_five_hundred_layers_are_one_widget(qtbot: QtBot, strip: LayerStrip) -> None:
    build = Builder((3, 4, 4))
    for n in range(170):
        build.conv(f"c{n}", 2, 4)
    build.add("out", Kind.FLATTEN, (32,))
    strip.set_architecture(build.architecture())
    children = len(strip.viewport().children())
    with hosted(qtbot, strip, 900):
        strip.go_to_end(last=True)
        QApplication.processEvents()
        assert strip.viewport().rect().contains(strip.point_of(510).toPoint())
    assert children == 0


def test_nothing_is_shown_without_a_network(qtbot: QtBot, strip: LayerStrip) -> None:
    with hosted(qtbot, strip, 400):
        strip.step(1)
        strip.toggle_block()
        strip.grab()
        assert strip.chosen_layer == INPUT
