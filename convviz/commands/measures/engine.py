"""The engine beside other libraries: item 1.

Timed is one :meth:`convviz.engine.backend.Resting.correlate`: the picture rests in the layout the engine
prefers, and the result is what colouring and read-out use as it is. The rival writes into a kept array, which
saves it the memory's first touch; both use all processors.
"""

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish, take_turns
from convviz.commands.measures.rivals import cores, no_opencv, opencv, optional, photograph
from convviz.core import kernels
from convviz.core.specs import Pair
from convviz.engine.backend import Resting, current, load_torch

Values = NDArray[np.float32]

SIZES = {"1280x720": (720, 1280), "1920x1080": (1080, 1920)}
DENSE_LIMITS = {3: 0.8, 5: 0.5, 7: 0.5, 9: 0.5, 11: 0.5, 15: 0.5, 21: 0.5, 31: 0.8}
SEPARABLE_LIMIT = 0.8
SPARE_LIMIT = 1.2
SPARE_KERNELS, SPARE_STEPS = (3, 5, 7, 11, 21, 31), (2, 3)
OTHERS_LIMIT = 1.0
OTHERS_KERNELS = (3, 5)
# Of the sum of |weight| · 255, to which float32 is exact to 6e-8.
TOLERANCE = 3e-6


def ready_torch() -> None:
    """Load torch and give it all processors."""
    load_torch()
    import torch

    torch.set_num_threads(cores())


