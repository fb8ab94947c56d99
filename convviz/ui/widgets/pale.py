"""Making a widget pale: what it shows is not in force."""

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from convviz.ui.widgets.pane_paint import STALE_OPACITY


def set_pale(widget: QWidget, pale: bool) -> None:
    """Show ``widget`` as pale as a stale picture, or as it is."""
    effect = widget.graphicsEffect()
    if pale and effect is None:
        effect = QGraphicsOpacityEffect(widget)
        effect.setOpacity(STALE_OPACITY)
        widget.setGraphicsEffect(effect)
    elif not pale and effect is not None:
        widget.setGraphicsEffect(None)  # type: ignore[arg-type]
