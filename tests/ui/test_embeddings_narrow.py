"""The embeddings room beside a lesson in a small window, with the network of the lessons."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit, QWidget

from convviz.ui.language import Language
from convviz.ui.rooms.embeddings_face import EmbeddingsFace
from convviz.ui.widgets.reach import Reach
from tests.ui.driver import Driver


def face_of(driver: Driver) -> EmbeddingsFace:
    face = driver.window.findChild(EmbeddingsFace)
    assert face is not None
    return face


@pytest.mark.parametrize("language", list(Language))
def test_beside_a_lesson_its_tools_take_three_lines_and_nothing_is_cut(
    make_window: Callable[..., Driver], language: Language
) -> None:
    driver = make_window(size=(1280, 720))
    window = driver.window
    window.set_language(language)
    window.set_projector(True, remember=False)
    reach = window.findChild(Reach)
    assert reach is not None
    for lesson, step in (("embedding", 1), ("embedding", 3), ("recoloured-cats", 0)):
        window.lessons.open(lesson, step)
        driver.settle()
        face = face_of(driver)
        assert face.bar.narrow
        assert reach.horizontalScrollBar().maximum() == 0, (lesson, step)
        tools = face.bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert all(face.bar.rect().contains(tool.geometry()) for tool in tools)
        text = face.line.findChild(QTextEdit, "arithmetic-text")
        assert isinstance(text, QTextEdit)
        # All three distances are in sight.
        assert face.line.isHidden() or text.verticalScrollBar().maximum() == 0
    window.resize(1920, 1080)
    window.set_projector(False, remember=False)
    driver.settle()
    face = face_of(driver)
    assert not face.bar.narrow
    assert face.bar.add.y() == face.bar.networks.y()
    assert face.bar.facts.geometry().center().y() == face.bar.save.geometry().center().y()
    assert face.bar.facts.x() < face.bar.view.x() < face.bar.save.x()
