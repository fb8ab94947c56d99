"""Numbers on screen have the decimal sign of the language, in every room and after every change of it."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from convviz.core.picture import Picture, PictureKind
from convviz.nets.preprocessing import Preprocessing
from convviz.ui.language import Language
from convviz.ui.preprocessing_form import PreprocessingForm
from convviz.ui.preprocessing_start import Start
from convviz.ui.state import Room
from convviz.ui.training.settings_form import RateBox
from convviz.ui.widgets.kernel_cells import KernelCells
from convviz.ui.widgets.number_field import NumberField
from tests.ui.driver import Driver
from tests.ui.shown_texts import painted_texts, widget_texts

_POINT, _COMMA = re.compile(r"[0-9]\.[0-9]"), re.compile(r"[0-9],[0-9]")


def shown(driver: Driver) -> list[tuple[str, str]]:
    """Return every text on screen, and which widget it is of."""
    driver.settle()
    with painted_texts() as painted:
        driver.window.grab()
        QApplication.processEvents()
    return [*widget_texts(driver.window), *(("painted", text) for text in painted)]


def with_fractions(driver: Driver) -> None:
    """Open a grid of fractions, so that there is something to be written with a decimal sign."""
    values = (np.arange(36, dtype=np.float32) / 8 + 0.25).reshape(6, 6, 1)
    driver.window.opener.show_picture(Picture(values, "fractions", 0, 5, PictureKind.GRID))
    driver.settle()


@pytest.mark.parametrize("room", list(Room))
def test_the_decimal_sign_is_that_of_the_language_in_force(
    make_window: Callable[..., Driver], room: Room
) -> None:
    driver = make_window(room, (1920, 1080))
    if room in (Room.IMAGE, Room.CONVOLUTION):
        with_fractions(driver)
    for language, its_own, other in (
        (Language.ENGLISH, _POINT, _COMMA),
        (Language.RUSSIAN, _COMMA, _POINT),
        (Language.ENGLISH, _POINT, _COMMA),
    ):
        driver.window.set_language(language)
        found = shown(driver)
        assert [each for each in found if other.search(each[1])] == []
        assert len([each for each in found if its_own.search(each[1])]) >= 2, room


def test_the_numbers_in_cells_are_written_anew_in_another_language(driver: Driver) -> None:
    with_fractions(driver)
    pane = driver.window.convolution.stages.panes["input-0"]
    for language, expected in ((Language.RUSSIAN, "0,25"), (Language.ENGLISH, "0.25")):
        with painted_texts() as painted:
            driver.window.set_language(language)
            driver.settle()
            pane.grab()
        assert expected in painted


def test_the_weights_in_a_kernel_are_written_anew_in_another_language(driver: Driver) -> None:
    cells = driver.window.convolution.findChild(KernelCells)
    assert isinstance(cells, KernelCells)
    cells.setFocus()
    for letter in "0.5":
        # The first opens an editor, which takes the others.
        driver.qtbot.keyClicks(QApplication.focusWidget(), letter)
    driver.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    driver.settle()
    for language, expected in ((Language.RUSSIAN, "0,5"), (Language.ENGLISH, "0.5")):
        driver.window.set_language(language)
        assert cells.picture().lettering.texts[0][0] == expected
    driver.settle()


def test_a_cell_that_is_pointed_at_is_read_out_anew(driver: Driver) -> None:
    with_fractions(driver)
    pane = driver.window.convolution.stages.panes["input-0"]
    pane.setFocus()
    for _ in range(2):
        driver.qtbot.keyClick(pane, Qt.Key.Key_Right)
    driver.settle()
    assert "0.375" in driver.read_out()
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    assert "0,375" in driver.read_out()
    assert "0,375" in pane.accessibleDescription()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("typed", ["0,75", "0.75"])
def test_a_field_takes_a_comma_and_a_point(driver: Driver, language: Language, typed: str) -> None:
    driver.window.set_language(language)
    field = driver.window.convolution.findChild(NumberField, "bias")
    assert isinstance(field, NumberField)
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, typed)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.75
    assert field.text() == ("0,75" if language is Language.RUSSIAN else "0.75")
    driver.settle()


def test_a_field_is_written_anew_but_not_while_it_is_typed_into(driver: Driver) -> None:
    field = driver.window.convolution.findChild(NumberField, "bias")
    assert isinstance(field, NumberField)
    field.selectAll()
    driver.qtbot.keyClicks(field, "0.5")
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    driver.window.set_language(Language.RUSSIAN)
    assert field.text() == "0,5"
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, "1.")
    driver.window.set_language(Language.ENGLISH)
    assert field.text() == "1."
    driver.settle()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("typed", ["0,125", "0.125"])
def test_a_learning_rate_takes_a_comma_and_a_point(
    make_window: Callable[..., Driver], language: Language, typed: str
) -> None:
    driver = make_window(Room.TRAINING)
    driver.window.set_language(language)
    rate = driver.window.training.findChild(RateBox)
    assert isinstance(rate, RateBox)
    rate.setFocus()
    rate.selectAll()
    driver.qtbot.keyClicks(rate, typed)
    driver.qtbot.keyClick(rate, Qt.Key.Key_Return)
    assert rate.value() == 0.125
    assert rate.text() == ("0,125" if language is Language.RUSSIAN else "0.125")
    driver.settle()


@pytest.mark.parametrize("typed", ["0,5 0,25 1", "0.5 0.25 1", "0.5,0.25,1", "0,5; 0,25; 1", "0.5, 0.25, 1"])
def test_numbers_per_channel_take_both_signs(qtbot: QtBot, typed: str) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    form = PreprocessingForm(Start(usual=Preprocessing((8, 8))), owner)
    form.automatic.setChecked(False)
    form.mean.setText(typed)
    found = form.preprocessing()
    assert found is not None
    assert found.mean == (0.5, 0.25, 1.0)


def test_a_copied_table_has_numbers_a_spreadsheet_reads(make_window: Callable[..., Driver]) -> None:
    driver = make_window(Room.NETWORK)
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    desk = driver.window.network.desk
    assert desk is not None
    rows = [line.split("\t") for line in desk.table.as_text().splitlines()[1:]]
    assert any(cell.isdecimal() and len(cell) > 4 for row in rows for cell in row)
    assert not any(re.search(r"[0-9][\u00a0\u202f][0-9]", cell) for row in rows for cell in row)
