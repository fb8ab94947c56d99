"""Presets chosen by their pictures, saved and deleted."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from convviz.core import kernels
from convviz.ui.widgets.preset_button import PresetButton

_Key = Qt.Key
OWN = [("own:edge", "My edge", np.array([[1.0, -1.0]]))]


@pytest.fixture
def button(qtbot: QtBot) -> PresetButton:
    widget = PresetButton()
    qtbot.addWidget(widget)
    known = [(p.id, str(p.title), p.weights) for p in kernels.PRESETS[:8]]
    widget.set_groups([("Known", known), ("Mine", OWN)])
    widget.set_current("Identity")
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def _open(button: PresetButton, qtbot: QtBot) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(button.gallery().isVisible)


def _choice(button: PresetButton, preset: str) -> QToolButton:
    found = button.gallery().findChild(QToolButton, f"preset-{preset}")
    assert isinstance(found, QToolButton)
    return found


def test_it_shows_the_name_or_custom(button: PresetButton) -> None:
    assert button.text() == "Identity"
    button.set_current(None)
    button.adjustSize()
    assert button.text() == "Custom"
    assert "Custom" in button.accessibleName()


def test_a_long_name_is_shortened_and_told_in_full(button: PresetButton) -> None:
    button.set_current("A kernel with a name that is much too long for it")
    button.resize(button.minimumSizeHint())
    QApplication.processEvents()
    assert button.text().endswith("…")
    assert "much too long for it" in button.toolTip()


def test_a_click_on_a_picture_chooses(button: PresetButton, qtbot: QtBot) -> None:
    _open(button, qtbot)
    choice = _choice(button, "box-3")
    assert not choice.icon().isNull()
    assert choice.accessibleName() == "Box blur 3×3"
    with qtbot.waitSignal(button.chosen) as signal:
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    assert signal.args == ["box-3"]
    assert not button.gallery().isVisible()


def test_the_keyboard_is_enough(button: PresetButton, qtbot: QtBot) -> None:
    button.setFocus()
    QTest.keyClick(button, _Key.Key_Down)
    gallery = button.gallery()
    qtbot.waitUntil(gallery.isVisible)
    assert _choice(button, "identity").isChecked()
    assert gallery.focusWidget() is _choice(button, "identity")
    for key in (_Key.Key_Right, _Key.Key_Down, _Key.Key_Left, _Key.Key_Up, _Key.Key_Up, _Key.Key_Down):
        focus = gallery.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
    assert gallery.focusWidget() is _choice(button, "box-3")
    with qtbot.waitSignal(button.chosen) as signal:
        QTest.keyClick(_choice(button, "box-3"), _Key.Key_Return)
    assert signal.args == ["box-3"]


def test_escape_closes(button: PresetButton, qtbot: QtBot) -> None:
    _open(button, qtbot)
    with qtbot.assertNotEmitted(button.chosen):
        QTest.keyClick(_choice(button, "identity"), _Key.Key_Escape)
    assert not button.gallery().isVisible()


def test_only_own_presets_can_be_deleted(button: PresetButton, qtbot: QtBot) -> None:
    _open(button, qtbot)
    assert button.gallery().findChild(QToolButton, "preset-delete-identity") is None
    with qtbot.assertNotEmitted(button.delete_requested):
        QTest.keyClick(_choice(button, "identity"), _Key.Key_Delete)
    delete = button.gallery().findChild(QToolButton, "preset-delete-own:edge")
    assert isinstance(delete, QToolButton)
    with qtbot.waitSignal(button.delete_requested) as signal:
        QTest.mouseClick(delete, Qt.MouseButton.LeftButton)
    assert signal.args == ["own:edge"]
    _open(button, qtbot)
    _choice(button, "own:edge").setFocus()
    with qtbot.waitSignal(button.delete_requested):
        QTest.keyClick(_choice(button, "own:edge"), _Key.Key_Delete)


def test_saving_asks_for_a_name(button: PresetButton, qtbot: QtBot) -> None:
    _open(button, qtbot)
    save = button.gallery().findChild(QPushButton, "preset-save")
    assert isinstance(save, QPushButton)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    dialog = button.findChild(QInputDialog, "kernel-preset-name")
    assert isinstance(dialog, QInputDialog)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, " Mine ")
    with qtbot.waitSignal(button.save_requested) as signal:
        dialog.accept()
    assert signal.args == ["Mine"]


def test_an_empty_name_saves_nothing(button: PresetButton, qtbot: QtBot) -> None:
    button.gallery().save_requested.emit()
    dialog = button.findChild(QInputDialog, "kernel-preset-name")
    assert isinstance(dialog, QInputDialog)
    with qtbot.assertNotEmitted(button.save_requested):
        dialog.accept()


def test_the_gallery_fits_the_screen(button: PresetButton, qtbot: QtBot) -> None:
    known = [(p.id, str(p.title), p.weights) for p in kernels.PRESETS]
    button.set_groups([("Known", known * 3), ("Mine", OWN)])
    _open(button, qtbot)
    screen = button.screen().availableGeometry()
    assert screen.contains(button.gallery().geometry())
    button.gallery().close()
