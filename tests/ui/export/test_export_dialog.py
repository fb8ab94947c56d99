"""The export dialog, its keys and the menu of a map: what is chosen is what is written or copied."""

import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from convviz.files import matrix_text
from convviz.files.matrices import parse_matrix
from convviz.ui.export.dialog import ExportDialog
from convviz.ui.export.film_page import FilmPage
from convviz.ui.export.picture_pages import PicturePage
from convviz.ui.export.value_pages import CodePage, TextPage, ValuesPage
from convviz.ui.language import Language
from convviz.ui.state import Room
from convviz.work.jobs import JobContext
from tests.ui.driver import Driver

GRID = np.array([[3, 3, 5, 1], [3, 4, 0, 1], [5, 1, 2, 3], [5, 0, 4, 5]], float)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float)


@pytest.fixture
def lab(driver: Driver) -> Driver:
    """The convolution room with a small grid and Sobel's kernel, without padding."""
    driver.window.opener.show_matrix(GRID[np.newaxis])
    session = driver.window.session
    session.edit(session.state.with_kernel(SOBEL).with_settings(padding=(0, 0)), "lab")
    driver.settle()
    QGuiApplication.clipboard().clear()
    return driver


def opened(driver: Driver, page: str = "picture") -> ExportDialog:
    dialog = driver.window.exports.open_page(page)
    settle(driver, dialog)
    return dialog


def settle(driver: Driver, dialog: ExportDialog) -> None:
    driver.qtbot.waitUntil(lambda: not dialog.busy, timeout=20_000)
    QApplication.processEvents()


def said(dialog: ExportDialog) -> str:
    return dialog.message.text()


def save(driver: Driver, dialog: ExportDialog, path: Path) -> str:
    dialog.save_as(str(path))
    settle(driver, dialog)
    return said(dialog)


def expected(driver: Driver) -> NDArray[np.float32]:
    return driver.result()


def test_ctrl_e_opens_the_dialog_at_the_map_with_the_keyboard(lab: Driver) -> None:
    window = lab.window
    window.activateWindow()
    window.convolution.stages.panes["input-0"].setFocus()
    lab.trigger("export")
    dialog = window.exports.dialog
    assert dialog is not None
    assert dialog.isVisible()
    page = dialog.page
    assert isinstance(page, PicturePage)
    assert page.map.currentText() == "Input 4 × 4 × 1"
    settle(lab, dialog)
    dialog.close()
    assert window.exports.dialog is None


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_picture_is_saved_as_each_kind_of_file(lab: Driver, tmp_path: Path, suffix: str) -> None:
    dialog = opened(lab)
    path = tmp_path / f"map.{suffix}"
    assert save(lab, dialog, path) == f"Saved as map.{suffix}."
    assert path.stat().st_size > 500


def test_scale_width_and_boxes_give_the_size_that_is_said(lab: Driver, tmp_path: Path) -> None:
    dialog = opened(lab)
    page = dialog.page
    assert isinstance(page, PicturePage)
    assert not page.width_field.isEnabled()
    page.scale.setCurrentText("5×")
    for box in (page.numbers, page.caption, page.marks):
        box.setChecked(False)
    assert "10 × 10 pixels" in page.size_text.text()
    save(lab, dialog, tmp_path / "small.png")
    with Image.open(tmp_path / "small.png") as image:
        assert image.size == (10, 10)
    page.scale.setCurrentIndex(page.scale.findData(0))
    assert page.width_field.isEnabled()
    page.width_field.setValue(301)
    save(lab, dialog, tmp_path / "wide.png")
    with Image.open(tmp_path / "wide.png") as image:
        assert image.size == (301, 301)


def test_values_of_all_maps_of_a_step_are_saved(lab: Driver, tmp_path: Path) -> None:
    window = lab.window
    window.convolution.filters.add.click()
    lab.settle()
    result = expected(lab)
    assert len(result) == 2
    dialog = opened(lab, "values")
    page = dialog.page
    assert isinstance(page, ValuesPage)
    assert save(lab, dialog, tmp_path / "all.npy") == "Saved as all.npy."
    assert np.array_equal(np.load(tmp_path / "all.npy"), result)
    page.every.setChecked(False)
    save(lab, dialog, tmp_path / "one.tif")
    with Image.open(tmp_path / "one.tif") as image:
        assert np.array_equal(np.asarray(image), result[-1])


