"""What a window holds, as one value: from the window, into a file, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from convviz.core.filters import FilterBank
from convviz.core.lessons import Table
from convviz.core.text import Problem
from convviz.files.sessions import TOLD, VIEWS, SavedSession, misplaced
from convviz.ui.lessons.state_table import layer_from, layer_table
from convviz.ui.lessons.view_table import MOST_CELL_PX, ImageView, LayerView
from convviz.ui.state import Room, State

if TYPE_CHECKING:
    from convviz.ui.window import Window

# What a room tells that is only where somebody looks.
_LOOKS = {
    "network": ("layer", "map", "unit", "page", "why", "shift", "aim"),
    "training": ("page",),
    "embeddings": ("page", "pair"),
}


@dataclass(frozen=True, eq=False)
class Content:
    """What a session holds.

    Parameters
    ----------
    state : State
        What undo covers: picture, kernels, settings.
    room : Room
        Which is open.
    tables : mapping
        Where the image and the convolution room look, and what the other rooms hold; no entry, or an empty
        one, for a room that was not visited.
    """

    state: State
    room: Room
    tables: Mapping[str, Table] = field(default_factory=dict)

    def saved(self, file: str = "") -> SavedSession:
        """Return what is written; ``file`` as for :class:`SavedSession`. Takes a while: for a worker."""
        layer = layer_table(self.state)
        del layer["kernels"]
        return SavedSession(
            self.state.picture,
            self.state.bank.weights,
            layer,
            self.room.value,
            {name: self.tables[name] for name in VIEWS if self.tables.get(name)},
            {name: self.tables[name] for name in TOLD if self.tables.get(name)},
            file,
        )


def content_from(saved: SavedSession, name: str) -> Content:
    """Return what a session's file holds; ``name`` is the file's.

    Raises
    ------
    Problem
        If something is not as it should be; the sentence names the file and the place.
    """
    try:
        plain = State(saved.picture, FilterBank(saved.kernels, *_names_and_biases(len(saved.kernels))))
        state = layer_from({**saved.layer, "kernels": saved.kernels}, plain)
        if "kernel_channel" not in saved.layer:
            # A lesson that does not say means the first; a session has left it out because there is none.
            state = replace(state, kernel_channel=None)
        ImageView.of(saved.views.get("image", {}))
        LayerView.of(saved.views.get("convolution", {}))
    except Problem as problem:
        place = problem.sentence.values.get("place")
        if place is None:
            raise
        raise misplaced(name, place) from problem
    # Modes and kernels that a picture of so many channels cannot have become the nearest it can.
    state = state.with_picture(saved.picture)
    return Content(state, Room(saved.room), {**saved.views, **saved.told})


def _names_and_biases(count: int) -> tuple[tuple[str, ...], tuple[float, ...]]:
    return ("",) * count, (0.0,) * count


def tables_of(window: "Window") -> dict[str, Table]:
    """Return what every room tells of itself, pictures of the embeddings room as they are."""
    return {
        "image": _within_limits(window.image.view.table()),
        "convolution": _within_limits(window.convolution.view.table()),
        "network": window.network.table(),
        "training": window.training.table(),
        "embeddings": window.embeddings.held_table(),
    }


def _within_limits(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view that can be opened again: one may be closer than a file says."""
    return view | {"zoom": min(view["zoom"], MOST_CELL_PX)} if "zoom" in view else view


class Baseline:
    """A content that later ones are compared with: whether there is work that it does not hold.

    Where somebody looks is no work. Neither is what a room shows when it is first visited: it is taken over.

    Parameters
    ----------
    content : Content
        What is held.
    """

    def __init__(self, content: Content) -> None:
        self._state = content.state
        self._tables = {name: _work(name, content.tables.get(name, {})) for name in TOLD}

    def differs(self, content: Content) -> bool:
        """Return whether there is more in ``content``, or other."""
        changed = content.state != self._state
        for name, before in self._tables.items():
            now = _work(name, content.tables.get(name, {}))
            if not before:
                self._tables[name] = now
            elif now and now != before:
                changed = True
        return changed


def _work(name: str, table: Table) -> dict[str, Any]:
    # Pictures in it are told apart by which they are, not by their numbers.
    return {key: value for key, value in table.items() if key not in _LOOKS[name]}
