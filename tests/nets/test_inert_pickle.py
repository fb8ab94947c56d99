"""No pickle calls anything, whatever it asks for."""

import builtins
import os
import pickle
import resource
import subprocess
from typing import Any

import numpy as np
import pytest

from convviz.nets.inert_pickle import Unreadable, read_pickle


class Calls:
    """Is pickled as a call."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self._call


@pytest.mark.parametrize("protocol", range(5))
@pytest.mark.parametrize(
    "thing",
    [
        Calls(os.system, "true"),
        Calls(builtins.eval, "1"),
        Calls(builtins.getattr, "text", "upper"),
        Calls(subprocess.Popen, ["true"]),
        Calls(np.load, "file.npy"),
        Calls(np.ndarray, (3,)),
        np.array([None]),
        np.array([1.5]),
        np.array([[1, 2]], np.uint8, order="F").T[:, ::-1].astype(np.int16),
        np.float32(1),
        complex(1, 2),
    ],
)  # fmt: skip
def test_what_is_no_array_of_bytes_is_refused(thing: object, protocol: int) -> None:
    with pytest.raises(Unreadable):
        read_pickle(pickle.dumps({"data": thing}, protocol))


@pytest.mark.parametrize(
    "program",
    [
        # Attributes of a stand-in, by BUILD with a dictionary and with slots.
        b"cnumpy\nndarray\n}Vx\nI1\nsb.",
        b"c_codecs\nencode\n(N}Vx\nI1\nstb.",
        b"cnumpy.core.multiarray\n_reconstruct\n}Vx\nI1\nsb.",
        # An extension code, an identity outside the file, a name with a dot, and what goes on for ever.
        b"\x80\x02\x82\x01.",
        b"Pelsewhere\n.",
        b"\x80\x04\x8c\x05numpy\x8c\rndarray.dumps\x93.",
        b"\x80\x02\x8a\xff",
    ],
)
def test_programs_written_by_hand_are_refused(program: bytes) -> None:
    with pytest.raises(Unreadable):
        read_pickle(program)


def test_numbers_text_lists_and_arrays_of_bytes_come_back() -> None:
    data = np.arange(6, dtype=np.uint8).reshape(2, 3)
    back = read_pickle(pickle.dumps({b"data": data, "labels": [1, 2], b"name": "a"}, 2))
    np.testing.assert_array_equal(back.pop("data"), data)
    assert back == {"labels": [1, 2], "name": "a"}


@pytest.mark.parametrize(
    "program",
    [
        # Kept under a number that would need gigabytes of places.
        b"\x80\x02}r\xff\xff\xff\x1f.",
        b"}p999999999\n.",
        # Four gigabytes of bytes that are not there.
        b"\x80\x05\x96\x00\x00\x00\x00\x01\x00\x00\x00.",
    ],
)
def test_what_claims_memory_gets_none(program: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable):
        read_pickle(program)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_as_many_things_as_a_batch_keeps_are_read() -> None:
    names = [f"{number}.png".encode() for number in range(20_000)]
    assert read_pickle(pickle.dumps({b"filenames": names}, 2))["filenames"] == names
