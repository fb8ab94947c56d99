"""Texts at twice their size: whole, and all that can be worked with is within reach, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QLabel, QPushButton, QWidget

from convviz.core.text import Problem
from convviz.files.lessons import shipped_lessons
from convviz.files.own_models import OwnModel
from convviz.nets.own import Inspected
from convviz.ui import theme
from convviz.ui.export.dialog import ExportDialog
from convviz.ui.figures.scene_figure import SceneFigure
from convviz.ui.language import Language
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import CodeBox
from convviz.ui.preferences import Preferences
from convviz.ui.state import Room
from convviz.ui.theme import TEXT_SIZES
from convviz.ui.widgets.elided_label import ElidedLabel
from tests.ui.driver import Driver
from tests.ui.figures.figure_checks import check_texts

SIZE = (1920, 1080)
SIZES = (SIZE, (1280, 720))


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("room", list(Room))
def test_at_twice_the_size_nothing_is_cut_off_or_out_of_reach(
    make_window: Callable[..., Driver], room: Room, size: tuple[int, int]
) -> None:
    driver = make_window(room, size)
    driver.trigger("text-size-200")
    driver.settle()
    assert theme.current().scale == 2.0
    for language in (*Language, Language.ENGLISH):
        driver.window.set_language(language)
        driver.settle()
        assert (driver.window.width(), driver.window.height()) == size, language
        assert_texts_are_whole(driver)
        assert_all_is_within_reach(driver)


def steps_of_every_kind() -> list[tuple[str, int]]:
    """Return lesson and step for one step of every room and every kind of figure."""
    found: dict[str, tuple[str, int]] = {}
    for lesson in shipped_lessons():
        for index, step in enumerate(lesson.steps):
            found.setdefault(str(step.figure["kind"]) if step.figure else step.room, (lesson.id, index))
    return list(found.values())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("lesson", "index"), steps_of_every_kind())
def test_a_lesson_and_its_figure_are_whole_at_twice_the_size(
    make_window: Callable[..., Driver], lesson: str, index: int, size: tuple[int, int]
) -> None:
    driver = make_window(Room.CONVOLUTION, size)
    window = driver.window
    driver.trigger("text-size-200")
    window.set_language(Language.RUSSIAN)
    window.lessons.open(lesson, index)
    driver.settle()
    assert (window.width(), window.height()) == size
    panel = window.lessons.panel
    assert window.rect().contains(QRect(panel.mapTo(window, QPoint()), panel.size()))
    for button in (panel.back, panel.restore, panel.next):
        assert button.visibleRegion().boundingRect() == button.rect()
    assert_texts_are_whole(driver)
    figure = window.figures.figure
    if isinstance(figure, SceneFigure):
        figure.set_stage(figure.stages - 1)
        check_texts(figure)
        # Larger than at a desk, if need be by scrolling.
        assert max(label.font.pixelSize() for label in figure.scene().labels) >= 16
        assert figure.visibleRegion().contains(QPoint(0, 0))


@pytest.mark.parametrize("size", SIZES)
def test_titles_in_the_list_of_lessons_are_whole_at_twice_the_size(
    make_window: Callable[..., Driver], size: tuple[int, int]
) -> None:
    driver = make_window(Room.CONVOLUTION, size)
    driver.trigger("text-size-200")
    driver.window.set_language(Language.RUSSIAN)
    driver.window.lessons.show_list()
    driver.settle()
    shown = driver.window.lessons.panel.list.list
    room = shown.viewport().width()
    for row in range(shown.count()):
        item = shown.item(row)
        place = shown.visualItemRect(item)
        assert place.width() <= room
        metrics = QFontMetrics(shown.font())
        flags = int(Qt.TextFlag.TextWordWrap)
        wanted = metrics.boundingRect(0, 0, place.width(), 0, flags, item.text())
        assert place.height() >= wanted.height(), item.text()


def assert_fits(dialog: QWidget, size: tuple[int, int]) -> None:
    """A dialog can be made no larger than the screen, and its buttons are on it."""
    for _ in range(3):
        QApplication.processEvents()
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    assert least.width() <= size[0], dialog.objectName()
    assert least.height() <= size[1], dialog.objectName()
    assert dialog.width() <= size[0], dialog.objectName()
    assert dialog.height() <= size[1], dialog.objectName()
    for button in dialog.findChildren(QPushButton):
        if button.isVisible() and button.text() and not scrolls(button):
            assert button.visibleRegion().boundingRect() == button.rect(), button.text()
            words = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text())
            assert words.width() <= button.width(), button.text()
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.text() and label.wordWrap() and not isinstance(label, ElidedLabel):
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()


@pytest.mark.parametrize("size", SIZES)
def test_every_dialog_fits_on_the_screen_at_twice_the_size(
    make_window: Callable[..., Driver], size: tuple[int, int]
) -> None:
    driver = make_window(Room.CONVOLUTION, size)
    window = driver.window
    driver.trigger("text-size-200")
    window.set_language(Language.RUSSIAN)
    driver.settle()
    walked: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            assert_fits(dialog, size)
            walked.append(dialog.objectName())
        finally:
            dialog.reject()

    for name in ("keys", "matrix"):
        QTimer.singleShot(0, look)
        driver.trigger(name)
    assert walked == ["reading-dialog", "matrix-dialog"]
    sentence = Problem("Do this: {code}", code="import torch").sentence
    for dialog in (
        ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18", "vgg16")), window),
        CodeBox(sentence, window),
    ):
        dialog.show()
        assert_fits(dialog, size)
        dialog.close()
    maker = window.lessons.make()
    maker.file.save()
    assert maker.problem.isVisible()
    assert_fits(maker, size)
    window.lessons.open("conv-layer", 1)
    window.lessons.present()
    notes = window.lessons.notes
    assert notes is not None
    driver.settle()
    assert_fits(notes, size)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_export_fits_on_the_screen_at_twice_the_size(
    make_window: Callable[..., Driver], size: tuple[int, int]
) -> None:
    driver = make_window(Room.CONVOLUTION, size)
    driver.trigger("text-size-200")
    driver.window.set_language(Language.RUSSIAN)
    driver.settle()
    driver.trigger("export")
    dialog = driver.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        driver.qtbot.waitUntil(lambda: not dialog.busy)
        assert_fits(dialog, size)
    dialog.close()


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
