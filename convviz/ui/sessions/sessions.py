"""The session of a window: saved to a file, opened from one, and what its title says of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from convviz.core.lessons import Table
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.session_writing import write_session
from convviz.files.sessions import SUFFIX, misplaced, read_session
from convviz.ui.language import picture_title, say
from convviz.ui.lessons.view_table import ImageView, LayerView
from convviz.ui.sessions.autosave import Autosave
from convviz.ui.sessions.content import Baseline, Content, content_from, tables_of
from convviz.ui.sessions.leftovers import Leftover
from convviz.ui.state import Room
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import Threads

if TYPE_CHECKING:
    from convviz.ui.window import Window

# How often a session that has a name is looked at for changes that no signal tells of.
_WATCH_MS = 2000
# How long the window may stay while it is being closed, waiting for a file that is being written.
_PATIENCE_MS = 20_000
_NOTE_MS = 4000


@dataclass(frozen=True, eq=False)
class _Read:
    """A session's file; a leftover where it is one that was kept for a crash."""

    path: str
    room: Room | None = None
    leftover: Leftover | None = None


@dataclass(frozen=True, eq=False)
class _Found:
    """What was in it, and where it was saved last."""

    content: Content
    file: str


@dataclass(frozen=True, eq=False)
class _Write:
    """What is written where; whether the window is that session's from then on."""

    path: str
    content: Content
    names: bool


def _read(request: _Read, context: JobContext) -> _Found:
    context.check()
    saved = read_session(Path(request.path))
    context.check()
    return _Found(content_from(saved, Path(request.path).name), saved.file)


def _write(request: _Write, context: JobContext) -> bool:
    write_session(Path(request.path), request.content.saved(), context.check)
    return True


