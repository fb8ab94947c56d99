import numpy as np
import pytest

from convviz.nets.records import Trace
from convviz.nets.why.evidence import Evidence, Reason, evidence, in_squares
from convviz.nets.why.grad_cam import default_layer, grad_cam
from convviz.nets.why.gradients import Target, gradient_times_input
from convviz.nets.why.occlusion import occlusion
from tests.nets.small import Mixed, picture, seeded, trace_of

MODULE = seeded(Mixed())


@pytest.fixture
def trace() -> Trace:
    return trace_of(MODULE, picture(3, 100, 128))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_way_gives_a_map_of_the_input_and_says_what_is_seen(trace: Trace, reason: Reason) -> None:
    found = evidence(MODULE, trace, 1, reason)
    assert isinstance(found, Evidence)
    assert found.reason is reason
    assert found.values.shape == (100, 128)
    assert np.abs(found.values).max() == pytest.approx(1, abs=1e-6)
    assert found.signed or found.values.min() >= 0
    assert not found.values.flags.writeable
    assert "“1”" in str(found.said[0])


def test_grad_cam_says_why_this_layer(trace: Trace) -> None:
    found = evidence(MODULE, trace, 1, Reason.GRAD_CAM)
    assert np.array_equal(found.values, grad_cam(MODULE, trace, 1).heat)
    layer, why = default_layer(trace.architecture)
    assert str(found.said[0]).endswith(f"as seen from layer {trace.architecture.layers[layer].name}.")
    assert found.said[1] == why


def test_contributions_are_summed_in_squares_that_keep_their_total(trace: Trace) -> None:
    by_pixel = gradient_times_input(MODULE, trace, Target(None, (1,))).by_pixel
    sums = in_squares(by_pixel, 3, strongest=False)[:99, :126]
    by_pixel = by_pixel[:99, :126]
    assert sums[3:6, 6:9] == pytest.approx(by_pixel[3:6, 6:9].sum(), rel=1e-4)
    assert float(sums.sum()) / 9 == pytest.approx(float(by_pixel.sum()), rel=1e-3)
    found = evidence(MODULE, trace, 1, Reason.GRADIENT_INPUT)
    assert found.signed
    # A hundred rows are 33 squares of three and what is left.
    values = found.values[:99, :126]
    inner = (np.abs(values) < 1) & (sums != 0)
    ratios = values[inner] / sums[inner]
    np.testing.assert_allclose(ratios, ratios[0], rtol=1e-4)


def test_squares_are_cut_off_where_the_map_ends() -> None:
    values = np.array([[1, -2, 3], [0, 1, -4]], np.float32)
    np.testing.assert_array_equal(in_squares(values, 2, strongest=False), [[0, 0, -1]] * 2)
    np.testing.assert_array_equal(in_squares(values, 2, strongest=True), [[2, 2, 4]] * 2)


def test_occlusion_says_from_where_to_where_the_class_falls(trace: Trace) -> None:
    found = evidence(MODULE, trace, 2, Reason.OCCLUSION)
    plain = occlusion(MODULE, trace, 2)
    assert np.array_equal(np.sign(found.values), np.sign(plain.heat))
    said = str(found.said[0])
    assert f"{100 * plain.probability:.1f} %" in said
    assert f"{100 * (plain.probability - max(0, plain.drops.max())):.1f} %" in said


def test_it_can_be_called_off(trace: Trace) -> None:
    class StoppedError(Exception):
        pass

    def check() -> None:
        raise StoppedError

    for reason in Reason:
        with pytest.raises(StoppedError):
            evidence(MODULE, trace, 0, reason, check)