class Case:
    """A picture at rest under one kernel, the same for each of its three channels.

    Parameters
    ----------
    lines : ndarray of float32, shape (h, w, 3)
        The picture.
    kernel : ndarray, shape (kh, kw)
        Weights.
    stride, dilation : int
        In both directions.
    """

    def __init__(
        self, lines: Values, kernel: NDArray[np.float64], stride: int = 1, dilation: int = 1
    ) -> None:
        size: Pair = (kernel.shape[0], kernel.shape[1])
        before, after = ([dilation * (k - 1 - k // 2), dilation * (k // 2)] for k in size)
        bordered = np.pad(lines, (before, after, (0, 0)), "reflect")
        block = np.ascontiguousarray(bordered.transpose(2, 0, 1))
        self.weights: Values = np.ascontiguousarray(np.broadcast_to(kernel.astype(np.float32), (3, 1, *size)))
        self._resting: Resting = current().rest(block, size, (stride, stride), (dilation, dilation))
        self.cells = int(np.prod(self._resting.correlate(self.weights, 3).shape))

    def run(self) -> object:
        """Meet the kernel once."""
        return self._resting.correlate(self.weights, 3)

    def agrees_with(self, result: NDArray[np.floating]) -> bool:
        """Whether the result is that of a rival, (h, w, 3), but for rounding."""
        ours = self._resting.correlate(self.weights, 3).natural().transpose(1, 2, 0)
        bound = TOLERANCE * 255 * float(np.abs(self.weights[0]).sum())
        return bool(np.allclose(ours, result, rtol=0, atol=bound))


def measure_engine(wish: Wish) -> Iterator[Finding]:
    """Yield the cases of dense kernels beside ``filter2D``, then beside SciPy and plain ``conv2d``."""
    cv2 = opencv()
    ready_torch()
    for size, shape in SIZES.items():
        lines = photograph(*shape).astype(np.float32)
        out = np.empty_like(lines)
        for k, limit in DENSE_LIMITS.items():
            name = f"engine/{size}/{k}x{k}"
            if cv2 is not None and wish.includes(name):
                kernel = _dense(k)
                yield _beside(
                    Ratio(name, 0, limit, "filter2D"),
                    Case(lines, kernel),
                    partial(cv2.filter2D, lines, cv2.CV_32F, kernel, dst=out),
                    wish,
                )
    if cv2 is None:
        yield no_opencv("the engine beside filter2D")
    yield from _others(wish)


def measure_separable(wish: Wish) -> Iterator[Finding]:
    """Yield the cases of separable kernels beside ``sepFilter2D``."""
    cv2 = opencv()
    if cv2 is None:
        yield no_opencv("separable kernels beside sepFilter2D")
        return
    ready_torch()
    for size, shape in SIZES.items():
        lines = photograph(*shape).astype(np.float32)
        out = np.empty_like(lines)
        for title, (across, down) in _separable().items():
            name = f"separable/{size}/{title}"
            if wish.includes(name):
                yield _beside(
                    Ratio(name, 0, SEPARABLE_LIMIT, "sepFilter2D"),
                    Case(lines, np.outer(down, across)),
                    partial(cv2.sepFilter2D, lines, cv2.CV_32F, across, down, dst=out),
                    wish,
                )


def measure_stride(wish: Wish) -> Iterator[Finding]:
    """Yield strided and dilated cases beside our own time at stride 1 for the same share of the output."""
    ready_torch()
    for size, shape in SIZES.items():
        lines = photograph(*shape).astype(np.float32)
        for k in SPARE_KERNELS:
            for kind in ("stride", "dilation"):
                for step in SPARE_STEPS:
                    name = f"stride/{size}/{k}x{k}/{kind}-{step}"
                    if wish.includes(name):
                        yield _spare(name, lines, _dense(k), kind, step, wish)


def _spare(
    name: str, lines: Values, kernel: NDArray[np.float64], kind: str, step: int, wish: Wish
) -> Finding:
    plain = Case(lines, kernel)
    spare = Case(lines, kernel, stride=step) if kind == "stride" else Case(lines, kernel, dilation=step)
    share = spare.cells / plain.cells
    timed = take_turns(spare.run, plain.run, wish.pairs)
    note = f"{timed.note('at stride 1')}, {share:.3f} of the output"
    return Ratio(name, timed.ratio / share, SPARE_LIMIT, note)


def _others(wish: Wish) -> Iterator[Finding]:
    size, shape = next(iter(SIZES.items()))
    lines = photograph(*shape).astype(np.float32)
    ndimage = optional("scipy.ndimage")
    rivals: dict[str, Callable[[NDArray[np.float64]], Callable[[], NDArray[np.floating]]]] = {
        "conv2d": lambda kernel: _conv2d(lines, kernel)
    }
    if ndimage is not None:
        rivals["scipy"] = lambda kernel: _scipy(ndimage, lines, kernel)
    else:
        yield LeftOut("SciPy is not installed, so the engine beside its ndimage is left out.")
    for title, rival in rivals.items():
        for k in OTHERS_KERNELS:
            name = f"engine/{size}/{k}x{k}/{title}"
            if wish.includes(name):
                kernel = _dense(k)
                yield _beside(Ratio(name, 0, OTHERS_LIMIT, title), Case(lines, kernel), rival(kernel), wish)


def _scipy(
    ndimage: ModuleType, lines: Values, kernel: NDArray[np.float64]
) -> Callable[[], NDArray[np.floating]]:
    out, weights = np.empty_like(lines), kernel.astype(np.float32)[..., np.newaxis]

    def run() -> NDArray[np.floating]:
        ndimage.correlate(lines, weights, output=out, mode="mirror")
        return out

    return run


def _conv2d(lines: Values, kernel: NDArray[np.float64]) -> Callable[[], NDArray[np.floating]]:
    """Return what one writes first: a batch of one picture, channels first, one group for each channel."""
    import torch
    import torch.nn.functional as F  # noqa: N812 - torch's own name for it

    half = kernel.shape[0] // 2
    bordered = np.pad(lines, ((half, half), (half, half), (0, 0)), "reflect")
    batch = torch.from_numpy(np.ascontiguousarray(bordered.transpose(2, 0, 1)[np.newaxis]))
    weights = torch.from_numpy(kernel.astype(np.float32)).expand(3, 1, *kernel.shape).contiguous()

    def run() -> NDArray[np.floating]:
        with torch.inference_mode():
            found: NDArray[np.floating] = F.conv2d(batch, weights, groups=3)[0].numpy().transpose(1, 2, 0)
        return found

    return run


def _beside(asked: Ratio, case: Case, rival: Callable[[], NDArray[np.floating]], wish: Wish) -> Finding:
    """Return ``asked``, whose note names the rival, with what was measured."""
    if not case.agrees_with(rival()):
        return LeftOut(f"{asked.name}: the result is not that of {asked.note}, so it was not timed.")
    timed = take_turns(case.run, rival, wish.pairs)
    return Ratio(asked.name, timed.ratio, asked.limit, timed.note(asked.note))


def _dense(k: int) -> NDArray[np.float64]:
    return np.random.default_rng(k).normal(size=(k, k))


def _separable() -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return the kernels by name as their lines across and down."""
    found = {"sobel-3": (np.array([1.0, 0.0, -1.0]), np.array([1.0, 2.0, 1.0]))}
    for k in (5, 7, 9, 11, 15, 21, 31):
        line = kernels.gaussian(k, k / 6).sum(axis=0)
        found[f"gaussian-{k}"] = line, line
    for k in (3, 5, 9, 15, 31):
        found[f"box-{k}"] = np.full(k, 1 / k), np.full(k, 1 / k)
    return found
