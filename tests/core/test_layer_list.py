import pytest

from convviz.core.layer_list import MOST_LAYERS, Listed, ListedKind, count_layers, total_sum
from convviz.core.text import Problem

CONV = Listed(ListedKind.CONV, count=4, size=(5, 5), bias=False)
FLATTEN = Listed(ListedKind.FLATTEN)


def test_a_bias_is_one_more_weight_per_filter_and_no_product() -> None:
    bare, biased = (
        count_layers((3, 10, 10), (Listed(ListedKind.CONV, count=4, size=(5, 5), bias=bias),))[0]
        for bias in (False, True)
    )
    assert (bare.weights, bare.weight_sum) == (300, "4·(5·5·3) = 300")
    assert (biased.weights, biased.weight_sum) == (304, "4·(5·5·3 + 1) = 304")
    assert bare.multiply_adds == biased.multiply_adds == 300 * 36


def test_a_dense_layer_reads_every_value() -> None:
    dense = Listed(ListedKind.DENSE, count=10)
    flat, last = count_layers((32, 8, 8), (FLATTEN, dense))
    assert (flat.after, flat.weights, flat.multiply_adds) == ((2048,), 0, 0)
    assert (last.weights, last.weight_sum) == (20_490, "10·(2\u00a0048 + 1) = 20\u00a0490")
    assert last.multiply_adds == 20_480


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (CONV, "10 − 5 + 1 = 6"),
        (Listed(ListedKind.CONV, padding=(1, 1)), "10 + 2·1 − 3 + 1 = 10"),
        (Listed(ListedKind.MAX_POOL, size=(2, 2), stride=(2, 2)), "10 / 2 = 5"),
        # Nothing is left out where rows are.
        (
            Listed(ListedKind.MAX_POOL, size=(3, 3), stride=(3, 3)),
            "⌊(10 + 2·0 − 1·(3 − 1) − 1) / 3⌋ + 1 = 3",
        ),
        (Listed(ListedKind.CONV, stride=(2, 2)), "⌊(10 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 4"),
        (Listed(ListedKind.CONV, dilation=(2, 2)), "⌊(10 + 2·0 − 2·(3 − 1) − 1) / 1⌋ + 1 = 6"),
        (Listed(ListedKind.ACTIVATION), ""),
    ],
)
def test_the_size_is_written_out_as_shortly_as_it_is_true(layer: Listed, said: str) -> None:
    one = count_layers((3, 10, 10), (layer,))[0]
    assert one.size_sum == said
    if said:
        assert said.endswith(f"= {one.after[1]}")


def test_the_total_adds_what_is_learned() -> None:
    pool = Listed(ListedKind.MAX_POOL, size=(2, 2), stride=(2, 2))
    small = Listed(ListedKind.CONV, count=2, bias=False)
    assert total_sum(count_layers((3, 10, 10), (CONV, pool, small))) == "300 + 72 = 372"
    assert total_sum(count_layers((3, 10, 10), (CONV, pool))) == "300"
    assert total_sum(count_layers((3, 10, 10), (pool,))) == "0"


def test_the_layer_that_cannot_work_is_named() -> None:
    with pytest.raises(Problem, match=r"Layer 2 of the list: The kernel 5×5 is larger than the 4×4 input"):
        count_layers((3, 8, 8), (CONV, CONV))
    with pytest.raises(Problem, match="Layer 1 of the list: a dense layer reads a vector"):
        count_layers((3, 8, 8), (Listed(ListedKind.DENSE),))
    with pytest.raises(Problem, match="Layer 2 of the list: a window slides over maps"):
        count_layers((3, 8, 8), (FLATTEN, CONV))


def test_there_are_bounds_to_a_list() -> None:
    for layers in ((), (FLATTEN,) * (MOST_LAYERS + 1)):
        with pytest.raises(Problem, match=f"The list has {len(layers)} layers; from 1 to 16 are possible"):
            count_layers((3, 8, 8), layers)