class Sessions(QObject):
    """Saves and opens what a window holds.

    While a lesson is on, what is saved is on screen, always under another name: one's own session, which
    comes back when the lesson is left, is not overwritten.

    Parameters
    ----------
    window : Window
        Whose work it is.
    threads : Threads
        Where files are read and written.
    """

    changed = Signal()  # the title says something else now
    failed = Signal(object)  # Sentence: why a session could not be opened or saved
    defect = Signal(str)  # details of an error nobody foresaw
    opened = Signal()  # another session is in the window

    def __init__(self, window: "Window", threads: Threads) -> None:
        super().__init__(window)
        self._window, self._threads = window, threads
        self._reading, self._writing = Lane(threads.open, self), Lane(threads.save, self)
        self._reading.finished.connect(self._take_read)
        self._writing.finished.connect(self._take_written)
        # What rooms are still to show, until somebody visits them.
        self._pending: dict[str, Table] = {}
        self._to_write: list[_Write] = []
        self.path, self.modified = "", False
        # None while nothing that is on screen is in the file.
        self._saved: Baseline | None = None
        self.autosave: Autosave | None = None
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self.look)
        window.session.refreshed.connect(self.look)

    @property
    def busy(self) -> bool:
        """Whether a session is being opened or saved."""
        return self._reading.busy or self._writing.busy

    @property
    def title(self) -> str:
        """What the window is called: its session's file, or else its picture."""
        return Path(self.path).name if self.path else picture_title(self._window.session.state.picture)

    # What there is to save

    def tables(self) -> dict[str, Table]:
        """Return what every room holds, or is to show at the next visit."""
        return {**tables_of(self._window), **self._pending}

    def content(self) -> Content:
        """Return what is on screen."""
        return Content(self._window.session.state, self._window.room, self.tables())

    def own_content(self) -> Content:
        """Return the user's own work: while a lesson is on, that is what comes back after it."""
        own = self._window.lessons.showing.own
        return self.content() if own is None else Content(own.state, own.room, own.tables)

    @Slot()
    def look(self) -> None:
        """Find out whether there is something that is not saved, and say so in the title."""
        modified = bool(self.path) and (self._saved is None or self._saved.differs(self.own_content()))
        if modified is not self.modified:
            self.modified = modified
            self.changed.emit()

    def enter(self, room: Room) -> None:
        """Show in a room that was just opened what a session has for it."""
        table = self._pending.pop(room.value, None)
        if not table:
            return
        window = self._window
        try:
            if room is Room.IMAGE:
                window.image.show_view(ImageView.of(table))
            elif room is Room.CONVOLUTION:
                window.convolution.show_view(LayerView.of(table))
            else:
                window.lessons.showing.described()[room.value].show_table(table)
        except Problem as problem:
            self.failed.emit(misplaced(self.title, problem.sentence.values.get("place", room.value)).sentence)

    # Opening

    def open_path(self, path: str) -> None:
        """Open the session in a file, after a question if that would lose something."""
        if self.may_lose():
            self._reading.submit(_Read(path), _read, new_epoch=True)

    def begin_with(self, path: str, room: Room | None) -> None:
        """Open the session in a file as the window is being opened, but in ``room``, if one is given."""
        self._reading.submit(_Read(path, room), _read, new_epoch=True)

    def restore(self, leftover: Leftover) -> None:
        """Open what was kept for a crash."""
        self._reading.submit(_Read(str(leftover.path), leftover=leftover), _read, new_epoch=True)

    @Slot(object)
    def _take_read(self, outcome: Outcome) -> None:
        request, found = outcome.request, outcome.result
        assert isinstance(request, _Read)
        if outcome.problem is not None or outcome.defect is not None:
            self._tell(outcome)
            if request.leftover is not None:
                request.leftover.set_aside()
        elif isinstance(found, _Found) and request.leftover is not None:
            self._show(found.content, found.file, found.content.room)
            self._saved = None
            if self.autosave is not None:
                self.autosave.adopt(request.leftover, found.content)
            self.look()
        elif isinstance(found, _Found):
            self._show(found.content, request.path, request.room or found.content.room)
            self._window.preferences.add_recent(request.path)
            if self.autosave is not None:
                self.autosave.forget(found.content)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        if outcome.problem is not None:
            self.failed.emit(outcome.problem)

    def _show(self, content: Content, path: str, room: Room) -> None:
        """Put a session in the place of what is on screen; undo brings that back."""
        window = self._window
        if window.lessons.running:
            window.lessons.close()
        self.path = path
        name = self.title if path else picture_title(content.state.picture)
        self._pending = {room: table for room, table in content.tables.items() if table}
        window.session.edit(content.state, self.tr("open {0}").format(name))
        window.session.end_gesture()
        self._saved = Baseline(content)
        self.modified = False
        self.opened.emit()
        # What the room cannot show is told from now on.
        window.set_room(room)
        self._name(path)

    def _name(self, path: str) -> None:
        self.path = path
        self._watch.start() if path else self._watch.stop()
        self.look()
        self.changed.emit()

    # Saving

    @Slot()
    def save(self) -> None:
        """Save the session under its name, or ask for one."""
        if self.path and not self._window.lessons.running:
            self._submit(_Write(self.path, self.content(), names=True))
        else:
            self.save_as()

    @Slot()
    def save_as(self) -> None:
        """Ask for a name and save the session under it."""
        path = self._ask_path()
        if path:
            self._submit(_Write(path, self.content(), names=not self._window.lessons.running))

    def _ask_path(self) -> str:
        last = self.path or f"{Path(self.title).stem}{SUFFIX}"
        kinds = self.tr("Sessions ({0})").format(f"*{SUFFIX}")
        path, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the session"), last, kinds)
        if not path or path.lower().endswith(SUFFIX):
            return path
        path += SUFFIX
        if Path(path).exists():
            # The dialog has asked about another name.
            taken = QT_TRANSLATE_NOOP("Sentence", "{name} exists already; save under another name.")
            self.failed.emit(Problem(taken, name=Path(path).name).sentence)
            return ""
        return path

    def _submit(self, request: _Write) -> None:
        """Write after what is being written; of several for one file only the newest."""
        self._to_write = [each for each in self._to_write if each.path != request.path] + [request]
        self._proceed()

    def _proceed(self) -> None:
        if self._to_write and not self._writing.busy:
            self._writing.submit(self._to_write.pop(0), _write)

    @Slot(object)
    def _take_written(self, outcome: Outcome) -> None:
        request = outcome.request
        assert isinstance(request, _Write)
        self._proceed()
        if outcome.problem is not None or outcome.defect is not None:
            self._tell(outcome)
            return
        self._window.preferences.add_recent(request.path)
        note = self.tr("Saved: {0}").format(Path(request.path).name)
        self._window.statusBar().showMessage(note, _NOTE_MS)
        if request.names:
            self._saved = Baseline(request.content)
            self._name(request.path)
            if self.autosave is not None and not self.modified:
                self.autosave.forget(request.content)

    # Not losing anything

    def may_lose(self) -> bool:
        """Ask what becomes of changes of a session that has a name; return whether one may go on.

        Work that never had a name is asked about nowhere: whoever plays with a picture is not stopped at the
        door. Opening another session in its place can be undone.
        """
        self._finish_writing()
        self.look()
        if not self.modified or not self._window.preferences.remember:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            self.tr("Session"),
            self.tr("{0} has changes that are not saved. Save them?").format(self.title),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self._save_at_once()
        if answer == buttons.Discard:
            # Whoever asks again means the same.
            self._saved = Baseline(self.own_content())
        return answer == buttons.Discard

    def _save_at_once(self) -> bool:
        content = self.own_content()
        try:
            write_session(Path(self.path), content.saved())
        except Problem as problem:
            self.failed.emit(problem.sentence)
            QMessageBox.warning(self._window, self.tr("Session"), say(problem.sentence))
            return False
        self._saved = Baseline(content)
        return True

    def _finish_writing(self) -> None:
        """Wait until what is being saved is saved: closing the window would end it."""
        clock = QElapsedTimer()
        clock.start()
        while (self._writing.busy or self._to_write) and clock.elapsed() < _PATIENCE_MS:
            flags = QEventLoop.ProcessEventsFlag
            QCoreApplication.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents, 50)

    def keep(self) -> None:
        """Keep the work for a crash now, not only at the next half minute."""
        if self.autosave is not None:
            self.autosave.keep()

    def start_keeping(self, folder: Path) -> Autosave:
        """Keep the work for a crash from now on, in files of ``folder``."""
        self.autosave = Autosave(self, folder, self._threads.save, self)
        return self.autosave

    def end(self) -> None:
        """Leave nothing to be offered back: the window ends as it should."""
        if self.autosave is not None:
            self.autosave.end()
