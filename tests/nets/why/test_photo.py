"""The trained network that is shipped, and a photograph: what is found must matter to the answer."""

import numpy as np
import pytest

from convviz.files.samples import open_sample
from convviz.nets.catalog import DEFAULT, open_network
from convviz.nets.live_edit import LiveEdit
from convviz.nets.network import Network
from convviz.nets.records import Trace, Values
from convviz.nets.why.excite import Climb, excite
from convviz.nets.why.grad_cam import grad_cam
from convviz.nets.why.gradients import Method, Target, pixels
from convviz.nets.why.occlusion import occlusion


@pytest.fixture(scope="module")
def rocket() -> tuple[Network, Trace, int]:
    network = open_network(DEFAULT)
    trace = network.trace(open_sample("rocket"))
    number = int(trace.probabilities().argmax())
    assert network.classes[number] == "missile"
    return network, trace, number


def score_without(rocket: tuple[Network, Trace, int], heat: Values, hottest: bool) -> float:
    """Return the class score with the hottest or the coldest quarter of the input made the mean colour."""
    network, trace, number = rocket
    order = np.argsort(heat, axis=None)
    part = order[-heat.size // 4 :] if hottest else order[: heat.size // 4]
    given = trace.input.copy()
    given.reshape(len(given), -1)[:, part] = 0
    return float(network.trace_input(given, trace.placement).scores[number])


@pytest.mark.parametrize("way", ["grad-cam", "occlusion", "guided"])
def test_covering_what_is_pointed_out_costs_more_than_covering_what_is_not(
    rocket: tuple[Network, Trace, int], way: str
) -> None:
    network, trace, number = rocket
    if way == "grad-cam":
        heat = grad_cam(network.module, trace, number).heat
    elif way == "occlusion":
        heat = occlusion(network.module, trace, number, 56, 42).heat
    else:
        heat = pixels(network.module, trace, Target(None, (number,)), Method.GUIDED).strength
    without_hottest = score_without(rocket, heat, hottest=True)
    assert without_hottest < score_without(rocket, heat, hottest=False) - 1
    assert without_hottest < float(trace.scores[number]) - 1


def test_the_picture_of_a_class_is_that_class_to_the_network(rocket: tuple[Network, Trace, int]) -> None:
    network, trace, _ = rocket
    banana = network.classes.index("banana")
    bounds = np.array(-127 / 128), np.array(1.0)
    found = excite(network.module, trace, Target(None, (banana,)), Climb(steps=24), bounds)
    seen = network.trace_input(np.array(found.picture), trace.placement)
    assert seen.probabilities().argmax() == banana
    assert seen.scores[banana] == pytest.approx(found.after, rel=1e-3)


def test_a_filter_that_is_emptied_changes_the_answer_until_it_is_put_back(
    rocket: tuple[Network, Trace, int],
) -> None:
    network, trace, number = rocket
    layer = next(layer for layer in trace.architecture.layers if layer.window is not None)
    weights = network.parameter(layer.parameters["weight"])
    edit = LiveEdit(network.module, trace)
    kernels = {"empty": np.zeros_like(weights[0]), "own": weights[0]}
    found = {name: edit.run(layer.index, 0, kernel) for name, kernel in kernels.items()}
    assert found["empty"].probabilities()[number] != pytest.approx(trace.probabilities()[number], rel=1e-3)
    # Another number of threads adds up in another order.
    np.testing.assert_allclose(found["own"].scores, trace.scores, rtol=1e-4, atol=1e-4)
    assert network.changed == ()
