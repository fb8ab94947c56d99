"""Sessions in files: everything a window holds, to the bit, in one archive that runs nothing.

``NAME.convviz`` is a ZIP archive; the README documents what is in it.
"""

import io
import json
import struct
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from convviz.core.lessons import Table
from convviz.core.limits import MAX_KERNEL
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.arrays import MAX_CHANNELS, npy_header
from convviz.files.note_tables import notes_from
from convviz.files.refusals import MAX_BYTES, check_memory, check_size, too_large
from convviz.files.sources import open_regular
from convviz.files.versions import is_version

FORMAT = 2
"""What is written; 1 had no ``notes``, ``aim`` and ``rates``."""

SUFFIX = ".convviz"
"""How the names of sessions end."""

ROOMS = ("image", "convolution", "network", "training", "embeddings")
VIEWS = ("image", "convolution")
TOLD = ("network", "training", "embeddings")

TEXT, PICTURE, KERNELS = "session.json", "picture.npy", "kernels.npy"
MOST_TEXT = 16_000_000
"""Bytes of which no ``session.json`` has more: numbers of pictures and kernels are not in it."""

MOST_PICTURES = 2000
"""How many pictures of the embeddings room travel inside; those with a file of their own do not count."""

MOST_BYTES = MAX_BYTES
"""What everything in a session may unpack to."""

HELD = "held"
"""The key of a picture itself in the entry of the embeddings room that stands for it."""

# The list of an archive's files: about 70 bytes for each.
_MOST_LIST = 400_000
_END = struct.Struct("<4s4H2LH")
_NPY = b"\x93NUMPY\x01\x00"
_KEYS = ("format", "program", "room", "picture", "layer", "views", *TOLD, "file")
_PICTURE_KEYS = ("name", "kind", "low", "high", "notes")
# What a damaged archive makes of Python's own readers.
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True, eq=False)
class SavedSession:
    """What stands in the file of a session.

    Parameters
    ----------
    picture : Picture
        The picture, without the path it was read from.
    kernels : ndarray of float64, shape (T, K, kh, kw)
        Weights of the filters.
    layer : mapping
        Names, biases and settings, as in a lesson, without ``kernels``.
    room : str
        One of :data:`ROOMS`.
    views : mapping
        Where the rooms in :data:`VIEWS` look.
    told : mapping
        What the rooms in :data:`TOLD` hold, as in a lesson; pictures of the embeddings room that have no file
        are under :data:`HELD`.
    file : str
        Only in what is kept without being asked: where the session was saved last.
    """

    picture: Picture
    kernels: NDArray[np.float64]
    layer: Table
    room: str = "convolution"
    views: Mapping[str, Table] = field(default_factory=dict)
    told: Mapping[str, Table] = field(default_factory=dict)
    file: str = ""


def session_file(paths: list[str]) -> str | None:
    """Return the first of these files that is named as a session, None if none is."""
    return next((path for path in paths if path.lower().endswith(SUFFIX)), None)


def read_session(path: Path) -> SavedSession:
    """Read a session.

    Nothing in it is run and nothing is unpacked to the disk; what it claims to hold is checked before any of
    it is decoded.

    Parameters
    ----------
    path : Path
        A file that :func:`convviz.files.session_writing.write_session` has written.

    Raises
    ------
    Problem
        If it cannot be read, is damaged, too large, or was made by a newer convviz; the sentence names it.
    """
    name = path.name
    with open_regular(path) as file:
        try:
            _check_list(file)
            with ZipFile(file) as archive:
                return _Reader(archive, name).session()
        except Problem:
            raise
        except MemoryError as error:
            raise too_large(name) from error
        except (*_BROKEN, RecursionError) as error:
            raise _damaged(name) from error


def _damaged(name: str) -> Problem:
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence", "{name} is not a session, or is damaged. Open another file, or a copy of it."
        ),
        name=name,
    )


def misplaced(name: str, place: object) -> Problem:
    """Return the refusal of a session in which something is not as it should be at ``place``."""
    return Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{name} is not a session as it should be: look at {place}. The README says what may be there.",
        ),
        name=name,
        place=place,
    )


def _check_list(file: BinaryIO) -> None:
    """Refuse an archive whose list of files alone would fill the memory: it is read before all else."""
    file.seek(0, 2)
    start = file.tell() - _END.size
    if start < 0:
        raise BadZipFile("shorter than the end of an archive")
    file.seek(start)
    signature, *_, size, _offset, comment = _END.unpack(file.read(_END.size))
    if signature != b"PK\x05\x06" or comment or size > _MOST_LIST:
        raise BadZipFile("no archive as convviz writes it")
    file.seek(0)


