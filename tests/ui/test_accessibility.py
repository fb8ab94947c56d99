"""Everything can be reached by keyboard, has a name to be read out and one to be found by."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from convviz.core.channels import ChannelMode
from convviz.ui.state import Room
from tests.ui.driver import Driver


def controls(driver: Driver) -> list[QWidget]:
    """Return every visible widget that takes the keyboard, without the inner parts of Qt's own widgets."""
    own = [w for w in driver.window.findChildren(QWidget) if not w.objectName().startswith("qt_")]
    return [
        w
        for w in own
        if w.isVisible()
        and w.isEnabled()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(w.parent(), QComboBox)
    ]


@pytest.mark.parametrize("room", list(Room))
def test_every_control_has_names(make_window: Callable[..., Driver], room: Room) -> None:
    driver = make_window(room)
    driver.window.convolution.mode.chosen.emit(ChannelMode.SUM.value)
    driver.settle()
    found = controls(driver)
    assert len(found) > 15
    for widget in found:
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert said.strip(), f"{type(widget).__name__} {widget.objectName()!r} has no accessible name"
        assert widget.objectName(), f"{type(widget).__name__} {said!r} has no object name"


@pytest.mark.parametrize("room", list(Room))
def test_tab_reaches_every_control(make_window: Callable[..., Driver], room: Room) -> None:
    driver = make_window(room)
    wanted = set(controls(driver))
    seen: set[QWidget] = set()
    window = driver.window
    window.activateWindow()
    for _ in range(4 * len(wanted)):
        window.focusNextChild()
        focused = QApplication.focusWidget()
        if focused is not None:
            seen.add(focused)
    # One segment of a row stands for the row: its neighbours are reached with the arrow keys.
    missing = [w for w in wanted - seen if not w.objectName().startswith("segment-")]
    assert not missing, [f"{type(w).__name__} {w.objectName()}" for w in missing]


def test_every_action_is_in_a_menu_with_a_text_and_a_name(driver: Driver) -> None:
    actions = driver.window.menus.commands.actions
    assert len(actions) > 25
    for name, action in actions.items():
        assert action.text().replace("&", "").strip(), name
        assert action.objectName() == f"action-{name}"
        assert action.toolTip()


def test_no_two_actions_share_a_shortcut(driver: Driver) -> None:
    taken: dict[str, QAction] = {}
    for action in driver.window.menus.commands.actions.values():
        for shortcut in action.shortcuts():
            key = shortcut.toString()
            assert key not in taken, key
            taken[key] = action


def test_panes_say_what_they_show(driver: Driver) -> None:
    panes = driver.window.convolution.stages.panes
    assert panes["input-0"].accessibleName() == "Input 300 × 451 × 1"
    assert panes["stage-1-0"].accessibleName() == "Output 300 × 451 × 1"
    panes["stage-1-0"].setFocus()
    driver.qtbot.keyClick(panes["stage-1-0"], Qt.Key.Key_Down)
    driver.qtbot.keyClick(panes["stage-1-0"], Qt.Key.Key_Right)
    assert panes["stage-1-0"].accessibleDescription()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Si&ze", "kernel-size-vertical"),
        ("S&tride", "stride-vertical"),
        ("&Padding", "padding-vertical"),
        ("&Dilation", "dilation-vertical"),
        ("&Bias", "bias"),
        ("&Activation", "activation"),
        ("Poo&ling", "pooling"),
        ("&Combine", "combine"),
    ],
)
def test_the_underlined_letter_of_a_label_reaches_its_field(driver: Driver, text: str, field: str) -> None:
    label = next(w for w in driver.window.convolution.findChildren(QLabel) if w.text() == text)
    buddy = label.buddy()
    assert buddy is not None
    assert buddy.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert buddy.objectName() == field
