"""The scrolling panel at the side of a room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

# Between the parts of a panel.
SPACING = 12


def side_panel(*parts: QWidget | QLayout) -> QScrollArea:
    """Return a panel with ``parts`` one below the other that scrolls when the window is low."""
    inside = QWidget()
    inside.setProperty("role", "panel")
    inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = _column(inside, *parts)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.addStretch(1)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def group(*parts: QWidget | QLayout) -> QWidget:
    """Return ``parts`` one below the other, at the distances of the panel, to be shown or hidden as one."""
    inside = QWidget()
    _column(inside, *parts).setContentsMargins(0, 0, 0, 0)
    return inside


def _column(inside: QWidget, *parts: QWidget | QLayout) -> QVBoxLayout:
    layout = QVBoxLayout(inside)
    layout.setSpacing(SPACING)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
