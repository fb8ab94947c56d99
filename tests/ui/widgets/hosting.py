"""A window around one widget, so that it is shown, laid out and focused as in the real one."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


@contextmanager
def hosted(qtbot: QtBot, widget: QWidget, width: int) -> Iterator[None]:
    """Show ``widget`` at the top of a window of ``width`` × 600 pixels."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    layout.addWidget(widget)
    layout.addStretch()
    window.resize(width, 600)
    with qtbot.waitExposed(window):
        window.show()
    yield
    window.close()