class _Reader:
    """Reads one archive; every refusal names the file."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        members = archive.infolist()
        self._members = {member.filename: member for member in members}
        if len(members) != len(self._members) or len(members) > MOST_PICTURES + 3:
            raise BadZipFile("a file is there twice, or there are too many")
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise too_large(name)
        self._used = {TEXT}

    def session(self) -> SavedSession:
        content = self._text()
        picture = self._picture(PICTURE, self._table(content, "picture"), "picture")
        kernels = self._kernels(picture.channels)
        views = self._table(content, "views", needed=False)
        told = {key: self._table(content, key) for key in TOLD if key in content}
        room, file = content.get("room"), content.get("file", "")
        if room not in ROOMS:
            self._refuse("room")
        if not isinstance(file, str):
            self._refuse("file")
        if not views.keys() <= set(VIEWS) or not all(isinstance(view, dict) for view in views.values()):
            self._refuse("views")
        if "embeddings" in told:
            told["embeddings"] = self._with_pictures(told["embeddings"])
        stray = next((name for name in self._members if name not in self._used), None)
        if stray is not None:
            self._refuse(stray)
        return SavedSession(picture, kernels, self._table(content, "layer"), room, views, told, file)

    def _text(self) -> dict[str, Any]:
        if self._member(TEXT).file_size > MOST_TEXT:
            raise Problem(
                QT_TRANSLATE_NOOP("Sentence", "{name} holds more text than a session may ({most} MB)."),
                name=self._name,
                most=MOST_TEXT // 1_000_000,
            )
        with self._archive.open(self._member(TEXT)) as file:
            content = json.loads(file.read().decode("utf-8"), parse_constant=_no_number)
        if not isinstance(content, dict):
            raise BadZipFile("no table")
        version = content.get("format")
        if not is_version(version, FORMAT, self._name):
            self._refuse("format")
        unknown = next((key for key in content if key not in _KEYS), None)
        if unknown is not None:
            self._refuse(unknown)
        return content

    def _kernels(self, channels: int) -> NDArray[np.float64]:
        # No more than a picture of 64 channels can have of its own.
        values = self._array(KERNELS, ("<f8",), 16 * MAX_CHANNELS * MAX_KERNEL**2, 4)
        filters, kernels, *sides = values.shape
        if kernels not in (1, channels) or filters < 1 or not 1 <= min(sides) <= max(sides) <= MAX_KERNEL:
            self._refuse(KERNELS)
        return values

    def _picture(self, member: str, table: Table, where: str) -> Picture:
        unknown = next((key for key in table if key not in _PICTURE_KEYS), None)
        if unknown is not None:
            self._refuse(f"{where}, {unknown}")
        values = self._array(member, ("|u1", "<f4"), MAX_BYTES, 3)
        name, kind = table.get("name"), table.get("kind")
        low, high = (self._number(table.get(key), f"{where}, {key}") for key in ("low", "high"))
        if not isinstance(name, str):
            self._refuse(f"{where}, name")
        if kind not in list(PictureKind):
            self._refuse(f"{where}, kind")
        if not low <= high:
            self._refuse(f"{where}, low")
        try:
            notes = notes_from(table.get("notes", []))
        except ValueError:
            self._refuse(f"{where}, notes")
        return Picture(values, name, low, high, PictureKind(kind), notes=notes)

    def _with_pictures(self, table: dict[str, Any]) -> dict[str, Any]:
        """Put the pictures that travel inside in the place of what names them."""
        given = table.get("pictures")
        if not isinstance(given, list):
            return table
        return {**table, "pictures": [self._entry(each) for each in given]}

    def _entry(self, given: object) -> object:
        if not isinstance(given, dict) or "member" not in given:
            return given
        member = given["member"]
        if not isinstance(member, str) or member in (TEXT, PICTURE, KERNELS):
            self._refuse("embeddings, pictures")
        rest = {key: value for key, value in given.items() if key != "member"}
        return {HELD: self._picture(member, rest, "embeddings, pictures")}

    def _array(self, member: str, types: tuple[str, ...], most: int, axes: int) -> NDArray[Any]:
        """Return an array; its size is known and checked before there is room for it."""
        info = self._member(member)
        self._used.add(member)
        with self._archive.open(info) as opened:
            file = cast(io.BufferedReader, opened)
            # Headers of later versions may be as long as the file itself.
            if file.peek(len(_NPY))[: len(_NPY)] != _NPY:
                raise BadZipFile("no array as convviz writes it")
            shape, fortran, dtype = npy_header(file, self._name)
            if dtype.str not in types or fortran or len(shape) != axes:
                self._refuse(member)
            if axes == 3:
                check_size(self._name, shape[1], shape[0])
            count = int(np.prod(shape, dtype=object))
            check_memory(self._name, count, dtype.itemsize)
            size = count * dtype.itemsize
            if not 0 < size <= most * dtype.itemsize or (axes == 3 and shape[2] > MAX_CHANNELS):
                self._refuse(member)
            if info.file_size - file.tell() != size:
                raise BadZipFile("more or fewer numbers than the shape says")
            data = np.empty(size, np.uint8)
            filled = 0
            while filled < size:
                read = file.readinto(data[filled : filled + 2**24].data)
                if not read:
                    raise BadZipFile("numbers are missing")
                filled += read
            # Only at its end is the checksum looked at.
            file.read(1)
        values = data.view(dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=False)
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            self._refuse(member)
        return values

    def _member(self, name: str) -> ZipInfo:
        info = self._members.get(name)
        if info is None:
            raise BadZipFile(f"no {name}")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & 0x1:
            raise BadZipFile("packed as convviz does not")
        return info

    def _table(self, content: Table, key: str, *, needed: bool = True) -> dict[str, Any]:
        found = content.get(key, None if needed else {})
        if not isinstance(found, dict):
            self._refuse(key)
        return found

    def _number(self, value: Any, where: str) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not abs(value) <= sys.float_info.max
        ):
            self._refuse(where)
        return float(value)

    def _refuse(self, place: str) -> NoReturn:
        raise misplaced(self._name, place)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
