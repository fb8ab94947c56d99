"""The export dialog: what is chosen is what is written."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from convviz.files.matrices import parse_matrix
from convviz.ui.export.film_page import FilmPage
from convviz.ui.export.picture_pages import PicturePage
from convviz.ui.export.value_pages import CodePage, TextPage, ValuesPage
from convviz.ui.language import Language
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.export.exporting import GRID, expected, lab, opened, said, save, settle

__all__ = ["lab"]


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
