"""One file tried on one reader: taken or refused in a sentence, soon, in little memory, and nothing else."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from convviz.core.text import Problem
from convviz.files import pillow, refusals
from tests.reliability.readers import Reader, check_said, good_sessions
from tests.reliability.watch import watched

# A machine that is shared counts only the time of the reader's own thread.
MOST_SECONDS, MOST_MEMORY = 5.0, 200_000_000
PIXELS, BYTES = 2_000_000, 32_000_000


@contextmanager
def small_limits() -> Iterator[None]:
    """Let less be too large: what is refused by its size must be so before there is room for it."""
    with (
        patch.object(refusals, "MAX_PIXELS", PIXELS),
        patch.object(pillow, "MAX_PIXELS", PIXELS),
        patch.object(refusals, "MAX_BYTES", BYTES),
    ):
        yield


def warm(reader: Reader, place: Path, data: bytes) -> None:
    """Read a good file without a watch: what is loaded only then is not what a bad file does."""
    path = place / reader.name
    path.write_bytes(data)
    reader.read(path)
    path.unlink()


def tried(reader: Reader, place: Path, data: bytes) -> bool:
    """Read a file, and return whether it was taken; fail if anything but a sentence refuses it."""
    path = place / reader.name
    path.write_bytes(data)
    taken = True
    try:
        with watched() as cost:
            try:
                reader.read(path)
            except Problem as problem:
                taken = False
                check_said(problem)
        assert cost.seconds < MOST_SECONDS
        assert cost.memory < MOST_MEMORY
        assert [one.name for one in place.iterdir()] == [reader.name]
        assert list(place.parent.iterdir()) == [place]
    finally:
        path.unlink()
    return taken


def in_session(data: bytes) -> bytes:
    """Return a session with another text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good_sessions()[0])) as good, zipfile.ZipFile(out, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, data if name == "session.json" else good.read(name))
    return out.getvalue()


def text_in_session(data: bytes) -> bytes:
    """Return the text in a session."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("session.json")
