"""From what is on screen to a request, and from the worker's answer back to the screen."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from convviz.engine.frames import Frame, FrameRequest, draw, forget, remember_statistics
from convviz.engine.settle import Rest, average, is_averaged, is_exact, measure, merged
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

# A result that takes longer than this is waited for visibly; a shorter wait would only flicker.
STALE_AFTER_MS = 150
# How long the hand must rest before samples give way to means, and the whole of a large result is measured.
REST_MS = 350


def _draw(request: FrameRequest, context: JobContext) -> Frame:
    return draw(request, context.check)


def same_result(one: FrameRequest, other: FrameRequest) -> bool:
    """Return whether two requests are about the same result, wherever it is looked at."""
    return one.picture is other.picture and one.mode is other.mode and one.measured == other.measured


def same_look(one: FrameRequest, other: FrameRequest) -> bool:
    """Return whether two requests are about the same result and show the same of it."""
    return same_result(one, other) and one.maps == other.maps


def _average(rest: Rest, context: JobContext) -> Rest:
    return average(rest, check=context.check, progress=context.progress)


def _measure(rest: Rest, context: JobContext) -> Frame:
    return measure(rest, check=context.check, progress=context.progress)


class Feed(QObject):
    """Asks the live lane for frames, and the long one for what only the whole result can tell.

    An edit is answered with samples at once. When the hand rests, the mean colours of all cells in view take
    their place, and then the statistics become exact. Another edit, zoom or pan gives up what is not done.

    Parameters
    ----------
    live, long : WorkerThread
        The two threads of the application.
    parent : QObject
        Owner.
    """

    framed = Signal(object)  # Frame: newer than the one before, or the same with mean colours
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
        self._shown: Frame | None = None
        self._rested: Rest | None = None
        self._live.finished.connect(self._finish)
        self._live.busy_changed.connect(self._watch)
        self._long.finished.connect(self._finish_rest)
        self._long.progressed.connect(self._tell_measuring)
        self._late = QTimer(self, singleShot=True, interval=STALE_AFTER_MS)
        self._late.timeout.connect(self._tell_stale)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._average)

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
        before = self._request
        other = before is None or before.picture is not request.picture
        if before is None or not same_look(before, request):
            if self._long.busy:
                self.measuring.emit(None)
            self._long.cancel()
            self._rest.stop()
            self._shown = None
            if before is None or not same_result(before, request):
                self._rested = None
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
        if self._rested is not None and same_result(self._rested.frame.request, frame.request):
            # Samples do not take the place of means again.
            frame = merged(frame, self._rested.frame)
        if self._request is not None and same_look(self._request, frame.request):
            self._shown = frame
            if not self._long.busy and not (is_exact(frame) and is_averaged(frame)):
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
    def _average(self) -> None:
        """Let the means be taken of what is shown, now that the hand rests."""
        if self._shown is not None:
            extremes = self._rested.extremes if self._rested is not None else None
            self._long.submit(Rest(self._shown, extremes), _average, new_epoch=True)

    @Slot(object)
    def _finish_rest(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Rest):
            self._take(outcome.result)
            # Whoever was told may have asked for something else.
            if self._shown is outcome.result.frame and not is_exact(self._shown):
                self._long.submit(outcome.result, _measure, new_epoch=True)
                self.measuring.emit(outcome.result.done)
        elif isinstance(outcome.result, Frame):
            self._finish_measuring(outcome.result)
        else:
            self.measuring.emit(None)
            if outcome.defect is not None:
                self.defect.emit(outcome.defect)
            elif outcome.problem is not None:
                self.failed.emit(outcome.problem)

    def _finish_measuring(self, frame: Frame) -> None:
        request, exact = frame.request, frame.statistics
        assert request.measured is not None
        assert exact is not None
        remember_statistics(request.picture, request.mode, request.measured, exact)
        self._take(Rest(frame))
        self.measured.emit(request, exact)

    def _take(self, rest: Rest) -> None:
        """Show what is better than the samples; a drawing of the same that comes later is merged with it."""
        self._rested, self._shown = rest, rest.frame
        self.framed.emit(rest.frame)

    @Slot(float, object)
    def _tell_measuring(self, fraction: float, text: object) -> None:
        del text
        # Mean colours alone are there before anybody asks where they are.
        if self._shown is not None and not is_exact(self._shown):
            self.measuring.emit(fraction)
