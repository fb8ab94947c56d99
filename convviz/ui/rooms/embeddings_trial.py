"""The lectures' experiment: one picture changed by sliders, and what becomes of its vector."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from convviz.core.distances import Distance
from convviz.core.number_style import spelled
from convviz.core.numbers import format_number
from convviz.nets.changes import MOST_SIDE, Change
from convviz.ui import theme
from convviz.ui.embedding_trial import Moved, Original, TrialRunner
from convviz.ui.rooms.embeddings_pictures import PicturePair
from convviz.ui.widgets.distance_curves import DistanceCurves, Point, TwoArrows
from convviz.ui.widgets.labels import label, row

# Below these a direction, or a length, counts as the same.
SAME_ANGLE, SAME_LENGTH = 5.0, 0.05
# From this cosine on it is hardly another direction: 26 degrees.
NEAR_COSINE = 0.9


@dataclass(frozen=True)
class Track:
    """A slider's whole numbers: the lowest, the highest, a step, and what they are multiplied by."""

    low: int
    high: int
    step: int
    unit: float


TRACKS = {
    "brightness": Track(20, 200, 5, 0.01),
    "tint": Track(-100, 100, 5, 0.01),
    "turn": Track(-180, 180, 5, 1.0),
    "right": Track(-50, 50, 2, 0.01),
    "down": Track(-50, 50, 2, 0.01),
    "blur": Track(0, 100, 2, 0.001),
}


