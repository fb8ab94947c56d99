import numpy as np
import pytest
import torch
from torch import nn

from convviz.nets.records import Trace, Values
from convviz.nets.why.excite import Climb, excite, map_index
from convviz.nets.why.gradients import Target
from tests.nets.small import Mixed, picture, seeded, trace_of


def network() -> tuple[nn.Module, Trace]:
    module = seeded(Mixed())
    return module, trace_of(module, picture(3, 32, 32))


@pytest.mark.parametrize("target", [Target(0, (3, 8, 8)), Target(0, (5,)), Target(None, (2,))])
def test_the_activation_rises_far_above_that_of_noise_and_of_pictures(target: Target) -> None:
    module, trace = network()
    found = excite(module, trace, target, Climb(steps=60))
    given = torch.from_numpy(np.stack([picture(3, 32, 32, seed) for seed in range(40)]))
    values = []
    for one in given.numpy():
        output = trace_of(module, one).outputs[target.layer_in(trace)]
        values.append(float(output[target.index].sum()))
    assert found.after > found.before + 3 * float(np.std(values))
    assert found.after > max(values)
    assert found.picture.shape == trace.input.shape
    assert trace.input.min() <= found.picture.min()
    assert found.picture.max() <= trace.input.max()


def test_an_edge_filter_is_excited_many_times_more_by_its_picture() -> None:
    module = nn.Sequential(nn.Conv2d(1, 1, 5, bias=False))
    edge = torch.ones(5, 5)
    edge[:, 2] = 0
    edge[:, 3:] = -1
    module.get_parameter("0.weight").data = edge[None, None]
    trace = trace_of(module, picture(1, 24, 24))
    found = excite(module, trace, Target(0, (0, 10, 10)), Climb(steps=80), (np.array(-1.0), np.array(1.0)))
    assert found.after > 10 * abs(found.before)
    # Nothing gives more than the filter's own signs: 20.
    assert 16 < found.after <= 20
    patch = found.picture[0, 10:15, 10:15]
    assert (patch[:, :2] > 0.5).all()
    assert (patch[:, 3:] < -0.5).all()


def test_the_same_seed_gives_the_same_picture_and_another_one_another() -> None:
    module, trace = network()
    first, again, other = (
        excite(module, trace, Target(None, (1,)), Climb(steps=5, seed=seed)).picture for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_pictures_on_the_way_are_shown_and_progress_is_told() -> None:
    module, trace = network()
    shown: list[Values] = []
    told: list[float] = []
    climb = Climb(steps=12, show_every=4)
    found = excite(
        module,
        trace,
        Target(None, (1,)),
        climb,
        show=lambda values, _: shown.append(values),
        progress=lambda share, _: told.append(share),
    )
    assert len(shown) == 3
    assert not any(values.flags.writeable for values in shown)
    np.testing.assert_array_equal(shown[-1], found.picture)
    assert told == [(step + 1) / 12 for step in range(12)]
    assert len(found.history) == 12


def test_bounds_may_differ_from_channel_to_channel() -> None:
    module, trace = network()
    low, high = np.array([-1, -2, 0.0]), np.array([1, 2, 0.5])
    found = excite(module, trace, Target(None, (0,)), Climb(steps=20), (low, high)).picture
    assert (found.min(axis=(1, 2)) >= low).all()
    assert (found.max(axis=(1, 2)) <= high).all()
    assert found[1].max() > 1


def sleeping(bias: float) -> nn.Module:
    """Return a network whose map 0 is 0 on grey noise; only much more white than black gets it going."""
    pool = nn.MaxPool2d(2)
    module = nn.Sequential(nn.Conv2d(3, 2, 3), nn.BatchNorm2d(2), nn.ReLU(inplace=True), pool).eval()
    module.get_parameter("0.weight").data.fill_(0.1)
    module.get_parameter("0.bias").data.fill_(bias)
    return module


@pytest.mark.parametrize("layer", [2, 3])
def test_where_noise_leaves_it_at_0_the_value_before_the_activation_is_climbed(layer: int) -> None:
    module = sleeping(-1.5)
    trace = trace_of(module, picture(3, 24, 24))
    found = excite(module, trace, Target(layer, (0,)), Climb(steps=40), (np.array(-1.0), np.array(1.0)))
    assert found.before == found.history[0] == 0
    # All white gives 27 · 0.1 − 1.5 in each cell.
    cells = int(np.prod(trace.architecture.layers[layer].shape[1:]))
    assert 0.1 * 1.2 * cells < found.after <= 1.21 * cells


def test_a_map_among_more_than_three_axes_is_excited_as_it_is_numbered() -> None:
    class Grouped(nn.Module):
        """Puts the maps of a convolution into two groups, as a shuffle of channels does on its way."""

        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 6, 3, padding=1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            grouped: torch.Tensor = self.conv(x).view(1, 2, 3, 16, 16)
            return grouped.transpose(1, 2).mean((3, 4))

    module = seeded(Grouped())
    trace = trace_of(module, picture(3, 16, 16))
    view = next(layer for layer in trace.architecture.layers if len(layer.shape) == 4)
    assert map_index(trace, view.index, 4) == (1, 1)
    climb = Climb(steps=5)
    grouped = excite(module, trace, Target(view.index, map_index(trace, view.index, 4)), climb)
    plain = excite(module, trace, Target(0, (4,)), climb)
    np.testing.assert_allclose(grouped.picture, plain.picture, atol=1e-6)


def test_a_dead_unit_stays_dead_and_its_picture_finite() -> None:
    module = nn.Sequential(nn.Conv2d(3, 2, 3), nn.ReLU(inplace=True))
    module.get_parameter("0.weight").data.zero_()
    module.get_parameter("0.bias").data.fill_(-1)
    found = excite(module, trace_of(module, picture()), Target(1, (0, 3, 3)), Climb(steps=3))
    assert (found.before, found.after) == (0, 0)
    assert np.isfinite(found.picture).all()