def test_the_input_is_saved_without_the_border_around_it(lab: Driver, tmp_path: Path) -> None:
    session = lab.window.session
    session.edit(session.state.with_settings(padding=(1, 1)), "padding")
    lab.settle()
    dialog = opened(lab, "values")
    page = dialog.page
    assert isinstance(page, ValuesPage)
    page.map.setCurrentIndex(0)
    save(lab, dialog, tmp_path / "input.csv")
    assert np.array_equal(parse_matrix((tmp_path / "input.csv").read_text()), GRID)


def test_the_program_is_shown_copied_and_saved_as_it_is_shown(lab: Driver, tmp_path: Path) -> None:
    dialog = opened(lab, "code")
    page = dialog.page
    assert isinstance(page, CodePage)
    assert "import torch" in page.text.toPlainText()
    page.dialect.setCurrentIndex(1)
    lab.qtbot.waitUntil(lambda: "sliding_window_view" in page.text.toPlainText(), timeout=20_000)
    dialog.copy.click()
    code = QGuiApplication.clipboard().text()
    assert said(dialog) == "Copied."
    names: dict[str, object] = {}
    exec(code, names)
    assert np.array_equal(np.asarray(names["result"]), expected(lab))
    assert save(lab, dialog, tmp_path / "layer.py") == "Saved as layer.py."
    assert (tmp_path / "layer.py").read_text(encoding="utf-8") == code


def test_a_program_for_a_picture_without_a_file_gets_it_beside_and_overwrites_nothing(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "layer-picture.npy").write_bytes(b"somebody's own")
    dialog = opened(driver, "code")
    page = dialog.page
    assert isinstance(page, CodePage)
    assert "picture.npy" in page.note.text()
    page.dialect.setCurrentIndex(1)
    settle(driver, dialog)
    told = save(driver, dialog, tmp_path / "layer.py")
    assert told == "Saved as layer.py, with the picture beside it in layer-picture-2.npy."
    assert (tmp_path / "layer-picture.npy").read_bytes() == b"somebody's own"
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec((tmp_path / "layer.py").read_text(encoding="utf-8"), names)
    state = driver.window.session.state
    assert np.asarray(names["result"]).shape == (1, state.picture.height, state.picture.width)
    # Saved once more, the same picture is not written a third time.
    assert "layer-picture-2.npy" in save(driver, dialog, tmp_path / "layer.py")
    assert not (tmp_path / "layer-picture-3.npy").exists()


def test_a_matrix_and_the_arithmetic_are_copied_as_shown(lab: Driver) -> None:
    lab.window.convolution.stages.pinned.emit("stage-1-0", (0, 1))
    lab.settle()
    dialog = opened(lab, "text")
    page = dialog.page
    assert isinstance(page, TextPage)
    assert np.array_equal(parse_matrix(page.text.toPlainText()), expected(lab)[0])
    assert page.style_field.count() == 7
    page.style_field.setCurrentIndex(6)
    lab.qtbot.waitUntil(lambda: r"\begin{align*}" in page.text.toPlainText(), timeout=20_000)
    assert not page.map.isEnabled()
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert r"\text{output}[0, 1] =" in copied
    assert copied == page.text.toPlainText()


def test_a_value_that_is_to_be_predicted_is_not_given_away(lab: Driver) -> None:
    lab.window.convolution.transport.set_predict(True)
    lab.window.convolution.pointing.look_at(None, 1, predict=True)
    lab.settle()
    assert lab.window.convolution.pointing.hides_result
    dialog = opened(lab, "text")
    page = dialog.page
    assert isinstance(page, TextPage)
    assert page.style_field.count() == 4


def test_a_figure_is_saved_with_its_words_as_text(lab: Driver, tmp_path: Path) -> None:
    lab.window.lessons.open("20", 0)
    lab.settle()
    dialog = opened(lab, "view")
    assert save(lab, dialog, tmp_path / "figure.svg") == "Saved as figure.svg."
    root = ElementTree.parse(tmp_path / "figure.svg").getroot()
    texts = ["".join(text.itertext()).strip() for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "w(i, j, 0, 0)" in texts
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))
    save(lab, dialog, tmp_path / "figure.pdf")
    assert (tmp_path / "figure.pdf").read_bytes().startswith(b"%PDF-")
    save(lab, dialog, tmp_path / "figure.png")
    front = lab.window.front
    with Image.open(tmp_path / "figure.png") as image:
        assert image.size == (front.width(), front.height())
    assert "figure.bmp was not saved" in save(lab, dialog, tmp_path / "figure.bmp")
    dialog.copy.click()
    assert QGuiApplication.clipboard().image().size() == front.size()


