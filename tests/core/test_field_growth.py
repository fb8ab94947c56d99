import numpy as np

from convviz.core.field_growth import feeding, levels
from convviz.core.specs import ConvSpec, PoolKind, PoolSpec

CONV = ConvSpec(np.zeros((1, 1, 3, 3)))
POOL = PoolSpec(PoolKind.MAX)
PADDED = ConvSpec(np.zeros((1, 1, 3, 3)), padding=(1, 1))
SPREAD = ConvSpec(np.zeros((1, 1, 3, 3)), dilation=(2, 2), stride=(3, 3))


def test_sizes_and_jumps_follow_the_recursion() -> None:
    found = levels((CONV, CONV, POOL, CONV), 16)
    assert [level.size for level in found] == [1, 3, 5, 6, 10]
    assert [level.jump for level in found] == [1, 1, 1, 2, 2]
    assert [level.length for level in found] == [16, 14, 12, 6, 4]
    assert found[4].size_sum == "r₄ = 6 + (3 − 1)·2 = 10"
    assert found[3].jump_sum == "j₃ = 1·2 = 2"


def test_dilation_is_a_factor_of_the_growth() -> None:
    found = levels((CONV, SPREAD), 16)
    assert found[2].size_sum == "r₂ = 3 + (3 − 1)·2·1 = 7"
    assert (found[2].size, found[2].jump) == (7, 3)


def test_padding_moves_what_the_first_unit_sees_outside() -> None:
    found = levels((PADDED, PADDED), 8)
    assert found[2].seen(0) == (-2, 2)
    assert found[2].seen(7) == (5, 9)
    assert found[2].centre(3) == 3


def test_a_unit_is_fed_by_all_that_it_sees() -> None:
    chain = (CONV, CONV, POOL, CONV)
    found = levels(chain, 16)
    fed = feeding(chain, found, 4, 2)
    first, last = found[4].seen(2)
    assert list(fed[0]) == list(range(first, last + 1))
    assert fed[4] == {2: (2, 3, 4)}
    assert fed[3] == {2: (4, 5), 3: (6, 7), 4: (8, 9)}


def test_the_padding_is_read_but_feeds_from_nothing() -> None:
    chain = (PADDED, PADDED)
    fed = feeding(chain, levels(chain, 8), 2, 0)
    assert fed[2] == {0: (-1, 0, 1)}
    assert list(fed[1]) == [0, 1]
    assert list(fed[0]) == [0, 1, 2]
