import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convviz.core.text import Problem, Sentence
from convviz.nets.why.occlusion import occlusion
from tests.nets.small import picture, trace_of


class Corner(nn.Module):
    """Sees nothing but the lower right corner."""

    def __init__(self, single: bool = False) -> None:
        super().__init__()
        self.single = single

    def forward(self, x: Tensor) -> Tensor:
        corner = x[:, :, -3:, -3:].mean((1, 2, 3))
        scores = torch.stack([corner, -corner], 1)
        return scores[:1] if self.single else scores


@pytest.mark.parametrize("single", [False, True])
def test_only_covering_what_the_network_sees_changes_the_answer(single: bool) -> None:
    module, given = Corner(single), np.ones((3, 14, 17), np.float32)
    trace = trace_of(module, given)
    told: list[float] = []
    found = occlusion(module, trace, 0, 4, 3, progress=lambda share, text: told.append(share))
    sure = 1 / (1 + np.exp(-2))
    assert found.probability == pytest.approx(sure, rel=1e-6)
    assert list(found.tops) == [0, 3, 6, 9, 10]
    assert list(found.lefts) == [0, 3, 6, 9, 12, 13]
    # The last square covers all of the corner, its neighbours two rows or columns of three.
    assert found.drops[-1, -1] == pytest.approx(sure - 0.5, rel=1e-5)
    seen = np.argwhere(np.abs(found.drops) > 1e-6)
    assert seen.min(axis=0).tolist() == [3, 4]
    assert (found.drops[:3] == 0).all()
    assert found.heat.shape == (14, 17)
    assert not found.heat[:9].any()
    assert found.heat[-1, -1] == pytest.approx(sure - 0.5, rel=1e-5)
    assert told == sorted(told)
    assert told[-1] == 1


def test_covering_goes_on_and_says_what_it_does_until_it_is_stopped() -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    def stop(share: float, text: Sentence | None) -> None:
        assert str(text) == "Covering the picture bit by bit"
        raise Stopped

    module = Corner()
    with pytest.raises(Stopped):
        occlusion(module, trace_of(module, picture()), 0, progress=stop)


@pytest.mark.parametrize("size", [0, 15])
def test_a_square_that_does_not_fit_is_refused(size: int) -> None:
    module = Corner()
    with pytest.raises(Problem, match="from 1 to 14"):
        occlusion(module, trace_of(module, picture(3, 14, 17)), 0, size)
