"""Sessions in files: every number comes back to the bit, and whatever is wrong gets a sentence."""

import io
import json
import os
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from convviz.core.channels import ChannelMode
from convviz.core.filters import FilterBank
from convviz.core.lessons import Table
from convviz.core.numbers import Amount
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem, Sentence
from convviz.files import session_writing as writing
from convviz.files import sessions as reading
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import FORMAT, HELD, MOST_TEXT, SavedSession, read_session, session_file
from convviz.ui.sessions.content import Content, content_from
from convviz.ui.state import Room, State
from tests.ui.lessons.test_state_table import states

# Written by the first convviz that had sessions, and by the first with this format; never to be written anew.
FIRST = Path(__file__).parent / "sessions" / "format-1.convviz"
SECOND = Path(__file__).parent / "sessions" / "format-2.convviz"


def numbers(seed: int = 0) -> SavedSession:
    """Return a session with a little of everything."""
    rng = np.random.default_rng(seed)
    picture = Picture(
        rng.normal(size=(4, 5, 3)).astype(np.float32), "сетка.npy", -2.5, 3.25, PictureKind.GRID
    )
    bytes_ = Picture(rng.integers(0, 256, (3, 2, 1)).astype(np.uint8), "small", 0, 255)
    layer = {"names": ["a", ""], "biases": [1 / 3, -0.0], "stride": [2, 1], "channels": "sum"}
    told: dict[str, Table] = {
        "network": {"model": "lenet5", "layer": "", "map": 3, "page": "maps"},
        "embeddings": {"pictures": ["cat", {HELD: bytes_}, {"path": "/b.png", "name": "b.png"}]},
    }
    return SavedSession(
        picture,
        rng.normal(size=(2, 3, 3, 3)),
        layer,
        "network",
        {"image": {"pixel": [1, 2]}},
        told,
        "/a.convviz",
    )


