"""Pictures varied while training."""

import numpy as np
import torch

from convviz.nets.augment import add_noise, augment, cut_out, turn
from convviz.nets.recipes import Augmentation

PICTURES = np.random.default_rng(1).integers(0, 256, (40, 9, 12, 3)).astype(np.uint8)


def random() -> np.random.Generator:
    return np.random.default_rng(2)


def test_without_anything_to_do_the_pictures_stay() -> None:
    assert augment(PICTURES, Augmentation(), random()) is PICTURES
    assert add_noise(PICTURES, Augmentation(), random()) is PICTURES
    inputs = torch.ones(2, 1, 5, 5)
    cut_out(inputs, 0, random())
    assert turn(inputs, Augmentation(), random()) is inputs
    assert bool((inputs == 1).all())


def test_each_picture_is_moved_and_mirrored_in_its_own_way_with_a_mirrored_border() -> None:
    moved = augment(PICTURES, Augmentation(shift=2, flip=True), random())
    seen = set()
    for picture, result in zip(PICTURES, moved, strict=True):
        padded = np.pad(picture, ((2, 2), (2, 2), (0, 0)), mode="reflect")
        found = [
            (top, left, step)
            for top in range(5)
            for left in range(5)
            for step in (1, -1)
            if np.array_equal(padded[top : top + 9, left : left + 12][:, ::step], result)
        ]
        assert len(found) == 1
        seen.add(found[0])
    assert {top for top, _, _ in seen} == {left for _, left, _ in seen} == set(range(5))
    assert {step for _, _, step in seen} == {1, -1}


def test_the_same_generator_gives_the_same() -> None:
    how = Augmentation(shift=3, flip=True)
    np.testing.assert_array_equal(augment(PICTURES, how, random()), augment(PICTURES, how, random()))


def test_cutout_blanks_one_square_in_all_channels() -> None:
    inputs = torch.ones(300, 3, 10, 10)
    cut_out(inputs, 4, random())
    holes = inputs == 0
    assert bool((holes == holes[:, :1]).all())
    sizes = holes[:, 0].sum((1, 2))
    rows, columns = holes[:, 0].any(2).sum(1), holes[:, 0].any(1).sum(1)
    assert bool((sizes == rows * columns).all())
    assert int(rows.max()) == int(columns.max()) == 4
    assert int(rows.min()) == int(columns.min()) == 2


def test_a_quarter_turn_is_a_quarter_turn() -> None:
    inputs = torch.rand(1, 1, 6, 6)

    class Always:
        def uniform(self, low: float, high: float, count: int) -> np.ndarray:
            return np.full(count, high)

    turned = turn(inputs, Augmentation(degrees=90.0), Always())  # type: ignore[arg-type] # gives the largest
    assert torch.allclose(turned, torch.rot90(inputs, 1, (2, 3)), atol=1e-5)


def test_turning_keeps_to_the_middle_and_within_its_range() -> None:
    inputs = torch.zeros(200, 1, 21, 21)
    inputs[:, :, 9:12, 9:12] = 1
    turned = turn(inputs, Augmentation(degrees=10.0, scale=0.1), random())
    assert turned.shape == inputs.shape
    assert bool((turned[:, 0, 10, 10] > 0.99).all())
    masses = turned.sum((1, 2, 3))
    assert 9 * 0.9**2 * 0.95 < float(masses.min()) < 8.5 < 9.5 < float(masses.max()) < 9 * 1.1**2 * 1.05


def test_noise_has_another_strength_in_each_picture_up_to_the_limit() -> None:
    grey = np.full((200, 20, 20, 3), 128, np.uint8)
    noisy = add_noise(grey, Augmentation(noise=6.0), random())
    strengths = (noisy - 128.0).std(axis=(1, 2, 3))
    assert noisy.dtype == np.float32
    assert float(strengths.min()) < 0.5 < 5.5 < float(strengths.max()) < 6.5
    assert abs(float(noisy.mean()) - 128) < 0.1
