"""What a window asks, counted and answered in the place of a user."""

import pytest
from PySide6.QtWidgets import QMessageBox

BUTTONS = QMessageBox.StandardButton


class Questions:
    """Counts what is asked, and answers."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton = BUTTONS.Discard
    ) -> None:
        self.asked: list[str] = []
        self.answer = answer
        monkeypatch.setattr(QMessageBox, "question", self._ask)

    def _ask(self, *words: object) -> QMessageBox.StandardButton:
        self.asked.append(str(words[2]))
        return self.answer


@pytest.fixture(params=[BUTTONS.Yes, BUTTONS.No])
def questions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Questions:
    """Questions that are all answered with Yes, and once more with No."""
    return Questions(monkeypatch, request.param)
