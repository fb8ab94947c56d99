import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from convviz.core.geometry import Rect
from convviz.core.text import Sentence
from convviz.nets.why.gradients import Method, Target, gates, pixels
from convviz.nets.why.unit_evidence import (
    METHODS,
    UnitEvidence,
    UnitReason,
    strongest_map,
    strongest_unit,
    unit_evidence,
)
from tests.nets.small import Mixed, assert_same, picture, seeded, state_of, trace_of


class Residual(nn.Module):
    """A shortcut around two convolutions with Swish, and a gate, as in EfficientNet."""

    def __init__(self, activation: nn.Module) -> None:
        super().__init__()
        self.one, self.two = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.down, self.up = nn.Conv2d(4, 2, 1), nn.Conv2d(2, 4, 1)
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        x = self.activation(self.one(x))
        gate = torch.sigmoid(self.up(F.relu(self.down(F.adaptive_avg_pool2d(x, 1)))))
        return x + torch.as_tensor(self.two(x * gate))


def said(found: UnitEvidence) -> str:
    return " ".join(map(str, found.said))


def ask(module: nn.Module, reason: UnitReason, layer: int | None = None) -> UnitEvidence:
    trace = trace_of(module, picture())
    chosen = len(trace.outputs) - 1 if layer is None else layer
    return unit_evidence(module, trace, chosen, strongest_unit(trace, chosen, 0), reason)


def test_the_strongest_unit_and_map_are_those_with_the_largest_value() -> None:
    trace = trace_of(seeded(Mixed()), picture())
    for layer, values in enumerate(trace.outputs):
        number = strongest_map(trace, layer)
        found = strongest_unit(trace, layer, number)
        assert values[found] == values.max(), layer
        assert found[0] == number or values.ndim == 2


def test_of_values_cut_off_alike_the_middle_and_the_map_with_more_of_them_count() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 2, 1), nn.ReLU6()))
    convolution = module.get_submodule("0")
    convolution.get_parameter("weight").data[:] = torch.tensor([1.0, 0.0])[:, None, None, None] * 3
    convolution.get_parameter("bias").data[:] = torch.tensor([3.0, 100.0])
    trace = trace_of(module, picture())
    values = trace.outputs[1]
    assert values[0].max() == values[1].max() == 6
    assert values[0].mean() < values[1].mean()
    assert strongest_map(trace, 1) == 1
    rows, columns = values.shape[1:]
    index = strongest_unit(trace, 1, 1)
    places = np.argwhere(values[1] == 6)
    middle = np.array([(rows - 1) / 2, (columns - 1) / 2])
    assert np.abs(np.array(index[1:]) - middle).max() == np.abs(places - middle).max(1).min()


def test_a_map_that_is_no_number_anywhere_has_a_first_cell() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 2, 3)))
    module.get_parameter("0.bias").data.fill_(float("nan"))
    trace = trace_of(module, picture())
    assert strongest_map(trace, 0) == 0
    assert strongest_unit(trace, 0, 1) == (1, 0, 0)


@pytest.mark.parametrize("reason", list(UnitReason))
def test_the_picture_is_grey_where_the_unit_sees_nothing(reason: UnitReason) -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 2, 3)))
    found = ask(module, reason)
    field = found.field
    outside = found.colours.copy()
    outside[field.top : field.top + field.height, field.left : field.left + field.width] = 0.5
    assert field != Rect(0, 0, 16, 16)
    assert (outside == 0.5).all()
    assert (found.colours != 0.5).any()
    assert "row " in said(found)
    assert f"map 0 of {'3'}" in said(found)


def test_blue_first_and_grey_inputs_are_shown_as_red_green_and_blue() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 2, 3)))
    trace = trace_of(module, picture())
    plain, turned = (
        unit_evidence(module, trace, 0, (1, 2, 3), UnitReason.GRADIENT, bgr=bgr).colours
        for bgr in (False, True)
    )
    np.testing.assert_array_equal(plain[:, :, ::-1], turned)
    assert (plain != turned).any()
    grey = seeded(nn.Sequential(nn.Conv2d(1, 2, 3)))
    seen = unit_evidence(grey, trace_of(grey, picture(1)), 0, (1, 2, 3), UnitReason.GRADIENT).colours
    assert seen.shape == (16, 16, 3)
    np.testing.assert_array_equal(seen[:, :, 0], seen[:, :, 2])


