import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from convviz.core import projection
from convviz.core.projection import principal_plane

RNG = np.random.default_rng(4)


def spread(count: int, size: int) -> np.ndarray:
    """Return vectors whose components differ more and more in their variance."""
    turned, _ = np.linalg.qr(RNG.standard_normal((size, size)))
    return np.asarray(RNG.standard_normal((count, size)) / (1 + np.arange(size)) @ turned + 5)


@pytest.mark.parametrize(("count", "size"), [(40, 8), (8, 40), (2, 3), (3, 1)])
def test_places_and_shares_are_those_of_the_singular_value_decomposition(count: int, size: int) -> None:
    vectors = spread(count, size)
    centred = vectors - vectors.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    found = principal_plane(vectors)
    few = min(2, size, count - 1)
    np.testing.assert_allclose(np.abs(found.places[:, :few]), np.abs(left * sizes)[:, :few], atol=1e-6)
    np.testing.assert_allclose(found.shares[:few], (sizes**2 / (sizes**2).sum())[:few], atol=1e-9)


@pytest.mark.parametrize("count", [150, 60], ids=["more vectors than numbers", "fewer"])
@pytest.mark.parametrize("limit", ["_AT_ONCE", "_MOST_SIDE"])
def test_many_vectors_of_many_numbers_give_the_same_another_way(
    count: int, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = spread(count, 90)
    exact = principal_plane(vectors)
    monkeypatch.setattr(projection, limit, 20)
    # So that every block is a few rows or columns only.
    monkeypatch.setattr(projection, "_BLOCK", 1000)
    found = principal_plane(vectors)
    np.testing.assert_allclose(found.places, exact.places, atol=1e-4)
    np.testing.assert_allclose(found.shares, exact.shares, atol=1e-9)


@pytest.mark.parametrize("shape", [(40, 90), (90, 40)])
def test_the_largest_number_of_a_component_is_positive(shape: tuple[int, int]) -> None:
    vectors = spread(*shape)
    places = principal_plane(vectors).places
    components = (vectors - vectors.mean(axis=0)).T @ places
    largest = np.abs(components).argmax(axis=0)
    assert (components[largest, [0, 1]] > 0).all()


def test_two_vectors_differ_along_one_component_only() -> None:
    found = principal_plane(spread(2, 500).astype(np.float32))
    assert found.shares == pytest.approx((1.0, 0.0))
    assert found.places[:, 1].tolist() == [0.0, 0.0]
    assert found.places[0, 0] == pytest.approx(-found.places[1, 0])


def test_the_same_vectors_lie_the_same_way_round() -> None:
    vectors = spread(30, 6)
    np.testing.assert_allclose(principal_plane(vectors).places, principal_plane(vectors[:].copy()).places)
    mirrored = principal_plane(vectors[::-1])
    np.testing.assert_allclose(mirrored.places[::-1], principal_plane(vectors).places, atol=1e-9)


@pytest.mark.parametrize("vectors", [np.zeros((0, 5)), np.ones((1, 5)), np.ones((4, 5))])
def test_what_does_not_differ_lies_in_one_place(vectors: np.ndarray) -> None:
    found = principal_plane(vectors)
    np.testing.assert_allclose(found.places, np.zeros((len(vectors), 2)), atol=1e-12)
    assert all(share == pytest.approx(0) for share in found.shares)


@pytest.mark.parametrize("shape", [(300, 4000), (4000, 300), (2000, 2000)])
def test_it_needs_little_memory_beside_the_vectors(
    shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = RNG.standard_normal(shape).astype(np.float32)
    monkeypatch.setattr(projection, "_BLOCK", 50_000)
    tracemalloc.start()
    try:
        principal_plane(vectors)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The vectors in float64 alone would be twice as much as they are.
    assert most < 0.75 * vectors.nbytes


@pytest.mark.parametrize("shape", [(700, 3000), (3000, 700), (1500, 1500)])
def test_it_can_be_stopped_at_any_step(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = RNG.standard_normal(shape).astype(np.float32)
    monkeypatch.setattr(projection, "_ROUNDS", 3)
    monkeypatch.setattr(projection, "_CHEAP_ROUNDS", 3)
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    principal_plane(vectors, count)
    # Every block of 500 000 numbers, and every round.
    assert steps >= 2 * vectors.size // 500_000 + 3
    for last in (1, steps // 2, steps):
        left = iter(range(last - 1))

        def stop(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            principal_plane(vectors, stop)
