"""Reading CIFAR-10's batches, which are pickles, without letting them call anything.

A pickle is a program that may import and call what it likes. Here every name it asks for is one of five, and
each stands for something of ours that only keeps what it is given; arrays are made afterwards, from checked
bytes.
"""

import io
import pickle
import pickletools
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A batch keeps its 10 000 labels' names and little else; each place takes memory, empty or not.
_MOST_KEPT = 100_000


class Unreadable(Exception):  # noqa: N818 - the caller says what it means for the user
    """The pickle is damaged, or asks for more than numbers, text, lists and arrays of bytes."""


class _Type:
    """Stands for ``numpy.dtype``; only bytes are possible."""

    def __init__(self, name: object, *_: object) -> None:
        if name not in ("u1", b"u1", "uint8", b"uint8"):
            raise Unreadable("not an array of bytes")

    def __setstate__(self, state: object) -> None:
        """Ignore alignment and byte order: bytes have none."""


class _ArrayName:
    """Stands for ``numpy.ndarray``, which is named but never called."""

    def __new__(cls, *_: object) -> "_ArrayName":
        """Refuse to be called."""
        raise Unreadable("an array without its content")

    def __setstate__(self, state: object) -> None:
        """Be there, or a pickle could set attributes of the class."""
        raise Unreadable("an array without its content")


class _Array:
    """Stands for an array: keeps its shape and its bytes."""

    def __init__(self, *_: object) -> None:
        self.shape: tuple[int, ...] = ()
        self.raw = b""

    def __setstate__(self, state: Any) -> None:
        """Keep what ``numpy.ndarray`` stores: version, shape, type, whether in Fortran's order, bytes."""
        _, shape, kind, fortran, raw = state
        if not isinstance(kind, _Type) or fortran or not isinstance(raw, bytes):
            raise Unreadable("not an array of bytes")
        self.shape, self.raw = shape, raw

    def values(self) -> NDArray[np.uint8]:
        """Return the array."""
        return np.frombuffer(self.raw, np.uint8).reshape(self.shape)


class _Encode:
    """Stands for ``_codecs.encode``, with which Python 3 writes bytes for Python 2."""

    def __new__(cls, text: object, encoding: object) -> Any:
        """Return the bytes."""
        if not isinstance(text, str) or encoding not in ("latin1", b"latin1"):
            raise Unreadable("not bytes")
        return text.encode("latin-1")

    def __setstate__(self, state: object) -> None:
        """Be there, or a pickle could set attributes of the class."""
        raise Unreadable("not bytes")


_KNOWN: dict[tuple[str, str], Any] = {
    ("numpy", "dtype"): _Type,
    ("numpy", "ndarray"): _ArrayName,
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
    ("_codecs", "encode"): _Encode,
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return our stand-in; nothing is ever imported."""
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise Unreadable(f"{module}.{name}") from None

    def persistent_load(self, pid: Any) -> Any:
        """Refuse what lies outside the file."""
        raise Unreadable("something outside the file")


def _check_opcodes(data: bytes) -> None:
    """Refuse what makes Python's reader take memory before it looks for anything to fill it with."""
    for opcode, argument, _ in pickletools.genops(data):
        # The numbers under which things are kept for later are places in an array.
        if "PUT" in opcode.name and isinstance(argument, int) and not 0 <= argument <= _MOST_KEPT:
            raise Unreadable("too many things")
        if opcode.name == "BYTEARRAY8":
            raise Unreadable("not bytes")


def read_pickle(data: bytes) -> dict[str, Any]:
    """Return a pickled dictionary of numbers, text, lists and arrays of bytes.

    Parameters
    ----------
    data : bytes
        Written by Python 2 or 3.

    Returns
    -------
    dict of str to object
        Keys that were bytes are text; arrays are ndarrays of uint8.

    Raises
    ------
    Unreadable
        If it is damaged or holds anything else. Nothing in it was run.
    """
    try:
        _check_opcodes(data)
        content = _Unpickler(io.BytesIO(data), encoding="bytes").load()
        if not isinstance(content, dict):
            raise Unreadable("not a dictionary")
        return {
            _text(key): value.values() if isinstance(value, _Array) else value
            for key, value in content.items()
        }
    except Unreadable:
        raise
    except Exception as error:
        # The bytes are a program of sorts: a damaged one fails in many ways.
        raise Unreadable(str(error)) from error


def _text(key: object) -> str:
    return key.decode("latin-1") if isinstance(key, bytes) else str(key)
