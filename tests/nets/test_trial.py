import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convviz.core.text import Problem, Sentence
from convviz.nets.network import Network
from convviz.nets.preprocessing import Preprocessing
from convviz.nets.trial import Trial
from tests.nets.small import Mixed, assert_same, picture, seeded, state_of, trace_of


def network_of(module: nn.Module) -> Network:
    return Network(module, "mixed", "Mixed", Preprocessing((16, 16)), (), True, Sentence("Loading torch"))


def test_the_tried_network_is_one_with_these_weights_and_shares_all_others() -> None:
    module = seeded(Mixed())
    network, trace = network_of(module), trace_of(module, picture())
    before, layer = state_of(module), trace.architecture.named("stem.0")
    kernel = picture(3, 3, 3, 5)
    tried, found = Trial(network, trace).run(layer.index, 2, kernel)
    assert_same(before, state_of(module))
    assert np.array_equal(tried.parameter("stem.0.weight")[2], kernel)
    assert np.array_equal(tried.parameter("stem.0.weight")[:2], network.parameter("stem.0.weight")[:2])
    again = trace_of(tried.module, trace.input)
    for ours, theirs in zip(found.outputs, again.outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    ours_state, theirs_state = tried.module.state_dict(), module.state_dict()
    shared = [ours_state[n].data_ptr() == theirs_state[n].data_ptr() for n in ours_state]
    assert shared.count(False) == 1
    assert (tried.key, tried.title, tried.trained) == (network.key, network.title, network.trained)


def test_every_try_starts_from_the_network_as_it_is() -> None:
    module = seeded(Mixed())
    trace = trace_of(module, picture())
    trial, layer = Trial(network_of(module), trace), trace.architecture.named("left")
    trial.run(layer.index, 0, np.zeros((1, 3, 3)))
    own = module.get_parameter("left.weight").detach().numpy()
    _, back = trial.run(layer.index, 1, own[1])
    assert np.array_equal(back.scores, trace.scores)


def test_what_cannot_be_copied_is_refused_with_the_reason() -> None:
    class Clinging(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 2, 3)

        def forward(self, x: Tensor) -> Tensor:
            return self.conv(x).mean((2, 3))  # type: ignore[no-any-return]

        def __deepcopy__(self, memo: dict[int, object]) -> "Clinging":
            raise TypeError("there shall be one of it")

    module = Clinging()
    trace = trace_of(module, picture())
    with pytest.raises(Problem, match="there shall be one of it"):
        Trial(network_of(module), trace).run(0, 0, np.zeros((3, 3, 3)))
    assert torch.is_tensor(module.conv.weight)
