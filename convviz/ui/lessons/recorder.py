"""The state of the window as a step of a lesson."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from convviz.core.lessons import Step, Texts
from convviz.core.picture import Picture
from convviz.files.samples import GRID_SAMPLES, PHOTO_SAMPLES, open_sample
from convviz.ui.lessons.picture_table import picture_table
from convviz.ui.lessons.state_table import layer_table
from convviz.ui.state import Room

if TYPE_CHECKING:
    from convviz.ui.window import Window


def record_step(window: "Window", text: Texts) -> Step:
    """Return a step that brings another window into the state of this one.

    Parameters
    ----------
    window : Window
        What is recorded: the room, the picture itself, the layer, what is pointed at; of the network, the
        training and the embeddings room, if one of them is open, what they tell of themselves.
    text : mapping of str to str
        What is said about it.
    """
    state = window.session.state
    described = window.lessons.showing.described()
    tables: dict[str, Any] = {
        name: room.table() for name, room in described.items() if name == window.room.value
    }
    view: dict[str, Any] = {}
    if window.room is Room.IMAGE:
        view = window.image.view.table()
    elif window.room is Room.CONVOLUTION:
        view = window.convolution.view.table()
    return replace(
        Step(window.room.value, text),
        picture=_picture(state.picture),
        layer=layer_table(state),
        view=view,
        figure=window.figures.table() if window.front.shows_figure else {},
        **tables,
    )


def _picture(picture: Picture) -> dict[str, Any]:
    """Return the table of a picture: that of a sample only by its name, as every convviz has it."""
    for sample in (*PHOTO_SAMPLES, *GRID_SAMPLES):
        if not picture.source and picture.name == str(sample.title):
            known = open_sample(sample.id)
            if known.values.dtype == picture.values.dtype and np.array_equal(known.values, picture.values):
                return {"sample": sample.id}
    return picture_table(picture)
