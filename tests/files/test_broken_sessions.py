"""Broken session files: whatever is wrong gets a sentence, and little memory."""

import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from convviz.core.text import Problem
from convviz.files import session_writing as writing
from convviz.files import sessions as reading
from convviz.files.session_writing import write_session
from convviz.files.sessions import read_session
from convviz.ui.sessions.content import content_from
from tests.files.session_numbers import FIRST, edited, members, numbers, pack, refusal


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda text: text.pop("format"), "format"),
        (lambda text: text.update(format=True), "format"),
        (lambda text: text.update(format="1"), "format"),
        (lambda text: text.update(run="rm"), "run"),
        (lambda text: text.update(room="kitchen"), "room"),
        (lambda text: text.update(room=["image"]), "room"),
        (lambda text: text.pop("picture"), "picture"),
        (lambda text: text["picture"].update(low=9), "picture, low"),
        (lambda text: text["picture"].update(high=True), "picture, high"),
        (lambda text: text["picture"].update(low=-(10**400)), "picture, low"),
        (lambda text: text["picture"].update(name=5), "picture, name"),
        (lambda text: text["picture"].update(kind="cat"), "picture, kind"),
        (lambda text: text["picture"].update(kind=[]), "picture, kind"),
        (lambda text: text["picture"].update(source="/a"), "picture, source"),
        (lambda text: text.update(layer=[]), "layer"),
        (lambda text: text.update(views={"kitchen": {}}), "views"),
        (lambda text: text.update(views={"image": 5}), "views"),
        (lambda text: text.update(network=5), "network"),
        (lambda text: text.update(file=5), "file"),
        (lambda text: text["embeddings"]["pictures"][1].update(member="kernels.npy"), "embeddings, pictures"),
        (lambda text: text["embeddings"]["pictures"][1].update(member=[]), "embeddings, pictures"),
        (lambda text: text["embeddings"]["pictures"].pop(1), "pictures/0.npy"),
        (lambda text: text["layer"].update(stride=[0, 1]), "layer, stride"),
        (lambda text: text["layer"].update(biases=[1]), "layer, biases"),
        (lambda text: text["layer"].update(hook="x"), "layer, hook"),
        (lambda text: text["views"]["image"].update(zoom=-1), "view, zoom"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], place: str
) -> None:
    path = edited(tmp_path / "bad.convviz", change)
    with pytest.raises(Problem) as caught:
        content_from(read_session(path), path.name)
    assert f"bad.convviz is not a session as it should be: look at {place}." in str(caught.value)


