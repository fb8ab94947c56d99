"""Exceptions nobody foresaw: written to the error stream, and told in the window once each."""

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from convviz.ui.log import LOG

# The platform without a screen says so of every window that is shown; nothing depends on it.
_NO_SIZE_HINTS = "This plugin does not support propagateSizeHints()"


class Faults(QObject):
    """Catches what is raised and not caught, in the thread of the window and in every other.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    found = Signal(str)  # a traceback, the first time its error is raised at its place

    _raised = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: set[tuple[object, ...]] = set()
        # Queued: it is told neither in another thread nor in the midst of painting.
        self._raised.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over Python's hooks for uncaught exceptions."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception, and tell it unless the same was told before."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:  # there is none in a windowed program on Windows
            sys.stderr.write(details)
            sys.stderr.flush()
        # Without the message: a pane that cannot be painted may say something else at every size.
        places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(trace)]
        key = (kind, *places)
        if key not in self._known:
            self._known.add(key)
            LOG.error(details)
            self._raised.emit(details)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def _tell(self, details: str) -> None:
        self.found.emit(details)


def silence_platform() -> None:
    """Drop the one warning that Qt's platform without a screen gives of every window."""
    if QGuiApplication.platformName() == "offscreen":
        qInstallMessageHandler(_pass_on)


def _pass_on(kind: QtMsgType, where: QMessageLogContext, message: str) -> None:
    del kind, where
    if message != _NO_SIZE_HINTS and sys.stderr is not None:
        sys.stderr.write(f"{message}\n")
