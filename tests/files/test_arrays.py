import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from convviz.core.picture import Picture, PictureKind
from convviz.core.text import Problem
from convviz.files.exact import to_float32
from convviz.files.pictures import decode_picture, from_array


def npy(values: NDArray[Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, values, **options)
    return buffer.getvalue()


def notes(picture: Picture) -> str:
    return " ".join(str(note) for note in picture.notes)


@pytest.mark.parametrize(
    ("shape", "expected", "noted"),
    [
        ((5, 7), (5, 7, 1), False),
        ((5, 7, 1), (5, 7, 1), False),
        ((5, 7, 3), (5, 7, 3), False),
        ((5, 7, 4), (5, 7, 4), False),
        ((3, 5, 7), (5, 7, 3), False),
        ((1, 5, 7), (5, 7, 1), False),
        ((3, 5, 3), (3, 5, 3), True),
        ((2, 5, 4), (2, 5, 4), True),
        ((16, 32, 48), (32, 48, 16), True),
        ((48, 32, 16), (48, 32, 16), True),
        ((8, 8, 8), (8, 8, 8), True),
        ((16, 100, 100), (100, 100, 16), False),
        ((100, 100, 16), (100, 100, 16), False),
    ],
)
def test_which_axis_is_the_channels(
    shape: tuple[int, ...], expected: tuple[int, int, int], noted: bool
) -> None:
    values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    picture = from_array(values, "a.npy")
    assert picture.values.shape == expected
    assert ("was read as" in notes(picture)) == noted
    assert picture.values.flags.c_contiguous


def test_equal_axes_are_channels_first() -> None:
    values = np.arange(512.0).reshape(8, 8, 8)
    assert np.array_equal(from_array(values, "a").values, values.transpose(1, 2, 0))


def test_channels_first_when_asked() -> None:
    values = np.arange(16.0).reshape(1, 4, 4)
    picture = from_array(values, "a", channels_first=True)
    assert np.array_equal(picture.values[..., 0], values[0])
    assert "channels × rows × columns (1 channels)" in notes(picture)
    clear = np.arange(105.0).reshape(5, 7, 3)
    assert np.array_equal(from_array(clear, "a", channels_first=True).values, clear)


@pytest.mark.parametrize(
    "dtype", ["?", "i1", "u2", "<i4", ">i4", "u8", "i8", "f2", "<f4", ">f8", np.longdouble]
)
@pytest.mark.parametrize("fortran", [False, True])
def test_any_numeric_dtype(dtype: Any, fortran: bool) -> None:
    values = (np.arange(90).reshape(9, 10) % 50).astype(dtype)
    picture = decode_picture(npy(np.asfortranarray(values) if fortran else values), "a.npy")
    assert picture.values.dtype == np.float32
    assert np.array_equal(picture.values[..., 0], values.astype(np.float32))
    assert picture.notes == ()


def test_uint8_stays_uint8() -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    picture = decode_picture(npy(values), "a.npy")
    assert picture.values.dtype == np.uint8
    assert np.array_equal(picture.values[..., 0], values)


def test_the_array_given_is_neither_kept_nor_changed() -> None:
    values = np.zeros((3, 3), np.float32)
    picture = from_array(values, "a")
    values[0, 0] = 7
    assert picture.values[0, 0, 0] == 0


@pytest.mark.parametrize(
    ("values", "kind", "low", "high"),
    [
        (np.array([[0, 5], [2, 3]]), PictureKind.GRID, 0, 5),
        (np.array([[-4.5, 5], [2, 3]]), PictureKind.GRID, -4.5, 5),
        (np.full((2, 2), 7), PictureKind.GRID, 0, 7),
        (np.full((2, 2), -7), PictureKind.GRID, -7, 0),
        (np.zeros((2, 2)), PictureKind.GRID, 0, 1),
        (np.full((4, 4, 3), 9, np.uint8), PictureKind.GRID, 0, 255),
        (np.full((65, 2), 9, np.uint8), PictureKind.PHOTO, 0, 255),
        (np.full((65, 2), 9.0), PictureKind.PHOTO, 0, 255),
        (np.tile([0.0, 1.0], (65, 1)), PictureKind.PHOTO, 0, 1),
        (np.tile([0.0, 2.5], (65, 1)), PictureKind.PHOTO, 0, 2.5),
        (np.tile([0.0, 256.0], (65, 1)), PictureKind.PHOTO, 0, 256),
        (np.tile([-1.0, 5.0], (65, 1)), PictureKind.PHOTO, -1, 5),
        (np.zeros((64, 64)), PictureKind.GRID, 0, 1),
    ],
)
def test_kind_and_shown_range(values: NDArray[Any], kind: PictureKind, low: float, high: float) -> None:
    picture = from_array(values, "a")
    assert (picture.kind, picture.low, picture.high) == (kind, low, high)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.zeros((2, 2), complex), "holds complex numbers"),
        (np.array([["a", "b"]]), "does not hold numbers but “str32”"),
        (np.array([["2020-01-01"]], "datetime64[D]"), "does not hold numbers"),
        (np.zeros((2, 2), "f4,f4"), "does not hold numbers"),
        (np.array([[object()]]), "does not hold numbers but “object”"),
        (np.float64(3), "has the shape 1."),
        (np.zeros(5), "has the shape 5."),
        (np.zeros((1, 2, 3, 4)), "has the shape 1 × 2 × 3 × 4."),
        (np.zeros((0, 5)), "has no pixels: its size is 5 × 0"),
        (np.zeros((5, 5, 0)), "can be the channels"),
        (np.zeros((65, 66, 67)), "has the shape 65 × 66 × 67: neither"),
        (np.full((2, 2), 1e300), "contains values as large as 1e+300"),
    ],
)
def test_refused_arrays(values: Any, words: str) -> None:
    for attempt in (lambda: from_array(values, "bad.npy"), lambda: decode_picture(npy(values), "bad.npy")):
        with pytest.raises(Problem) as caught:
            attempt()
        assert str(caught.value).startswith("bad.npy ")
        assert words in str(caught.value)


