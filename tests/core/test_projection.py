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


def test_many_vectors_of_many_numbers_give_the_same_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = spread(150, 90)
    exact = principal_plane(vectors)
    monkeypatch.setattr(projection, "_EXACT", 10)
    found = principal_plane(vectors)
    np.testing.assert_allclose(found.places, exact.places, atol=1e-4)
    np.testing.assert_allclose(found.shares, exact.shares, atol=1e-9)


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


def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "_EXACT", 10)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        principal_plane(spread(30, 20), stop)
