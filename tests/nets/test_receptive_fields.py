"""Receptive fields proved by perturbing pixels of the input of real networks."""

import numpy as np
import pytest
import torch

from convviz.nets.capture import Captured, capture
from convviz.nets.fields import through_window
from convviz.nets.records import Field, Layer
from tests.nets.nets import RECEPTIVE, filled

SIZE = (17, 22)
# A change that is this much smaller than the values is rounding: convolutions may be summed in another order.
ROUNDING = 1e-5


def differences(module: torch.nn.Module, x: torch.Tensor, axis: int) -> tuple[Captured, list[np.ndarray]]:
    """Return, for every layer with fields, which cells (input line, map line) change along ``axis``."""
    plain = capture(module, x.clone())
    changed = [np.zeros((x.shape[2 + axis], layer.shape[1 + axis]), bool) for layer in maps(plain)]
    for line in range(x.shape[2 + axis]):
        other = x.clone()
        other[:, :, line if axis == 0 else slice(None), line if axis == 1 else slice(None)] += 3.0
        found = capture(module, other)
        for at, layer in enumerate(maps(plain)):
            a, b = plain.arrays()[layer.index], found.arrays()[layer.index]
            moved = np.abs(a - b) > ROUNDING * np.abs(a).max()
            changed[at][line] = moved.any(axis=(0, 2 - axis))
    return plain, changed


def maps(captured: Captured) -> list[Layer]:
    return [layer for layer in captured.architecture.layers if layer.is_map]


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("name", RECEPTIVE)
def test_outside_its_field_a_unit_sees_nothing_and_inside_it_can(name: str, axis: int) -> None:
    module = filled(RECEPTIVE[name]())
    x = torch.rand(1, 1, *SIZE, generator=torch.Generator().manual_seed(2)) + 1
    plain, changed = differences(module, x, axis)
    assert maps(plain)
    for layer, seen in zip(maps(plain), changed, strict=True):
        assert layer.fields is not None
        field = layer.fields[axis]
        for cell in range(layer.shape[1 + axis]):
            first, last = field.of(cell)
            inside = np.zeros(SIZE[axis], bool)
            inside[max(0, first) : max(0, last + 1)] = True
            assert not (seen[:, cell] & ~inside).any(), (layer.name, cell, field)
        if name not in LOOSE:
            assert tight(field, seen), (layer.name, field)


# Where borders are mirrored, windows differ or cells repeat, the field is the smallest that fits all cells.
LOOSE = ("Mirrored", "Adaptive", "Enlarged")


def tight(field: Field, seen: np.ndarray) -> bool:
    """Whether both ends of the field are seen by some cell whose field lies within the input."""
    cells = [c for c in range(seen.shape[1]) if field.of(c)[0] >= 0 and field.of(c)[1] < len(seen)]
    return not cells or all(any(seen[field.of(c)[end], c] for c in cells) for end in (0, 1))


@pytest.mark.parametrize("key", ["efficientnet-lite0", "resnet18", "googlenet", "shufflenet_v2_x0_5"])
def test_units_of_real_networks_see_what_they_are_said_to_see(key: str) -> None:
    from convviz.nets.catalog import open_network

    network = open_network(key)
    side = 96
    x = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(4))
    plain = capture(network.module, x.clone())
    rng = np.random.default_rng(5)
    checked = 0
    known = dict(zip((layer.name for layer in plain.architecture.layers), plain.arrays(), strict=True))
    for layer in maps(plain)[:: max(1, len(maps(plain)) // 12)]:
        assert layer.fields is not None
        if any(field.whole for field in layer.fields):
            continue
        row, column = (int(rng.integers(0, side_)) for side_ in layer.shape[1:])
        (top, bottom), (left, right) = layer.fields[0].of(row), layer.fields[1].of(column)
        inside = torch.zeros(side, side, dtype=torch.bool)
        inside[max(0, top) : max(0, bottom + 1), max(0, left) : max(0, right + 1)] = True
        noise = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(6)) * 4
        outer = capture(network.module, torch.where(inside, x, noise)).arrays()[layer.index]
        unit = known[layer.name][:, row, column]
        scale = np.abs(known[layer.name]).max()
        np.testing.assert_allclose(outer[:, row, column], unit, atol=1e-4 * scale, err_msg=layer.name)
        inner = capture(network.module, torch.where(inside, noise, x)).arrays()[layer.index]
        assert np.abs(inner[:, row, column] - unit).max() > 0, layer.name
        checked += 1
    assert checked >= 5


def test_behind_squeeze_and_excitation_every_cell_sees_everything() -> None:
    captured = capture(filled(RECEPTIVE["Squeeze"]()), torch.rand(1, 1, *SIZE))
    fields = captured.architecture.layers[-1].fields
    assert fields is not None
    assert [(f.first, f.last, f.whole) for f in fields] == [(0, n - 1, True) for n in SIZE]


@pytest.mark.parametrize(("key", "size", "stride"), [("alexnet", 195, 32), ("vgg16", 212, 32)])
def test_published_receptive_fields_are_found(key: str, size: int, stride: int) -> None:
    from convviz.nets.catalog import outline

    # Araujo, Norris & Sim (2019), table of receptive fields.
    last = [layer for layer in outline(key).layers if layer.is_map][-1]
    assert last.fields is not None
    assert (last.fields[0].size, last.fields[0].jump) == (size, stride)


def test_a_window_moves_the_field_as_its_padding_says() -> None:
    assert through_window(Field(0, 0), 3, 2, 1) == Field(-1, 1, 2)
    assert through_window(Field(-1, 1, 2), 3, 1, 0, dilation=2) == Field(-1, 9, 2)
