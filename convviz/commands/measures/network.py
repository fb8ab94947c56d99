"""Capturing all layers of a network beside running it bare: time and memory.

Both networks run on the same random input, with as many threads as torch takes. Capturing is all that
:meth:`Network.trace_input` does; the bare run is the module's own forward pass without gradients.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish, take_turns
from convviz.commands.measures.machine import resident_memory
from convviz.engine.backend import load_torch
from convviz.nets.network import Network
from convviz.nets.records import Placement, Trace

KEYS = ("efficientnet-lite0", "resnet50")
MOST_TIME = 1.2
MOST_MEMORY = 3.0
_WHERE = Placement(0.0, 0.0, 1.0, 1.0)


def measure_network(wish: Wish) -> Iterator[Finding]:
    """Yield the time of a capture over that of a bare pass, and its memory over that of the activations."""
    load_torch()
    from convviz.nets.catalog import open_network

    networks = {key: open_network(key) for key in KEYS if wish.includes(f"network/{key}")}
    random = np.random.default_rng(1)
    inputs = {key: random.random(n.preprocessing.input_shape, np.float32) for key, n in networks.items()}
    # Kept, because memory that one network has given back would be what another takes.
    traces: list[Trace] = []
    for key, network in networks.items():
        yield from _memory(key, network, inputs[key], traces)
    traces.clear()
    for key, network in networks.items():
        yield _time(key, network, inputs[key], wish.pairs)


def _time(key: str, network: Network, given: Any, pairs: int) -> Ratio:
    import torch

    tensor = torch.from_numpy(given[None].copy())

    def bare() -> None:
        with torch.no_grad():
            network.module(tensor)

    timed = take_turns(lambda: network.trace_input(given.copy(), _WHERE), bare, pairs)
    return Ratio(f"network/{key}/time", timed.ratio, MOST_TIME, timed.note("bare"))


def _memory(key: str, network: Network, given: Any, traces: list[Trace]) -> Iterator[Finding]:
    before = resident_memory()
    if before is None:
        yield LeftOut("The system does not say how much memory is in use, so memory is left out.")
        return
    most = before

    def look(_done: float = 0.0) -> None:
        nonlocal most
        most = max(most, resident_memory() or 0)

    trace = network.trace_input(given.copy(), _WHERE, check=look)
    traces.append(trace)
    look()
    size = activations(trace)
    note = f"{(most - before) / 2**20:.0f} MB for activations of {size / 2**20:.0f} MB"
    yield Ratio(f"network/{key}/memory", (most - before) / size, MOST_MEMORY, note)


def activations(trace: Trace) -> int:
    """Return the bytes of all layers' outputs, each memory counted once."""
    seen: dict[int, int] = {}
    for output in trace.outputs:
        start = output.__array_interface__["data"][0]
        seen[start] = max(seen.get(start, 0), output.nbytes)
    return sum(seen.values())
