"""The pages of the export dialog, one for each kind of thing that can be taken out of the window."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from convviz.core.wording import MORE
from convviz.files.animation import LONGEST_MS, SHORTEST_MS, film_suffixes
from convviz.files.arithmetic_text import ArithmeticFormat, arithmetic_text
from convviz.files.layer_code import Dialect
from convviz.files.matrix_text import MatrixFormat
from convviz.ui import theme
from convviz.ui.export.film import MOST_STEPS, FilmOrder, Stepping, make_film, stepping_of, weigh_film
from convviz.ui.export.paint import Look
from convviz.ui.export.pictures import PictureOrder, paint_picture
from convviz.ui.export.texts import (
    Code,
    CodeOrder,
    MatrixOrder,
    ValuesOrder,
    save_code,
    write_code,
    write_matrix,
    write_values,
)
from convviz.ui.export.views import ViewOrder, view_bytes, write_view
from convviz.ui.export.whole import Source, Wanted, source_of
from convviz.ui.rooms.cell_text import CellText
from convviz.ui.state import Room
from convviz.ui.theme import DESK_SCALE, Theme
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane import Pane
from convviz.ui.widgets.pane_paint import Scene
from convviz.work.jobs import Job

if TYPE_CHECKING:
    from convviz.ui.window import Window

Task = tuple[Any, Job[Any]]
"""A request, and what is to be done with it in the worker."""
Kind = tuple[str, str]
"""A kind of file: what it is called, and its ending."""

_SCALES = (1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64)
# Cells of a map up to this many a side are first shown with their numbers.
_MATRIX = 32
_FIRST_MATRIX, _FIRST_MS = 64, 700


def paper_theme() -> Theme:
    """Return the colours in force at the size for a desk: a file is not read from the back row."""
    return Theme(theme.current().name, DESK_SCALE)


@dataclass(frozen=True, eq=False)
class ShownMap:
    """A map as it was on screen at one moment; what becomes of its pane afterwards does not matter."""

    pane: Pane
    name: str
    scene: Scene
    source: Source


def shown_map(pane: Pane) -> ShownMap | None:
    """Return what ``pane`` shows; None if that is nothing."""
    source = source_of(pane)
    return None if source is None else ShownMap(pane, pane.accessibleName(), pane.scene(), source)


def shown_maps(window: "Window") -> list[ShownMap]:
    """Return what the panes on screen show."""
    found = (shown_map(pane) for pane in window.findChildren(Pane) if pane.isVisible())
    return [each for each in found if each is not None]


class Page(QWidget):
    """What is to be exported, and how.

    Parameters
    ----------
    window : Window
        What it is taken from.
    parent : QWidget
        Owner.
    """

    changed = Signal()  # another thing would be exported now
    name = ""

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self.setObjectName(f"export-{self.name}")
        self.form = QFormLayout(self)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.form.setSpacing(theme.current().px(8))

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is called in the list."""

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present; empty if it can."""
        return ""

    @abstractmethod
    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of files it can be saved as, the chosen one first."""

    @abstractmethod
    def saving(self, path: str) -> Task:
        """Return what is to be done to save it as ``path``."""

    def copying(self) -> Task | str | QImage | None:
        """Return what is to be done to copy it, or the text or picture itself; None if it cannot be."""
        return None

    def preview(self) -> Task | None:
        """Return what is to be done to show beforehand what it will be; None for nothing."""
        return None

    def show_preview(self, result: object) -> None:
        """Show what came out of that; a Sentence says why nothing did."""

    def add_field(self, text: str, field: QWidget, name: str) -> None:
        """Add a field behind its label."""
        field.setObjectName(f"export-{self.name}-{name}")
        field.setAccessibleName(text)
        self.form.addRow(text, field)

    def add_check(self, text: str, name: str, *, on: bool = True) -> QCheckBox:
        """Add a box to be ticked."""
        box = QCheckBox(text, self)
        box.setObjectName(f"export-{self.name}-{name}")
        box.setChecked(on)
        box.toggled.connect(self.changed)
        self.form.addRow("", box)
        return box

    def add_text(self) -> QPlainTextEdit:
        """Add a field that shows what will be copied."""
        text = QPlainTextEdit(self)
        text.setObjectName(f"export-{self.name}-text")
        text.setAccessibleName(self.tr("What will be copied"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFont(theme.current().digits(13))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setMinimumHeight(theme.current().px(160))
        self.form.addRow(text)
        return text


def combo(page: QWidget, options: Sequence[tuple[str, object]]) -> QComboBox:
    """Return a field to choose one of ``options``, each a text and what it stands for."""
    out = QComboBox(page)
    for text, data in options:
        out.addItem(text, data)
    out.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    out.setMinimumContentsLength(16)
    out.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return out


class MapPage(Page):
    """A page about one of the maps on screen."""

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        self._maps = shown_maps(window)
        names = [each.name or self.tr("Map") for each in self._maps]
        self.map = combo(self, [(name, number) for number, name in enumerate(names)])
        # The last one is what all the others lead to.
        self.map.setCurrentIndex(len(self._maps) - 1)
        self.map.currentIndexChanged.connect(self.changed)
        self.add_field(self.tr("Map"), self.map, "map")

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present."""
        return "" if self._maps else self.tr("There is no map on screen.")

    def choose(self, pane: Pane) -> None:
        """Choose the map that ``pane`` shows."""
        for number, each in enumerate(self._maps):
            if each.pane is pane:
                self.map.setCurrentIndex(number)

    @property
    def chosen(self) -> ShownMap:
        """The map that is chosen."""
        return self._maps[self.map.currentIndex()]

    @property
    def source(self) -> Source:
        """Its cells."""
        return self.chosen.source


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
            self.weight.setText(text.format(wide, high, f"{max(result, 10_000) / 1e6:.2f}"))


class ValuesPage(MapPage):
    """The exact values of a map."""

    name = "values"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        self.every = self.add_check(self.tr("All maps of this step"), "every")
        note = label("muted", wrap=True)
        note.setText(
            self.tr(
                ".npy and .tif keep every bit of the 32-bit numbers, one page of a .tif for each map."
                " A .csv has an empty line between maps."
            )
        )
        self.form.addRow(note)
        self.map.currentIndexChanged.connect(self._allow)
        self._allow()

    @Slot()
    def _allow(self) -> None:
        self.every.setEnabled(bool(self._maps) and isinstance(self.source, Wanted))

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Values")

    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of files it can be saved as."""
        return (
            (self.tr("NumPy array"), ".npy"),
            (self.tr("Table"), ".csv"),
            (self.tr("32-bit TIFF"), ".tif"),
        )

    def saving(self, path: str) -> Task:
        """Return what is to be done to save it."""
        every = self.every.isChecked() and self.every.isEnabled()
        return ValuesOrder(self.source, every, path), write_values


class CodePage(Page):
    """The layer as a program."""

    name = "code"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        names = {Dialect.PYTORCH: "PyTorch", Dialect.NUMPY: "NumPy", Dialect.OPENCV: "OpenCV"}
        self.dialect = combo(self, [(text, each) for each, text in names.items()])
        self.dialect.currentIndexChanged.connect(self.changed)
        self.add_field(self.tr("Library"), self.dialect, "dialect")
        self.text = self.add_text()
        self.note = label("muted", wrap=True, name="export-code-note")
        self.form.addRow(self.note)
        self._state = window.convolution.shown_state if window.room is Room.CONVOLUTION else None
        if window.convolution.stale:
            self._state = None

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Layer as a program")

    @property
    def missing(self) -> str:
        """Why nothing can be exported at present."""
        if self._state is not None:
            return ""
        return self.tr("Open the convolution room with a layer that fits: it is written as a program.")

    def _order(self, path: str = "") -> CodeOrder:
        state = self._state
        assert state is not None
        dialect = Dialect(self.dialect.currentData())
        return CodeOrder(state.picture, state.channel_mode, state.chain(), dialect, path)

    def kinds(self) -> Sequence[Kind]:
        """Return the kind of file it can be saved as."""
        return ((self.tr("Python program"), ".py"),)

    def saving(self, path: str) -> Task:
        """Return what is to be done to save it."""
        return self._order(path), save_code

    def copying(self) -> str | None:
        """Return the program as it is shown."""
        return self.text.toPlainText() or None

    def preview(self) -> Task:
        """Return what is to be done to write it."""
        self.text.clear()
        return self._order(), write_code

    def show_preview(self, result: object) -> None:
        """Show the program."""
        if isinstance(result, Code):
            self.text.setPlainText(result.text)
            note = self.tr("It reads the picture from {0}, which is written beside it when it is saved.")
            self.note.setText(note.format(result.beside) if result.beside else "")


class TextPage(MapPage):
    """A matrix, or the arithmetic of a cell, as text."""

    name = "text"

    def __init__(self, window: "Window", parent: QWidget) -> None:
        super().__init__(window, parent)
        self._arithmetic = arithmetic_of(window)
        forms: list[tuple[str, MatrixFormat | ArithmeticFormat]] = [
            (self.tr("Matrix: tabs, for a spreadsheet"), MatrixFormat.TSV),
            (self.tr("Matrix: Markdown"), MatrixFormat.MARKDOWN),
            (self.tr("Matrix: LaTeX"), MatrixFormat.LATEX),
            (self.tr("Matrix: NumPy"), MatrixFormat.NUMPY),
        ]
        if self._arithmetic is not None:
            forms += [
                (self.tr("Arithmetic of the cell: plain text"), ArithmeticFormat.PLAIN),
                (self.tr("Arithmetic of the cell: Markdown"), ArithmeticFormat.MARKDOWN),
                (self.tr("Arithmetic of the cell: LaTeX"), ArithmeticFormat.LATEX),
            ]
        # Not the forms themselves as data: Qt would make mere strings of them, of which some are the same.
        self._forms = [form for _, form in forms]
        self.style_field = combo(self, [(text, number) for number, (text, _) in enumerate(forms)])
        self.style_field.currentIndexChanged.connect(self.changed)
        self.add_field(self.tr("What and how"), self.style_field, "form")
        self.text = self.add_text()

    @property
    def title(self) -> str:
        """What it is called in the list."""
        return self.tr("Numbers as text")

    def kinds(self) -> Sequence[Kind]:
        """Return nothing: it is copied only."""
        return ()

    def saving(self, path: str) -> Task:
        """Raise: there is no such file."""
        raise NotImplementedError(path)

    def copying(self) -> str | None:
        """Return the text as it is shown."""
        return self.text.toPlainText() or None

    def preview(self) -> Task | None:
        """Return what is to be done to write it."""
        form = self._forms[self.style_field.currentIndex()]
        self.map.setEnabled(isinstance(form, MatrixFormat))
        self.text.clear()
        if isinstance(form, MatrixFormat):
            return MatrixOrder(self.source, form), write_matrix
        assert self._arithmetic is not None
        self.text.setPlainText(arithmetic_text(*self._arithmetic, form))
        return None

    def show_preview(self, result: object) -> None:
        """Show the text."""
        if isinstance(result, str):
            self.text.setPlainText(result)


def arithmetic_of(window: "Window") -> tuple[str, Any] | None:
    """Return the title and the lines of the cell that is explained; None if there is none."""
    room = window.convolution
    found = room.pointing.explanation
    if window.room is not Room.CONVOLUTION or found is None or room.pointing.hides_result:
        return None
    title, text, _ = CellText().describe(found, room.stages, room.shown_state)
    return title, text
