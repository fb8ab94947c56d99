"""The page of the export dialog for the stepping as a film."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QSpinBox,
    QWidget,
)

from convviz.core.number_style import written
from convviz.core.wording import MORE
from convviz.files.animation import LONGEST_MS, SHORTEST_MS, film_suffixes
from convviz.ui import theme
from convviz.ui.export.film import MOST_STEPS, FilmOrder, Stepping, make_film, stepping_of, weigh_film
from convviz.ui.export.page import Kind, Page, Task, combo
from convviz.ui.state import Room
from convviz.ui.widgets.labels import label

if TYPE_CHECKING:
    from convviz.ui.window import Window

_FIRST_MS = 700


class FilmPage(Page):
    """The stepping as a film."""

    name = "film"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        more = QCoreApplication.translate("Sentence", MORE)
        self._stepping: Stepping | None = None
        if window.room is Room.CONVOLUTION and window.convolution.isVisible():
            self._stepping = stepping_of(window.convolution, theme.current(), more)
        names = {".gif": "GIF", ".png": "APNG", ".mp4": "MP4"}
        self.format = combo(self, [(names[suffix], suffix) for suffix in film_suffixes()])
        self.add_field(self.tr("Format"), self.format, "format")
        self.steps = QSpinBox(self)
        self.steps.setRange(1, min(MOST_STEPS, self._stepping.count) if self._stepping else 1)
        self.steps.setValue(self.steps.maximum())
        self.add_field(self.tr("Steps from the first cell on"), self.steps, "steps")
        self.pace = QSpinBox(self)
        self.pace.setRange(SHORTEST_MS, LONGEST_MS)
        self.pace.setSingleStep(100)
        self.pace.setValue(_FIRST_MS)
        self.pace.setSuffix(self.tr(" ms"))
        self.add_field(self.tr("Time for a step"), self.pace, "pace")
        self.scale = combo(self, [(f"{n}×", n) for n in (1, 2, 3)])
        self.scale.setToolTip(self.tr("How much larger than on screen"))
        self.add_field(self.tr("Scale"), self.scale, "scale")
        self.weight = label("muted", wrap=True, name="export-film-weight")
        self.form.addRow(self.weight)
        for signal in (
            self.format.currentIndexChanged,
            self.steps.valueChanged,
            self.pace.valueChanged,
            self.scale.currentIndexChanged,
        ):
            signal.connect(self.changed)

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Stepping as a film")

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present."""
        if self._stepping is not None:
            return ""
        return self.tr("Open the convolution room with a layer that fits: its result is filled step by step.")

    def kinds(self) -> Sequence[Kind]:
        """Return the kind of file it can be saved as."""
        return ((self.format.currentText(), self.format.currentData()),)

    def _order(self, path: str) -> FilmOrder:
        assert self._stepping is not None
        return FilmOrder(
            self._stepping, self.steps.value(), self.pace.value(), self.scale.currentData(), path
        )

    def saving(self, path: str) -> Task:
        """Return what is to be done to save it."""
        return self._order(path), make_film

    def preview(self) -> Task:
        """Return what is to be done to know how large the file will be."""
        self.weight.setText("")
        return self._order(f"film{self.format.currentData()}"), weigh_film

    def show_preview(self, result: object) -> None:
        """Say how large the file will be."""
        if isinstance(result, int):
            assert self._stepping is not None
            wide, high = (side * self.scale.currentData() for side in self._stepping.size)
            text = self.tr("{0} × {1} pixels, about {2} MB")
            self.weight.setText(text.format(wide, high, written(f"{max(result, 10_000) / 1e6:.2f}")))
