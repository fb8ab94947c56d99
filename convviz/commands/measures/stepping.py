"""From layer to layer in the network room: until its maps, computed if they were not kept, are painted."""

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convviz.commands.measures.findings import Ratio
from convviz.commands.measures.windows import Opened, start_application, wait_for
from convviz.ui.rooms.network_desk import NetworkDesk
from convviz.ui.state import Room

MOST_MS = 50.0
VISITS = 3


def measure_steps(keys: Sequence[str]) -> Iterator[Ratio]:
    """Yield for each network how long the slowest of its layers takes to be on screen, in milliseconds.

    Every visit begins with a new trace and goes from the last layer to the first, so that whatever a layer's
    maps are computed from has not been computed either.
    """
    opened = Opened(start_application(), None)
    opened.window.set_room(Room.NETWORK)
    desk = opened.window.network.desk
    assert desk is not None
    for key in keys:
        desk.go_to(key)
        _settle(desk, key)
        visits = [_visit(desk) for _ in range(VISITS)]
        medians = [statistics.median(times) * 1000 for times in zip(*visits, strict=True)]
        slowest = max(range(len(medians)), key=medians.__getitem__)
        assert desk.traced is not None
        name = desk.traced.trace.architecture.layers[slowest].name
        note = f"ms, slowest of {len(medians)} layers: {name}; middle one {statistics.median(medians):.1f} ms"
        yield Ratio(f"network/{key}/step", medians[slowest], MOST_MS, note)
    opened.close()


def _visit(desk: NetworkDesk) -> list[float]:
    """Return the seconds of every layer of a new trace."""
    before = desk.traced
    assert before is not None
    trace = before.network.trace(before.picture)
    desk.source.traced.emit(replace(before, trace=trace))
    _settle(desk, before.key)
    seconds = []
    for layer in reversed(range(len(trace.outputs))):
        started = time.perf_counter()
        # As a click into the table does. What is painted is the whole room.
        desk.table.chosen.emit(layer)
        desk.repaint()
        seconds.append(time.perf_counter() - started)
        _settle(desk, before.key)
    return seconds[::-1]


def _settle(desk: NetworkDesk, key: str) -> None:
    wait_for(lambda: desk.traced is not None and desk.traced.key == key and not desk.busy)
