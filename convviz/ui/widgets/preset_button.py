"""A kernel chosen by its looks: the button that names the present one and opens the gallery."""

import math

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QInputDialog, QPushButton, QSizePolicy, QWidget

from convviz.ui import theme
from convviz.ui.widgets.kernel_paint import Weights
from convviz.ui.widgets.preset_gallery import PresetGallery

_WIDEST = 200


class PresetButton(QPushButton):
    """Shows the name of the kernel in use; pressed, it opens all presets as pictures.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The id of the preset the user has chosen.
    chosen = Signal(str)
    # The name under which the user wants to keep the present kernel.
    save_requested = Signal(str)
    # The id of the user's own preset to be deleted.
    delete_requested = Signal(str)

    _theme: theme.Theme | None = None
    _custom = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kernel-presets")
        self._title: str | None = None
        self._gallery = PresetGallery(self)
        self._gallery.chosen.connect(self.chosen)
        self._gallery.delete_requested.connect(self.delete_requested)
        self._gallery.save_requested.connect(self._ask_name)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Fixed)
        self.clicked.connect(self.open_gallery)
        self._restyle()
        self.retranslate()

    def set_groups(self, groups: list[tuple[str, list[tuple[str, str, Weights]]]]) -> None:
        """Offer ``groups``, each a heading and its presets: id, title and weights, shape (kh, kw).

        Presets whose id begins with ``own:`` are the user's and can be deleted.
        """
        self._gallery.set_groups(groups)

    def set_current(self, title: str | None) -> None:
        """Show ``title`` as the kernel in use, or that it is none of the presets."""
        if title == self._title:
            return
        self._title = title
        self._gallery.set_current(title)
        self._show_title()

    def gallery(self) -> PresetGallery:
        """Return the pop-up with the presets."""
        return self._gallery

    def open_gallery(self) -> None:
        """Open the presets below the button, or above where there is no room."""
        self._gallery.open_beside(self.mapToGlobal(QPoint(0, 0)), self.height())

    def _ask_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setObjectName("kernel-preset-name")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Save kernel"))
        dialog.setLabelText(self.tr("Name of the kernel:"))
        dialog.textValueSelected.connect(self._named)
        dialog.open()

    def _named(self, name: str) -> None:
        if name.strip():
            self.save_requested.emit(name.strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with the arrow down too, as a list does."""
        if event.key() == Qt.Key.Key_Down:
            self.open_gallery()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        self._custom = self.tr("Custom")
        self._gallery.retranslate()
        self._show_title()

    def _show_title(self) -> None:
        title = self._title or self._custom
        self.setAccessibleName(self.tr("Kernel: {name}").format(name=title))
        self.setToolTip(self.tr("{name}. Choose another kernel, or keep this one.").format(name=title))
        room = self.width() - self._edges()
        metrics = QFontMetrics(theme.current().words())
        self.setText(metrics.elidedText(title, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
        self.updateGeometry()

    # Looks

    def _edges(self) -> int:
        """Return the width beside the text: padding, and the arrow with its space."""
        return theme.current().px(9 + 26) + 4

    def sizeHint(self) -> QSize:
        """Return room for the whole title, within reason."""
        current = theme.current()
        # Widths are fractions; rounded down, the title would be shortened by its own room.
        text = math.ceil(QFontMetricsF(current.words()).horizontalAdvance(self._title or self._custom))
        return QSize(min(text, current.px(_WIDEST)) + self._edges(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return room for a shortened title."""
        return QSize(theme.current().px(90), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the title anew."""
        super().resizeEvent(event)
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()
            self._show_title()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self.setStyleSheet(f"QPushButton {{ text-align: left; padding-right: {self._theme.px(26)}px; }}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and an arrow that points down."""
        super().paintEvent(event)
        current = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current.colours.muted), current.px(2)))
        unit = current.px(4)
        middle = QPointF(self.width() - current.px(15), self.height() / 2)
        painter.drawPolyline(
            [
                middle + QPointF(-unit, -unit / 2),
                middle + QPointF(0, unit / 2),
                middle + QPointF(unit, -unit / 2),
            ]
        )
        painter.end()