def npy(values: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def claims(shape: tuple[int, ...], descr: str = "|u1") -> bytes:
    """Return an array that claims a shape and holds next to nothing."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": descr, "fortran_order": False, "shape": shape})
    return file.getvalue() + b"\x00" * 64


LONG_HEADER = b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**31) + b" " * 64


@pytest.mark.parametrize(
    ("member", "data"),
    [
        ("picture.npy", claims((30_000, 30_000, 3))),
        ("picture.npy", claims((10**9, 10**9, 10**9))),
        ("picture.npy", claims((2000, 2000, 3))),
        ("picture.npy", claims((2, 2, 1000))),
        ("picture.npy", claims((0, 5, 3))),
        ("picture.npy", claims((4, 4), "<f4")),
        ("picture.npy", claims((-4, 4, 1))),
        ("picture.npy", npy(np.full((4, 5, 3), np.nan, np.float32))),
        ("picture.npy", npy(np.ones((4, 5, 3)))),
        ("picture.npy", npy(np.array([[[{"a": 1}]]], object))),
        ("picture.npy", LONG_HEADER),
        ("picture.npy", b""),
        ("kernels.npy", npy(np.ones((1, 1, 0, 3)))),
        ("kernels.npy", npy(np.ones((1, 1, 32, 3)))),
        ("kernels.npy", npy(np.ones((1, 2, 3, 3)))),
        ("kernels.npy", npy(np.ones((17, 1, 3, 3)))),
        ("kernels.npy", npy(np.full((1, 1, 3, 3), np.inf))),
        ("kernels.npy", claims((10**6, 64, 31, 31), "<f8")),
        ("session.json", b"[" * 100_000),
        ("session.json", b"NaN"),
        ("session.json", b"[]"),
        ("session.json", b"\xff"),
        ("session.json", b'{"format": ' + b"9" * 10_000 + b"}"),
        ("../../escaped", b"gone"),
        ("/tmp/escaped", b"gone"),
        ("session.py", b"raise SystemExit"),
    ],
)
def test_bad_members_get_a_sentence_and_little_memory(tmp_path: Path, member: str, data: bytes) -> None:
    path = tmp_path / "inner" / "bad.convviz"
    path.parent.mkdir()
    write_session(path, numbers())
    pack(path, members(path) | {member: data})
    tracemalloc.start()
    try:
        with pytest.raises(Problem) as caught:
            content_from(read_session(path), path.name)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert "bad.convviz" in str(caught.value) or "filters" in str(caught.value)
    assert [each.name for each in tmp_path.iterdir()] == ["inner"]
    assert [each.name for each in path.parent.iterdir()] == ["bad.convviz"]


@pytest.mark.parametrize("member", ["session.json", "picture.npy"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, member: str) -> None:
    path = tmp_path / "bomb.convviz"
    write_session(path, numbers())
    pack(path, members(path) | {member: claims((4, 4, 4))[:-64] + bytes(150_000_000)})
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    try:
        refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_pictures_that_are_too_large_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.convviz"
    write_session(path, numbers())
    size = sum(map(len, members(path).values()))
    monkeypatch.setattr(reading, "MOST_BYTES", size)
    read_session(path)
    monkeypatch.setattr(reading, "MOST_BYTES", size - 1)
    assert "too large for the memory" in refusal(path)
    # What could not be opened again is not written either.
    monkeypatch.setattr(writing, "MOST_BYTES", writing._ROOM)
    with pytest.raises(Problem, match="more pictures than a session can"):
        write_session(path, numbers())


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "many.convviz", {f"pictures/{n}.npy": b"" for n in range(9000)}, zipfile.ZIP_STORED
    )
    assert "not a session, or is damaged" in refusal(path)


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack_are_refused(tmp_path: Path, kind: int) -> None:
    write_session(tmp_path / "a.convviz", numbers())
    path = pack(tmp_path / "b.convviz", members(tmp_path / "a.convviz"), kind)
    assert "not a session, or is damaged" in refusal(path)


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.convviz"
    write_session(path, numbers())
    content = members(path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("session.json", content["session.json"])
    assert "not a session, or is damaged" in refusal(path)


def test_what_is_no_session_is_told(tmp_path: Path) -> None:
    for name, data in {"text": b"hello, this is no archive at all", "cut": FIRST.read_bytes()[:-30]}.items():
        path = tmp_path / f"{name}.convviz"
        path.write_bytes(data)
        assert refusal(path) == (
            f"{name}.convviz is not a session, or is damaged. Open another file, or a copy of it."
        )
    (tmp_path / "empty.convviz").touch()
    assert "not a single byte" in refusal(tmp_path / "empty.convviz")
    assert "was not found" in refusal(tmp_path / "none.convviz")


def tries(path: Path) -> bool:
    """Return whether a file is a session; anything but a sentence fails the test."""
    try:
        content_from(read_session(path), path.name)
    except Problem:
        return False
    return True


def test_damaged_bytes_get_a_sentence(tmp_path: Path) -> None:
    rng, path, good = random.Random(7), tmp_path / "a.convviz", FIRST.read_bytes()
    opened = 0
    for _ in range(300):
        data = bytearray(good)
        match rng.randrange(4):
            case 0:
                for _ in range(rng.randint(1, 8)):
                    data[rng.randrange(len(data))] = rng.randrange(256)
            case 1:
                del data[rng.randrange(len(data)) :]
            case 2:
                at = rng.randrange(len(data))
                data[at:at] = rng.randbytes(rng.randint(1, 50))
            case _:
                at = rng.randrange(len(data))
                del data[at : at + rng.randint(1, 50)]
        path.write_bytes(data)
        opened += tries(path)
    # A checksum stands between most of them and a wrong number.
    assert opened < 100


def test_damaged_text_in_a_sound_archive_gets_a_sentence(tmp_path: Path) -> None:
    """No checksum helps here: whoever writes such files can write any text."""
    rng, path, content = random.Random(8), tmp_path / "a.convviz", members(FIRST)
    opened = 0
    for _ in range(300):
        name = rng.choice(["session.json", "session.json", "picture.npy", "kernels.npy"])
        data = bytearray(content[name])
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(len(data))] = rng.choice(b'0123456789{}[]",:.-eE \x00\xffabc')
        pack(path, content | {name: bytes(data)})
        opened += tries(path)
    # Another digit is another number, and as good.
    assert 0 < opened < 300
