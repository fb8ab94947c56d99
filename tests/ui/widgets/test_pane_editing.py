"""Numbers edited in the cells of a pane: begun, taken, refused, left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from convviz.ui.widgets.pane import Pane, Placement
from tests.ui.widgets.panes import LECTURE, _light, click, fill, make, middle, pane

__all__ = ["_light", "make", "pane"]


def test_an_input_no_longer_editable_closes_its_editor(pane: Pane, qtbot: QtBot) -> None:
    pane.set_editable(True)
    edits: list[object] = []
    pane.edited.connect(lambda *edit: edits.append(edit))
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_7)
    assert pane.findChild(QLineEdit, "pane-cell-editor") is not None
    pane.set_editable(False)
    QApplication.processEvents()
    qtbot.keyClick(pane, Qt.Key.Key_8)
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    editor = pane.findChild(QLineEdit, "pane-cell-editor")
    assert editor is None or not editor.isVisible()
    assert edits == []


def test_numbers_beyond_10_to_the_30_are_refused(pane: Pane, qtbot: QtBot) -> None:
    pane.set_editable(True)
    edits: list[object] = []
    pane.edited.connect(lambda *edit: edits.append(edit))
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    editor = pane.findChild(QLineEdit, "pane-cell-editor")
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "2e30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edits == []
    note = pane.findChild(QLabel, "pane-cell-problem")
    assert isinstance(note, QLabel)
    assert note.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def editor_of(pane: Pane) -> QLineEdit | None:
    found = [e for e in pane.findChildren(QLineEdit, "pane-cell-editor") if e.isVisible()]
    return found[0] if found else None


def typed_over(qtbot: QtBot, grid: Pane, cell: tuple[int, int], digit: str) -> QLineEdit:
    """Type a digit over the number of a cell, and return the editor that it opens."""
    click(qtbot, grid, cell)
    qtbot.keyClicks(grid, digit)
    editor = editor_of(grid)
    assert editor is not None
    return editor


@pytest.fixture
def grid(pane: Pane, qtbot: QtBot) -> Pane:
    pane.set_editable(True)
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.setFocus()
    return pane


def test_a_double_click_edits_a_cell(grid: Pane, qtbot: QtBot) -> None:
    qtbot.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, (2, 3)))
    editor = editor_of(grid)
    assert editor is not None
    assert editor.text() == "3"
    assert grid.cell_rect((2, 3)).toRect().contains(editor.geometry().center())
    qtbot.keyClicks(editor, "-1/2")
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [2, 3, -0.5]
    assert editor_of(grid) is None
    assert grid.cursor_cell == (3, 3)
    assert grid.hasFocus()


def test_typing_a_digit_replaces_the_number_and_tab_goes_right(grid: Pane, qtbot: QtBot) -> None:
    editor = typed_over(qtbot, grid, (0, 5), "7")
    qtbot.keyClicks(editor, "5")
    assert editor.text() == "75"
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert edited.args == [0, 5, 75]
    assert grid.cursor_cell == (1, 0)


def test_f2_keeps_the_number_and_escape_leaves_it(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (1, 1))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = editor_of(grid)
    assert editor is not None
    assert editor.text() == "4"
    with qtbot.assertNotEmitted(grid.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor_of(grid) is None
    assert grid.cursor_cell == (1, 1)
    assert grid.hasFocus()


def test_what_is_no_number_is_explained_and_editing_goes_on(grid: Pane, qtbot: QtBot) -> None:
    editor = typed_over(qtbot, grid, (1, 1), "2")
    qtbot.keyClicks(editor, "x")
    with qtbot.assertNotEmitted(grid.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor_of(grid) is editor
    refusal = grid.findChild(QLabel, "pane-cell-problem")
    assert refusal is not None
    assert "2x" in refusal.text()
    assert grid.rect().contains(refusal.geometry())
    assert not refusal.geometry().intersects(editor.geometry())
    qtbot.keyClicks(editor, "8")
    assert not refusal.isVisible()
    with qtbot.waitSignal(grid.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [1, 1, 8]


def test_going_elsewhere_takes_the_number(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout, pane, other = QHBoxLayout(window), Pane(), QLineEdit()
    layout.addWidget(pane)
    layout.addWidget(other)
    window.resize(600, 400)
    pane.set_map(6, 6, Placement())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    fill(pane, LECTURE[None])
    pane.set_editable(True)
    click(qtbot, pane, (1, 1))
    qtbot.keyClicks(pane, "9")
    with qtbot.waitSignal(pane.edited) as edited:
        other.setFocus()
    assert edited.args == [1, 1, 9]
    assert editor_of(pane) is None
    assert other.hasFocus()


def test_only_editable_grids_are_edited(pane: Pane, qtbot: QtBot) -> None:
    click(qtbot, pane, (1, 1))
    qtbot.keyClick(pane, Qt.Key.Key_F2)
    qtbot.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, (1, 1)))
    assert editor_of(pane) is None


def test_the_editor_stays_on_its_cell(grid: Pane, qtbot: QtBot) -> None:
    click(qtbot, grid, (3, 3))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = editor_of(grid)
    assert editor is not None
    grid.resize(500, 460)
    qtbot.waitUntil(lambda: grid.cell_rect((3, 3)).toRect().contains(editor.geometry().center()))
