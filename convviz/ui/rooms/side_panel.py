"""The scrolling panel at the side of a room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


def side_panel(*parts: QWidget | QLayout) -> QScrollArea:
    """Return a panel with ``parts`` one below the other that scrolls when the window is low."""
    inside = QWidget()
    inside.setProperty("role", "panel")
    inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
