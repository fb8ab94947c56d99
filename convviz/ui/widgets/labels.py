"""Labels and rows in the roles of the style sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget


def label(role: str = "", *, wrap: bool = False, name: str = "") -> QLabel:
    """Return an empty label in a role of the style sheet, such as ``caption`` or ``muted``."""
    out = QLabel()
    out.setTextFormat(Qt.TextFormat.PlainText)
    out.setProperty("role", role)
    out.setWordWrap(wrap)
    out.setObjectName(name)
    return out


def row(*widgets: QWidget, spacing: int = 6) -> QHBoxLayout:
    """Return the widgets beside each other; the first takes what is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for index, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if index == 0 else 0)
    return layout


def field_row(text: QLabel, field: QWidget) -> QHBoxLayout:
    """Return a field behind its label; the label is the field's buddy, so that its mnemonic reaches it."""
    # A label passes over a buddy that only hands the keyboard on.
    text.setBuddy(field.focusProxy() or field)
    text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return row(text, field)
