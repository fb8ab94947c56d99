import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convviz.core.text import Problem
from convviz.nets.records import Kind
from convviz.nets.why.grad_cam import default_layer, grad_cam
from tests.nets.small import Mixed, picture, seeded, trace_of


class Tiny(nn.Module):
    """Two maps that are the input's channels, and class scores that are weighted sums of their means."""

    def __init__(self) -> None:
        super().__init__()
        self.pick = nn.Conv2d(2, 2, 1, bias=False)
        self.head = nn.Linear(2, 2, bias=False)
        self.pick.weight.data = torch.eye(2)[:, :, None, None]
        self.head.weight.data = torch.tensor([[4.0, -8.0], [1.0, 1.0]])

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.pick(x).mean((2, 3)))  # type: ignore[no-any-return]


def test_grad_cam_of_a_tiny_network_as_computed_by_hand() -> None:
    given = np.array([[[1, 2], [3, 0]], [[1, 0], [0.5, 1]]], np.float32)
    module = Tiny()
    found = grad_cam(module, trace_of(module, given), 0)
    # Each of four cells has a quarter of the class's weight.
    np.testing.assert_allclose(found.weights, [1, -2])
    # 1·A − 2·B: −1, 2, 2 and −2; what is negative speaks for other classes.
    np.testing.assert_allclose(found.coarse, [[0, 2], [2, 0]])
    np.testing.assert_allclose(found.heat, [[0, 1], [1, 0]])
    assert found.score == pytest.approx(4 * 1.5 - 8 * 0.625)
    assert not found.heat.flags.writeable


def test_the_heat_is_stretched_to_the_input_and_to_one() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture(3, 20, 28))
    for number in range(5):
        found = grad_cam(module, trace, number)
        assert found.heat.shape == (20, 28)
        assert found.heat.min() >= 0
        assert found.heat.max() in (0, 1)
        maps = trace.outputs[found.layer]
        expected = np.maximum(np.tensordot(found.weights, maps, 1), 0)
        np.testing.assert_allclose(found.coarse, expected, rtol=1e-4, atol=1e-6)


def test_the_default_layer_is_the_last_with_places_and_says_why() -> None:
    trace = trace_of(seeded(Mixed()), picture())
    index, why = default_layer(trace.architecture)
    layer = trace.architecture.layers[index]
    assert (layer.kind, layer.shape) == (Kind.ACTIVATION, (6, 8, 8))
    assert layer.function == "relu6"
    assert layer.name in str(why)
    assert "8 × 8" in str(why)


def test_a_layer_can_be_chosen_but_one_without_maps_is_refused() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    assert grad_cam(module, trace, 0, 0).coarse.shape == (8, 8)
    with pytest.raises(Problem, match="has no maps"):
        grad_cam(module, trace, 0, len(trace.outputs) - 1)


def test_a_class_that_the_maps_say_nothing_about_has_no_heat() -> None:
    class Cut(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 4, 3)

        def forward(self, x: Tensor) -> Tensor:
            return self.conv(x).relu().detach().mean((2, 3))  # type: ignore[no-any-return]

    module = seeded(Cut())
    found = grad_cam(module, trace_of(module, picture()), 1)
    assert not found.heat.any()
    assert not found.weights.any()


def test_a_network_without_maps_has_no_default_layer() -> None:
    trace = trace_of(nn.Sequential(nn.Flatten(), nn.Linear(48, 3)), picture(3, 4, 4))
    with pytest.raises(Problem, match="has none"):
        default_layer(trace.architecture)
