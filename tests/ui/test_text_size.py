"""Texts at twice their size: whole, and all that can be worked with is within reach, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QWidget

from convviz.ui import theme
from convviz.ui.language import Language
from convviz.ui.preferences import Preferences
from convviz.ui.state import Room
from convviz.ui.theme import TEXT_SIZES
from convviz.ui.widgets.elided_label import ElidedLabel
from tests.ui.driver import Driver

SIZE = (1920, 1080)


def scrolls(widget: QWidget) -> bool:
    """Return whether a widget lies in what can be scrolled to it."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def assert_texts_are_whole(driver: Driver) -> None:
    """No word is cut off, but where a tooltip says the whole."""
    for label in driver.window.findChildren(QLabel):
        if not label.isVisible() or not label.text() or label.window() is not driver.window:
            continue
        if isinstance(label, ElidedLabel):
            assert label.text() == label.whole() or label.toolTip()
        elif label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        else:
            assert label.width() >= label.sizeHint().width() - 1, label.text()
    for button in driver.window.findChildren(QPushButton):
        if button.isVisible() and button.text() and button.window() is driver.window:
            words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
            assert words.width() <= button.width(), button.text()
            assert words.height() <= button.height(), button.text()


def assert_all_is_within_reach(driver: Driver) -> None:
    """What takes the keyboard is on screen, or can be scrolled to."""
    for widget in driver.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() and widget.window() is driver.window:
            seen = not widget.visibleRegion().isEmpty() or not widget.size().isValid()
            assert seen or scrolls(widget), f"{type(widget).__name__} {widget.objectName()}"


@pytest.mark.parametrize("room", list(Room))
def test_at_twice_the_size_nothing_is_cut_off_or_out_of_reach(
    make_window: Callable[..., Driver], room: Room
) -> None:
    driver = make_window(room, SIZE)
    driver.trigger("text-size-200")
    driver.settle()
    assert theme.current().scale == 2.0
    for language in (*Language, Language.ENGLISH):
        driver.window.set_language(language)
        driver.settle()
        assert (driver.window.width(), driver.window.height()) == SIZE, language
        assert_texts_are_whole(driver)
        assert_all_is_within_reach(driver)


def test_where_two_panels_find_no_room_one_makes_way_for_the_other(
    make_window: Callable[..., Driver],
) -> None:
    driver = make_window(Room.CONVOLUTION, SIZE)
    room = driver.window.convolution
    driver.trigger("text-size-200")
    driver.settle()
    assert room.kernel.isVisible()
    assert not room.values.isVisible()
    driver.trigger("right-panel")
    assert room.values.isVisible()
    assert not room.kernel.isVisible()
    driver.trigger("text-size-100")
    driver.settle()
    assert room.kernel.isVisible()
    assert room.values.isVisible()


def test_the_size_is_kept_and_a_damaged_one_counts_as_none(driver: Driver) -> None:
    assert Preferences(QSettings()).text_size == 100
    driver.trigger("text-size-150")
    assert Preferences(QSettings()).text_size == 150
    assert driver.window.menus.commands.actions["text-size-150"].isChecked()
    QSettings().setValue("text-size", "12%")
    assert Preferences(QSettings()).text_size == TEXT_SIZES[0]


@pytest.mark.parametrize(("percent", "scale"), [(125, 1.6), (200, 2.0)])
def test_a_projector_never_makes_texts_smaller(driver: Driver, percent: int, scale: float) -> None:
    driver.trigger(f"text-size-{percent}")
    driver.window.set_projector(True, remember=False)
    assert theme.current().scale == scale
    assert driver.window.projector
    driver.window.set_projector(False, remember=False)
    assert theme.current().scale == percent / 100
    assert not driver.window.projector
    driver.settle()
