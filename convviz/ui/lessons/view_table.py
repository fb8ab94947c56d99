"""What a lesson points at in the rooms that show the picture, as it stands in its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from convviz.core.specs import Pair
from convviz.core.text import QT_TRANSLATE_NOOP, Problem

MOST_CELL_PX = 160

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class ImageView:
    """Where the image room looks.

    Parameters
    ----------
    pixel : tuple of int or None
        Row and column of the pixel that is pinned.
    zoom : float or None
        Screen pixels for a pixel at the scale for a desk; None shows everything.
    mixer : tuple of int or None
        Red, green and blue of the colour mixer.
    panel : bool
        Whether the panel with the mixer, the histogram and the number of inputs is shown beside the lesson.
    """

    pixel: Pair | None = None
    zoom: float | None = None
    mixer: Colour | None = None
    panel: bool = False

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "ImageView":
        """Return what a table describes; Problem if something of it is not as it should be."""
        _only(table, "pixel", "zoom", "mixer", "panel")
        if not isinstance(table.get("panel", False), bool):
            _refuse("panel")
        mixer = table.get("mixer")
        if mixer is not None:
            mixer = tuple(_numbers(table, "mixer", 3, 255))
        return cls(
            _pair(table, "pixel"), _zoom(table, None), mixer, "mixer" in table or table.get("panel", False)
        )

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`of` makes this from."""
        found: dict[str, Any] = {}
        if self.pixel is not None:
            found["pixel"] = list(self.pixel)
        if self.zoom is not None:
            found["zoom"] = self.zoom
        if self.mixer is not None:
            found["mixer"] = list(self.mixer)
        if self.panel:
            found["panel"] = True
        return found


@dataclass(frozen=True)
class LayerView:
    """Where the convolution room looks.

    Parameters
    ----------
    cell : tuple of int or None
        Row and column of the cell of the last map that is pinned.
    step : int or None
        The cell, counted row by row from 0, that stepping has come to; None when nobody steps.
    predict : bool
        Whether the value of that cell is asked for.
    every_stage : bool
        Whether what lies between the input and the result is shown.
    zoom : float or None
        Screen pixels for a cell at the scale for a desk, around the cell; None shows everything.
    """

    cell: Pair | None = None
    step: int | None = None
    predict: bool = False
    every_stage: bool = True
    zoom: float | None = None

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "LayerView":
        """Return what a table describes; Problem if something of it is not as it should be."""
        _only(table, "cell", "step", "predict", "every_stage", "zoom")
        step = table.get("step")
        if step is not None:
            step = _number(step, "step", 10**9)
        for name in ("predict", "every_stage"):
            if not isinstance(table.get(name, False), bool):
                _refuse(name)
        predict, every = bool(table.get("predict", False)), bool(table.get("every_stage", True))
        return cls(
            _pair(table, "cell"), 0 if predict and step is None else step, predict, every, _zoom(table, None)
        )

    def table(self) -> dict[str, Any]:
        """Return the table that :meth:`of` makes this from."""
        found: dict[str, Any] = {}
        if self.cell is not None and self.step is None:
            found["cell"] = list(self.cell)
        if self.step is not None:
            found["step"] = self.step
        if self.predict:
            found["predict"] = True
        if not self.every_stage:
            found["every_stage"] = False
        if self.zoom is not None:
            found["zoom"] = self.zoom
        return found


def _pair(table: Mapping[str, Any], name: str) -> Pair | None:
    if name not in table:
        return None
    row, column = _numbers(table, name, 2, 10**6)
    return row, column


def _numbers(table: Mapping[str, Any], name: str, count: int, most: int) -> list[int]:
    given = table[name]
    if not isinstance(given, list) or len(given) != count:
        _refuse(name)
    return [_number(each, name, most) for each in given]


def _number(given: object, name: str, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
        _refuse(name)
    return given


def _zoom(table: Mapping[str, Any], default: float | None) -> float | None:
    given = table.get("zoom", default)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given <= MOST_CELL_PX:
        _refuse("zoom")
    return float(given)


def _only(table: Mapping[str, Any], *known: str) -> None:
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        _refuse(unknown)


def _refuse(name: str) -> NoReturn:
    raise Problem(
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The lesson cannot be shown as it should be: look at {place}. The README says what may be there.",
        ),
        place=f"view, {name}",
    )
