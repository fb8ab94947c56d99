"""Every promise about speed, memory and start, as ``convviz bench`` measures it.

The figures are printed (``-s``). Each item is measured in a process of its own, over 15 pairs.
"""

import pytest

from convviz.commands.bench import PAIRS
from convviz.commands.measures.findings import LeftOut, Ratio, Wish
from convviz.commands.measures.items import ITEMS, measure_apart

# How many cases an item has at least: none may go missing in silence.
LEAST_CASES = {
    "engine": 20,
    "separable": 26,
    "stride": 16,
    "edit": 2,
    "screen": 4,
    "drag": 12,
    "memory": 2,
    "start": 1,
}


@pytest.mark.benchmark
@pytest.mark.parametrize("item", ITEMS)
def test_what_is_promised_is_kept(item: str) -> None:
    findings = list(measure_apart(item, Wish(PAIRS)))
    for found in findings:
        print(f"\n{found}", end="")
    assert not [found.sentence for found in findings if isinstance(found, LeftOut)]
    ratios = [found for found in findings if isinstance(found, Ratio)]
    assert len(ratios) >= LEAST_CASES[item]
    over = [f"{r.name}: {r.value:.2f} over {r.limit:.2f} ({r.note})" for r in ratios if not r.within]
    assert not over, "\n".join(over)