@pytest.mark.parametrize("method", list(Method))
def test_a_gate_is_a_number_for_all_but_the_gradient(method: Method) -> None:
    module = seeded(Residual(nn.ReLU()))
    trace = trace_of(module, picture())
    assert [trace.architecture.layers[gate].function for gate in gates(trace.architecture)] == ["sigmoid"]
    layer, index = len(trace.outputs) - 1, (1, 8, 8)
    found = pixels(module, trace, Target(layer, index), method).values
    # Only through the gate, which looks at everything, does a far corner matter.
    assert bool(np.abs(found[:, :3, :3]).sum()) is (method is Method.GRADIENT)
    assert np.abs(found[:, 6:11, 6:11]).sum() > 0


def test_swish_written_by_hand_is_no_gate() -> None:
    class Swish(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x * torch.sigmoid(x)

    trace = trace_of(seeded(nn.Sequential(nn.Conv2d(3, 2, 3), Swish())), picture())
    assert not gates(trace.architecture)


@pytest.mark.parametrize("activation", [nn.SiLU(), nn.GELU(), nn.Hardswish()])
def test_what_is_done_where_a_method_has_no_rule_is_said(activation: nn.Module) -> None:
    module = seeded(Residual(activation))
    name = type(activation).__name__.lower()
    deconvolution = said(ask(module, UnitReason.DECONVOLUTION))
    assert f"For {name} deconvolution is not defined" in deconvolution
    assert "squeeze-and-excitation" in deconvolution
    assert f"For {name} guided backpropagation is not defined" in said(ask(module, UnitReason.GUIDED))
    assert len(ask(module, UnitReason.GRADIENT).said) == 1


def test_nothing_is_said_of_what_lies_behind_the_unit_or_beside_its_way() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3), nn.SiLU()))
    assert len(ask(module, UnitReason.DECONVOLUTION, layer=2).said) == 1
    assert len(ask(module, UnitReason.DECONVOLUTION, layer=3).said) == 2


def test_attention_and_layer_normalisation_are_told_of() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3), nn.LayerNorm([4, 14, 14]), nn.ReLU()))
    assert "layer normalisation" in said(ask(module, UnitReason.GUIDED))


def test_a_unit_in_a_window_of_attention_is_followed_back() -> None:
    class Windows(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv, self.inside = nn.Conv2d(3, 4, 1), nn.Conv2d(4, 4, 1)

        def forward(self, x: Tensor) -> Tensor:
            x = self.conv(x).reshape(1, 4, 2, 8, 2, 8).permute(0, 2, 4, 1, 3, 5).reshape(4, 4, 8, 8)
            return F.relu(self.inside(x)).mean((2, 3)).reshape(1, 16)

    module = seeded(Windows())
    trace = trace_of(module, picture())
    layer = next(at for at, values in enumerate(trace.outputs) if values.shape == (4, 4, 8, 8))
    index = strongest_unit(trace, layer, strongest_map(trace, layer))
    assert len(index) == 4
    found = unit_evidence(module, trace, layer, index, UnitReason.GRADIENT)
    rows, columns = np.nonzero((found.colours != 0.5).any(axis=2))
    assert (rows.tolist(), columns.tolist()) == (
        [8 * (index[0] // 2) + index[2]],
        [8 * (index[0] % 2) + index[3]],
    )


def test_the_network_is_left_as_it_was() -> None:
    module = seeded(Mixed()).eval()
    before = state_of(module)
    for reason in METHODS:
        assert isinstance(ask(module, reason).said[0], Sentence)
    assert_same(before, state_of(module))


def test_it_can_be_called_off() -> None:
    class EnoughError(Exception):
        pass

    def check() -> None:
        raise EnoughError

    module = seeded(Mixed()).eval()
    trace = trace_of(module, picture())
    with pytest.raises(EnoughError):
        unit_evidence(module, trace, 2, (0, 1, 1), UnitReason.GUIDED, check=check)
