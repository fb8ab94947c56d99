"""The pages of the export dialog for pictures: of one map, and of all of the room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QSpinBox,
    QWidget,
)

from convviz.ui.export.page import Kind, MapPage, Page, Task, combo, paper_theme
from convviz.ui.export.paint import Look
from convviz.ui.export.pictures import PictureOrder, paint_picture
from convviz.ui.export.views import ViewOrder, view_bytes, write_view
from convviz.ui.export.whole import Wanted
from convviz.ui.widgets.labels import label

if TYPE_CHECKING:
    from convviz.ui.window import Window

_SCALES = (1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64)
# Cells of a map up to this many a side are first shown with their numbers.
_MATRIX = 32
_FIRST_MATRIX = 64


class PicturePage(MapPage):
    """A map as a picture."""

    name = "picture"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        scales: list[tuple[str, object]] = [(f"{n}×", n) for n in _SCALES]
        self.scale = combo(self, [*scales, (self.tr("by width"), 0)])
        self.scale.setToolTip(self.tr("How many pixels a cell is wide and high"))
        self.add_field(self.tr("Scale"), self.scale, "scale")
        self.width_field = QSpinBox(self)
        self.width_field.setSuffix(self.tr(" px"))
        self.add_field(self.tr("Width"), self.width_field, "width")
        self.numbers = self.add_check(self.tr("Numbers in the cells"), "numbers")
        self.caption = self.add_check(self.tr("Title and size above"), "caption")
        self.marks = self.add_check(self.tr("Outlines, and what stepping has reached"), "marks")
        self.size_text = label("muted", wrap=True, name="export-picture-size")
        self.form.addRow(self.size_text)
        self.map.currentIndexChanged.connect(self._fit)
        for signal in (self.scale.currentIndexChanged, self.width_field.valueChanged, self.changed):
            signal.connect(self._tell_size)
        self._fit()

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Picture of a map")

    @Slot()
    def _fit(self) -> None:
        """Offer a size that suits the map."""
        if not self._maps:
            return
        rows, columns = self._cells()
        is_matrix = max(rows, columns) <= _MATRIX
        self.scale.setCurrentIndex(_SCALES.index(_FIRST_MATRIX if is_matrix else 1))
        # Fewer pixels than cells would leave some out.
        self.width_field.setRange(columns, max(columns, 32_000))
        self.width_field.setValue(max(columns, 1200))
        self._tell_size()

    def _cells(self) -> tuple[int, int]:
        source = self.source
        view = source.order.view if isinstance(source, Wanted) else source.view
        return view.rows.span, view.columns.span

    @property
    def look(self) -> Look:
        """How it is to be painted."""
        cell = self.scale.currentData() or self.width_field.value() / self._cells()[1]
        return Look(float(cell), self.numbers.isChecked(), self.caption.isChecked(), self.marks.isChecked())

    @Slot()
    def _tell_size(self) -> None:
        self.width_field.setEnabled(self.scale.currentData() == 0)
        if not self._maps:
            return
        rows, columns = self._cells()
        cell = self.look.cell
        wide, high = round(columns * cell), round(rows * cell)
        self.size_text.setText(
            self.tr("The map takes {0} × {1} pixels; a title and outlines come on top.").format(wide, high)
        )

    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of files it can be saved as."""
        return (
            (self.tr("Picture"), ".png"),
            (self.tr("Drawing with real text"), ".svg"),
            (self.tr("Page with real text"), ".pdf"),
        )

    def _order(self, path: str) -> PictureOrder:
        return PictureOrder(self.chosen.scene, self.source, self.look, paper_theme(), path)

    def saving(self, path: str) -> Task:
        """Return what is to be done to save it."""
        return self._order(path), paint_picture

    def copying(self) -> Task:
        """Return what is to be done to copy it."""
        return self._order(""), paint_picture


class ViewPage(Page):
    """The room or the figure as it is on screen, with the text and the lines of its diagrams."""

    name = "view"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        note = label("muted", wrap=True)
        note.setText(
            self.tr(
                "The whole room, or the figure of a lesson, as it is on screen. Diagrams and words stay"
                " lines and text in .svg and .pdf; maps are pictures there: each can be exported for itself."
            )
        )
        self.form.addRow(note)

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("All of the room")

    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of files it can be saved as."""
        return (
            (self.tr("Picture"), ".png"),
            (self.tr("Drawing with real text"), ".svg"),
            (self.tr("Page with real text"), ".pdf"),
        )

    def saving(self, path: str) -> Task:
        """Return what is to be done to save it; it is drawn now, as only this thread may touch widgets."""
        return ViewOrder(path, view_bytes(self._window.front, path)), write_view

    def copying(self) -> QImage:
        """Return it as a picture."""
        return self._window.front.grab().toImage()
