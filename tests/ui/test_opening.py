"""Pictures on their way in: files, the clipboard, dropped things, and what else goes on meanwhile."""

import io
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from convviz.core.picture import Picture
from convviz.core.text import Sentence
from convviz.files import refusals
from convviz.ui.language import Language, picture_title
from convviz.ui.pasting import PASTED, TYPED, paste_image
from convviz.ui.state import Room
from convviz.work.jobs import JobContext
from convviz.work.lanes import Lane
from tests.ui.driver import Driver


def image_of(width: int, height: int, colour: int = 0x80FF0000) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(colour)
    return image


def mime_of(content: QImage | str | list[Path]) -> QMimeData:
    mime = QMimeData()
    if isinstance(content, QImage):
        mime.setImageData(content)
    elif isinstance(content, str):
        mime.setText(content)
    else:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in content])
    return mime


def saved(folder: Path, name: str, colour: tuple[int, int, int] = (0, 200, 0)) -> Path:
    Image.new("RGB", (30, 20), colour).save(folder / name)
    return folder / name


def picture(driver: Driver) -> Picture:
    driver.settle()
    return driver.window.session.state.picture


def test_a_pasted_image_is_laid_over_the_background(driver: Driver) -> None:
    driver.window.preferences.background = (0, 0, 255)
    assert driver.window.opener.take(mime_of(image_of(4, 3)))
    found = picture(driver)
    assert found.values.shape == (3, 4, 3)
    assert found.values[0, 0].tolist() == [128, 0, 127]
    assert [note.values for note in found.notes] == [{"colour": "#0000FF"}]


FORMATS = [form for form in QImage.Format if form.name not in ("Format_Invalid", "NImageFormats")]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_images_of_every_format_are_read(form: QImage.Format) -> None:
    found = paste_image(image_of(37, 5, 0xFFFFFFFF).convertToFormat(form), (0, 0, 0), lambda: None)
    assert (found.name, found.values.shape) == (PASTED, (5, 37, 3))
    # Of what is only transparency Qt makes black.
    assert (found.values == (0 if form is QImage.Format.Format_Alpha8 else 255)).all()


def test_a_large_image_is_put_together_from_strips(driver: Driver) -> None:
    values = np.random.default_rng(0).integers(0, 256, (1500, 2001, 3), np.uint8)
    image = QImage(values.tobytes(), 2001, 1500, 3 * 2001, QImage.Format.Format_RGB888)
    driver.window.opener.take(mime_of(image.convertToFormat(QImage.Format.Format_RGB32)))
    assert (picture(driver).values == values).all()


def test_png_bytes_on_the_clipboard_are_decoded_in_the_job(driver: Driver) -> None:
    data = io.BytesIO()
    Image.new("RGB", (6, 2), (0x10, 0x20, 0x30)).save(data, "PNG")
    mime = mime_of(image_of(1, 1))
    mime.setData("image/png", QByteArray(data.getvalue()))
    assert driver.window.opener.take(mime)
    found = picture(driver)
    assert found.values[0, 0].tolist() == [0x10, 0x20, 0x30]
    assert (found.name, found.width) == (PASTED, 6)


def test_a_paste_does_not_hold_up_the_window(driver: Driver) -> None:
    mime = mime_of(image_of(6000, 4000))
    QGuiApplication.processEvents()
    began = time.perf_counter()
    driver.window.opener.take(mime)
    assert time.perf_counter() - began < 0.05
    assert driver.window.opener.busy
    assert picture(driver).values.shape == (4000, 6000, 3)