def same_bits(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def same_picture(one: Picture, other: Picture) -> bool:
    told = (one.name, one.low, one.high, one.kind) == (other.name, other.low, other.high, other.kind)
    return told and same_bits(one.values, other.values)


def check_same(found: SavedSession, wanted: SavedSession) -> None:
    assert same_picture(found.picture, wanted.picture)
    assert same_bits(found.kernels, wanted.kernels)
    assert (found.layer, found.room, found.views, found.file) == (
        wanted.layer,
        wanted.room,
        wanted.views,
        wanted.file,
    )
    assert found.told.keys() == wanted.told.keys()
    assert found.told.get("network") == wanted.told.get("network")
    assert found.told.get("training") == wanted.told.get("training")
    pictures = [content.told.get("embeddings", {}).get("pictures", []) for content in (found, wanted)]
    assert len(pictures[0]) == len(pictures[1])
    for one, other in zip(*pictures, strict=True):
        assert same_picture(one[HELD], other[HELD]) if HELD in other else one == other


def refusal(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read_session(path)
    return str(caught.value)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, content: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def edited(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write a good session to ``path`` whose text was changed."""
    write_session(path, numbers())
    content = members(path)
    text = json.loads(content["session.json"])
    change(text)
    return pack(path, content | {"session.json": json.dumps(text).encode()})


def test_everything_comes_back_to_the_bit(tmp_path: Path) -> None:
    write_session(tmp_path / "a.convviz", numbers())
    check_same(read_session(tmp_path / "a.convviz"), numbers())


def test_the_same_session_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_session(tmp_path / name, numbers())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


floats = st.floats(width=32, allow_nan=False, allow_infinity=False)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    shape = draw(st.integers(1, 5)), draw(st.integers(1, 5)), draw(st.sampled_from([1, 2, 3, 4, 7]))
    count = int(np.prod(shape))
    if draw(st.booleans()):
        values: NDArray[Any] = np.frombuffer(draw(st.binary(min_size=count, max_size=count)), np.uint8)
    else:
        values = np.array(draw(st.lists(floats, min_size=count, max_size=count)), np.float32)
    low, high = sorted(draw(st.tuples(floats, floats)))
    name = draw(st.text(max_size=20))
    return Picture(values.reshape(shape).copy(), name, low, high, draw(st.sampled_from(PictureKind)))


@given(picture=pictures())
def test_any_picture_comes_back_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, picture: Picture
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.convviz"
    kernels = np.array(picture.values[:1, :1, :1].astype(np.float64)).reshape(1, 1, 1, 1)
    wanted = SavedSession(picture, kernels, {})
    write_session(path, wanted)
    check_same(read_session(path), wanted)


def saved_and_opened(state: State, folder: Path) -> State:
    path = folder / "state.convviz"
    write_session(path, Content(state, Room.CONVOLUTION).saved())
    return content_from(read_session(path), path.name).state


@given(state=states(), picture=pictures())
def test_any_state_comes_back(
    tmp_path_factory: pytest.TempPathFactory, state: State, picture: Picture
) -> None:
    folder = tmp_path_factory.mktemp("state")
    for wanted in (state, state.with_picture(picture)):
        found = saved_and_opened(wanted, folder)
        assert same_picture(found.picture, wanted.picture)
        assert same_bits(found.bank.weights, wanted.bank.weights)
        # What a picture of so many channels cannot have is nowhere else to be found either.
        assert replace(found, picture=wanted.picture) == wanted.with_picture(wanted.picture)


def test_a_filter_without_a_channel_of_its_own_stays_so(tmp_path: Path) -> None:
    wanted = State(open_sample("cat"), shared_bank(), kernel_channel=None, channel_mode=ChannelMode.SUM)
    found = saved_and_opened(wanted, tmp_path)
    assert found.kernel_channel is None
    assert replace(found, picture=wanted.picture) == wanted


def shared_bank() -> Any:
    return FilterBank(np.ones((1, 3, 2, 2)))


def test_a_large_photograph_comes_back(tmp_path: Path) -> None:
    values = np.random.default_rng(1).integers(0, 256, (3000, 2000, 3)).astype(np.uint8)
    wanted = SavedSession(Picture(values, "large"), np.ones((1, 1, 3, 3)), {})
    write_session(tmp_path / "a.convviz", wanted)
    check_same(read_session(tmp_path / "a.convviz"), wanted)


def test_an_array_that_lies_otherwise_in_memory_comes_back(tmp_path: Path) -> None:
    values = np.asfortranarray(np.arange(60, dtype=np.float32).reshape(4, 5, 3))
    wanted = SavedSession(Picture(values, "turned"), np.ones((1, 1, 3, 3))[..., ::-1], {})
    write_session(tmp_path / "a.convviz", wanted)
    assert np.array_equal(read_session(tmp_path / "a.convviz").picture.values, values)


def test_a_file_says_what_it_is_to_other_programs(tmp_path: Path) -> None:
    """NumPy and any ZIP program can read what the README says is there."""
    write_session(tmp_path / "a.convviz", numbers())
    content = members(tmp_path / "a.convviz")
    assert list(content) == ["session.json", "picture.npy", "kernels.npy", "pictures/0.npy"]
    assert np.array_equal(np.load(io.BytesIO(content["picture.npy"])), numbers().picture.values)
    assert np.array_equal(np.load(io.BytesIO(content["kernels.npy"])), numbers().kernels)
    assert json.loads(content["session.json"])["format"] == FORMAT == 2


def test_where_the_picture_lay_is_nobodys_business(tmp_path: Path) -> None:
    picture = replace(open_sample("conv-step"), source="/home/somebody/secret.png")
    write_session(tmp_path / "a.convviz", SavedSession(picture, np.ones((1, 1, 1, 1)), {}))
    assert b"somebody" not in members(tmp_path / "a.convviz")["session.json"]


# Versions


def test_the_first_file_there_was_still_opens() -> None:
    check_same(read_session(FIRST), numbers())
    assert content_from(read_session(FIRST), FIRST.name).state.settings.stride == (2, 1)


NOTES = (
    Sentence("Black and white (1 bit per pixel) is shown as 0 and 255."),
    Sentence("Values rounded to 32-bit precision (about 7 digits): {count}.", {"count": 3}),
    Sentence(
        "{bits} bits per channel, kept as they are; {low} is shown as black, {high} as white.",
        {"bits": 16, "low": Amount(0.0, "g"), "high": Amount(65535.0, ".7g")},
    ),
    Sentence("{reason} Open another.", {"reason": Sentence("{name} is empty.", {"name": "a.png"})}),
)


def told() -> SavedSession:
    """Return a session with what the second format has and the first had not."""
    session = numbers()
    network = {**session.told["network"], "page": "excite", "aim": "cell"}
    training = {"data": "count-11", "rate": 0.5, "epoch": 2, "rates": [[0, 0, 0.1], [1, 3, 0.5]]}
    picture = replace(session.picture, notes=NOTES)
    return replace(session, picture=picture, told={**session.told, "network": network, "training": training})


@pytest.mark.parametrize(("then", "session"), [(FIRST, numbers()), (SECOND, told())])
def test_what_is_written_today_is_what_was_written_first(
    tmp_path: Path, then: Path, session: SavedSession
) -> None:
    write_session(tmp_path / "a.convviz", session)
    texts = []
    found, wanted = members(tmp_path / "a.convviz"), members(then)
    for content in (found, wanted):
        text = json.loads(content.pop("session.json"))
        # The numbers of the formats differ, and the versions of the program.
        del text["program"], text["format"]
        texts.append(text)
    assert texts[0] == texts[1]
    assert found == wanted


def test_the_second_format_still_opens() -> None:
    found, wanted = read_session(SECOND), told()
    check_same(found, wanted)
    assert found.picture.notes == wanted.picture.notes


# What is said of a picture


def test_notes_of_pictures_come_back_and_can_be_said(tmp_path: Path) -> None:
    picture = replace(open_sample("conv-step"), notes=NOTES)
    held = replace(picture, notes=NOTES[:1])
    embeddings: Table = {"pictures": [{HELD: held}]}
    session = SavedSession(picture, np.ones((1, 1, 1, 1)), {}, told={"embeddings": embeddings})
    write_session(tmp_path / "a.convviz", session)
    found = read_session(tmp_path / "a.convviz")
    assert found.picture.notes == NOTES
    assert [str(note) for note in found.picture.notes] == [str(note) for note in NOTES]
    assert found.told["embeddings"]["pictures"][0][HELD].notes == NOTES[:1]


@pytest.mark.parametrize(
    "notes",
    [
        5,
        "Turned.",
        [5],
        [{"text": 5}],
        [{}],
        [{"text": "a", "more": 1}],
        [{"text": "a", "values": []}],
        [{"text": "{name.__class__}", "values": {"name": "a"}}],
        [{"text": "{name[0]}", "values": {"name": "a"}}],
        [{"text": "{name!r}", "values": {"name": "a"}}],
        [{"text": "{name:999999999}", "values": {"name": 1}}],
        [{"text": "{name:{width}}", "values": {"name": 1, "width": 999999999}}],
        [{"text": "{name}"}],
        [{"text": "{0}", "values": {"0": 1}}],
        [{"text": "{}", "values": {"": 1}}],
        [{"text": "{", "values": {}}],
        [{"text": "x" * 1001}],
        [{"text": "{a}", "values": {"a": "x" * 1001}}],
        [{"text": "{a}", "values": {"a": True}}],
        [{"text": "{a}", "values": {"a": None}}],
        [{"text": "{a}", "values": {"a": 10**400}}],
        [{"text": "{a}", "values": {"a": {"number": 1, "format": "999999999d"}}}],
        [{"text": "{a}", "values": {"a": {"number": "1", "format": "g"}}}],
        [{"text": "a"}] * 21,
    ],
)
def test_notes_that_ask_for_more_than_a_value_are_refused(tmp_path: Path, notes: object) -> None:
    path = edited(tmp_path / "bad.convviz", lambda text: text["picture"].update(notes=notes))
    assert "look at picture, notes" in refusal(path)


def test_a_newer_version_is_told(tmp_path: Path) -> None:
    path = edited(tmp_path / "new.convviz", lambda text: text.update(format=FORMAT + 1, unheard_of=True))
    assert refusal(path) == (
        "new.convviz was made by a newer version of convviz. Install that version to open it."
    )


# Bad files


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


# Writing


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.convviz"
    write_session(path, numbers(1))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="no room left"):
        write_session(path, numbers(2))
    monkeypatch.undo()
    check_same(read_session(path), numbers(1))
    assert [each.name for each in tmp_path.iterdir()] == ["a.convviz"]


def test_a_writing_that_is_given_up_keeps_the_old_file(tmp_path: Path) -> None:
    path, calls = tmp_path / "a.convviz", [0]
    write_session(path, numbers(1))

    def check() -> None:
        calls[0] += 1
        if calls[0] == 4:
            raise InterruptedError

    with pytest.raises(Problem):
        write_session(path, numbers(2), check)
    check_same(read_session(path), numbers(1))
    assert [each.name for each in tmp_path.iterdir()] == ["a.convviz"]


def test_more_than_a_session_holds_is_told_before_anything_is_written(tmp_path: Path) -> None:
    entries = [{"path": f"/{'x' * 200}/{n}.png", "name": f"{n}.png"} for n in range(MOST_TEXT // 200)]
    session = replace(numbers(), told={"embeddings": {"pictures": entries}})
    with pytest.raises(Problem, match="more pictures than a session can"):
        write_session(tmp_path / "a.convviz", session)
    assert list(tmp_path.iterdir()) == []


def test_a_session_is_told_by_its_name() -> None:
    assert session_file(["a.png", "B.CONVVIZ", "c.convviz"]) == "B.CONVVIZ"
    assert session_file(["a.png", "convviz"]) is None
