"""Whether things may move on screen: not where the desktop, or the user, asks for stillness."""

from PySide6.QtWidgets import QStyle, QWidget

_reduced = [False]


def motion_reduced() -> bool:
    """Return whether the user has asked for stillness, whatever the desktop says."""
    return _reduced[0]


def reduce_motion(on: bool) -> None:
    """Let nothing move any more, what moves now included; or leave it to the desktop again."""
    _reduced[:] = [on]


def motion_wanted(widget: QWidget) -> bool:
    """Return whether things may move: the widget is in sight, and neither desktop nor user ask otherwise."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return not motion_reduced() and widget.isVisible() and widget.style().styleHint(hint, None, widget) > 0
