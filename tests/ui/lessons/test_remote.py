"""Page Down and Page Up, which presenters' remotes send, step the lesson wherever the keyboard is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convviz.files.lessons import shipped_lessons
from convviz.ui.state import Room
from tests.ui.driver import Driver
from tests.ui.test_accessible_walk import controls


def places() -> list[tuple[str, int]]:
    """Return lesson and step for every room and every kind of figure."""
    found: dict[str, tuple[str, int]] = {}
    for lesson in shipped_lessons():
        for index, step in enumerate(lesson.steps):
            kind = str(step.figure["kind"]) if step.figure else f"room {step.room}"
            found.setdefault(kind, (lesson.id, index))
    return list(found.values())


@pytest.mark.parametrize(("lesson", "index"), places())
def test_from_every_control_the_keys_of_a_remote_step(
    make_window: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, lesson: str, index: int
) -> None:
    driver = make_window(Room.CONVOLUTION, (1920, 1080))
    window = driver.window
    window.lessons.open(lesson, index)
    driver.settle()
    window.activateWindow()
    pressed: list[str] = []
    showing = window.lessons.showing
    monkeypatch.setattr(showing, "forward", lambda: pressed.append("forward"))
    monkeypatch.setattr(showing, "back", lambda: pressed.append("back"))
    found = controls(window)
    assert len(found) > 10
    for widget in found:
        widget.setFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        pressed.clear()
        QTest.keyClick(focused, Qt.Key.Key_PageDown)
        QTest.keyClick(focused, Qt.Key.Key_PageUp)
        assert pressed == ["forward", "back"], f"{type(focused).__name__} {focused.objectName()}"
