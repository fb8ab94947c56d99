"""Well-known kernels by their proper names, and what can be done to a kernel."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from convviz.core.limits import MAX_KERNEL, check_weights
from convviz.core.text import QT_TRANSLATE_NOOP, Problem, Sentence

Kernel = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Preset:
    """A kernel with a name.

    Parameters
    ----------
    id : str
        Name on the command line.
    title : Sentence
        Name in the menu.
    weights : ndarray, shape (kh, kw)
        Read-only.
    """

    id: str
    title: Sentence
    weights: Kernel


def gaussian(size: int, sigma: float) -> Kernel:
    """Return a normalised Gaussian of ``size`` × ``size`` sampled at the cell centres."""
    x = np.arange(size) - (size - 1) / 2
    line = np.exp(-(x**2) / (2 * sigma**2))
    kernel = np.outer(line, line)
    return np.asarray(kernel / kernel.sum())


def binomial(size: int) -> Kernel:
    """Return the binomial approximation of a Gaussian: the outer product of a row of Pascal's triangle."""
    line = np.array([1.0])
    for _ in range(size - 1):
        line = np.convolve(line, [1.0, 1.0])
    return np.asarray(np.outer(line, line) / line.sum() ** 2)


# 5×5 Laplacian of Gaussian in whole numbers, as in Gonzalez & Woods, "Digital Image Processing",
# section 10.2, with the sign of the second derivative.
_LOG = [[0, 0, 1, 0, 0], [0, 1, 2, 1, 0], [1, 2, -16, 2, 1], [0, 1, 2, 1, 0], [0, 0, 1, 0, 0]]


def _preset(name: str, title: str, weights: object) -> Preset:
    kernel = np.array(weights, np.float64)
    kernel.flags.writeable = False
    return Preset(name, Sentence(title), kernel)


