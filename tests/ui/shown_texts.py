"""Every text that a window shows or tells: of its widgets, and painted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtGui import QPainter, QStaticText
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QTextEdit,
    QWidget,
)

_MOST_ROWS = 20


def widget_texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Yield the name of every visible widget below ``root`` with each of its texts."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        name = f"{type(widget).__name__} {widget.objectName()}"
        for text in (*_own_texts(widget), widget.accessibleName(), widget.accessibleDescription()):
            if text:
                yield name, text


def _own_texts(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit() | QAbstractSpinBox():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QTextEdit():
            yield widget.toPlainText()
        case QListWidget():
            yield from (widget.item(row).text() for row in range(widget.count()))
        case QTableView():
            model = widget.model()
            for row in range(min(_MOST_ROWS, model.rowCount())):
                yield from (str(model.index(row, n).data() or "") for n in range(model.columnCount()))


@contextmanager
def painted_texts() -> Iterator[list[str]]:
    """Collect the texts that are painted by this program's own widgets meanwhile."""
    texts: list[str] = []

    def recording(draw: Callable[..., Any]) -> Callable[..., Any]:
        def record(self: QPainter, *given: Any) -> Any:
            texts.extend(each for each in given if isinstance(each, str))
            texts.extend(each.text() for each in given if isinstance(each, QStaticText))
            return draw(self, *given)

        return record

    kept = {name: getattr(QPainter, name) for name in ("drawText", "drawStaticText")}
    for name, draw in kept.items():
        setattr(QPainter, name, recording(draw))
    try:
        yield texts
    finally:
        for name, draw in kept.items():
            setattr(QPainter, name, draw)
