"""The transport: steps through the output cells one by one, by hand or by itself."""

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from convviz.core.shown import grouped
from convviz.ui import theme
from convviz.ui.widgets.glyphs import Glyph, icon
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.player import Player
from convviz.ui.widgets.prediction import Prediction
from convviz.ui.widgets.speed_button import SpeedButton
from convviz.ui.widgets.transport_room import TransportRoom

_ICON_PX = 14


class Transport(QWidget):
    """First, back, play, forward, a scrubber, the speed and, on demand, a field to predict the next value.

    A position is the index of the output cell being visited; None means that nobody is stepping and every
    cell is shown. The setters announce nothing; the user's steps and those of playing are announced.

    Parameters
    ----------
    parent : QWidget, optional
        Owner.
    """

    # The position the user or playing has moved to, from 0.
    position_changed = Signal(int)
    # Whether it is playing.
    playing_changed = Signal(bool)
    # Stepping is over, every cell is to be shown; nothing.
    stopped = Signal()
    # The new speed; 1 is one cell in 0.8 s.
    speed_changed = Signal(float)
    # Whether the value of each cell is to be predicted first.
    predict_toggled = Signal(bool)
    # The value the user has predicted.
    answer_given = Signal(float)

    _theme: theme.Theme | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._player = Player(self)
        self._player.position_changed.connect(self.position_changed)
        self._player.playing_changed.connect(self.playing_changed)
        self._player.stopped.connect(self.stopped)
        self._shown_position: int | None = None
        self._drawn: tuple[theme.Theme, bool] | None = None
        self._make_buttons()
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("transport-scrubber")
        self._slider.valueChanged.connect(self._player.go)
        self._slider.sliderPressed.connect(self._slider_pressed)
        self._counter = label(name="transport-counter")
        self._counter.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._speed_button = SpeedButton(self)
        self._speed_button.chosen.connect(self._speed_chosen)
        self._predict = QPushButton(self)
        self._predict.setObjectName("transport-predict")
        self._predict.setCheckable(True)
        self._predict.clicked.connect(self._predict_clicked)
        self._prediction = Prediction(self)
        self._prediction.answer_given.connect(self.answer_given)
        self._prediction.hide()
        self._arrange()
        self._restyle()
        self.retranslate()
        self._player.shown_changed.connect(self._show)

    def _make_buttons(self) -> None:
        actions = {
            Glyph.FIRST: self.first,
            Glyph.BACK: self.back,
            Glyph.PLAY: self.toggle,
            Glyph.FORWARD: self.forward,
            Glyph.CLOSE: self.stop,
        }
        self._buttons: dict[Glyph, QPushButton] = {}
        for glyph, action in actions.items():
            button = QPushButton(self)
            button.setObjectName(f"transport-{glyph}")
            button.clicked.connect(action)
            self._buttons[glyph] = button
        self._buttons[Glyph.PLAY].setProperty("role", "primary")

    def _arrange(self) -> None:
        self._row = QHBoxLayout()
        for glyph in (Glyph.FIRST, Glyph.BACK, Glyph.PLAY, Glyph.FORWARD):
            self._row.addWidget(self._buttons[glyph])
        self._row.addWidget(self._slider, 1)
        for widget in (self._counter, self._speed_button, self._predict, self._buttons[Glyph.CLOSE]):
            self._row.addWidget(widget)
        others = self._speed_button, self._predict
        self.room = TransportRoom(self._row, self._slider, self._counter, self._buttons, others)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._prediction)

    # What is shown

    @property
    def position(self) -> int | None:
        """The cell being visited, or None when nobody is stepping."""
        return self._player.position

    @property
    def playing(self) -> bool:
        """Whether it steps by itself."""
        return self._player.playing

    @property
    def speed(self) -> float:
        """Speed; 1 is one cell in 0.8 s."""
        return self._player.speed

    @property
    def predicting(self) -> bool:
        """Whether the value of each cell is to be predicted first."""
        return self._predict.isChecked()

    def set_length(self, length: int) -> None:
        """Step through ``length`` output cells, 0 or more; a position beyond them becomes the last."""
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(length - 1, 0))
        self._slider.setPageStep(max(1, length // 20))
        self._player.set_length(length)

    def set_position(self, position: int | None) -> None:
        """Show ``position``, or that nobody is stepping, without announcing it.

        Raises
        ------
        ValueError
            If there is no such position.
        """
        self._player.set_position(position)

    def set_speed(self, speed: float) -> None:
        """Play at ``speed``, one of :data:`convviz.ui.widgets.player.SPEEDS`, without announcing it."""
        self._player.set_speed(speed)
        self._speed_button.set_speed(speed)

    def set_predict(self, predict: bool) -> None:
        """Show or hide the field for predictions, without announcing it."""
        self._predict.setChecked(predict)
        self._player.set_playing(False)
        self._prediction.clear()
        self._prediction.setVisible(predict)

    def set_question(self, text: str) -> None:
        """Say what is to be predicted: ``output[1, 2] =``."""
        self._prediction.set_question(text)

    def set_verdict(self, text: str, ok: bool | None) -> None:
        """Say how the answer was: right, wrong, or (None) just a remark."""
        self._prediction.set_verdict(text, ok)

    # What the user does

    def first(self) -> None:
        """Visit the first cell."""
        self._player.go(0)

    def back(self) -> None:
        """Visit the cell before, if there is one."""
        if self._player.position is not None:
            self._player.step(-1)

    def forward(self) -> None:
        """Visit the next cell, if there is one; the first if nobody was stepping."""
        self._player.step(1)

    def last(self) -> None:
        """Visit the last cell."""
        self._player.go(self._player.length - 1)

    def toggle(self) -> None:
        """Play, from the first cell if at the end, or pause."""
        self._player.set_playing(not self._player.playing)

    def pause(self) -> None:
        """Stop playing and stay at the position."""
        self._player.set_playing(False)

    def stop(self) -> None:
        """End stepping: every cell is shown."""
        self._player.stop()

    def predict(self) -> None:
        """Ask for predictions, or no longer."""
        self._predict.click()

    def _slider_pressed(self) -> None:
        self._player.go(self._slider.value())

    def _speed_chosen(self, speed: float) -> None:
        self.set_speed(speed)
        self.speed_changed.emit(speed)

    def _predict_clicked(self, predict: bool) -> None:
        self.set_predict(predict)
        if predict:
            self._prediction.take_focus()
        self.predict_toggled.emit(predict)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause when the room is left."""
        super().hideEvent(event)
        self.pause()

    def minimumSizeHint(self) -> QSize:
        """Return room for the steps alone: the rest of the row is left out where there is none."""
        least = super().minimumSizeHint()
        asked = 0 if self._prediction.isHidden() else self._prediction.minimumSizeHint().width()
        return QSize(max(self.room.least(), asked), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the scrubber its room."""
        super().resizeEvent(event)
        self.room.fit(self.width())

    # Looks

    def retranslate(self) -> None:
        """Put the texts into the language of the window."""
        tips = {
            Glyph.FIRST: self.tr("First output cell (Home)"),
            Glyph.BACK: self.tr("Previous output cell (←)"),
            Glyph.FORWARD: self.tr("Next output cell (→)"),
            Glyph.CLOSE: self.tr("Stop stepping and show every cell"),
        }
        for glyph, text in tips.items():
            self._buttons[glyph].setToolTip(text)
            self._buttons[glyph].setAccessibleName(text)
        self._slider.setToolTip(self.tr("Drag to any output cell"))
        self._slider.setAccessibleName(self.tr("Output cell"))
        self._speed_button.retranslate()
        self._predict.setText(self.tr("Predict"))
        self._predict.setAccessibleName(self.tr("Predict"))
        self._predict.setToolTip(self.tr("Hide the value of each cell until it has been predicted"))
        self._prediction.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        self._column.setSpacing(self._theme.px(6))
        self.set_speed(self._player.speed)
        self._show()

    def _show(self) -> None:
        """Bring buttons, scrubber and counter in line with the position."""
        length, position = self._player.length, self._player.position
        if position != self._shown_position:
            self._shown_position = position
            self._prediction.clear()
        most, said = grouped(length), "–" if position is None else grouped(position + 1)
        self._counter.setText(f"{said} / {most}")
        self.room.set_longest(f"{most} / {most}")
        self.room.fit(self.width())
        with QSignalBlocker(self._slider):
            self._slider.setValue(position or 0)
        self._slider.setEnabled(length > 0)
        enabled = {
            Glyph.FIRST: length > 0 and position != 0,
            Glyph.BACK: bool(position),
            Glyph.PLAY: length > 0,
            Glyph.FORWARD: length > 0 and position != length - 1,
            Glyph.CLOSE: position is not None,
        }
        for glyph, can in enabled.items():
            self._buttons[glyph].setEnabled(can)
        text = self.tr("Pause (Space)") if self._player.playing else self.tr("Play (Space)")
        self._buttons[Glyph.PLAY].setToolTip(text)
        self._buttons[Glyph.PLAY].setAccessibleName(text)
        self._draw_icons()

    def _draw_icons(self) -> None:
        current, playing = theme.current(), self._player.playing
        if self._drawn == (current, playing):
            return
        self._drawn = (current, playing)
        colours, pixels = current.colours, current.px(_ICON_PX)
        for glyph, button in self._buttons.items():
            is_play = glyph is Glyph.PLAY
            shape = Glyph.PAUSE if is_play and playing else glyph
            ink = colours.on_focus if is_play else colours.text
            button.setIcon(icon(shape, ink, colours.plot, pixels))
            button.setIconSize(QSize(pixels, pixels))
