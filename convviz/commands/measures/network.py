"""Capturing all layers of a network beside running it bare: time, memory, and stepping through the layers.

Both networks run on the same random input, with as many threads as torch takes. Capturing is all that
:meth:`Network.trace_input` does, for every input of a size after the first; the bare run is the module's own
forward pass without gradients. Every layer is looked at, so that nothing of it is left for later.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from convviz.commands.measures.findings import Finding, LeftOut, Ratio, Wish, take_turns
from convviz.commands.measures.machine import resident_memory
from convviz.commands.measures.stepping import measure_steps
from convviz.engine.backend import load_torch
from convviz.nets.network import Network
from convviz.nets.records import Placement, Trace

KEYS = ("efficientnet-lite0", "resnet50")
MOST_TIME = 1.2
MOST_MEMORY = 3.0
_WHERE = Placement(0.0, 0.0, 1.0, 1.0)


def measure_network(wish: Wish) -> Iterator[Finding]:
    """Yield the time of a capture over that of a bare pass, its memory, and how long a step takes."""
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
        yield from _times(key, network, inputs[key], wish)
    yield from measure_steps(list(networks))


def _times(key: str, network: Network, given: Any, wish: Wish) -> Iterator[Ratio]:
    import torch

    tensor = torch.from_numpy(given[None].copy())

    def bare() -> None:
        with torch.no_grad():
            network.module(tensor)

    held: list[Trace] = []

    def captured() -> None:
        # What is on screen stays until the next is there.
        held[:] = [network.trace_input(given.copy(), _WHERE)]
        for _ in held[0].outputs:
            pass

    if wish.includes(f"network/{key}/time"):
        timed = take_turns(captured, bare, wish.pairs)
        yield Ratio(f"network/{key}/time", timed.ratio, MOST_TIME, f"{timed.note('bare')}; all looked at")


def _memory(key: str, network: Network, given: Any, traces: list[Trace]) -> Iterator[Finding]:
    if resident_memory() is None:
        yield LeftOut("The system does not say how much memory is in use, so memory is left out.")
        return
    found = [_one(network, given, traces) for _ in ("first", "later")]
    most, size = max(found, key=lambda pair: pair[0] / pair[1])
    note = f"{most / 2**20:.0f} MB for activations of {size / 2**20:.0f} MB, all of them looked at"
    yield Ratio(f"network/{key}/memory", most / size, MOST_MEMORY, note)


def _one(network: Network, given: Any, traces: list[Trace]) -> tuple[int, int]:
    """Return the bytes that a trace takes at most, and those of its layers' outputs."""
    before = most = resident_memory() or 0

    def look(_done: float = 0.0) -> None:
        nonlocal most
        most = max(most, resident_memory() or 0)

    trace = network.trace_input(given.copy(), _WHERE, check=look)
    traces.append(trace)
    size = activations(trace)
    look()
    return most - before, size


def activations(trace: Trace) -> int:
    """Return the bytes of all layers' outputs, each memory counted once."""
    seen: dict[int, int] = {}
    for output in trace.outputs:
        start = output.__array_interface__["data"][0]
        seen[start] = max(seen.get(start, 0), output.nbytes)
    return sum(seen.values())
