"""PPM, PGM and PBM pictures, binary or plain, with any highest value."""

import re
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from convviz.files.deep import Samples
from convviz.files.refusals import check_memory, check_size, cut_short, damaged

_TITLE = "PPM"
_CHANNELS = {1: 1, 2: 1, 3: 3, 4: 1, 5: 1, 6: 3}


def read_pnm(file: BinaryIO, name: str) -> Samples:
    """Read a PPM, PGM or PBM picture (netpbm's formats P1 to P6).

    Parameters
    ----------
    file : binary file
        At the start of the picture.
    name : str
        Name to use in sentences.

    Returns
    -------
    Samples
        ``bits`` is 1 for black-and-white pictures (values 0 and 255), 8 for a highest value of 255, else the
        number of bits that the highest value needs.

    Raises
    ------
    Problem
        If it is too large, cut short or damaged.
    """
    kind = int(file.read(2)[1:])
    width, height = _number(file, name), _number(file, name)
    check_size(name, width, height)
    highest = 1 if kind in (1, 4) else _number(file, name)
    if not 1 <= highest <= 65535:
        raise damaged(name, _TITLE)
    shape = (height, width, _CHANNELS[kind])
    # Plain text takes up to eight bytes a number, twice while comments are removed.
    check_memory(name, height * width * shape[2], 20 if kind <= 3 else 1 if highest < 256 else 2)
    values = _plain(file, shape, kind, name) if kind <= 3 else _binary(file, shape, kind, highest, name)
    if kind in (1, 4):
        return Samples((1 - values) * np.uint8(255), 1)
    if int(values.max()) > highest:
        raise damaged(name, _TITLE)
    return Samples(values, highest.bit_length(), highest=highest)


def _number(file: BinaryIO, name: str) -> int:
    """Read the next number of the header and the one white space after it."""
    digits = b""
    while True:
        byte = file.read(1)
        if byte == b"#":
            while byte not in (b"\n", b"\r", b""):
                byte = file.read(1)
        if not byte:
            raise cut_short(name, _TITLE)
        if byte.isdigit() and len(digits) < 10:
            digits += byte
        elif not byte.isspace():
            raise damaged(name, _TITLE)
        elif digits:
            return int(digits)


def _binary(file: BinaryIO, shape: tuple[int, int, int], kind: int, highest: int, name: str) -> NDArray[Any]:
    height, width, channels = shape
    dtype = np.dtype(np.uint8 if highest < 256 else ">u2")
    row = -(-width // 8) if kind == 4 else width * channels
    data = file.read(height * row * dtype.itemsize)
    if len(data) < height * row * dtype.itemsize:
        raise cut_short(name, _TITLE)
    if kind == 4:
        packed = np.frombuffer(data, np.uint8).reshape(height, row)
        return np.unpackbits(packed, axis=1, count=width).reshape(shape)
    return np.frombuffer(data, dtype).reshape(shape)


def _plain(file: BinaryIO, shape: tuple[int, int, int], kind: int, name: str) -> NDArray[Any]:
    count = shape[0] * shape[1] * shape[2]
    # A number, at most five digits, and a space: more text than that is not needed.
    text = re.sub(rb"#[^\n\r]*", b"", file.read(count * 8 + 1_000_000))
    if re.search(rb"[^\s0-9]", text):
        raise damaged(name, _TITLE)
    if kind == 1:
        digits = np.frombuffer(text, np.uint8)
        values: NDArray[Any] = digits[digits >= ord("0")] - np.uint8(ord("0"))
    else:
        values = np.fromstring(text.decode("ascii"), np.uint32, sep=" ")
    if values.size < count:
        raise cut_short(name, _TITLE)
    values = values[:count]
    if int(values.max()) > (1 if kind == 1 else 65535):
        raise damaged(name, _TITLE)
    return values.astype(np.uint8 if int(values.max()) < 256 else np.uint16).reshape(shape)
