"""One picture changed by sliders, and how far its vector goes: from a worker thread."""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from convviz.core.distances import Distance, angle, distance, length
from convviz.core.picture import Picture
from convviz.files.pixels import Colour
from convviz.nets.changes import Change, changed, reduced
from convviz.nets.embed import vector_of
from convviz.nets.network import Network
from convviz.nets.records import Values
from convviz.nets.vector_space import Space
from convviz.ui.gallery import Item
from convviz.ui.picture_images import image_of
from convviz.work.jobs import JobContext, Outcome
from convviz.work.lanes import Lane
from convviz.work.threads import WorkerThread

POSITIONS: dict[str, tuple[float, ...]] = {
    "brightness": (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0),
    "tint": (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0),
    "turn": (-180, -150, -120, -90, -60, -30, -15, 0.0, 15, 30, 60, 90, 120, 150, 180),
    "right": (-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "down": (-0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "blur": (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1),
}
"""For each change, the places at which its curves are computed; from the lowest to the highest."""


@dataclass(frozen=True, eq=False)
class Original:
    """The picture as it was.

    Parameters
    ----------
    item : Item
        Which picture.
    picture : Picture
        Reduced, in float32.
    image : QImage
        The same to look at.
    network : Network
        Whose vector it has.
    space : Space
        What the vector is.
    vector : ndarray of float32, shape (D,)
        Its vector.
    """

    item: Item
    picture: Picture
    image: QImage
    network: Network
    space: Space
    vector: Values


@dataclass(frozen=True, eq=False)
class Moved:
    """What a change did to the vector.

    Parameters
    ----------
    change : Change
        What was done.
    distances : mapping of Distance to float
        To the original; NaN is undefined.
    lengths : (float, float)
        Of the original's vector and of this one.
    angle : float
        Between them, in degrees; NaN if one is all zeros.
    image : QImage
        The changed picture.
    """

    change: Change
    distances: dict[Distance, float]
    lengths: tuple[float, float]
    angle: float
    image: QImage


@dataclass(frozen=True, eq=False)
class _Begin:
    item: Item
    network: Network
    space: Space
    background: Colour


@dataclass(frozen=True, eq=False)
class _Ask:
    original: Original
    change: Change


def _begin(asked: _Begin, context: JobContext) -> Original:
    context.check()
    picture = reduced(asked.item.open(asked.background))
    vector = vector_of(asked.network, asked.space, picture, context.check)
    return Original(asked.item, picture, image_of(picture), asked.network, asked.space, vector)


def _move(asked: _Ask, context: JobContext) -> Moved:
    original = asked.original
    picture = changed(original.picture, asked.change)
    vector = vector_of(original.network, original.space, picture, context.check)
    return Moved(
        asked.change,
        {kind: distance(kind, original.vector, vector) for kind in Distance},
        (length(original.vector), length(vector)),
        angle(original.vector, vector),
        image_of(picture),
    )


@dataclass
class _Curve:
    """The points of one change that are there, while all others stay as they are."""

    name: str
    rest: Change
    points: dict[float, Moved] = field(default_factory=dict)

    def missing(self) -> float | None:
        """Return where a point is wanted most: at the original, then far from those that are there."""
        start = float(getattr(Change(), self.name))
        if start not in self.points:
            return start
        places = np.array([place for place in POSITIONS[self.name] if place not in self.points])
        if not len(places):
            return None
        gaps = np.abs(places[:, np.newaxis] - np.array([*self.points])).min(axis=1)
        return float(places[gaps.argmax()])


class TrialRunner(QObject):
    """Computes where the sliders are at once, and the curve of the slider moved last when there is time.

    Parameters
    ----------
    thread : WorkerThread
        Where networks run.
    parent : QObject
        Owner.
    """

    waiting = Signal()  # another picture, network or layer is awaited
    began = Signal(object)  # Original: another picture, network or layer
    moved = Signal(object)  # Moved: what the sliders are at
    curved = Signal(str, object)  # name of a change; dict of place to Moved, some of its curve
    failed = Signal(object)  # Sentence: why there is nothing
    lost = Signal()  # there is no vector of what was asked for; of the original either, if that is None
    defect = Signal(str)  # details of an error nobody foresaw
    busy_changed = Signal(bool)  # whether an answer is awaited

    def __init__(self, thread: WorkerThread, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = Lane(thread, self)
        self._original: Original | None = None
        self._begun: _Begin | None = None
        self._change = Change()
        self._name = "brightness"
        self._curve: _Curve | None = None
        self._lane.finished.connect(self._finish)
        self._lane.busy_changed.connect(self.busy_changed)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._lane.busy

    @property
    def original(self) -> Original | None:
        """The picture as it was; None until it has a vector."""
        return self._original

    def begin(self, item: Item, network: Network, space: Space, background: Colour) -> None:
        """Go over to another picture, network or layer; asked for the same again, nothing happens."""
        before, asked = self._begun, (item, network, space, background)
        if before is not None and (before.item, before.network, before.space, before.background) == asked:
            return
        self._begun, self._original, self._curve = _Begin(*asked), None, None
        self.waiting.emit()
        self._lane.submit(self._begun, _begin, new_epoch=True)

    def ask(self, name: str, change: Change) -> None:
        """Ask what ``change`` does; ``name`` is the slider that was moved last."""
        self._name, self._change = name, change
        if self._original is not None and self._begun is not None:
            self._lane.submit(_Ask(self._original, change), _move)

    def rest(self) -> None:
        """Give up what is awaited; :meth:`begin` begins anew."""
        self._lane.cancel()
        self._begun = None

    @Slot(object)
    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome.result, Original):
            self._original = outcome.result
            self.began.emit(outcome.result)
            self.ask(self._name, self._change)
        elif isinstance(outcome.result, Moved):
            self._take(outcome.result)
        else:
            # A file may be there again the next time.
            self._begun = self._begun if self._original is not None else None
            self.lost.emit()
            if outcome.defect is not None:
                self.defect.emit(outcome.defect)
            elif outcome.problem is not None:
                self.failed.emit(outcome.problem)

    def _take(self, found: Moved) -> None:
        """Show what came, and go on with the curve unless the sliders have been moved meanwhile."""
        name, now = self._name, self._change
        if found.change == now:
            self.moved.emit(found)
        rest = replace(now, **{name: 0.0})
        if self._curve is None or (self._curve.name, self._curve.rest) != (name, rest):
            self._curve = _Curve(name, rest)
        if replace(found.change, **{name: 0.0}) == rest:
            self._curve.points[getattr(found.change, name)] = found
        self.curved.emit(name, dict(self._curve.points))
        place = self._curve.missing()
        # What the user asks for meanwhile takes its place, or follows at once.
        if not self._lane.busy and place is not None and self._original is not None:
            self._lane.submit(_Ask(self._original, replace(now, **{name: place})), _move)
