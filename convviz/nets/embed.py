"""Pictures as vectors: what a layer of a network makes of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence
from convviz.engine.checks import Check, nothing
from convviz.nets.entries import Progress, silent
from convviz.nets.network import Network
from convviz.nets.preprocessing import Fit, Preprocessing
from convviz.nets.records import Values
from convviz.nets.vector_space import PIXEL_SIDE, PIXEL_SPACE, PIXELS, Space, check_size, space_of

# Pictures that are computed together. More make no pass faster, but each layer of it longer.
_BATCH = 16
# Multiply-adds of one layer in one step, beyond which it would not stop soon enough: a twentieth of a second.
_STEP = 2_000_000_000
# Numbers in the largest layer of one step.
_WIDE = 32_000_000
_AS_PIXELS = Preprocessing(
    (PIXEL_SIDE, PIXEL_SIDE), Fit.EXACT, crop=False, mean=(0.0,) * 3, std=(1.0,) * 3, scale=255.0
)
_READING = QT_TRANSLATE_NOOP("Sentence", "{done} of {count} pictures")


@dataclass(frozen=True)
class Source:
    """A picture to come.

    Parameters
    ----------
    name : str
        What it is called.
    open : callable
        Returns it; may raise a :class:`Problem`.
    """

    name: str
    open: Callable[[], Picture]


@dataclass(frozen=True, eq=False)
class Embedded:
    """Pictures as vectors of one space.

    Parameters
    ----------
    space : Space
        What their numbers are.
    vectors : ndarray of float32, shape (N, D)
        Read-only.
    kept : tuple of int
        Which of the sources they belong to, by number, in their order.
    left_out : tuple of Sentence
        Why others have no vector.
    """

    space: Space
    vectors: Values
    kept: tuple[int, ...]
    left_out: tuple[Sentence, ...]


def how_far(done: int, count: int) -> tuple[float, Sentence]:
    """Return the share that is done when ``done`` of ``count`` pictures are, and that in words."""
    return done / max(1, count), Sentence(_READING, {"done": done, "count": count})


def embed(
    network: Network | None,
    sources: Sequence[Source],
    layer: str = "",
    *,
    into: Values | None = None,
    seen: Callable[[int, Picture], object] | None = None,
    check: Check = nothing,
    progress: Progress = silent,
) -> Embedded:
    """Return what a layer of a network makes of pictures, as vectors.

    A layer with maps gives the mean of each map, any other all its values. Pictures are computed several at a
    time and never all held at once: only their vectors are.

    Parameters
    ----------
    network : Network, optional
        Not needed for :data:`PIXELS`.
    sources : sequence of Source
        Those that cannot be opened or computed are left out, with a sentence why.
    layer : str
        Name of a layer, or :data:`PIXELS`; by default the one before the classifier.
    into : ndarray of float32, shape (N or more, D), optional
        Where the vectors go; by default into memory of their own.
    seen : callable, optional
        Given the number of each picture that was opened, and the picture.
    check : callable
        Called at every step of the network; may raise.
    progress : callable
        Told the share that is done and of how many pictures; may raise.

    Raises
    ------
    Problem
        If there is no such layer, or the vectors would need too much memory.
    """
    space = PIXEL_SPACE if network is None else space_of(network.architecture(), layer)
    check_size(len(sources), space)
    room = np.empty((len(sources), space.size), np.float32) if into is None else into
    work = _Embedding(network, space, room, check)
    for number, source in enumerate(sources):
        progress(*how_far(number, len(sources)))
        check()
        try:
            picture = source.open()
            given = _prepared(network, space, picture)
        except Problem as problem:
            work.left_out.append(problem.sentence)
            continue
        if seen is not None:
            seen(number, picture)
        work.add(number, source.name, given)
    work.flush()
    return work.result()


def vector_of(network: Network | None, space: Space, picture: Picture, check: Check = nothing) -> Values:
    """Return the vector (D,) of one picture in a space.

    Raises
    ------
    Problem
        If the network cannot compute on it, or a number of the vector is not finite.
    """
    given = _prepared(network, space, picture)
    if network is None or space.layer == PIXELS:
        vector = _as_pixels(given)
    else:
        vector = _as_vectors(space, network.layer_output(given, space.layer, check)[np.newaxis])[0]
    _check_vector(space, picture.name, vector)
    return vector


def _prepared(network: Network | None, space: Space, picture: Picture) -> Values:
    if network is None or space.layer == PIXELS:
        return _AS_PIXELS.apply(picture)[0]
    return network.prepare(picture)[0]


def _as_pixels(given: Values) -> Values:
    """Return planes (3, H, W) pixel by pixel."""
    return given.transpose(1, 2, 0).ravel()


def _as_vectors(space: Space, outputs: Values) -> Values:
    """Return outputs (B, ...) of a layer as vectors (B, D)."""
    if space.means:
        # What is not finite is noticed, and told, afterwards.
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(outputs.mean(axis=(2, 3), dtype=np.float32))
    return np.asarray(outputs.reshape(len(outputs), -1), np.float32)


def _check_vector(space: Space, name: str, vector: Values) -> None:
    if len(vector) != space.size:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} has no vector: at its size the layer gives {have} numbers, not {want}. Choose a "
                "layer with maps, or pictures of one size.",
            ),
            name=name,
            have=len(vector),
            want=space.size,
        )
    if not np.isfinite(vector).all():
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "{name} has no vector: some of its numbers are not finite."),
            name=name,
        )


@dataclass
class _Waiting:
    number: int
    name: str
    given: Values


class _Embedding:
    """Gathers inputs of one size until there are enough for a pass."""

    def __init__(self, network: Network | None, space: Space, room: Values, check: Check) -> None:
        self._network, self._space, self._check = network, space, check
        self._vectors = room
        self._rows: list[int] = []
        self._waiting: list[_Waiting] = []
        # How many inputs of a size make a pass, and of which sizes it is sure that a pass of several gives
        # the same as of one.
        self._most: dict[tuple[int, ...], int] = {}
        self._sure: set[tuple[int, ...]] = set()
        self.left_out: list[Sentence] = []

    def add(self, number: int, name: str, given: Values) -> None:
        """Take the next input (C, H, W)."""
        one = _Waiting(number, name, given)
        if self._network is None or self._space.layer == PIXELS:
            self._keep(one, _as_pixels(given))
            return
        if self._waiting and self._waiting[0].given.shape != given.shape:
            self.flush()
        if given.shape not in self._most:
            self._begin(one)
            return
        self._waiting.append(one)
        if len(self._waiting) >= self._most[given.shape]:
            self.flush()

    def flush(self) -> None:
        """Compute what waits."""
        waiting, self._waiting = self._waiting, []
        vectors = self._together(waiting) if len(waiting) > 1 else None
        for place, one in enumerate(waiting):
            vector = self._alone(one) if vectors is None else vectors[place]
            if vector is not None:
                self._keep(one, vector)

    def _begin(self, one: _Waiting) -> None:
        """Compute the first input of a size, and find out how many can be computed together."""
        vector = self._alone(one)
        if vector is None:
            return
        assert self._network is not None
        layers = self._network.architecture(one.given.shape).layers
        cost = max(layer.multiply_adds for layer in layers)
        size = max(int(np.prod(layer.shape)) for layer in layers)
        self._most[one.given.shape] = max(1, min(_BATCH, _STEP // max(1, cost), _WIDE // max(1, size)))
        self._keep(one, vector)

    def _alone(self, one: _Waiting) -> Values | None:
        """Return the vector of one input; None, with a sentence, if there is none."""
        assert self._network is not None
        try:
            output = self._network.layer_output(one.given, self._space.layer, self._check)
        except Problem as problem:
            reason = QT_TRANSLATE_NOOP("Sentence", "{name} has no vector: {reason}")
            self.left_out.append(Sentence(reason, {"name": one.name, "reason": problem.sentence}))
            return None
        return np.asarray(_as_vectors(self._space, output[np.newaxis])[0])

    def _together(self, waiting: list[_Waiting]) -> Values | None:
        """Return the vectors of inputs of one size, None if they have to be computed one by one."""
        assert self._network is not None
        shape = waiting[0].given.shape
        inputs = np.stack([one.given for one in waiting])
        outputs = self._network.layer_outputs(inputs, self._space.layer, self._check)
        vectors = None if outputs is None else _as_vectors(self._space, outputs)
        if vectors is not None and shape not in self._sure:
            alone = self._network.layer_output(waiting[0].given, self._space.layer, self._check)
            vectors = vectors if _alike(vectors[0], _as_vectors(self._space, alone[np.newaxis])[0]) else None
        if vectors is None:
            self._most[shape] = 1
        else:
            self._sure.add(shape)
        return vectors

    def _keep(self, one: _Waiting, vector: Values) -> None:
        try:
            _check_vector(self._space, one.name, vector)
        except Problem as problem:
            self.left_out.append(problem.sentence)
        else:
            self._vectors[len(self._rows)] = vector
            self._rows.append(one.number)

    def result(self) -> Embedded:
        """Return all that was computed."""
        vectors = self._vectors[: len(self._rows)]
        vectors.flags.writeable = False
        return Embedded(self._space, vectors, tuple(self._rows), tuple(self.left_out))


def _alike(found: Values, alone: Values) -> bool:
    """Return whether a vector came out the same, but for rounding: what torch adds up in another order."""
    size = float(np.abs(alone[np.isfinite(alone)]).max(initial=0.0))
    close = found.shape == alone.shape and np.allclose(
        found, alone, rtol=1e-3, atol=1e-3 * size, equal_nan=True
    )
    return bool(close)