def test_not_finite_values_are_counted_and_the_first_is_named() -> None:
    values = np.zeros((4, 5, 3))
    values[2, 1, 0], values[2, 4, 2], values[3, 0, 0] = np.nan, np.inf, -np.inf
    with pytest.raises(Problem, match=r"nan\.npy contains .*: 3 in all, the first at index \[2, 1, 0\]"):
        from_array(values, "nan.npy")
    tall = np.zeros((3_000_000, 2), np.float32)
    tall[2_900_000, 1] = np.nan
    with pytest.raises(Problem, match=r"1 in all, the first at index \[2900000, 1\]"):
        from_array(tall, "tall.npy")


def test_pickles_are_not_run() -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (exec, ("raise SystemExit",))

    with pytest.raises(Problem, match="does not hold numbers"):
        decode_picture(npy(np.array([[Trap()]]), allow_pickle=True), "trap.npy")


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, -2), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 4, }",
        "{'descr': 'nonsense', 'fortran_order': False, 'shape': (2, 2), }",
        "{'descr': '<f4', 'shape': (2, 2), }",
        "[" * 3000,
        "__import__('os').getcwd()",
        "",
    ],
)
def test_strange_npy_headers(header: str) -> None:
    text = header.encode() + b"\n"
    data = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(64)
    with pytest.raises(Problem, match=r"^odd\.npy "):
        decode_picture(data, "odd.npy")


def test_versions_of_npy() -> None:
    values = np.arange(6.0).reshape(2, 3)
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, values, version=(2, 0))
    assert np.array_equal(decode_picture(buffer.getvalue(), "v2.npy").values[..., 0], values)
    with pytest.raises(Problem, match="is damaged"):
        decode_picture(b"\x93NUMPY\x09\x00" + bytes(100), "v9.npy")
    # Written by Python 2: numbers end in L.
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }".ljust(117) + b"\n"
    old = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + values.tobytes()
    assert np.array_equal(decode_picture(old, "old.npy").values[..., 0], values)


@pytest.mark.parametrize(
    ("values", "inexact"),
    [
        (np.array([[0.1, 0.5, 1 / 3]]), 2),
        (np.array([[2**24, 2**24 + 1, -(2**24) - 1, 2**62, -(2**63), 2**62 + 1]]), 3),
        (np.array([[2**64 - 1, 2**63, 0]], np.uint64), 1),
        (np.array([[1e-60, 0.0]]), 1),
    ],
)
def test_rounded_values_are_counted(values: NDArray[Any], inexact: int) -> None:
    picture = from_array(values, "a")
    assert notes(picture) == f"Values rounded to 32-bit precision (about 7 digits): {inexact}."


@given(hnp.arrays(np.int64, (2, 5)))
def test_exactness_of_integers_is_that_of_python(values: NDArray[np.int64]) -> None:
    out = np.empty(values.shape, np.float32)
    expected = sum(int(float(rounded)) != int(value) for rounded, value in zip(
        values.astype(np.float32).flat, values.flat, strict=True))  # fmt: skip
    assert to_float32(values, out, "a") == expected


@given(st.data())
def test_any_small_array_survives_a_file(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=2, max_dims=3, max_side=9))
    values = data.draw(hnp.arrays(np.float32, shape, elements=st.floats(-1e6, 1e6, width=32)))
    picture = decode_picture(npy(values), "a.npy")
    same = from_array(values, "a.npy")
    assert np.array_equal(picture.values, same.values)
    assert sorted(picture.values.flat) == sorted(values.flat)
    assert picture.low < picture.high