def _delta(size: int) -> Kernel:
    kernel = np.zeros((size, size))
    kernel[size // 2, size // 2] = 1
    return kernel


PRESETS: tuple[Preset, ...] = (
    _preset("identity", QT_TRANSLATE_NOOP("Sentence", "Identity"), _delta(3)),
    _preset("identity-1", QT_TRANSLATE_NOOP("Sentence", "Identity 1×1"), [[1]]),
    _preset("shift", QT_TRANSLATE_NOOP("Sentence", "Shift by one"), [[0, 0, 0], [1, 0, 0], [0, 0, 0]]),
    _preset("box-3", QT_TRANSLATE_NOOP("Sentence", "Box blur 3×3"), np.full((3, 3), 1 / 9)),
    _preset("box-5", QT_TRANSLATE_NOOP("Sentence", "Box blur 5×5"), np.full((5, 5), 1 / 25)),
    _preset("gaussian-3", QT_TRANSLATE_NOOP("Sentence", "Gaussian blur 3×3"), binomial(3)),
    _preset("gaussian-5", QT_TRANSLATE_NOOP("Sentence", "Gaussian blur 5×5"), binomial(5)),
    _preset("gaussian-7", QT_TRANSLATE_NOOP("Sentence", "Gaussian blur 7×7"), binomial(7)),
    _preset("gaussian-31", QT_TRANSLATE_NOOP("Sentence", "Gaussian blur 31×31"), gaussian(31, 5.0)),
    _preset("motion-blur", QT_TRANSLATE_NOOP("Sentence", "Motion blur"), np.eye(9) / 9),
    _preset("sharpen", QT_TRANSLATE_NOOP("Sentence", "Sharpen"), [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    _preset("unsharp", QT_TRANSLATE_NOOP("Sentence", "Unsharp mask"), 2 * _delta(5) - binomial(5)),
    _preset("emboss", QT_TRANSLATE_NOOP("Sentence", "Emboss"), [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    # Sobel, Prewitt and Scharr in the orientation of the textbooks that write them for convolution.
    _preset("sobel-x", QT_TRANSLATE_NOOP("Sentence", "Sobel ∂x"), [[1, 0, -1], [2, 0, -2], [1, 0, -1]]),
    _preset("sobel-y", QT_TRANSLATE_NOOP("Sentence", "Sobel ∂y"), [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]),
    _preset("prewitt-x", QT_TRANSLATE_NOOP("Sentence", "Prewitt ∂x"), [[1, 0, -1], [1, 0, -1], [1, 0, -1]]),
    _preset("prewitt-y", QT_TRANSLATE_NOOP("Sentence", "Prewitt ∂y"), [[1, 1, 1], [0, 0, 0], [-1, -1, -1]]),
    _preset("scharr-x", QT_TRANSLATE_NOOP("Sentence", "Scharr ∂x"), [[3, 0, -3], [10, 0, -10], [3, 0, -3]]),
    _preset("scharr-y", QT_TRANSLATE_NOOP("Sentence", "Scharr ∂y"), [[3, 10, 3], [0, 0, 0], [-3, -10, -3]]),
    _preset("roberts-1", QT_TRANSLATE_NOOP("Sentence", "Roberts cross ↘"), [[1, 0], [0, -1]]),
    _preset("roberts-2", QT_TRANSLATE_NOOP("Sentence", "Roberts cross ↙"), [[0, 1], [-1, 0]]),
    _preset(
        "laplacian-4",
        QT_TRANSLATE_NOOP("Sentence", "Laplacian, 4 neighbours"),
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    ),
    _preset(
        "laplacian-8",
        QT_TRANSLATE_NOOP("Sentence", "Laplacian, 8 neighbours"),
        [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
    ),
    _preset("log", QT_TRANSLATE_NOOP("Sentence", "Laplacian of Gaussian 5×5"), _LOG),
    _preset(
        "vertical-edge", QT_TRANSLATE_NOOP("Sentence", "Vertical edge"), [[1, 0, -1], [1, 0, -1], [1, 0, -1]]
    ),
    _preset(
        "horizontal-edge",
        QT_TRANSLATE_NOOP("Sentence", "Horizontal edge"),
        [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    ),
    _preset(
        "line-x", QT_TRANSLATE_NOOP("Sentence", "Vertical line"), [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]
    ),
    _preset(
        "line-y", QT_TRANSLATE_NOOP("Sentence", "Horizontal line"), [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]
    ),
    _preset(
        "lecture", QT_TRANSLATE_NOOP("Sentence", "Lecture: step by step"), [[0, 1, 0], [-1, 2, -1], [0, 1, 0]]
    ),
    _preset(
        "lecture-5x5", QT_TRANSLATE_NOOP("Sentence", "Lecture: on 5×5"), [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
    ),
    _preset("diagonal", QT_TRANSLATE_NOOP("Sentence", "Diagonal ↘"), np.eye(3)),
    _preset("antidiagonal", QT_TRANSLATE_NOOP("Sentence", "Diagonal ↙"), np.eye(3)[::-1]),
    _preset("ones", QT_TRANSLATE_NOOP("Sentence", "Ones"), np.ones((3, 3))),
    _preset(
        "composed", QT_TRANSLATE_NOOP("Sentence", "Lecture: composed"), [[0, -1, 0], [-1, 1, -1], [0, -1, 0]]
    ),
    _preset("pair-11", QT_TRANSLATE_NOOP("Sentence", "Fragment 11"), [[1, 1]]),
)

_ALIASES = {
    "box": "box-3",
    "box blur": "box-3",
    "blur": "box-3",
    "mean": "box-3",
    "gaussian": "gaussian-3",
    "gauss": "gaussian-3",
    "gaussian blur": "gaussian-3",
    "laplacian": "laplacian-4",
    "motion": "motion-blur",
    "unsharp mask": "unsharp",
    "laplacian of gaussian": "log",
    "roberts x": "roberts-1",
    "roberts y": "roberts-2",
}


def _plain(name: str) -> str:
    """Return the letters and digits of ``name`` in lower case, with ``3x3`` and ``3×3`` as ``3``."""
    square = re.sub(r"(\d+)\s*[x×]\s*\1", r"\1", name.lower())
    return "".join(c for c in square if c.isascii() and c.isalnum())


@cache
def _known() -> dict[str, Preset]:
    by_id = {p.id: p for p in PRESETS}
    titles = [_plain(str(p.title)) for p in PRESETS]
    # Titles that differ only in an arrow are no names.
    names = {t: p for t, p in zip(titles, PRESETS, strict=True) if titles.count(t) == 1}
    names |= {_plain(alias): by_id[target] for alias, target in _ALIASES.items()}
    return names | {_plain(p.id): p for p in PRESETS}


def preset(name: str) -> Preset:
    """Return the preset called ``name``: its id, its English title, or a usual name for it.

    Case, spaces, hyphens and underscores do not matter.

    Raises
    ------
    Problem
        If there is none; the sentence names those that are near, or all.
    """
    known, plain = _known(), _plain(name)
    if plain in known:
        return known[plain]
    near = [
        p.id for p in PRESETS if plain and (_plain(p.id).startswith(plain) or plain.startswith(_plain(p.id)))
    ]
    raise Problem(
        QT_TRANSLATE_NOOP("Sentence", "There is no kernel called “{name}”. There are: {names}."),
        name=name,
        names=", ".join(near or [p.id for p in PRESETS]),
    )


def rotate(kernel: Kernel) -> Kernel:
    """Return ``kernel`` (..., kh, kw) turned by 180°."""
    return kernel[..., ::-1, ::-1].copy()


def transpose(kernel: Kernel) -> Kernel:
    """Return ``kernel`` (..., kh, kw) with rows and columns exchanged."""
    return kernel.swapaxes(-1, -2).copy()


def flip_horizontal(kernel: Kernel) -> Kernel:
    """Return ``kernel`` (..., kh, kw) mirrored left to right."""
    return kernel[..., ::-1].copy()


def flip_vertical(kernel: Kernel) -> Kernel:
    """Return ``kernel`` (..., kh, kw) mirrored top to bottom."""
    return kernel[..., ::-1, :].copy()


def normalise(kernel: Kernel) -> Kernel:
    """Return ``kernel`` divided by its sum, so that a flat area keeps its value.

    Raises
    ------
    Problem
        If the weights add up to zero.
    """
    total = float(kernel.sum())
    if abs(total) < 1e-12 * max(1.0, float(np.abs(kernel).max())):
        raise Problem(
            QT_TRANSLATE_NOOP("Sentence", "The weights add up to 0, so they cannot be scaled to add up to 1.")
        )
    return np.asarray(kernel / total)


def negate(kernel: Kernel) -> Kernel:
    """Return ``kernel`` with every sign changed."""
    return 0.0 - kernel


def scale(kernel: Kernel, factor: float) -> Kernel:
    """Return ``kernel`` times ``factor``.

    Raises
    ------
    Problem
        If a weight would not be finite, or larger than 10³⁰.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.asarray(kernel * factor)
    check_weights(scaled)
    return scaled


def resize(kernel: Kernel, height: int, width: int) -> Kernel:
    """Return ``kernel`` (..., kh, kw) as ``height`` × ``width``: cut or filled with zeros around its centre.

    Raises
    ------
    Problem
        If a side is not from 1 to 31.
    """
    if not (1 <= height <= MAX_KERNEL and 1 <= width <= MAX_KERNEL):
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence", "A kernel has from 1 to {most} rows and columns, not {height} × {width}."
            ),
            most=MAX_KERNEL,
            height=height,
            width=width,
        )
    out = np.zeros((*kernel.shape[:-2], height, width))
    source, target = [], []
    for old, new in zip(kernel.shape[-2:], (height, width), strict=True):
        # Odd sizes share their centre cell; an even size keeps the extra row or column at the end.
        offset = (new - 1) // 2 - (old - 1) // 2
        kept = min(old, new)
        source.append(slice(max(0, -offset), max(0, -offset) + kept))
        target.append(slice(max(0, offset), max(0, offset) + kept))
    out[..., target[0], target[1]] = kernel[..., source[0], source[1]]
    return out