def test_the_limit_on_pixels_holds_for_pasted_images_in_every_language(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MAX_PIXELS", 100)
    before = picture(driver)
    driver.window.set_language(Language.RUSSIAN)
    driver.window.opener.take(mime_of(image_of(20, 10)))
    assert picture(driver) is before
    assert driver.window.problem.isVisible()
    driver.window.set_language(Language.ENGLISH)
    assert "Pasted picture is 20 × 10" in driver.window.problem.text()


def test_a_pasted_matrix_is_read_in_a_job(driver: Driver) -> None:
    assert driver.window.opener.take(mime_of("1\t2\n3\t4"))
    assert driver.window.opener.busy
    found = picture(driver)
    assert found.values[..., 0].tolist() == [[1, 2], [3, 4]]
    assert (found.name, found.low, found.high) == (TYPED, 1, 4)
    assert driver.window.opener.take(mime_of("1 2\n3"))
    assert picture(driver) is found
    assert driver.window.problem.isVisible()


def test_pasted_numbers_that_are_too_large_are_told_as_what_they_are(driver: Driver) -> None:
    before = picture(driver)
    driver.window.opener.take(mime_of("1e300 -2"))
    assert picture(driver) is before
    said = driver.window.problem.text()
    assert said.startswith(
        "Typed numbers contains values as large as 1e+300, more than 32-bit numbers can hold."
    )


def test_an_empty_clipboard_is_said_at_once(driver: Driver) -> None:
    assert not driver.window.opener.take(QMimeData())
    assert "no picture" in driver.window.problem.text()


def test_of_several_files_the_first_is_opened_and_that_is_said(driver: Driver, tmp_path: Path) -> None:
    files = [saved(tmp_path, f"{n}.png") for n in range(3)]
    driver.window.opener.take(mime_of(files))
    assert picture(driver).name == "0.png"
    assert driver.window.problem.text() == "Opened the first of 3 files."
    driver.trigger("shift-left")
    assert not driver.window.problem.isVisible()


def test_a_refusal_is_old_once_something_else_is_done(driver: Driver, tmp_path: Path) -> None:
    driver.window.opener.open_path(str(tmp_path / "missing.png"))
    driver.settle()
    assert driver.window.problem.isVisible()
    driver.trigger("shift-left")
    assert not driver.window.problem.isVisible()
    driver.window.set_language(Language.RUSSIAN)
    assert not driver.window.problem.isVisible()


def test_a_message_follows_the_language(driver: Driver, tmp_path: Path) -> None:
    driver.window.opener.open_path(str(tmp_path / "missing.png"))
    driver.settle()
    english = driver.window.problem.text()
    driver.window.set_language(Language.RUSSIAN)
    assert driver.window.problem.isVisible()
    assert driver.window.problem.text() != english
    assert "missing.png" in driver.window.problem.text()
    driver.window.set_language(Language.ENGLISH)
    assert driver.window.problem.text() == english
    driver.window.problem.dismissed.emit()
    driver.window.set_language(Language.RUSSIAN)
    assert not driver.window.problem.isVisible()


def test_the_status_bar_follows_the_language(make_window: Callable[..., Driver]) -> None:
    driver = make_window()
    driver.settle()
    timing = driver.window.status.findChild(QLabel, "status-timing")
    assert timing is not None
    assert timing.text().startswith("cross-correlation")
    driver.window.set_language(Language.RUSSIAN)
    assert timing.text()
    assert "cross" not in timing.text()


def test_names_the_application_gives_are_kept_in_english(driver: Driver) -> None:
    driver.window.set_language(Language.RUSSIAN)
    driver.window.opener.show_matrix(np.array([[[1.0, 2.0]]]))
    typed = picture(driver)
    driver.window.opener.take(mime_of(image_of(4, 3)))
    pasted = picture(driver)
    assert (typed.name, pasted.name) == ("Typed numbers", "Pasted picture")
    assert picture_title(pasted) in driver.window.windowTitle()
    assert picture_title(pasted) in driver.window.session.undo_stack.undoText()


def test_a_picture_opens_while_measuring_goes_on(driver: Driver, tmp_path: Path) -> None:
    started, released = threading.Event(), threading.Event()

    def measure(request: object, context: JobContext) -> None:
        started.set()
        assert released.wait(20)

    lane = Lane(driver.window._threads.measure)
    lane.submit("whole picture", measure)
    assert started.wait(5)
    driver.window.opener.open_path(str(saved(tmp_path, "green.png")))
    driver.qtbot.waitUntil(lambda: driver.window.session.state.picture.name == "green.png", timeout=5000)
    assert lane.busy
    released.set()
    driver.settle()


@pytest.mark.parametrize("room", list(Room))
def test_what_the_image_room_cannot_do_is_said(make_window: Callable[..., Driver], room: Room) -> None:
    driver = make_window(room)
    driver.window.image.failed.emit(Sentence("Too large."))
    assert driver.window.problem.text() == "Too large."
    driver.trigger("shift-left")
    assert driver.window.problem.text() == ""


def test_closing_does_not_wait_long_for_jobs_that_do_not_stop(driver: Driver) -> None:
    arrived, released = threading.Semaphore(0), threading.Event()

    def deaf(request: object, context: JobContext) -> None:
        arrived.release()
        assert released.wait(20)

    threads = driver.window._threads
    lanes = [Lane(thread) for thread in (threads.live, threads.measure, threads.open)]
    for lane in lanes:
        lane.submit("request", deaf)
        assert arrived.acquire(timeout=5)
    began = time.perf_counter()
    driver.window.close()
    driver.window.close()
    assert time.perf_counter() - began < 2.8
    released.set()
    for thread in (threads.live, threads.measure, threads.open):
        assert thread.close()


@pytest.mark.parametrize("room", list(Room))
def test_ctrl_v_pastes_a_picture_unless_a_field_takes_it(
    make_window: Callable[..., Driver], room: Room
) -> None:
    driver = make_window(room)
    QApplication.clipboard().setText("5 6\n7 8")
    paste = driver.window.menus.commands.actions["paste"]
    assert isinstance(paste, QAction)
    driver.window.activateWindow()
    focus_on(driver, driver.window)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert picture(driver).values[..., 0].tolist() == [[5, 6], [7, 8]]


def test_ctrl_v_in_the_kernel_pastes_a_kernel(driver: Driver) -> None:
    before = picture(driver)
    cells = driver.window.convolution.kernel.grid.cells()
    QApplication.clipboard().setText("5 6\n7 8")
    driver.window.activateWindow()
    focus_on(driver, cells)
    driver.qtbot.keyClick(cells, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert picture(driver) is before
    assert driver.window.session.state.bank.kernel(0, 0).tolist() == [[5, 6], [7, 8]]


def focus_on(driver: Driver, widget: QWidget) -> None:
    widget.setFocus()
    driver.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
