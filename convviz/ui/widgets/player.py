"""Stepping through cells: the position, and the clock that moves it."""

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS = (0.5, 1.0, 2.0, 4.0, 10.0)
STEP_MS = 800


class Player(QObject):
    """A position among ``length`` cells that moves by hand or, while playing, by itself.

    The position counts from 0; None means that nobody is stepping. The setters announce nothing but
    ``shown_changed``; the user's steps and those of playing are announced.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    # The position the user or playing has moved to, from 0.
    position_changed = Signal(int)
    # Whether it is playing.
    playing_changed = Signal(bool)
    # Stepping is over; nothing.
    stopped = Signal()
    # Length, position or playing may have changed, by whatever cause; nothing.
    shown_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._length = 0
        self._position: int | None = None
        self._speed = 1.0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def length(self) -> int:
        """Number of positions."""
        return self._length

    @property
    def position(self) -> int | None:
        """The cell being visited, or None when nobody is stepping."""
        return self._position

    @property
    def playing(self) -> bool:
        """Whether it steps by itself."""
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        """Speed; 1 is one cell in 0.8 s."""
        return self._speed

    @property
    def interval(self) -> int:
        """Milliseconds from cell to cell."""
        return self._timer.interval()

    def set_length(self, length: int) -> None:
        """Step through ``length`` cells, 0 or more; a position beyond them becomes the last."""
        self._length = length
        if length == 0:
            self.set_position(None)
        elif self._position is not None:
            self._position = min(self._position, length - 1)
        self.shown_changed.emit()

    def set_position(self, position: int | None) -> None:
        """Be at ``position``, or stop stepping.

        Raises
        ------
        ValueError
            If there is no such position.
        """
        if position is not None and not 0 <= position < self._length:
            raise ValueError(f"position {position} of {self._length}")
        if position == self._position:
            return
        self._position = position
        if position is None:
            self.set_playing(False)
        self.shown_changed.emit()

    def set_speed(self, speed: float) -> None:
        """Play at ``speed``, more than 0."""
        self._speed = speed
        self._timer.setInterval(round(STEP_MS / speed))

    def set_playing(self, playing: bool) -> None:
        """Start, from the first cell if at the end, or pause; announced if that changes anything."""
        playing = playing and self._length > 0
        if playing == self.playing:
            return
        if playing:
            self._timer.start()
            if self._position is None or self._position == self._length - 1:
                self.go(0)
        else:
            self._timer.stop()
        self.shown_changed.emit()
        self.playing_changed.emit(playing)

    def go(self, position: int) -> None:
        """Visit ``position``; nothing happens if there is no such cell."""
        if 0 <= position < self._length and position != self._position:
            self.set_position(position)
            self.position_changed.emit(position)

    def step(self, steps: int) -> None:
        """Visit the cell ``steps`` further on; if nobody was stepping, the first."""
        self.go(0 if self._position is None else self._position + steps)

    def stop(self) -> None:
        """End stepping."""
        if self._position is not None:
            self.set_position(None)
            self.stopped.emit()

    def _tick(self) -> None:
        self.step(1)
        if self._position is None or self._position >= self._length - 1:
            self.set_playing(False)