class TrialPage(QWidget):
    """Six sliders beside the picture, the curves of the distances, and the two vectors as arrows.

    Parameters
    ----------
    runner : TrialRunner
        What computes.
    parent : QWidget, optional
        Owner.
    """

    _theme: theme.Theme | None = None

    def __init__(self, runner: TrialRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trial-page")
        self._runner = runner
        self._found: Moved | None = None
        self._name = "brightness"
        self._curve: dict[float, Moved] = {}
        self._names: dict[str, str] = {}
        self.pictures = PicturePair(self)
        self.original, self.changed = self.pictures.original, self.pictures.changed
        self.sliders = {name: self._slider(name, track) for name, track in TRACKS.items()}
        self._labels = {name: QLabel(self) for name in TRACKS}
        self._values = {name: label("formula", name=f"trial-{name}-value") for name in TRACKS}
        self.reset = QPushButton(self)
        self.reset.setObjectName("trial-reset")
        self.said = label("heading", wrap=True, name="trial-said")
        self.arrows, self.curves = TwoArrows(self), DistanceCurves(self)
        # One question for all that a gesture changes at once.
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self.reset.clicked.connect(self.put_back)
        self._asking.timeout.connect(self._ask)
        runner.waiting.connect(self._wait)
        runner.lost.connect(self._lose)
        runner.began.connect(self._begin)
        runner.moved.connect(self._show)
        runner.curved.connect(self._show_curve)
        self._restyle()
        self.retranslate()

    def _slider(self, name: str, track: Track) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(f"trial-{name}")
        slider.setRange(track.low, track.high)
        slider.setSingleStep(track.step)
        slider.setPageStep(2 * track.step)
        slider.setValue(round(getattr(Change(), name) / track.unit))
        slider.valueChanged.connect(lambda _value, name=name: self._slide(name))
        return slider

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(4)
        for index, name in enumerate(TRACKS):
            self._labels[name].setBuddy(self.sliders[name])
            rows.addWidget(self._labels[name], index, 0)
            rows.addWidget(self.sliders[name], index, 1)
            rows.addWidget(self._values[name], index, 2)
            self._values[name].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setColumnStretch(1, 1)
        left = QWidget(self)
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(8)
        inside.addWidget(self.pictures, 1)
        inside.addLayout(rows)
        inside.addLayout(row(QWidget(self), self.reset))
        self._area = QScrollArea(self)
        self._area.setObjectName("trial-area")
        self._area.setWidget(left)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.said)
        right.addWidget(self.arrows, 1)
        right.addWidget(self.curves, 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._area, 9)
        layout.addLayout(right, 10)

    @property
    def name(self) -> str:
        """The slider that was moved last, whose curve is shown."""
        return self._name

    def set_change(self, name: str, change: Change) -> None:
        """Put every slider where ``change`` has it, the one called ``name`` last."""
        for each, slider in self.sliders.items():
            slider.setValue(round(getattr(change, each) / TRACKS[each].unit))
        self._slide(name)

    @property
    def asking(self) -> bool:
        """Whether a question is about to be asked."""
        return self._asking.isActive()

    @property
    def change(self) -> Change:
        """What the sliders ask for."""
        return Change(**{name: slider.value() * TRACKS[name].unit for name, slider in self.sliders.items()})

    @property
    def stale(self) -> bool:
        """Whether what is on screen is older than the sliders."""
        return self._asking.isActive() or self._found is None or self._found.change != self.change

    def _slide(self, name: str) -> None:
        self._name = name
        self._write_values()
        self._show_curve(name, {})
        self._asking.start()
        self.changed.set_stale(True)

    @Slot()
    def _ask(self) -> None:
        self._runner.ask(self._name, self.change)

    @Slot()
    def put_back(self) -> None:
        """Put every slider back to where nothing is changed."""
        unchanged = Change()
        for name, slider in self.sliders.items():
            slider.setValue(round(getattr(unchanged, name) / TRACKS[name].unit))

    def clear(self) -> None:
        """Show nothing: there is no picture, or it has no vector."""
        self._found = None
        for view in (self.original, self.changed):
            view.show_image(QImage())
        self.said.setText("")
        self.arrows.show_vectors((0.0, 0.0), math.nan)
        self._show_curve(self._name, {})

    @Slot()
    def _wait(self) -> None:
        """Pale what belongs to another picture, network or layer."""
        self._found = None
        self.original.set_stale(True)
        self.changed.set_stale(True)
        self.said.setText("")
        self._show_curve(self._name, {})

    @Slot()
    def _lose(self) -> None:
        """Show nothing of what has no vector."""
        self.clear()
        original = self._runner.original
        if original is not None:
            self.pictures.show_original(original.image)
        for slider in self.sliders.values():
            slider.setEnabled(original is not None)

    @Slot(object)
    def _begin(self, original: Original) -> None:
        self.pictures.show_original(original.image)
        self.original.set_stale(False)
        for slider in self.sliders.values():
            slider.setEnabled(True)
        self.changed.set_stale(True)
        self._found = None
        self._show_curve(self._name, {})

    @Slot(object)
    def _show(self, found: Moved) -> None:
        self._found = found
        self.changed.show_image(found.image)
        self.changed.set_stale(self.stale)
        self.arrows.show_vectors(found.lengths, found.angle)
        self._write_said()
        self._draw()

    @Slot(str, object)
    def _show_curve(self, name: str, curve: dict[float, Moved]) -> None:
        self._curve = curve if name == self._name else {}
        self._write_axis()
        self._draw()

    def _draw(self) -> None:
        points = tuple(Point(place, found.distances) for place, found in self._curve.items())
        now = None
        if self._found is not None:
            now = Point(getattr(self._found.change, self._name), self._found.distances)
        self.curves.show_points(points, now)

    # Words

    def _write_said(self) -> None:
        found = self._found
        if found is None:
            return
        before, after = found.lengths
        if math.isnan(found.angle):
            self.said.setText(self.tr("A vector of zeros has no direction: no angle, no cosine distance."))
            return
        distance = found.distances[Distance.COSINE]
        facts = self.tr("Length {0} → {1} (×{2})").format(
            format_number(before, 2),
            format_number(after, 2),
            format_number(after / before, 2),
        )
        facts += f", cos {'=' if distance == 0 else '≈'} {format_number(round(1 - distance, 3))}"
        turned = self.tr("Angle {0}°.").format(format_number(round(found.angle, 1)))
        same = abs(after / before - 1) < SAME_LENGTH
        self.said.setText(f"{facts}\n{turned} {self._verdict(found.angle, 1 - distance, same)}")

    def _verdict(self, angle: float, cosine: float, same_length: bool) -> str:
        if angle < SAME_ANGLE:
            if same_length:
                return self.tr("Direction and length stay.")
            return self.tr("The direction stays, the length changes.")
        if cosine >= NEAR_COSINE:
            return self.tr("The direction hardly changes.")
        return self.tr("The direction changes.")

    def _write_values(self) -> None:
        change = self.change
        for name, text in self._values.items():
            text.setText(self._written(name, getattr(change, name)))

    @staticmethod
    def _written(name: str, value: float) -> str:
        if name == "brightness":
            return f"×{format_number(round(value, 2))}"
        if name == "turn":
            return f"{format_number(round(value))}°"
        return f"{spelled(round(100 * value, 1), 'g')} %"

    def _write_axis(self) -> None:
        track = TRACKS[self._name]
        low, high = track.low * track.unit, track.high * track.unit
        ends = self._written(self._name, low), self._written(self._name, high)
        self.curves.set_axis(low, high, self._names.get(self._name, ""), *ends)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if self._theme is not None and self._theme != theme.current():
            self._restyle()

    def _restyle(self) -> None:
        self._theme = theme.current()
        digits = self._theme.digits(14)
        for text in self._values.values():
            text.setFont(digits)
            text.setMinimumWidth(self._theme.px(56))

    def set_distance_names(self, names: dict[Distance, str]) -> None:
        """Write what the distances are called."""
        self.curves.set_titles(names)

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._names = {
            "brightness": self.tr("Brightness"),
            "tint": self.tr("Tint"),
            "turn": self.tr("Rotation"),
            "right": self.tr("Shift right"),
            "down": self.tr("Shift down"),
            "blur": self.tr("Blur"),
        }
        tips = {
            "brightness": self.tr("Multiply every value; above 1 what is brighter than white is cut off"),
            "tint": self.tr("To orange: strengthen red and weaken blue; to blue the other way round"),
            "turn": self.tr("Turn the picture about its centre, counter-clockwise"),
            "right": self.tr("Move the picture by a part of its width; the edge is repeated"),
            "down": self.tr("Move the picture by a part of its height; the edge is repeated"),
            "blur": self.tr("Blur the picture with a Gaussian as wide as this part of it"),
        }
        for name, text in self._names.items():
            self._labels[name].setText(text)
            self.sliders[name].setAccessibleName(text)
            self.sliders[name].setToolTip(tips[name])
        self.pictures.captions[0].setText(self.tr("ORIGINAL"))
        self.pictures.captions[1].setText(self.tr("CHANGED"))
        self.original.setAccessibleName(self.tr("The original picture"))
        reduced = self.tr(
            "Reduced to {0} pixels at its longer side, so that it can be changed at once"
        ).format(MOST_SIDE)
        for view in (self.original, self.changed):
            view.setToolTip(reduced)
        self.changed.setAccessibleName(self.tr("The changed picture"))
        self.reset.setText(self.tr("Reset"))
        self.reset.setToolTip(self.tr("Put every slider back"))
        self._write_values()
        self._write_axis()
        self._write_said()
