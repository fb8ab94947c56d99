"""The panel at the right of the embeddings room: the chosen pair, and what is nearest to the first."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from convviz.core.distances import Distance
from convviz.core.number_style import spelled
from convviz.ui import theme
from convviz.ui.rooms.embeddings_pictures import PictureView
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.segmented import Segmented
from convviz.ui.widgets.thumbnails import draw_thumbnail

_ICON_PX, _PICTURE_PX = 36, 96
SHARE, LEAST_PX, MOST_PX = 0.22, 316, 400


def _digits(values: Sequence[float]) -> int:
    """Return how many decimals a list of distances is written with, the same for all of them."""
    most = max((value for value in values if np.isfinite(value)), default=0.0)
    return 4 if most < 1 else 3 if most < 10 else 2 if most < 100 else 1


class EmbeddingsPanel(QWidget):
    """Two pictures beside each other, and a list.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    kind_chosen = Signal(str)  # value of Distance: by which the nearest are looked for
    second_chosen = Signal(int)  # number of the picture that is to be compared with the first

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("embeddings-panel")
        self._captions = label("caption"), label("caption")
        self.pictures = PictureView("pair-first", self), PictureView("pair-second", self)
        self.names = ElidedLabel("", "pair-first-name", self), ElidedLabel("", "pair-second-name", self)
        self._alone = self._undefined = False
        self._heading = label("caption", name="nearest-heading")
        self.kind = Segmented(self)
        self.kind.setObjectName("nearest-by")
        self.kind.chosen.connect(self.kind_chosen)
        self.nearest = QListWidget(self)
        self.nearest.setObjectName("nearest")
        self.nearest.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nearest.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.nearest.setUniformItemSizes(True)
        self.nearest.currentItemChanged.connect(self._choose)
        self.hint = label("muted", wrap=True, name="nearest-hint")
        self._lay_out()
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        pair = QGridLayout()
        pair.setSpacing(4)
        pair.setHorizontalSpacing(12)
        for column in (0, 1):
            pair.addWidget(self._captions[column], 0, column)
            pair.addWidget(self.pictures[column], 1, column)
            pair.addWidget(self.names[column], 2, column)
            pair.setColumnStretch(column, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(pair)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self.kind)
        self._layout.addWidget(self.hint)
        self._layout.addWidget(self.nearest, 1)

    def set_kind(self, kind: Distance) -> None:
        """Choose by which distance the nearest are looked for."""
        if kind.value != self.kind.choice():
            self.kind.set_choice(kind.value)
            self.kind_chosen.emit(kind.value)

    def show_pair(self, images: Sequence[QImage], names: Sequence[str]) -> None:
        """Show two pictures with their names; empty ones where there are none."""
        for view, text, image, name in zip(self.pictures, self.names, images, names, strict=True):
            view.show_image(image)
            view.setAccessibleName(name)
            text.set_whole(name)

    def show_nearest(
        self,
        found: Sequence[tuple[int, float]],
        names: Sequence[str],
        thumbnails: Sequence[QImage],
        second: int,
    ) -> None:
        """List pictures by number and distance, the second of the pair marked."""
        blocked = self.nearest.blockSignals(True)
        self.nearest.clear()
        digits = _digits([value for _, value in found])
        for number, value in found:
            said = "–" if np.isnan(value) else spelled(value, f".{digits}f")
            item = QListWidgetItem(self._icon(thumbnails[number]), f"{said}  {names[number]}")
            item.setToolTip(names[number])
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.nearest.addItem(item)
        self.nearest.blockSignals(blocked)
        self.show_second(second)
        self._alone = bool(names) and not found
        self._undefined = any(np.isnan(value) for _, value in found)
        self._write_hint()

    def _write_hint(self) -> None:
        """Say why there is no neighbour, or no distance to one."""
        said = ""
        if self._alone:
            said = self.tr("One picture alone has no neighbours.")
        elif self._undefined:
            said = self.tr("–: undefined, a vector of zeros has no direction")
        self.hint.setText(said)
        self.hint.setVisible(bool(said))

    def _icon(self, image: QImage) -> QIcon:
        """Return a picture in the middle of a square, so that all lines of the list are alike."""
        side, ratio = theme.current().px(_ICON_PX), self.devicePixelRatioF()
        square = QPixmap(round(side * ratio), round(side * ratio))
        square.setDevicePixelRatio(ratio)
        square.fill(Qt.GlobalColor.transparent)
        painter = QPainter(square)
        draw_thumbnail(painter, image, QRectF(0, 0, side, side), theme.current())
        painter.end()
        return QIcon(square)

    def show_second(self, second: int) -> None:
        """Mark the second of the pair in the list, without announcing it."""
        blocked = self.nearest.blockSignals(True)
        places = [
            place
            for place in range(self.nearest.count())
            if self.nearest.item(place).data(Qt.ItemDataRole.UserRole) == second
        ]
        self.nearest.setCurrentRow(places[0] if places else -1)
        self.nearest.blockSignals(blocked)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.second_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @staticmethod
    def suited_width(width: int) -> int:
        """Return how wide the panel is to be in a room ``width`` pixels wide."""
        now = theme.current()
        return int(min(max(SHARE * width, now.px(LEAST_PX)), now.px(MOST_PX)))

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._captions[0].setText(self.tr("FIRST"))
        self._captions[1].setText(self.tr("SECOND"))
        for caption, tip in zip(
            self._captions,
            (self.tr("Chosen with a click or the arrows"), self.tr("Chosen with Shift")),
            strict=True,
        ):
            caption.setToolTip(tip)
        self._heading.setText(self.tr("NEAREST TO THE FIRST"))
        tip = self.tr("Look for the nearest by this distance")
        self.kind.set_options(
            [
                (Distance.EUCLIDEAN.value, self.tr("Euclidean"), tip),
                (Distance.MAXIMUM.value, self.tr("Maximum"), tip),
                (Distance.COSINE.value, self.tr("Cosine"), tip),
            ]
        )
        self._write_hint()
        self.nearest.setAccessibleName(self.tr("Nearest pictures"))
        self.nearest.setToolTip(self.tr("Choose one to compare it with the first"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        px = self._theme.px
        self._layout.setContentsMargins(px(12), px(12), px(12), px(12))
        self._layout.setSpacing(px(8))
        self.nearest.setIconSize(QSize(px(_ICON_PX), px(_ICON_PX)))
        for view in self.pictures:
            view.setFixedHeight(px(_PICTURE_PX))
