"""Python's garbage collector, kept out of the worker threads."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

# So many modules more are what a room or a library brings with it.
_MANY_MODULES = 100


class GarbageCollector(QObject):
    """Collects garbage in the thread it was made in, and nowhere else, until it is stopped.

    Python collects in whichever thread happens to allocate. If that is a worker, the widgets, timers and
    animations that are part of a reference cycle are destroyed there, which Qt does not allow: it warns that
    "timers cannot be stopped from another thread", or crashes. So the automatic collector is switched off,
    and a timer collects on Python's own thresholds.

    Looking through all objects takes 110 ms once PyTorch is imported and almost nothing after ``gc.freeze()``
    has set its modules aside. So that is done whenever many modules have been imported, in whatever thread;
    what is garbage at that moment and has not been looked through is kept with them for good.

    Parameters
    ----------
    parent : QObject
        Owner. When it goes, nothing collects any more: what Python would then find to collect, while Qt takes
        its objects apart, would lock it up. Call :meth:`stop` before, where the process goes on.
    interval_ms : int
        How often to look, in milliseconds.
    """

    def __init__(self, parent: QObject, interval_ms: int = 1000) -> None:
        super().__init__(parent)
        gc.disable()
        self._modules = len(sys.modules)
        self._timer = QTimer(self, interval=interval_ms)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect by itself again, in whatever thread; call it when there are no workers left."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect_if_due(self) -> None:
        """Collect the oldest generation whose count is over Python's threshold for it, if there is one.

        Where many modules have been imported since, their objects are set aside in place of that.
        """
        if len(sys.modules) >= self._modules + _MANY_MODULES:
            self._modules = len(sys.modules)
            gc.freeze()
            return
        due = [count > limit > 0 for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(due):
            gc.collect(max(generation for generation, over in enumerate(due) if over))