def test_what_becomes_of_the_room_while_the_dialog_is_open_does_not_matter(
    lab: Driver, tmp_path: Path
) -> None:
    before = expected(lab)
    dialog = opened(lab, "values")
    # As a network would that learns, or the next picture of a camera.
    lab.window.set_room(Room.IMAGE)
    lab.window.opener.show_matrix(np.zeros((1, 9, 9)))
    lab.settle()
    assert save(lab, dialog, tmp_path / "values.npy") == "Saved as values.npy."
    assert np.array_equal(np.load(tmp_path / "values.npy"), before[0])
    dialog.list.setCurrentRow(0)
    assert save(lab, dialog, tmp_path / "map.png") == "Saved as map.png."


def test_a_film_is_weighed_and_saved(lab: Driver, tmp_path: Path) -> None:
    dialog = opened(lab, "film")
    page = dialog.page
    assert isinstance(page, FilmPage)
    assert page.steps.value() == 4
    lab.qtbot.waitUntil(lambda: "MB" in page.weight.text(), timeout=20_000)
    page.format.setCurrentText("APNG")
    assert save(lab, dialog, tmp_path / "film.png") == "Saved as film.png."
    with Image.open(tmp_path / "film.png") as image:
        assert getattr(image, "n_frames", 1) == 4
    lab.window.set_language(Language.RUSSIAN)
    page.show_preview(4_060_000)
    assert "4,06 МБ" in page.weight.text()


def test_copying_a_picture_puts_it_on_the_clipboard(lab: Driver) -> None:
    dialog = opened(lab)
    page = dialog.page
    assert isinstance(page, PicturePage)
    page.caption.setChecked(False)
    dialog.copy.click()
    settle(lab, dialog)
    assert said(dialog) == "Copied."
    assert QGuiApplication.clipboard().image().width() == 2 * 64


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


def map_menu(driver: Driver, key: str) -> QMenu:
    """Ask for the menu of a map by the keyboard."""
    pane = driver.window.convolution.stages.panes[key]
    driver.window.activateWindow()
    pane.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(pane, event)
    menu = driver.window.exports.menu
    assert menu is not None
    assert menu.isVisible()
    return menu


def entries(menu: QMenu) -> dict[str, QAction]:
    found: dict[str, QAction] = {}
    for action in menu.actions():
        sub = action.menu()
        if isinstance(sub, QMenu):
            inner = entries(sub)
            found |= {f"{action.text()}/{text}".replace("&", ""): each for text, each in inner.items()}
        elif not action.isSeparator():
            found[action.text().replace("&", "")] = action
    return found


def test_the_menu_of_a_map_copies_its_numbers(lab: Driver, qtbot: QtBot) -> None:
    menu = map_menu(lab, "stage-1-0")
    found = entries(menu)
    assert not any("arithmetic" in text for text in found)
    found["Copy the numbers/As NumPy"].trigger()
    menu.close()
    qtbot.waitUntil(lambda: not lab.window.exports.busy, timeout=20_000)
    copied = eval(QGuiApplication.clipboard().text(), {"np": np})
    assert np.array_equal(copied, expected(lab)[0])
    assert lab.window.problem.text() == "Copied."


def test_the_menu_of_a_map_copies_the_arithmetic_of_the_pinned_cell(lab: Driver) -> None:
    lab.window.convolution.stages.pinned.emit("stage-1-0", (1, 1))
    lab.settle()
    menu = map_menu(lab, "stage-1-0")
    entries(menu)["Copy the arithmetic/As plain text"].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == lab.window.convolution.line.plain_text()


def test_a_map_is_copied_as_a_picture_by_a_key(lab: Driver, qtbot: QtBot) -> None:
    lab.trigger("copy-picture")
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull(), timeout=20_000)
    assert lab.window.problem.text() == "Copied."


def test_too_many_numbers_are_not_copied_and_it_is_said(driver: Driver, qtbot: QtBot) -> None:

    QGuiApplication.clipboard().setText("before")
    old, matrix_text.MOST_CELLS = matrix_text.MOST_CELLS, 1000
    try:
        menu = map_menu(driver, "stage-1-0")
        entries(menu)["Copy the numbers/For a spreadsheet"].trigger()
        menu.close()
        qtbot.waitUntil(lambda: not driver.window.exports.busy, timeout=20_000)
        QApplication.processEvents()
    finally:
        matrix_text.MOST_CELLS = old
    assert "Save them as a file instead" in driver.window.problem.text()
    assert QGuiApplication.clipboard().text() == "before"


def test_where_there_is_no_map_copying_says_so(lab: Driver) -> None:
    lab.window.set_room(Room.TRAINING)
    lab.settle()
    lab.trigger("copy-picture")
    assert lab.window.problem.text() == "There is no map on screen to copy."


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
