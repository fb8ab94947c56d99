"""The compiled part of the engine, where it was compiled: the C files beside this one.

They are compiled when convviz is installed or packed, by ``packaging/native_build.py``. Where nothing could
be compiled everything works without, more slowly.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

SPARE = 64
"""How many numbers of memory, of any value, must follow the last of an input that is read."""

# Of the structures below and the functions that take them. A library left over from others is not used.
_INTERFACE = 5
_SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
FILE = Path(__file__).with_name(f"_native{_SUFFIX}")
"""Where the library is, if there is one."""


class Level(IntEnum):
    """What a processor can do at a time."""

    PLAIN = 0
    AVX2 = 1
    AVX512 = 2


class Windows(ctypes.Structure):
    """Windows that slide over planes: ``Windows`` in ``kernels.h``."""

    _fields_ = (
        ("planes", ctypes.c_void_p),
        ("plane", ctypes.c_ssize_t),
        ("line", ctypes.c_ssize_t),
        ("block", ctypes.c_ssize_t),
        ("wide", ctypes.c_int),
        ("taps", ctypes.c_void_p),
        ("kernel_rows", ctypes.c_int),
        ("kernel_columns", ctypes.c_int),
        ("stride", ctypes.c_int),
        ("dilation", ctypes.c_int),
        ("filters", ctypes.c_int),
        ("groups", ctypes.c_int),
        ("planes_per_group", ctypes.c_int),
        ("rows", ctypes.c_int),
        ("columns", ctypes.c_int),
        ("bytes", ctypes.c_int),
    )


class _Sums(ctypes.Structure):
    """Weighted sums of the lines of a matrix: ``Sums`` in ``kernels.h``."""

    _fields_ = (
        ("matrix", ctypes.c_void_p),
        ("filters", ctypes.c_int),
        ("groups", ctypes.c_int),
        ("lines", ctypes.c_int),
        ("columns", ctypes.c_ssize_t),
        ("bytes", ctypes.c_int),
    )


class Follow(ctypes.Structure):
    """What follows a convolution, in one pass over its planes: ``Follow`` in ``kernels.h``."""

    _fields_ = (
        ("scale", ctypes.c_void_p),
        ("shift", ctypes.c_void_p),
        ("low", ctypes.c_float),
        ("high", ctypes.c_float),
        ("border", ctypes.c_float),
        ("count", ctypes.c_int),
        ("rows", ctypes.c_int),
        ("columns", ctypes.c_int),
        ("above", ctypes.c_int),
        ("left", ctypes.c_int),
        ("framed_rows", ctypes.c_int),
        ("framed_columns", ctypes.c_int),
    )


class Library:
    """The compiled functions. They let other Python threads run meanwhile, and may be called from several.

    Parameters
    ----------
    file : Path
        The shared library.

    Raises
    ------
    OSError
        If it is not there, not for this system, or made from other sources.
    """

    def __init__(self, file: Path) -> None:
        library = ctypes.CDLL(str(file))
        try:
            interface = library.convviz_interface()
        except AttributeError:
            interface = 0
        if interface != _INTERFACE or library.convviz_spare() != SPARE:
            raise OSError(f"{file} is not of this version")
        library.convviz_sources.restype = ctypes.c_char_p
        self.sources: str = library.convviz_sources().decode("ascii")
        self._choose = library.convviz_choose
        self._slide, self._add = library.convviz_slide, library.convviz_add
        self._count, self._colour = library.convviz_count, library.convviz_colour
        pointer, size, whole = ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int
        number, double = ctypes.c_float, ctypes.c_double
        self._slide.argtypes = (ctypes.POINTER(Windows), pointer, pointer, pointer, whole)
        self._add.argtypes = (ctypes.POINTER(_Sums), pointer, pointer, whole)
        self._count.argtypes = (pointer, size, double, double, whole, pointer)
        scale = whole, number, number, whole, whole
        self._colour.argtypes = (pointer, size, size, size, *scale, pointer, pointer, whole)
        self._follow = library.convviz_follow
        self._follow.argtypes = (ctypes.POINTER(Follow), *[pointer] * 6, whole)
        for function in (self._add, self._count, self._colour, self._follow):
            function.restype = None
        self.threads = processors()
        self.level = self.choose(Level.AVX512)

    def choose(self, most: Level) -> Level:
        """Use what this processor can do, up to ``most``; return what that is."""
        self.level = Level(self._choose(int(most)))
        return self.level

    def slide(self, windows: Windows, weights: Values, across: Values | None, out: Values) -> None:
        """Fill ``out`` with what ``windows`` give.

        Parameters
        ----------
        windows : Windows
            Their planes are followed by :data:`SPARE` numbers.
        weights : ndarray of float32, shape (filters, planes, kh, kw), or (filters, planes, kh)
            C-contiguous, as all arrays here; the second with ``across``.
        across : ndarray of float32, shape (filters, planes, kw), or None
            The other factor of every kernel.
        out : ndarray of float32, shape (filters, rows, columns)
            Changed in place.

        Raises
        ------
        MemoryError
            If there is none for what factored kernels keep between their passes.
        """
        _check(weights, out)
        if across is not None:
            _check(across)
        second = None if across is None else across.ctypes.data
        done = self._slide(windows, weights.ctypes.data, second, out.ctypes.data, self.threads)
        if not done:
            raise MemoryError

    def multiply(self, kernel: Values, matrix: Values | NDArray[np.uint8]) -> Values:
        """Return the products of matrices (G, F, K) and (G, K, N), newly made, shape (G, F, N).

        Both are C-contiguous, and ``matrix`` is followed by :data:`SPARE` numbers.
        """
        groups, filters, lines = kernel.shape
        columns = matrix.shape[2]
        _check(kernel)
        assert matrix.flags.c_contiguous
        assert matrix.dtype in (np.float32, np.uint8)
        if 0 in (groups, filters, lines, columns):
            return np.zeros((groups, filters, columns), np.float32)
        out = np.empty((groups, filters, columns), np.float32)
        sums = _Sums(
            matrix.ctypes.data, groups * filters, groups, lines, columns, int(matrix.dtype == np.uint8)
        )
        self._add(sums, kernel.ctypes.data, out.ctypes.data, self.threads)
        return out

    def follow(self, follow: Follow, addresses: Sequence[int | None], threads: int) -> None:
        """Write what follows a convolution.

        Parameters
        ----------
        follow : Follow
            What to compute. ``scale`` and ``shift`` are addresses of ``count`` numbers.
        addresses : sequence of int or None, length 6
            Of the planes, of what is added to them, and of four results: scaled; added; cut off at ``low``
            and ``high``; with a border. All are C-contiguous float32. Results without one are left out.
        threads : int
            How many to use at most.
        """
        self._follow(follow, *addresses, threads)

    def count(self, values: Values, start: float, scale: float, bins: int) -> NDArray[np.int64]:
        """Return how many of ``values`` have (v − start)·scale nearest to 0, 1, … ``bins``.

        Halves count for the even number, what is beyond either end for that end, what is no number for 0.
        ``values`` are C-contiguous.
        """
        _check(values)
        counts = np.zeros(bins + 1, np.int64)
        self._count(values.ctypes.data, values.size, start, scale, bins, counts.ctypes.data)
        return counts

    def colour(
        self,
        values: Values,
        table: NDArray[np.uint32],
        *,
        low: float,
        factor: float,
        centre: int,
        absolute: bool,
    ) -> NDArray[np.uint32]:
        """Return the colours at round((v − low)·factor) + centre of ``table``, its ends where that is beyond.

        Parameters
        ----------
        values : ndarray of float32, shape (h, w)
            With neighbours in a row side by side, if there are any.
        table : ndarray of uint32, shape (n,)
            C-contiguous.
        low, factor, centre
            Where in the table a value is.
        absolute : bool
            Whether |v| is meant by v.
        """
        assert values.dtype == np.float32
        rows, columns = values.shape
        # From one column to the next NumPy may say any distance where there is none.
        assert columns < 2 or not rows or values.strides[1] == values.itemsize
        pixels = np.empty((rows, columns), np.uint32)
        down, last = values.strides[0] // values.itemsize, len(table) - 1
        at, colours = values.ctypes.data, table.ctypes.data
        out, threads = pixels.ctypes.data, self.threads
        self._colour(at, rows, columns, down, absolute, low, factor, centre, last, colours, out, threads)
        return pixels


def _check(*arrays: Values) -> None:
    """Make sure that ``arrays`` are what the compiled functions take them for: those would not notice."""
    for array in arrays:
        assert array.dtype == np.float32
        assert array.flags.c_contiguous


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def library() -> Library | None:
    """Return the compiled functions; None where nothing could be compiled."""
    try:
        return Library(FILE)
    except OSError:
        return None
