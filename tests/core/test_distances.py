import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convviz.core.distances import Distance, angle, distance, distances_from, length, matrix, written
from convviz.core.pieces import PieceKind

RNG = np.random.default_rng(3)


def numpy_says(kind: Distance, a: np.ndarray, b: np.ndarray) -> float:
    a, b = a.astype(np.float64), b.astype(np.float64)
    if kind is Distance.EUCLIDEAN:
        return float(np.linalg.norm(a - b))
    if kind is Distance.MAXIMUM:
        return float(np.max(np.abs(a - b)))
    return float(1 - a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def text(kind: Distance, a: object, b: object) -> str:
    line = written(kind, np.array(a, float), np.array(b, float), "undefined")
    return "".join(piece.text for piece in line)


@pytest.mark.parametrize("kind", list(Distance))
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_a_matrix_holds_what_numpy_says_of_every_pair(kind: Distance, dtype: type) -> None:
    vectors: np.ndarray = (RNG.random((7, 50)) * 200).astype(dtype)
    found = matrix(kind, vectors)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, found.T)
    np.testing.assert_array_equal(np.diag(found), 0)
    expected = [[numpy_says(kind, a, b) for b in vectors] for a in vectors]
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-14)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=8))
def test_distances_are_never_negative_and_the_same_both_ways(pairs: list[tuple[float, float]]) -> None:
    a, b = (np.array(side) for side in zip(*pairs, strict=True))
    for kind in Distance:
        there, back = distance(kind, a, b), distance(kind, b, a)
        assert there == pytest.approx(back, rel=1e-12, abs=1e-15, nan_ok=True)
        assert not there < 0


def test_brightening_lengthens_a_vector_and_keeps_its_direction() -> None:
    a = RNG.random(1000).astype(np.float32)
    assert distance(Distance.COSINE, a, 3 * a) == pytest.approx(0, abs=1e-12)
    assert distance(Distance.EUCLIDEAN, a, 3 * a) == pytest.approx(2 * length(a), rel=1e-6)
    assert angle(a, 3 * a) == pytest.approx(0, abs=1e-4)


def test_a_vector_of_zeros_has_no_cosine_distance_but_the_others() -> None:
    zero, one = np.zeros(3), np.array([0.0, 3.0, 4.0])
    assert math.isnan(distance(Distance.COSINE, zero, one))
    assert math.isnan(distance(Distance.COSINE, zero, zero))
    assert distance(Distance.EUCLIDEAN, zero, one) == 5
    assert distance(Distance.MAXIMUM, zero, one) == 4
    found = matrix(Distance.COSINE, np.array([zero, one]))
    np.testing.assert_array_equal(np.isnan(found), [[True, True], [True, False]])
    assert math.isnan(angle(zero, one))


def test_equal_vectors_have_distance_zero_to_the_last_digit() -> None:
    a = RNG.random(997)
    assert [distance(kind, a, a.copy()) for kind in Distance] == [0.0, 0.0, 0.0]
    assert angle(a, a) == 0


def test_one_vector_and_none_have_a_matrix_too() -> None:
    for kind in Distance:
        assert matrix(kind, np.ones((1, 4))).tolist() == [[0.0]]
        assert matrix(kind, np.ones((0, 4))).shape == (0, 0)


def test_opposite_vectors_are_two_apart_and_half_a_turn() -> None:
    a = np.array([1.0, 2.0])
    assert distance(Distance.COSINE, a, -a) == pytest.approx(2)
    assert angle(a, -a) == pytest.approx(180)
    assert angle(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == pytest.approx(90)


def test_long_lists_are_taken_in_parts_and_can_be_stopped() -> None:
    vectors = RNG.random((300, 9000)).astype(np.float32)
    calls: list[int] = []
    found = distances_from(Distance.EUCLIDEAN, vectors[0], vectors, lambda: calls.append(1))
    assert len(calls) > 1
    np.testing.assert_allclose(found, np.linalg.norm(vectors.astype(float) - vectors[0], axis=1))

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        matrix(Distance.MAXIMUM, vectors, stop)


def test_the_numbers_are_written_out() -> None:
    assert text(Distance.EUCLIDEAN, [3, 4], [0, 0]) == "√((3 − 0)² + (4 − 0)²) = √25 = 5"
    assert text(Distance.MAXIMUM, [3, -4], [0, 1]) == "max(|3 − 0|, |−4 − 1|) = 5"
    assert text(Distance.COSINE, [3, 4], [4, 3]) == "1 − a·b / (‖a‖·‖b‖) = 1 − 24 / (5·5) = 0.04"
    assert text(Distance.COSINE, [0, 0], [4, 3]).endswith("1 − 0 / (0·5): undefined")


def test_a_long_line_keeps_its_first_terms_and_the_largest() -> None:
    a = np.arange(10.0)
    b = a.copy()
    b[7] = -2
    assert text(Distance.EUCLIDEAN, a, b) == "√((0 − 0)² + (1 − 1)² + (2 − 2)² + ⋯) = √81 = 9"
    assert text(Distance.MAXIMUM, a, b) == "max(|0 − 0|, |1 − 1|, ⋯, |7 − (−2)|, ⋯) = 9"
    line = written(Distance.MAXIMUM, a, b, "undefined")
    assert [piece.text for piece in line if piece.kind is PieceKind.WINNER] == ["|7 − (−2)|"]


def test_rounded_numbers_are_not_called_equal() -> None:
    assert text(Distance.EUCLIDEAN, [1, 1], [0, 0]) == "√((1 − 0)² + (1 − 0)²) = √2 ≈ 1.4142"
    assert "≈" in text(Distance.MAXIMUM, [1 / 3], [0])
