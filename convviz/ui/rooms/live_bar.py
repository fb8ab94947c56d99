"""The line with which a folder or a camera is played before the network."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

from convviz.core.numbers import format_number
from convviz.ui import theme
from convviz.ui.widgets.elided_label import ElidedLabel
from convviz.ui.widgets.glyphs import Glyph, icon

SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)
DEFAULT_SECONDS = 2.0


class LiveBar(QWidget):
    """Back, play or pause, forward, how long each picture stays, whether it starts again, and stop.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    seconds_chosen = Signal()  # pictures are to stay for another time

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live-bar")
        self.back, self.toggle, self.forward, self.stop = (
            self._button(name) for name in ("live-back", "live-toggle", "live-forward", "live-stop")
        )
        self.toggle.setProperty("role", "primary")
        self.seconds = QComboBox(self)
        self.seconds.setObjectName("live-seconds")
        for seconds in SECONDS:
            self.seconds.addItem("", seconds)
        self.seconds.setCurrentIndex(SECONDS.index(DEFAULT_SECONDS))
        self.seconds.currentIndexChanged.connect(self.seconds_chosen)
        self.loop = QCheckBox(self)
        self.loop.setObjectName("live-loop")
        self.loop.setChecked(True)
        self.said = ElidedLabel("muted", "live-said", self)
        self._playing = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.back, self.toggle, self.forward, self.seconds, self.loop):
            layout.addWidget(widget)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.stop)
        self.hide()
        self._restyle()
        self.retranslate()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    @property
    def interval_ms(self) -> int:
        """How long each picture of a folder stays at least, in milliseconds."""
        return round(1000 * SECONDS[self.seconds.currentIndex()])

    def begin(self, *, folder: bool) -> None:
        """Show what a folder needs, or a camera, which has no order."""
        for widget in (self.back, self.forward, self.seconds, self.loop):
            widget.setVisible(folder)
        self.show()

    def show_playing(self, playing: bool) -> None:
        """Show whether it goes on by itself."""
        self._playing = playing
        self._restyle()
        self.retranslate()

    def _restyle(self) -> None:
        self._theme = now = theme.current()
        colours, side = now.colours, now.px(16)
        looks = {
            self.back: Glyph.BACK,
            self.toggle: Glyph.PAUSE if self._playing else Glyph.PLAY,
            self.forward: Glyph.FORWARD,
            self.stop: Glyph.CLOSE,
        }
        for button, glyph in looks.items():
            ink = colours.on_focus if button is self.toggle else colours.text
            button.setIcon(icon(glyph, ink, colours.muted, side))
            button.setIconSize(QSize(side, side))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        texts = {
            self.back: self.tr("Previous picture"),
            self.toggle: self.tr("Pause") if self._playing else self.tr("Play"),
            self.forward: self.tr("Next picture"),
            self.stop: self.tr("Stop, and keep the picture"),
        }
        for button, text in texts.items():
            button.setAccessibleName(text)
            button.setToolTip(text)
        for index, seconds in enumerate(SECONDS):
            self.seconds.setItemText(index, self.tr("{0} s").format(format_number(seconds)))
        self.seconds.setAccessibleName(self.tr("Time for each picture"))
        self.seconds.setToolTip(self.tr("How long each picture stays; longer if the network needs longer"))
        self.loop.setText(self.tr("Loop"))
        self.loop.setToolTip(self.tr("Begin with the first picture after the last"))
