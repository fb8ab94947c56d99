"""Every room, dialog, lesson, figure and the lesson maker, walked through without a mouse."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.lessons import shipped_lessons
from convviz.files.own_models import OwnModel
from convviz.nets.own import Inspected
from convviz.ui import theme
from convviz.ui.model_dialog import ModelDialog
from convviz.ui.model_questions import CodeBox, TrustBox
from convviz.ui.rooms.kernel_panel import KernelPanel
from convviz.ui.state import Room
from convviz.ui.theme import ThemeName
from convviz.ui.widgets.kernel_cells import KernelCells
from convviz.ui.widgets.pair_field import PairField
from tests.ui import contrast
from tests.ui.driver import Driver

SIZE = (1920, 1080)
_MARGIN = 6
# A font of these pixels and more is large to WCAG: 18 pt, or 14 pt if bold.
_LARGE_PX, _LARGE_BOLD_PX = 24, 18.66


def controls(root: QWidget) -> list[QWidget]:
    """Return every visible widget below ``root`` that takes the keyboard."""
    return [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible()
        and w.isEnabled()
        and w.window() is root.window()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not w.objectName().startswith("qt_")
        and not isinstance(w.parent(), QComboBox)
    ]


def assert_names(found: Sequence[QWidget]) -> None:
    """Each can be read out, and found by a name."""
    for widget in found:
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said.strip(), f"{type(widget).__name__} {widget.objectName()!r} has no accessible name"
        assert widget.objectName(), f"{type(widget).__name__} {said!r} has no object name"


def chain(root: QWidget) -> list[QWidget]:
    """Return what Tab goes to, one after the other, from the start until it comes round."""
    window = root.window()
    window.activateWindow()
    seen: list[QWidget] = []
    for _ in range(3 * len(controls(window))):
        window.focusNextChild()
        focused = QApplication.focusWidget()
        if focused is None:
            continue
        if seen and focused is seen[0]:
            break
        seen.append(focused)
    return seen


def assert_order(root: QWidget) -> None:
    """Among the parts of one panel Tab goes on to the right or down, but for its first step."""
    for one, other in pairwise(chain(root)):
        # Of a pair of numbers the first comes first, and last what binds them to each other.
        if one.parent() is not other.parent() or isinstance(one.parent(), PairField):
            continue
        before, after = one.geometry(), other.geometry()
        above = after.bottom() <= before.top() and after.left() < before.right()
        left = after.right() <= before.left() and after.top() < before.bottom()
        backwards = above or left
        assert not backwards, f"{one.objectName()} comes before {other.objectName()}"


def assert_focus_is_seen(found: Sequence[QWidget]) -> None:
    """Something is painted otherwise when a control has the keyboard."""
    for widget in found:
        if not widget.isVisible():
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused is widget or widget.focusProxy() is focused, widget.objectName()
        having = contrast.pixels(widget, _MARGIN)
        focused.clearFocus()
        QApplication.processEvents()
        lacking = contrast.pixels(widget, _MARGIN)
        differs = having.shape != lacking.shape or (having != lacking).any()
        assert differs, f"{type(widget).__name__} {widget.objectName()} does not show that it has the focus"


def assert_walked(root: QWidget) -> None:
    """All of what is asked of a place with controls."""
    found = controls(root)
    assert found
    assert_names(found)
    assert_focus_is_seen(found)
    assert_order(root)


@pytest.mark.parametrize("room", list(Room))
def test_every_control_of_a_room_has_names_an_order_and_a_visible_focus(
    make_window: Callable[..., Driver], room: Room
) -> None:
    driver = make_window(room, SIZE)
    driver.window.activateWindow()
    assert_walked(driver.window)


def test_the_lesson_panel_and_every_kind_of_figure_are_walked(driver: Driver) -> None:
    window = driver.window
    window.resize(*SIZE)
    window.activateWindow()
    kinds: set[str] = set()
    for lesson in shipped_lessons():
        for index, step in enumerate(lesson.steps):
            kind = str(step.figure["kind"]) if step.figure else ""
            if kind in kinds:
                continue
            kinds.add(kind)
            window.lessons.open(lesson.id, index)
            driver.settle()
            assert_walked(window.lessons.panel)
            if kind:
                found = controls(window.figures)
                assert_names(found)
                assert_focus_is_seen(found)
    assert len(kinds) > 8
    window.lessons.show_list()
    driver.settle()
    assert_walked(window.lessons.panel)


def test_tab_goes_through_a_question_before_it_is_checked(driver: Driver) -> None:
    lesson, index = next(
        (lesson, n)
        for lesson in shipped_lessons()
        for n, step in enumerate(lesson.steps)
        if any(question.blanks for question in step.questions)
    )
    driver.window.lessons.open(lesson.id, index)
    driver.settle()
    names = [widget.objectName() for widget in chain(driver.window)]
    first = names.index("question-blank-0")
    assert first < names.index("question-check") < names.index("question-reveal")


def assert_dialog(dialog: QWidget) -> None:
    """What is asked of a room is asked of a dialog, but for names of Qt's own buttons."""
    dialog.activateWindow()
    QApplication.processEvents()
    found = controls(dialog)
    assert found
    for widget in found:
        assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
    assert_focus_is_seen(found)


