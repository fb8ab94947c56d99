"""The panel at the right of the network room: what the network says, and where the chosen map looks."""

from itertools import pairwise

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from convviz.ui import theme
from convviz.ui.rooms.map_pane import MapPane, PhotoPane
from convviz.ui.rooms.why_chooser import WhyChooser, WhyNote
from convviz.ui.widgets.class_bars import MOST_CLASSES, ClassBars
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.filter_view import FilterView
from convviz.ui.widgets.labels import label, row

# Share of the room's width, and the least and most it may be.
SHARE, LEAST_PX, MOST_PX = 0.24, 290, 440
FEW_CLASSES = 3


class NetworkPanel(QWidget):
    """Classes, photograph, map and filter, one below the other.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network-panel")
        self._says = label("caption")
        self.reckon = QPushButton("Σ", self)
        self.reckon.setObjectName("reckon-classes")
        self.reckon.setCheckable(True)
        self.classes = ClassBars(self)
        self.photo = PhotoPane("network-photo", self)
        self.photo.setObjectName("pane-network-photo")
        self.map = MapPane(self)
        self.map.setObjectName("pane-network-map")
        self._filter_caption = ElidedLabel("caption", "filter-caption", self)
        self.filter = FilterView(self)
        self.why, self.note = WhyChooser(self), WhyNote(self)
        self.excite = QPushButton(self)
        self.excite.setObjectName("excite")
        self.patches = QPushButton(self)
        self.patches.setObjectName("strongest-patches")
        self.shift = QPushButton("⇄", self)
        self.shift.setObjectName("shift-picture")
        self.shift.setCheckable(True)
        self.numbers = QPushButton("w·x", self)
        self.numbers.setObjectName("unit-numbers")
        self.numbers.setCheckable(True)
        self.lab = QPushButton(self)
        self.lab.setObjectName("filter-to-lab")
        self.attempt = QPushButton(self)
        self.attempt.setObjectName("filter-try")
        self.attempt.setCheckable(True)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(row(self._says, self.reckon))
        self._layout.addWidget(self.classes)
        buttons = QHBoxLayout()
        buttons.addWidget(self.why, 1)
        buttons.addWidget(self.numbers)
        buttons.addWidget(self.shift)
        self._layout.addLayout(buttons)
        self._layout.addWidget(self.photo, 1)
        self._layout.addWidget(self.note)
        self._layout.addWidget(self.map, 1)
        self._layout.addLayout(row(self._filter_caption, self.attempt, self.lab))
        self._layout.addWidget(self.filter)
        self._layout.addWidget(self.excite)
        self._layout.addWidget(self.patches)
        self._layout.addStretch(0)
        self._order_tabs()
        self._restyle()
        self.retranslate()

    def _order_tabs(self) -> None:
        """Have Tab go from top to bottom, and along each row."""
        top = self.reckon, self.classes, self.why, self.numbers, self.shift, self.photo
        below = self.map, self.attempt, self.lab, self.excite, self.patches
        for before, after in pairwise((*top, *below)):
            QWidget.setTabOrder(before, after)

    def show_filter_caption(self, text: str) -> None:
        """Write above the filter how many weights it has; nothing without a filter."""
        self._filter_caption.set_whole(text)
        self._filter_caption.setVisible(bool(text))

    def offer_lab(self, fits: bool, refusal: str) -> None:
        """Offer the filter to the lab if it ``fits``; ``refusal`` says why not where it would mislead."""
        self.lab.setVisible(fits)
        self.lab.setEnabled(not refusal)
        self.lab.setToolTip(refusal or self.tr("Open the filter in the convolution room, on the photograph"))

    @staticmethod
    def suited_width(width: int) -> int:
        """Return how wide the panel is to be in a room ``width`` pixels wide."""
        now = theme.current()
        return int(min(max(SHARE * width, now.px(LEAST_PX)), now.px(MOST_PX)))

    def set_low(self, low: bool) -> None:
        """Show fewer classes and say less where the room is low: the pictures need it."""
        self.note.set_brief(low)
        self.classes.set_most(FEW_CLASSES if low else MOST_CLASSES)

    def set_panes_visible(self, visible: bool) -> None:
        """Show or hide photograph and map, which need no second place while they are shown large."""
        self.photo.setVisible(visible)
        self.map.setVisible(visible)
        self._layout.setStretch(self._layout.count() - 1, 0 if visible else 1)

    def show_map_pane(self, visible: bool) -> None:
        """Show or hide the map alone: a value of a vector is none."""
        self.map.setVisible(visible)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._says.setText(self.tr("WHAT THE NETWORK SAYS"))
        self.reckon.setAccessibleName(self.tr("All classes"))
        self.reckon.setToolTip(self.tr("Find any class, and see why it has so many per cent"))
        self.attempt.setText(self.tr("Try"))
        self.attempt.setAccessibleName(self.tr("Try a kernel here"))
        self.attempt.setToolTip(self.tr("Edit the filter and see at once what becomes of maps and classes"))
        self.numbers.setAccessibleName(self.tr("The unit in numbers"))
        self.numbers.setToolTip(self.tr("Patch, filter and products of the clicked cell, channel by channel"))
        self.lab.setText(self.tr("→ Lab"))
        self.lab.setAccessibleName(self.tr("Filter to the lab"))
        self.shift.setAccessibleName(self.tr("Move the picture"))
        self.shift.setToolTip(self.tr("Move the picture and see in which layers the maps move along"))
        self.excite.setText(self.tr("What excites it?"))
        self.patches.setText(self.tr("Strongest patches…"))
        self.patches.setToolTip(self.tr("Find where, in a folder's pictures, the chosen map is strongest"))
        self.excite.setToolTip(
            self.tr("Look for the picture that excites the chosen map most, or one cell of it")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        px = self._theme.px
        self._layout.setContentsMargins(px(12), px(10), px(12), px(10))
        self._layout.setSpacing(px(6))
