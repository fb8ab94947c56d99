"""Where export is asked for: the menus, the keys, and the menu of a map."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.files.arithmetic_text import ArithmeticFormat, arithmetic_text
from convviz.files.matrix_text import MatrixFormat
from convviz.ui.export.dialog import COPIED, ExportDialog
from convviz.ui.export.page import ShownMap, paper_theme, shown_map, shown_maps
from convviz.ui.export.paint import Look
from convviz.ui.export.pictures import PictureOrder, paint_picture
from convviz.ui.export.texts import MatrixOrder, write_matrix
from convviz.ui.export.value_pages import arithmetic_of
from convviz.ui.export.whole import Wanted
from convviz.ui.widgets.pane import Pane
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from convviz.ui.window import Window

# A copy is about as wide as this, whatever the map, but never with fewer pixels than cells.
_COPY_PX, _MOST_CELL = 1200, 64
_NO_MAP = QT_TRANSLATE_NOOP("Sentence", "There is no map on screen to copy.")


class Exports(QObject):
    """Opens the export dialog, and copies without asking.

    Parameters
    ----------
    window : Window
        What is exported from.
    thread : WorkerThread
        Where it is worked on.
    """

    def __init__(self, window: "Window", thread: WorkerThread) -> None:
        super().__init__(window)
        self._window, self._thread = window, thread
        self._lane = Lane(thread, self)
        self._lane.finished.connect(self._copied)
        self.dialog: ExportDialog | None = None
        self.menu: QMenu | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being copied."""
        return self._lane.busy

    def open(self) -> None:
        """Open the dialog, with the map that has the keyboard."""
        self.open_page("picture", self._focused())

    def open_handout(self) -> None:
        """Open the dialog at the handouts."""
        self.open_page("handout")

    def open_page(self, page: str, pane: Pane | None = None) -> ExportDialog:
        """Open the dialog at a page, and return it."""
        self.close()
        self.dialog = ExportDialog(self._window, self._thread, pane, page)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()
        return self.dialog

    def close(self) -> None:
        """Close the dialog, and give up what it is at."""
        if self.dialog is not None:
            self.dialog.close()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None

    def _focused(self) -> Pane | None:
        return _pane_above(QApplication.focusWidget())

    def copy_picture(self) -> None:
        """Copy the map that has the keyboard, or the last one on screen, as a picture."""
        pane = self._focused()
        shown = None if pane is None else shown_map(pane)
        if shown is None:
            maps = shown_maps(self._window)
            shown = maps[-1] if maps else None
        if shown is None:
            self._window.messages.show_refusal(Sentence(_NO_MAP))
        else:
            self._copy_picture(shown)

    def _copy_picture(self, shown: ShownMap) -> None:
        source = shown.source
        view = source.order.view if isinstance(source, Wanted) else source.view
        cell = max(1, min(_MOST_CELL, _COPY_PX // max(view.rows.span, view.columns.span)))
        self._lane.submit(PictureOrder(shown.scene, source, Look(cell), paper_theme()), paint_picture)

    def _copy_matrix(self, shown: ShownMap, form: MatrixFormat) -> None:
        self._lane.submit(MatrixOrder(shown.source, form), write_matrix)

    def _copy_arithmetic(self, form: ArithmeticFormat) -> None:
        found = arithmetic_of(self._window)
        if found is not None:
            QGuiApplication.clipboard().setText(arithmetic_text(*found, form))
            self._window.messages.show_note(Sentence(COPIED))

    @Slot(object)
    def _copied(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self._window.show_defect(outcome.defect)
        elif outcome.problem is not None:
            self._window.messages.show_refusal(outcome.problem)
        else:
            if isinstance(outcome.result, QImage):
                QGuiApplication.clipboard().setImage(outcome.result)
            else:
                QGuiApplication.clipboard().setText(str(outcome.result))
            self._window.messages.show_note(Sentence(COPIED))

    def show_menu(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the map that ``event`` is about; elsewhere nothing."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        widget = QApplication.focusWidget() if by_key else self._window.childAt(event.pos())
        pane = _pane_above(widget)
        shown = None if pane is None else shown_map(pane)
        if pane is None or shown is None:
            event.ignore()
            return
        at = pane.mapToGlobal(QPoint(pane.width() // 2, pane.height() // 2)) if by_key else event.globalPos()
        self.menu = self._new_menu(shown)
        self.menu.popup(at)
        event.accept()

    def _new_menu(self, shown: ShownMap) -> QMenu:
        if self.menu is not None:
            self.menu.deleteLater()
        menu = QMenu(self._window)
        menu.setObjectName("menu-map")
        menu.addAction(self.tr("Copy as a &picture"), partial(self._copy_picture, shown))
        matrix = menu.addMenu(self.tr("Copy the &numbers"))
        for form, text in {
            MatrixFormat.TSV: self.tr("For a &spreadsheet"),
            MatrixFormat.MARKDOWN: self.tr("As &Markdown"),
            MatrixFormat.LATEX: self.tr("As &LaTeX"),
            MatrixFormat.NUMPY: self.tr("As &NumPy"),
        }.items():
            matrix.addAction(text, partial(self._copy_matrix, shown, form))
        if arithmetic_of(self._window) is not None:
            arithmetic = menu.addMenu(self.tr("Copy the &arithmetic"))
            for style, text in {
                ArithmeticFormat.PLAIN: self.tr("As plain &text"),
                ArithmeticFormat.MARKDOWN: self.tr("As &Markdown"),
                ArithmeticFormat.LATEX: self.tr("As &LaTeX"),
            }.items():
                arithmetic.addAction(text, partial(self._copy_arithmetic, style))
        menu.addSeparator()
        menu.addAction(self.tr("&Export…"), partial(self.open_page, "picture", shown.pane))
        return menu


def _pane_above(widget: QWidget | None) -> Pane | None:
    """Return the pane that ``widget`` is, or is in."""
    while widget is not None and not isinstance(widget, Pane):
        widget = widget.parentWidget()
    return widget
