"""From what is on screen to a request, and from the worker's answer back to the screen."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.engine.frames import Frame, FrameRequest, draw, forget, input_planes, remember_statistics
from convviz.engine.statistics import Statistics, whole_statistics
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

# A result that takes longer than this is waited for visibly; a shorter wait would only flicker.
STALE_AFTER_MS = 150
# How long the hand must rest before the whole of a large result is measured.
REST_MS = 350


def _draw(request: FrameRequest, context: JobContext) -> Frame:
    return draw(request, context.check)


def same_result(one: FrameRequest, other: FrameRequest) -> bool:
    """Return whether two requests are about the same result, wherever it is looked at."""
    return one.picture is other.picture and one.mode is other.mode and one.measured == other.measured


def _measure(request: FrameRequest, context: JobContext) -> Statistics:
    assert request.measured is not None
    planes = input_planes(request.picture, request.mode)
    return whole_statistics(planes, request.measured, check=context.check, progress=context.progress)


class Feed(QObject):
    """Asks the live lane for frames, and the long one for what only the whole result can tell.

    Parameters
    ----------
    live, long : WorkerThread
        The two threads of the application.
    parent : QObject
        Owner.
    """

    framed = Signal(object)  # Frame: newer than the one before
    measured = Signal(object, object)  # FrameRequest, Statistics of its whole result
    measuring = Signal(object)  # share of the whole result that is measured, 0 to 1; None when it is given up
    failed = Signal(object)  # Sentence: why the newest request could not be answered
    defect = Signal(str)  # details of an error nobody foresaw
    stale_changed = Signal(bool)  # whether what is on screen is visibly older than what was asked

    def __init__(self, live: WorkerThread, long: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._live = Lane(live, self)
        self._long = Lane(long, self)
        self._request: FrameRequest | None = None
        self._live.finished.connect(self._finish)
        self._live.busy_changed.connect(self._watch)
        self._long.finished.connect(self._finish_whole)
        self._long.progressed.connect(self._tell_measuring)
        self._late = QTimer(self, singleShot=True, interval=STALE_AFTER_MS)
        self._late.timeout.connect(self._tell_stale)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask_whole)

    @property
    def busy(self) -> bool:
        """Whether a frame is awaited."""
        return self._live.busy

    @property
    def settled(self) -> bool:
        """Whether nothing is computed, waited for or about to be measured."""
        return not (self._live.busy or self._long.busy or self._rest.isActive())

    def ask(self, request: FrameRequest) -> None:
        """Ask for a frame; an older request that still waits is forgotten."""
        other = self._request is None or self._request.picture is not request.picture
        if self._request is None or not same_result(self._request, request):
            if self._long.busy:
                self.measuring.emit(None)
            self._long.cancel()
            self._rest.stop()
        if other:
            forget()
        self._request = request
        self._live.submit(request, _draw, new_epoch=other)

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Frame):
            self._show(outcome.result)
            return
        # What is on screen stays, and is older than what was asked for.
        self._late.stop()
        self.stale_changed.emit(True)
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)

    def _show(self, frame: Frame) -> None:
        newest = self._request is not None and same_result(self._request, frame.request)
        if newest and frame.statistics is not None and not frame.statistics.exact and not self._long.busy:
            self._rest.start()
        if not self._live.busy:
            self._late.stop()
            self.stale_changed.emit(False)
        self.framed.emit(frame)

    @Slot(bool)
    def _watch(self, busy: bool) -> None:
        if busy:
            self._late.start()

    @Slot()
    def _tell_stale(self) -> None:
        self.stale_changed.emit(True)

    @Slot()
    def _ask_whole(self) -> None:
        if self._request is not None and self._request.measured is not None:
            self._long.submit(self._request, _measure, new_epoch=True)

    @Slot(object)
    def _finish_whole(self, outcome: Outcome) -> None:
        request = outcome.request
        if isinstance(outcome.result, Statistics) and isinstance(request, FrameRequest):
            assert request.measured is not None
            remember_statistics(request.picture, request.mode, request.measured, outcome.result)
            self.measured.emit(request, outcome.result)
            return
        self.measuring.emit(None)
        if outcome.defect is not None:
            self.defect.emit(outcome.defect)
        elif outcome.problem is not None:
            self.failed.emit(outcome.problem)

    @Slot(float, object)
    def _tell_measuring(self, fraction: float, text: object) -> None:
        del text
        self.measuring.emit(fraction)
