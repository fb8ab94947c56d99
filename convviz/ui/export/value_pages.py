"""The pages of the export dialog for values, code, and numbers as text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QWidget,
)

from convviz.files.arithmetic_text import ArithmeticFormat, arithmetic_text
from convviz.files.layer_code import Dialect, library_name
from convviz.files.matrix_text import MatrixFormat
from convviz.ui.export.page import Kind, MapPage, Page, Task, combo
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
from convviz.ui.export.whole import Wanted
from convviz.ui.rooms.cell_text import CellText
from convviz.ui.state import Room
from convviz.ui.widgets.labels import label

if TYPE_CHECKING:
    from convviz.ui.window import Window


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
        self.dialect = combo(self, [(library_name(each), each) for each in Dialect])
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
