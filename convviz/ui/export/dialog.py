"""The export dialog: what is taken out of the window, and where it goes."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from convviz.core.text import QT_TRANSLATE_NOOP, Sentence
from convviz.ui import theme
from convviz.ui.export.film_page import FilmPage
from convviz.ui.export.handout_page import HandoutPage
from convviz.ui.export.page import MapPage, Page
from convviz.ui.export.picture_pages import PicturePage, ViewPage
from convviz.ui.export.value_pages import CodePage, TextPage, ValuesPage
from convviz.ui.language import say
from convviz.ui.widgets.labels import label
from convviz.ui.widgets.pane import Pane
from convviz.work.jobs import Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

if TYPE_CHECKING:
    from convviz.ui.window import Window

PAGES = (PicturePage, ViewPage, FilmPage, ValuesPage, CodePage, TextPage, HandoutPage)
SIZE = (820, 520)
_PAUSE_MS = 200
COPIED = QT_TRANSLATE_NOOP("Sentence", "Copied.")
CANCELLED = QT_TRANSLATE_NOOP("Sentence", "Given up; nothing was written.")


class ExportDialog(QDialog):
    """Asks what is to be exported, how and where to, and does it.

    Parameters
    ----------
    window : Window
        What it is taken from, as it is now.
    thread : WorkerThread
        Where files are written.
    pane : Pane, optional
        The map to begin with.
    page : str
        Name of the page to begin with.
    """

    def __init__(
        self, window: "Window", thread: WorkerThread, pane: Pane | None = None, page: str = "picture"
    ) -> None:
        super().__init__(window)
        self.setObjectName("export-dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._saving, self._looking = Lane(thread, self), Lane(thread, self)
        self._pages: list[Page] = [kind(window, self) for kind in PAGES]
        self.list = QListWidget(self)
        self.stack = QStackedWidget(self)
        self.message = label(wrap=True, name="export-message")
        self.progress = QProgressBar(self)
        self.cancel = QPushButton(self)
        self.copy, self.save = QPushButton(self), QPushButton(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._look_refused = False
        self._looks = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        for each in self._pages:
            if pane is not None and isinstance(each, MapPage):
                each.choose(pane)
        names = [each.name for each in self._pages]
        self.list.setCurrentRow(names.index(page))

    def _lay_out(self) -> None:
        px = theme.current().px
        self.list.setObjectName("export-kinds")
        for page in self._pages:
            self.list.addItem(page.title)
            scroll = QScrollArea(self)
            scroll.setWidget(page)
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.stack.addWidget(scroll)
        # As wide as its longest entry, in any language and at any scale.
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + px(24))
        self.progress.setObjectName("export-progress")
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        for button, name in ((self.cancel, "cancel"), (self.copy, "copy"), (self.save, "save")):
            button.setObjectName(f"export-{name}")
            button.setAutoDefault(False)
        self.save.setDefault(True)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        middle = QHBoxLayout()
        middle.setSpacing(px(12))
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        working = QHBoxLayout()
        working.addWidget(self.progress, 1)
        working.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setSpacing(px(8))
        layout.addLayout(middle, 1)
        layout.addWidget(self.message)
        layout.addLayout(working)
        layout.addWidget(self.buttons)
        room = self._window.size()
        self.resize(min(px(SIZE[0]), room.width() - 40), min(px(SIZE[1]), room.height() - 60))
        self._show_busy(False)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_page)
        self.buttons.rejected.connect(self.reject)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask)
        self.cancel.clicked.connect(self._give_up)
        self._saving.finished.connect(self._tell)
        self._saving.busy_changed.connect(self._show_busy)
        self._saving.progressed.connect(self._show_progress)
        self._looking.finished.connect(self._show_look)
        self._looks.timeout.connect(self._look)
        for page in self._pages:
            page.changed.connect(self._follow)
            if isinstance(page, HandoutPage):
                page.running.connect(self._show_busy)
                page.progressed.connect(self._show_progress)
                page.done.connect(self._say)

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self._pages[max(0, self.list.currentRow())]

    @property
    def busy(self) -> bool:
        """Whether something is being written or looked at."""
        return self._saving.busy or self._looking.busy or self._looks.isActive() or self.handout.busy

    @property
    def handout(self) -> HandoutPage:
        """The page about lessons."""
        return next(page for page in self._pages if isinstance(page, HandoutPage))

    @Slot(int)
    def _show_page(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self.message.setText(self.page.missing)
        self._allow()
        self._follow()

    def _allow(self) -> None:
        ready = not self.page.missing and not (self._saving.busy or self.handout.busy)
        kinds, page = self.page.kinds() if not self.page.missing else (), self.page
        page.setEnabled(not page.missing)
        self.save.setEnabled(ready and bool(kinds))
        self.copy.setEnabled(ready and isinstance(page, PicturePage | ViewPage | CodePage | TextPage))

    @Slot()
    def _follow(self) -> None:
        """Look anew at what would be exported, once choosing pauses."""
        self._looking.cancel()
        # Another page may have been about to be looked at.
        self._looks.stop() if self.page.missing else self._looks.start()

    @Slot()
    def _look(self) -> None:
        task = self.page.preview()
        if task is not None:
            self._looking.submit(*task, new_epoch=True)

    @Slot(object)
    def _show_look(self, outcome: Outcome) -> None:
        refused = outcome.problem is not None
        # What was said of a file that was written stays.
        if refused or self._look_refused:
            self.message.setText("")
        self._look_refused = refused
        self._report(outcome)
        if outcome.result is not None:
            self.page.show_preview(outcome.result)

    @Slot()
    def _copy(self) -> None:
        what = self.page.copying()
        if isinstance(what, str):
            QGuiApplication.clipboard().setText(what)
            self._say(Sentence(COPIED))
        elif isinstance(what, QImage):
            QGuiApplication.clipboard().setImage(what)
            self._say(Sentence(COPIED))
        elif what is not None:
            self._saving.submit(*what)

    @Slot()
    def _ask(self) -> None:
        """Ask where it goes, and write it."""
        kinds = self.page.kinds()
        filters = [f"{text} (*{suffix})" for text, suffix in kinds]
        given, chosen = QFileDialog.getSaveFileName(self, self.tr("Export"), "", ";;".join(filters))
        if not given:
            return
        path, (_, suffix) = Path(given), kinds[filters.index(chosen) if chosen in filters else 0]
        if path.suffix.lower() not in [each for _, each in kinds]:
            path = path.with_name(path.name + suffix)
            # The dialog asked about the name without its ending.
            if path.exists() and not self._may_replace(path):
                return
        self.save_as(str(path))

    def _may_replace(self, path: Path) -> bool:
        box = QMessageBox
        text = self.tr("{0} is there already. Replace it?").format(path.name)
        yes, no = box.StandardButton.Yes, box.StandardButton.No
        answer = box.question(self, self.tr("Export"), text, yes | no, no)
        return answer == box.StandardButton.Yes

    def save_as(self, path: str) -> None:
        """Write what is chosen to ``path``."""
        self.message.setText("")
        page = self.page
        if isinstance(page, HandoutPage):
            page.start(path)
        elif (task := page.saving(path)) is not None:
            self._saving.submit(*task)

    @Slot()
    def _give_up(self) -> None:
        if self._saving.busy or self.handout.busy:
            self._saving.cancel()
            self.handout.cancel()
            self._say(Sentence(CANCELLED))

    @Slot(object)
    def _tell(self, outcome: Outcome) -> None:
        self._report(outcome)
        if isinstance(outcome.result, Sentence):
            self._say(outcome.result)
        elif isinstance(outcome.result, QImage):
            QGuiApplication.clipboard().setImage(outcome.result)
            self._say(Sentence(COPIED))

    def _report(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self._window.show_defect(outcome.defect)
        elif outcome.problem is not None:
            self._say(outcome.problem)

    @Slot(object)
    def _say(self, sentence: Sentence) -> None:
        self.message.setText(say(sentence))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        for widget in (self.progress, self.cancel):
            widget.setVisible(busy)
        self.progress.setValue(0)
        self.list.setEnabled(not busy)
        if self.stack.count():
            self._allow()

    @Slot(float, object)
    def _show_progress(self, fraction: float, text: Sentence | None) -> None:
        self.progress.setValue(round(1000 * fraction))
        if text is not None:
            self._say(text)

    def done(self, result: int) -> None:
        """Close; what is being written is given up, and the file that was there is kept."""
        self._looks.stop()
        for lane in (self._saving, self._looking):
            lane.cancel()
        self.handout.cancel()
        super().done(result)

    def retranslate(self) -> None:
        """Write every text of the dialog itself in the language in force."""
        self.setWindowTitle(self.tr("Export"))
        self.list.setAccessibleName(self.tr("What to export"))
        self.progress.setAccessibleName(self.tr("Progress"))
        self.cancel.setText(self.tr("Give up"))
        self.copy.setText(self.tr("&Copy"))
        self.save.setText(self.tr("&Save…"))
