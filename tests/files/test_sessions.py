"""Sessions in files: every number comes back to the bit, and a writing that fails keeps the old file."""

import io
import json
import os
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
from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.samples import open_sample
from convviz.files.session_writing import write_session
from convviz.files.sessions import FORMAT, MOST_TEXT, SavedSession, read_session, session_file
from convviz.ui.sessions.content import Content, content_from
from convviz.ui.state import Room, State
from tests.files.session_numbers import check_same, members, numbers, same_bits, same_picture
from tests.ui.lessons.test_state_table import states


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
