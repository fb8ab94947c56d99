"""Any file, for every reader: a correct result or a sentence, soon, in little memory, and nothing is run."""

import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from tests.reliability.changing import QUICK, SLOW, changed
from tests.reliability.readers import READERS, Reader, hostile
from tests.reliability.trying import MOST_MEMORY, in_session, small_limits, text_in_session, tried, warm


@pytest.fixture(autouse=True, scope="module")
def _limits() -> Iterator[None]:
    with small_limits():
        yield


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for one file, within another that stays empty otherwise."""
    folder = tmp_path_factory.mktemp("outside") / "inside"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module", autouse=True)
def _warm(place: Path) -> None:
    """Read every good file once: what is loaded only then is not what a bad file does."""
    for reader in READERS.values():
        for data in reader.good():
            warm(reader, place, data)


@pytest.mark.parametrize("kind", READERS)
def test_good_files_are_read(kind: str, place: Path) -> None:
    assert all(tried(READERS[kind], place, data) for data in READERS[kind].good())


# Bytes


_PIECES = st.sampled_from(
    [b"\x00" * 8, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"99999999"]
) | st.binary(min_size=1, max_size=12)


@st.composite
def mutated(draw: st.DrawFn, good: tuple[bytes, ...]) -> bytes:
    """A good file with some of its bytes changed, left out, doubled or cut off."""
    data = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 6))):
        if not data:
            break
        # Where the structure is, a change matters more.
        reach = min(len(data), draw(st.sampled_from([32, 300, len(data)])))
        at = draw(st.integers(0, reach - 1))
        if draw(st.booleans()):
            at = len(data) - 1 - at
        match draw(st.integers(0, 5)):
            case 0 | 1:
                piece = draw(_PIECES)
                data[at : at + len(piece)] = piece
            case 2:
                data[at] ^= 1 << draw(st.integers(0, 7))
            case 3:
                del data[at : at + draw(st.integers(1, 64))]
            case 4:
                data[at:at] = data[at : at + draw(st.integers(1, 64))]
            case _:
                del data[at:]
    return bytes(data)


def check_bytes(kind: str, place: Path, data: st.DataObject) -> None:
    reader = READERS[kind]
    tried(reader, place, data.draw(st.binary(max_size=200) | mutated(reader.good())))


# Values: no checksum and no grammar is in the way of these


def without_nothing(tree: Any) -> Any:
    """Return a tree as TOML can say it: it has no word for nothing."""
    if isinstance(tree, dict):
        return {key: without_nothing(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [without_nothing(value) for value in tree if value is not None]
    return tree


def as_json(tree: Any) -> bytes:
    return json.dumps(tree).encode("utf-8", "surrogatepass")


def as_toml(tree: Any) -> bytes:
    if not isinstance(tree, dict):
        tree = {"format": tree}
    return tomli_w.dumps(without_nothing(tree)).encode("utf-8", "surrogatepass")


def text_of_session(data: bytes) -> Any:
    return json.loads(text_in_session(data))


def toml_of(data: bytes) -> Any:
    return tomllib.loads(data.decode())


TREES: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], bytes]]] = {
    "session": (text_of_session, lambda tree: in_session(as_json(tree))),
    "presets": (json.loads, as_json),
    "models": (json.loads, as_json),
    "lesson": (toml_of, as_toml),
    "card": (toml_of, as_toml),
}


def check_values(kind: str, place: Path, data: st.DataObject) -> None:
    parse, dump = TREES[kind]
    good = READERS[kind].good()
    tree = parse(data.draw(st.sampled_from(good[:1] if kind == "session" else good)))
    for _ in range(data.draw(st.integers(1, 3))):
        tree = data.draw(changed(tree))
    tried(READERS[kind], place, dump(tree))


# Files with either

Check = Callable[[str, Path, st.DataObject], None]
CHANGES = [pytest.param(check_bytes, kind, id=f"bytes-{kind}") for kind in READERS]
CHANGES += [pytest.param(check_values, kind, id=f"values-{kind}") for kind in TREES]


@pytest.mark.parametrize(("check", "kind"), CHANGES)
@QUICK
@given(data=st.data())
def test_changed_files(check: Check, kind: str, place: Path, data: st.DataObject) -> None:
    check(kind, place, data)


@pytest.mark.slow
@pytest.mark.parametrize(("check", "kind"), CHANGES)
@SLOW
@given(data=st.data())
def test_changed_files_at_length(check: Check, kind: str, place: Path, data: st.DataObject) -> None:
    check(kind, place, data)


@given(text=st.text(alphabet="0123456789.,;/ \t\n[]-+eE()arynif\u2212½٣", max_size=200))
def test_any_text_of_digits_is_a_matrix_or_refused(place: Path, text: str) -> None:
    tried(READERS["matrix"], place, text.encode())


# Archives and bombs


def packed(members: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


OUTSIDE = (
    "../escaped",
    "../../escaped",
    "/tmp/escaped-from-convviz",
    "C:\\escaped",
    "a/../../escaped",
    "link",
)


@pytest.mark.parametrize("kind", ["session", "weights", "digits", "archive of pictures"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_archives_write_nowhere(kind: str, name: str, place: Path) -> None:
    good = READERS[kind].good()[0]
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    stored = zipfile.ZIP_STORED
    tried(READERS[kind], place, packed(members | {name: b"escaped"}, stored))
    first = next(iter(members))
    rest = {one: data for one, data in members.items() if one != first}
    tried(READERS[kind], place, packed({name: members[first], **rest}, stored))
    assert not Path("/tmp/escaped-from-convviz").exists()


@pytest.mark.parametrize("kind", ["session", "weights", "digits", "archive of pictures", "picture"])
def test_a_bomb_is_refused_before_it_goes_off(kind: str, place: Path) -> None:
    """Every member of an archive unpacks to half a gigabyte, and is a few hundred kilobytes."""
    zeros = bytes(500_000_000)
    with zipfile.ZipFile(io.BytesIO(READERS["session" if kind == "picture" else kind].good()[0])) as archive:
        names = archive.namelist()[:3]
    for name in names:
        assert not tried(READERS[kind], place, packed({name: zeros}))


def test_a_packed_array_is_not_unpacked_beyond_what_it_may_be(place: Path) -> None:
    import gzip

    head = bytes([0, 0, 8, 3]) + (50).to_bytes(4, "big") + (28).to_bytes(4, "big") * 2
    assert not tried(READERS["packed digits"], place, gzip.compress(head + bytes(300_000_000), 1))


# Nothing is run


@pytest.mark.parametrize("kind", hostile(Path("canary")))
def test_nothing_in_a_file_is_run(kind: str, place: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for data in hostile(canary)[kind]:
        assert not tried(READERS[kind], place, data) or kind == "matrix"
        assert not canary.exists()


def test_the_watch_sees_what_a_reader_must_not_do(place: Path, tmp_path: Path) -> None:
    """What the tests above rest on."""
    import os
    import pickle

    canary = tmp_path / "canary"
    (data,) = (each for each in hostile(canary)["presets"])
    for deed in (
        lambda _: pickle.loads(data),
        lambda _: os.system("true"),
        lambda _: canary.write_text("sings"),
        lambda _: eval("1 + 1"),
    ):
        with pytest.raises((AssertionError, PermissionError)):
            tried(Reader("a.bin", deed, lambda: ()), place, b"any")
        assert not canary.exists()
    with pytest.raises(AssertionError):
        tried(Reader("a.bin", lambda _: len(b"x" * (2 * MOST_MEMORY)), lambda: ()), place, b"any")
