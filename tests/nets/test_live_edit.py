import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convviz.core.text import Problem
from convviz.nets.filter_place import filter_place
from convviz.nets.live_edit import LiveEdit
from tests.nets.small import Mixed, assert_same, picture, seeded, state_of, trace_of


@pytest.mark.parametrize("name", ["stem.0", "left", "right", "expand", "last"])
def test_an_edited_kernel_gives_what_a_network_with_these_weights_gives(name: str) -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    before, layer = state_of(module), trace.architecture.named(name)
    channels, rows, columns = module.get_parameter(f"{name}.weight").shape[1:]
    kernel = picture(channels, rows, columns, 5)
    edited = LiveEdit(module, trace).run(layer.index, 2, kernel)
    assert_same(before, state_of(module))
    other = seeded(Mixed())
    other.get_parameter(f"{name}.weight").data[2] = torch.from_numpy(kernel)
    expected = trace_of(other, trace.input)
    for ours, theirs in zip(edited.outputs, expected.outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert not np.array_equal(edited.scores, trace.scores)
    assert edited.architecture is trace.architecture
    # What comes before is not computed again, not even copied.
    assert all(edited.outputs[i] is trace.outputs[i] for i in range(layer.index))


def test_one_edit_does_not_know_of_the_other() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    edit, layer = LiveEdit(module, trace), trace.architecture.named("left")
    own = module.get_parameter("left.weight").detach().numpy()
    edit.run(layer.index, 0, np.zeros((1, 3, 3)))
    back = edit.run(layer.index, 1, own[1])
    for ours, theirs in zip(back.outputs, trace.outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_bias_can_be_edited_too_and_a_linear_layer() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    head = trace.architecture.named("head")
    edited = LiveEdit(module, trace).run(head.index, 3, np.zeros(6), bias=1.5)
    assert edited.outputs[head.index][3] == 1.5
    assert edited.probabilities().sum() == pytest.approx(1, rel=1e-6)


def test_weights_that_serve_two_layers_are_replaced_in_both() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 3, 3, padding=1)

        def forward(self, x: Tensor) -> Tensor:
            return self.conv(self.conv(x).relu()).mean((2, 3))  # type: ignore[no-any-return]

    module, other = seeded(Twice()), seeded(Twice())
    trace = trace_of(module, picture())
    kernel = picture(3, 3, 3, seed=9)
    other.get_parameter("conv.weight").data[1] = torch.from_numpy(kernel)
    second = [layer.index for layer in trace.architecture.layers if layer.function == "conv2d"][1]
    edited = LiveEdit(module, trace).run(second, 1, kernel)
    np.testing.assert_array_equal(edited.scores, trace_of(other, trace.input).scores)


@pytest.mark.parametrize("groups", [1, 2])
def test_the_filter_of_a_transposed_convolution_is_the_one_that_makes_the_map(groups: int) -> None:
    def made() -> nn.Sequential:
        up = nn.ConvTranspose2d(4, 6, 3, 2, groups=groups)
        return nn.Sequential(nn.Conv2d(3, 4, 3), up, nn.AdaptiveAvgPool2d(1), nn.Flatten())

    module = seeded(made())
    trace = trace_of(module, picture())
    layer = trace.architecture.layers[1]
    kernel = picture(4 // groups, 3, 3, seed=9)
    edited = LiveEdit(module, trace).run(1, 4, kernel)
    changed = [n for n in range(6) if not np.array_equal(edited.outputs[1][n], trace.outputs[1][n])]
    assert changed == [4]
    weights = module.get_parameter("1.weight").detach().clone()
    weights[filter_place(layer, tuple(weights.shape), 4)] = torch.from_numpy(kernel)
    other = seeded(made())
    other.get_parameter("1.weight").data = weights
    np.testing.assert_array_equal(edited.scores, trace_of(other, trace.input).scores)
    with pytest.raises(Problem, match=f"{4 // groups} × 3 × 3; the edited one has 6 × 3 × 3"):
        LiveEdit(module, trace).run(1, 4, picture(6, 3, 3))
    with pytest.raises(IndexError):
        filter_place(layer, tuple(weights.shape), 6)


def test_what_does_not_fit_is_refused_in_a_sentence() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    edit, layers = LiveEdit(module, trace), trace.architecture
    with pytest.raises(Problem, match="no kernels to edit"):
        edit.run(layers.named("stem.1").index, 0, np.zeros(()))
    with pytest.raises(Problem, match=r"1 × 3 × 3; the edited one has 1 × 5 × 5"):
        edit.run(layers.named("left").index, 0, np.zeros((1, 5, 5)))
    with pytest.raises(Problem, match="not a finite number"):
        edit.run(layers.named("left").index, 0, np.full((1, 3, 3), np.nan))
