"""Sessions into files."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from convviz import __version__
from convviz.core.picture import Picture
from convviz.core.text import QT_TRANSLATE_NOOP, Problem
from convviz.files.atomic import write_atomically
from convviz.files.note_tables import note_tables
from convviz.files.pixels import row_blocks
from convviz.files.sessions import (
    FORMAT,
    HELD,
    KERNELS,
    MOST_BYTES,
    MOST_PICTURES,
    MOST_TEXT,
    PICTURE,
    TEXT,
    SavedSession,
)

# Quick, and not much larger than the slowest: a session is kept every half minute.
_LEVEL = 1
# Of what a session may unpack to, left for its text, its kernels and what stands before every array.
_ROOM = 40_000_000


def _never() -> None:
    """Let the writing go on."""


def write_session(path: Path, session: SavedSession, check: Callable[[], None] = _never) -> None:
    """Write a session, the whole of it or nothing.

    Parameters
    ----------
    path : Path
        Where to; its folder must exist. A file that is there is replaced.
    session : SavedSession
        :func:`convviz.files.sessions.read_session` gives it back, to the bit.
    check : callable
        Called several times a second; raises what ends the writing.

    Raises
    ------
    Problem
        If it cannot be written or there is too much in it. The old file is kept.
    """
    write_atomically(path, _packed(_members(session, path.name), check))


def _members(session: SavedSession, name: str) -> list[tuple[str, bytes | NDArray[Any]]]:
    """Return what the archive holds: names, and texts or arrays."""
    held: list[Picture] = []
    told = dict(session.told)
    if "embeddings" in told:
        told["embeddings"] = _without_pictures(told["embeddings"], held)
    content: dict[str, Any] = {
        "format": FORMAT,
        "program": f"convviz {__version__}",
        "room": session.room,
        "picture": _described(session.picture),
        "layer": session.layer,
        "views": session.views,
        **told,
    }
    if session.file:
        content["file"] = session.file
    # A path may hold bytes that are no text: those are written as escapes.
    text = json.dumps(content, indent=1, allow_nan=False).encode()
    size = sum(picture.values.nbytes for picture in (session.picture, *held))
    if len(text) > MOST_TEXT or len(held) > MOST_PICTURES or size > MOST_BYTES - _ROOM:
        raise Problem(
            QT_TRANSLATE_NOOP(
                "Sentence",
                "{name} was not saved: the embeddings room holds more pictures than a session can."
                " Remove some there.",
            ),
            name=name,
        )
    arrays = [(PICTURE, session.picture.values), (KERNELS, session.kernels)]
    arrays += [(_member(number), picture.values) for number, picture in enumerate(held)]
    return [(TEXT, text), *arrays]


def _without_pictures(table: Mapping[str, Any], held: list[Picture]) -> dict[str, Any]:
    """Return the table with names in the place of the pictures, which are added to ``held``."""
    entries = []
    for entry in table.get("pictures", ()):
        if isinstance(entry, Mapping) and HELD in entry:
            picture = entry[HELD]
            entries.append({"member": _member(len(held)), **_described(picture)})
            held.append(picture)
        else:
            entries.append(entry)
    return {**table, "pictures": entries}


def _member(number: int) -> str:
    return f"pictures/{number}.npy"


def _described(picture: Picture) -> dict[str, Any]:
    notes = {"notes": note_tables(picture.notes)} if picture.notes else {}
    return {
        "name": picture.name,
        "kind": picture.kind.value,
        "low": float(picture.low),
        "high": float(picture.high),
        **notes,
    }


def _packed(
    members: list[tuple[str, bytes | NDArray[Any]]], check: Callable[[], None]
) -> Iterator[bytes | memoryview]:
    """Yield the archive part by part: it need not be in memory beside the picture."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, content in members:
            # By its name alone: the same session gives the same bytes at any time of the day.
            with archive.open(name, "w") as member:
                for part in [content] if isinstance(content, bytes) else _parts(content):
                    check()
                    member.write(part)
                    yield from sink.take()
    yield from sink.take()


def _parts(values: NDArray[Any]) -> Iterator[bytes]:
    """Yield the parts of a ``.npy`` file: the numbers row by row, their lowest byte first."""
    dtype = values.dtype.newbyteorder("<")
    head = io.BytesIO()
    npy.write_array_header_1_0(
        head, {"descr": dtype.str, "fortran_order": False, "shape": tuple(map(int, values.shape))}
    )
    yield head.getvalue()
    for rows in row_blocks(values.shape[0], values[0].size):
        yield np.ascontiguousarray(values[rows], dtype).tobytes()


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken. It cannot go back, so nothing written is changed later."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def take(self) -> list[bytes]:
        parts, self._parts = self._parts, []
        return parts