@pytest.mark.parametrize("name", ["keys", "about", "matrix"])
def test_every_dialog_of_a_menu_is_walked(driver: Driver, name: str) -> None:
    walked: list[str] = []

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            assert_dialog(dialog)
            walked.append(name)
        finally:
            dialog.reject()

    QTimer.singleShot(0, take)
    driver.trigger(name)
    assert walked == [name]


def test_the_dialogs_of_models_and_defects_are_walked(driver: Driver) -> None:
    window = driver.window
    problem = Problem("Do this: {code}", code="import torch").sentence
    for dialog in (
        ModelDialog(OwnModel("/home/anna/mine.pth"), Inspected(("resnet18", "vgg16")), window),
        TrustBox("/home/anna/mine.pt2", window),
        CodeBox(problem, window),
    ):
        dialog.show()
        assert_dialog(dialog)
        dialog.close()
    window.menus.dialogs.show_defect("ValueError: 1")
    box = next(w for w in window.findChildren(QMessageBox) if w.isVisible())
    assert_dialog(box)
    box.close()


def test_the_lesson_maker_is_walked(driver: Driver) -> None:
    driver.window.lessons.make()
    driver.settle()
    makers = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert makers
    for maker in makers:
        assert_walked(maker)


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_colours_of_texts_stand_out_from_their_grounds(name: ThemeName) -> None:
    c = theme.Theme(name).colours
    pairs = [(ink, ground) for ink in (c.text, c.muted, c.focus) for ground in (c.surface, c.window)]
    pairs += [(c.text, c.focus_soft), (c.text, c.blank), (c.focus, c.focus_soft), (c.on_focus, c.focus)]
    pairs += [(c.problem_text, c.problem), (c.muted, c.blank)]
    pairs += [(ink, c.surface) for ink in (c.negative, c.positive, c.red, c.green, c.blue)]
    weak = {pair: round(contrast.of_colours(*pair), 2) for pair in pairs}
    assert {pair: found for pair, found in weak.items() if found < contrast.LEAST} == {}
    # What is no text, the frame of the focus, needs 3.
    assert contrast.of_colours(c.focus, c.surface) >= contrast.LEAST_LARGE


def lettered(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Yield what is painted whole with a text on it, and that text."""
    for widget in root.findChildren(QWidget):
        match widget:
            case QLabel() | QAbstractButton() | QLineEdit():
                text = widget.text()
            case QComboBox():
                text = widget.currentText()
            case _:
                continue
        whole = widget.visibleRegion().boundingRect() == widget.rect()
        if text.strip() and whole and widget.isVisible() and widget.isEnabled():
            yield widget, text


@pytest.mark.parametrize("name", list(ThemeName))
@pytest.mark.parametrize("room", list(Room))
def test_every_text_of_a_room_stands_out_as_it_is_painted(
    make_window: Callable[..., Driver], room: Room, name: ThemeName
) -> None:
    driver = make_window(room, SIZE)
    driver.window.set_theme(name)
    driver.window.lessons.open(shipped_lessons()[0].id, 0)
    driver.window.set_room(room)
    driver.settle()
    found = list(lettered(driver.window))
    assert len(found) > 12
    for widget, text in found:
        font = widget.fontInfo()
        large = font.pixelSize() >= (_LARGE_BOLD_PX if font.bold() else _LARGE_PX)
        measured = contrast.of_painted(contrast.pixels(widget)[3:-3, 3:-3])
        assert measured >= (contrast.LEAST_LARGE if large else contrast.LEAST), f"{text!r}: {measured:.2f}"


def test_a_text_in_a_faint_colour_is_found_out(driver: Driver) -> None:
    label = driver.window.findChild(QLabel, "status-ready") or next(
        w for w, _ in lettered(driver.window) if isinstance(w, QLabel)
    )
    assert contrast.of_painted(contrast.pixels(label)[3:-3, 3:-3]) >= contrast.LEAST
    label.setStyleSheet("color: #c0c4ca")
    QApplication.processEvents()
    assert contrast.of_painted(contrast.pixels(label)[3:-3, 3:-3]) < contrast.LEAST


_CELL = re.compile(r"row 1, column 2, (value|weight) \S+")


def with_grid(driver: Driver) -> None:
    values = np.arange(36, dtype=np.float32).reshape(6, 6, 1)
    driver.window.opener.show_picture(Picture(values, "grid", 0, 35, PictureKind.GRID))
    driver.settle()


@pytest.mark.parametrize(("room", "pane"), [(Room.IMAGE, "pane-picture"), (Room.CONVOLUTION, "pane-input-0")])
def test_a_cell_of_a_grid_reads_its_row_column_and_value(
    make_window: Callable[..., Driver], room: Room, pane: str
) -> None:
    driver = make_window(room)
    with_grid(driver)
    found = [w for w in driver.window.findChildren(QWidget, pane) if w.isVisible()]
    assert found, [w.objectName() for w in driver.window.findChildren(QWidget) if "pane" in w.objectName()]
    found[0].setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 2):
        driver.qtbot.keyClick(found[0], key)
    driver.settle()
    assert found[0].accessibleDescription() == "row 1, column 2, value 8"


def test_a_weight_of_a_kernel_reads_its_row_column_and_value(driver: Driver) -> None:
    panel = driver.window.findChild(KernelPanel)
    assert panel is not None
    cells = panel.findChild(KernelCells)
    assert isinstance(cells, KernelCells)
    cells.setFocus()
    cells.select_near(1, 2)
    assert _CELL.fullmatch(cells.accessibleDescription())
