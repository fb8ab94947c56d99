"""The export dialog where nothing comes of it: given up, refused, asked about, nothing to export."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QMessageBox, QWidget

from convviz.ui.export.value_pages import CodePage, TextPage
from convviz.ui.state import Room
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver
from tests.ui.export.exporting import lab, opened, said, save, settle

__all__ = ["lab"]


class Gate:
    """Holds a job until the test lets it go on."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self, order: object, context: JobContext) -> object:
        self.entered.set()
        assert self.opened.wait(20)
        context.check()
        raise AssertionError("it was not given up")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr("convviz.ui.export.value_pages.write_values", gate)
    yield gate
    gate.opened.set()


def test_giving_up_says_so_and_leaves_nothing(lab: Driver, gate: Gate, tmp_path: Path) -> None:
    dialog = opened(lab, "values")
    assert not dialog.cancel.isVisible()
    dialog.save_as(str(tmp_path / "values.npy"))
    assert gate.entered.wait(20)
    assert dialog.cancel.isVisible()
    assert dialog.progress.isVisible()
    assert not dialog.save.isEnabled()
    assert not dialog.list.isEnabled()
    dialog.cancel.click()
    gate.opened.set()
    assert said(dialog) == "Given up; nothing was written."
    assert not dialog.cancel.isVisible()
    assert dialog.save.isEnabled()
    assert not (tmp_path / "values.npy").exists()


def test_closing_the_window_while_something_is_written_gives_it_up(
    lab: Driver, gate: Gate, tmp_path: Path
) -> None:
    dialog = opened(lab, "values")
    dialog.save_as(str(tmp_path / "values.npy"))
    assert gate.entered.wait(20)
    gate.opened.set()
    lab.window.close()
    assert lab.window.exports.dialog is None
    assert not (tmp_path / "values.npy").exists()


def test_what_cannot_be_written_is_told_and_can_be_tried_again(lab: Driver, tmp_path: Path) -> None:
    dialog = opened(lab, "values")
    told = save(lab, dialog, tmp_path / "nowhere" / "values.npy")
    assert "there is no folder" in told
    assert save(lab, dialog, tmp_path / "values.npy") == "Saved as values.npy."


def test_a_name_without_an_ending_gets_the_chosen_one_and_replaces_nothing_unasked(
    lab: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "values.csv").write_text("old")
    asked: list[str] = []

    def ask(*args: object) -> tuple[str, str]:
        return str(tmp_path / "values"), "Table (*.csv)"

    def refuse(parent: object, title: str, text: str, *rest: object) -> object:
        asked.append(text)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QMessageBox, "question", refuse)
    dialog = opened(lab, "values")
    dialog.save.click()
    settle(lab, dialog)
    assert asked == ["values.csv is there already. Replace it?"]
    assert (tmp_path / "values.csv").read_text() == "old"
    (tmp_path / "values.csv").unlink()
    dialog.save.click()
    settle(lab, dialog)
    assert len((tmp_path / "values.csv").read_text().splitlines()) == 2


def test_where_there_is_nothing_to_export_the_page_says_what_to_do(lab: Driver) -> None:
    lab.window.set_room(Room.TRAINING)
    lab.settle()
    dialog = opened(lab, "film")
    assert "Open the convolution room" in said(dialog)
    assert not dialog.save.isEnabled()
    for row, text in ((0, "There is no map on screen."), (4, "Open the convolution room")):
        dialog.list.setCurrentRow(row)
        assert text in said(dialog)
        assert not dialog.save.isEnabled()
        assert not dialog.copy.isEnabled()
    dialog.list.setCurrentRow(6)
    assert dialog.save.isEnabled()


def test_every_control_of_the_dialog_has_names(lab: Driver) -> None:
    dialog = opened(lab)
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        settle(lab, dialog)
        for widget in dialog.findChildren(QWidget):
            own = not widget.objectName().startswith("qt_") and not isinstance(widget.parent(), QComboBox)
            if own and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = getattr(widget, "text", lambda: "")
                assert widget.accessibleName() or text(), widget
                assert widget.objectName() or "Close" in text(), widget


def test_a_page_that_has_nothing_is_not_looked_at_for_the_page_before(driver: Driver) -> None:
    driver.window.set_room(Room.IMAGE)
    driver.settle()
    dialog = opened(driver, "picture")
    text = next(number for number, page in enumerate(dialog._pages) if isinstance(page, TextPage))
    code = next(number for number, page in enumerate(dialog._pages) if isinstance(page, CodePage))
    # One after the other, before anybody could have looked.
    dialog.list.setCurrentRow(text)
    assert dialog.busy
    dialog.list.setCurrentRow(code)
    assert dialog.page.missing
    assert not dialog.busy
