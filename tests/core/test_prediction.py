import numpy as np
import pytest

from convviz.core.arithmetic import Explainer, reader
from convviz.core.prediction import Slip, SlipKind, agrees, find_slip
from convviz.core.specs import ConvSpec, PoolKind, PoolSpec

VALUES = np.array([[[3.0, 3, 5], [3, 4, 0], [5, 1, 2]]])
KERNEL = np.array([[[[0.0, 1, 0], [-1, 2, -1], [0, 1, 0]]]])


def convolution(bias: float = 0.0) -> object:
    return Explainer(reader(VALUES), (1, 3, 3), (ConvSpec(KERNEL, (bias,)),)).explain(1, 0, (0, 0))


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (9.0 - 3, Slip(SlipKind.LEFT_OUT, 1)),  # 1·3 left out
        (9.0 - 16, Slip(SlipKind.SIGN, 4)),  # − 2·4
        (100.0, None),
    ],
)
def test_one_wrong_product_is_found(answer: float, slip: Slip | None) -> None:
    cell = convolution()
    assert cell.total == 9  # type: ignore[attr-defined]
    assert find_slip(cell, answer) == slip  # type: ignore[arg-type]


def test_a_forgotten_bias_is_found() -> None:
    assert find_slip(convolution(0.5), 9.0) == Slip(SlipKind.BIAS, None)  # type: ignore[arg-type]


def test_another_value_of_the_pooling_window_is_found() -> None:
    pool = Explainer(reader(VALUES), (1, 3, 3), (PoolSpec(PoolKind.MAX, (3, 3)),)).explain(1, 0, (0, 0))
    assert find_slip(pool, 4.0) == Slip(SlipKind.OTHER_VALUE, 4)
    assert find_slip(pool, 7.0) is None


def test_what_a_person_types_agrees_to_two_decimals() -> None:
    assert agrees(0.33, 1 / 3)
    assert agrees(-113, -113.0)
    assert not agrees(0.3, 1 / 3)
    assert not agrees(112, 113)
