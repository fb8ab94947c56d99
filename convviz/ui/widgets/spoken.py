"""What a screen reader says while the keyboard moves within a widget that has no parts of its own for it."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def describe(widget: QWidget, text: str) -> None:
    """Describe ``widget`` anew; where it has the keyboard, the new description is said at once.

    A grid of cells, of kernels or of maps is one widget: to go from one of them to the next is no change of
    focus, and most screen readers say nothing of a description that changes.
    """
    if text != widget.accessibleDescription():
        widget.setAccessibleDescription(text)
        announce(widget, text)


def announce(widget: QWidget, text: str) -> None:
    """Have ``text`` said, if ``widget`` has the keyboard and somebody listens."""
    if text and widget.hasFocus() and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
