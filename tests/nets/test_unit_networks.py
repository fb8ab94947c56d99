"""Units of whole networks: every layer, each explained value the network's own."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from convviz.core.geometry import Rect
from convviz.core.wording import PieceKind, text_of
from convviz.nets.back import reached
from convviz.nets.catalog import open_network
from convviz.nets.network import Network
from convviz.nets.records import Kind, Placement, Trace
from convviz.nets.unit import explain_unit
from convviz.nets.unit_cells import OpaqueCell

PLACE = Placement(0.0, 0.0, 1.0, 1.0)
KEYS = ("efficientnet-lite0", "resnet18", "googlenet")


@pytest.fixture(scope="module", params=KEYS)
def traced(request: pytest.FixtureRequest) -> Iterator[tuple[Network, Trace]]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = open_network(request.param)
    given = np.random.default_rng(0).normal(size=(3, 96, 112)).astype(np.float32)
    yield network, network.trace_input(given, PLACE)
    torch.set_num_threads(threads)


def test_every_explained_value_is_the_networks_own(traced: tuple[Network, Trace]) -> None:
    network, trace = traced
    random = np.random.default_rng(1)
    told: Counter[Kind] = Counter()
    for layer in trace.architecture.layers:
        for _ in range(4):
            index = tuple(int(random.integers(n)) for n in layer.shape)
            unit = explain_unit(trace, network.parameter, layer.index, index)
            assert not isinstance(unit.cell, OpaqueCell), (layer.name, layer.function)
            assert unit.own == trace.outputs[layer.index][index]
            assert unit.agrees, (layer.name, index, unit.own, unit.total, unit.rounding)
            # Rounding, not a bound so wide that anything passes.
            assert unit.rounding <= 1e-4 * max(unit.parts.scale, 1e-30)
            told[layer.kind] += 1
    assert told[Kind.CONVOLUTION] > 50
    assert told[Kind.NORMALISATION] > 50


def test_every_unit_is_written_out_in_a_few_lines_with_its_value_last(traced: tuple[Network, Trace]) -> None:
    network, trace = traced
    for layer in trace.architecture.layers:
        index = tuple(n // 2 for n in layer.shape)
        lines = explain_unit(trace, network.parameter, layer.index, index).lines(limit=27)
        assert 1 <= len(lines) <= 8
        assert lines[-1][-1].kind is PieceKind.RESULT
        assert "nan" not in text_of(lines).lower()


def test_a_pixel_changes_no_unit_that_is_not_said_to_see_it(traced: tuple[Network, Trace]) -> None:
    network, trace = traced
    changed = trace.input.copy()
    changed[:, 40, 60] += 3
    after = network.trace_input(changed, PLACE)
    reached_some = 0
    for layer in trace.architecture.layers:
        if not layer.is_map:
            continue
        rect = reached(trace.architecture, layer.index, Rect(40, 60))
        moved = (trace.outputs[layer.index] != after.outputs[layer.index]).any(axis=0)
        if rect is not None:
            reached_some += bool(moved.any())
            moved[rect.top : rect.top + rect.height, rect.left : rect.left + rect.width] = False
        assert not moved.any(), layer.name
    assert reached_some > 20
