import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from convviz.nets.unit import field_of
from convviz.nets.why.gradients import Method, Target, gradient_times_input, pixels
from tests.nets.small import Mixed, picture, seeded, trace_of


def test_gradient_times_input_is_autograds_gradient_times_the_input() -> None:
    module = seeded(Mixed()).eval()
    trace = trace_of(module, picture())
    given = torch.from_numpy(trace.input.copy())[None].requires_grad_(True)
    held = []
    hook = module.get_submodule("head").register_forward_hook(lambda m, a, o: held.append(o))
    module(given)
    hook.remove()
    # The score before the softmax.
    (gradient,) = torch.autograd.grad(held[0][0, 3], given)
    found = gradient_times_input(module, trace, Target(None, (3,)))
    np.testing.assert_allclose(found.values, gradient[0] * given[0].detach(), rtol=1e-4, atol=1e-7)
    assert found.score == pytest.approx(held[0][0, 3].item())
    np.testing.assert_allclose(found.by_pixel, found.values.sum(axis=0), rtol=1e-6)
    assert not found.values.flags.writeable


def test_a_linear_networks_contributions_add_up_to_its_score() -> None:
    module = seeded(
        nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.Flatten(), nn.Linear(144, 2, bias=False))
    )
    trace = trace_of(module, picture(3, 8, 8))
    found = gradient_times_input(module, trace, Target(None, (1,)))
    assert found.values.sum() == pytest.approx(found.score, rel=1e-4)


@pytest.mark.parametrize("inplace", [False, True])
def test_the_rules_of_one_layer_are_those_of_the_papers(inplace: bool) -> None:
    conv = nn.Conv2d(2, 3, 3, padding=1)
    module = seeded(nn.Sequential(conv, nn.ReLU(inplace), nn.Flatten(), nn.Linear(3 * 36, 4)))
    trace = trace_of(module, picture(2, 6, 6))
    before = trace.outputs[0]
    signal = module.get_parameter("3.weight")[2].detach().reshape(1, 3, 6, 6)
    active = torch.from_numpy(before > 0)[None]
    assert (signal < 0).any()
    assert not active.all()
    back = {
        Method.GRADIENT: signal * active,
        Method.DECONVOLUTION: signal.clamp(min=0),
        Method.GUIDED: signal.clamp(min=0) * active,
    }
    for method, at_the_layer in back.items():
        expected = F.conv_transpose2d(at_the_layer, conv.weight.detach(), padding=1)
        found = pixels(module, trace, Target(None, (2,)), method)
        np.testing.assert_allclose(found.values, expected[0], rtol=1e-4, atol=1e-6)


def test_deconvolution_of_a_unit_of_one_layer_is_its_filter_where_it_lies() -> None:
    conv = nn.Conv2d(3, 4, 3)
    module = seeded(nn.Sequential(conv, nn.ReLU()))
    trace = trace_of(module, picture(3, 8, 8))
    expected = np.zeros((3, 8, 8), np.float32)
    expected[:, 2:5, 4:7] = conv.weight[1].detach()
    found = pixels(module, trace, Target(1, (1, 2, 4)), Method.DECONVOLUTION)
    np.testing.assert_array_equal(found.values, expected)
    assert found.strength.max() == 1
    assert found.as_colours().shape == (8, 8, 3)
    assert found.as_colours()[0, 0, 0] == 0.5


def test_the_target_of_a_map_is_its_sum() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()))
    trace = trace_of(module, picture(3, 8, 8))
    assert pixels(module, trace, Target(1, (2,))).score == pytest.approx(trace.outputs[1][2].sum(), rel=1e-5)


def test_the_colours_of_a_small_receptive_field_are_not_cut_off() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 2, 5), nn.ReLU(), nn.Conv2d(2, 1, 5)))
    found = pixels(module, trace_of(module, picture(3, 64, 64)), Target(2, (0, 9, 9)), Method.DECONVOLUTION)
    seen = found.as_colours()[found.values.any(axis=0)]
    assert len(seen) < 64 * 64 * 0.02
    assert ((seen == 0) | (seen == 1)).mean() < 0.02


@pytest.mark.parametrize("method", list(Method))
def test_nothing_comes_back_from_outside_the_receptive_field(method: Method) -> None:
    module = seeded(
        nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1), nn.ReLU(True), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, padding=1))
    )
    trace = trace_of(module, picture(3, 32, 32))
    index = (2, 3, 4)
    field = field_of(trace, 3, index)
    found = pixels(module, trace, Target(3, index), method).values
    inside = found[:, field.top : field.top + field.height, field.left : field.left + field.width]
    assert np.abs(inside).sum() > 0
    assert np.abs(found).sum() == pytest.approx(np.abs(inside).sum())


def test_a_score_that_does_not_depend_on_the_picture_has_no_gradient() -> None:
    module = seeded(nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU()))
    module.get_parameter("0.weight").data.zero_()
    trace = trace_of(module, picture(3, 8, 8))
    assert not pixels(module, trace, Target(1, (0, 1, 1))).values.any()
