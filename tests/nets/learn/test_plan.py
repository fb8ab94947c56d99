"""Layers are checked one by one, and the sentence names the layer and the reason."""

import pytest

from convviz.nets.learn.build import build, fill, to_vector
from convviz.nets.learn.plain import from_plain, to_plain
from convviz.nets.learn.plan import (
    LayerKind,
    LayerPlan,
    NetworkPlan,
    PlanProblem,
    with_outputs,
)

CONV = LayerPlan(LayerKind.CONVOLUTION, 4, (3, 3))
POOL = LayerPlan(LayerKind.POOLING, size=(2, 2))
RELU = LayerPlan(LayerKind.ACTIVATION)
FLAT = LayerPlan(LayerKind.FLATTEN)
DENSE = LayerPlan(LayerKind.DENSE, 3)
WHOLE = NetworkPlan((CONV, RELU, POOL, FLAT, DENSE))


def test_shapes_and_weights_are_those_of_torch() -> None:
    import torch

    module = build(WHOLE, (1, 9, 7), 1)
    values = torch.zeros(1, 1, 9, 7)
    for part, shape, weights in zip(module, WHOLE.shapes((1, 9, 7)), WHOLE.weights((1, 9, 7)), strict=True):
        values = part(values)
        assert tuple(values.shape[1:]) == shape
        assert sum(one.numel() for one in part.parameters()) == weights


@pytest.mark.parametrize(
    ("layers", "layer", "words"),
    [
        ((CONV, FLAT, CONV, DENSE), 2, "needs maps"),
        ((CONV, DENSE), 1, "put a flatten before it"),
        ((FLAT, FLAT), 1, "flat already"),
        ((POOL, POOL, CONV, FLAT, DENSE), 2, "does not fit on the maps of 1 × 2"),
        ((CONV,), 0, "ends with maps"),
        ((CONV, FLAT, LayerPlan(LayerKind.DENSE, 5)), 2, "give it 3 neurons"),
        ((), 0, "ends with maps"),
    ],
)
def test_what_does_not_fit_is_said_with_its_layer(
    layers: tuple[LayerPlan, ...], layer: int, words: str
) -> None:
    with pytest.raises(PlanProblem, match=words) as found:
        NetworkPlan(layers).check((1, 7, 8), 3)
    assert found.value.layer == layer


def test_a_plan_survives_being_written_and_read() -> None:
    assert from_plain(to_plain(WHOLE)) == WHOLE


@pytest.mark.parametrize("wrong", [{"size": [0, 3]}, {"count": 10**9}, {"kind": "magic"}, {"count": "7"}])
def test_a_plan_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    plain = to_plain(WHOLE)
    plain[0] |= wrong
    with pytest.raises(ValueError, match=r".+"):
        from_plain(plain)


def test_the_last_dense_layer_takes_the_number_of_outputs() -> None:
    assert with_outputs(WHOLE, 7).layers[-1].count == 7


def test_weights_go_out_and_in_as_one_vector() -> None:
    first, second = build(WHOLE, (1, 9, 7), 1), build(WHOLE, (1, 9, 7), 2)
    assert (to_vector(first) != to_vector(second)).any()
    fill(second, to_vector(first))
    assert (to_vector(first) == to_vector(second)).all()


def test_multiply_adds_are_one_per_weight_and_output() -> None:
    # 4 filters of 3 × 3 on maps of 7 × 5, then 3 neurons for 4 · 3 · 2 numbers.
    assert WHOLE.multiply_adds((1, 9, 7)) == 4 * 9 * 7 * 5 + 3 * 24
