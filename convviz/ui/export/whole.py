"""All cells of a map, whatever part of it is on screen."""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtWidgets import QWidget

from convviz.core.channels import ChannelMode
from convviz.core.geometry import Ramp
from convviz.core.picture import Picture
from convviz.core.specs import stage_shapes
from convviz.engine import render
from convviz.engine.checks import Check, check_finite
from convviz.engine.compute import View
from convviz.engine.evaluate import Values, evaluate
from convviz.engine.frames import (
    FrameRequest,
    MapOrder,
    colour_limits,
    draw,
    input_planes,
    result_statistics,
)
from convviz.ui.rooms.convolution_room import ConvolutionRoom
from convviz.ui.rooms.image_room import ImageRoom
from convviz.ui.rooms.map_pane import MapPane, Overlay, PhotoPane
from convviz.ui.stage_content import content
from convviz.ui.widgets.pane import Content, Pane


@dataclass(frozen=True, eq=False)
class Wanted:
    """A map to be computed in full.

    Parameters
    ----------
    picture : Picture
        Where it comes from.
    mode : ChannelMode
        Which of its planes.
    order : MapOrder
        The map; its view has every cell.
    heat : Overlay or None
        What is laid over it.
    """

    picture: Picture
    mode: ChannelMode
    order: MapOrder
    heat: Overlay | None = None


Source = Wanted | Content
"""Cells that are there, or how to get them."""


def source_of(pane: Pane) -> Source | None:
    """Return all cells of what ``pane`` shows, or those in view where there is no more to be had."""
    scene = pane.scene()
    geometry = scene.geometry
    if scene.content is None or not geometry.height:
        return None
    top, bottom, left, right = geometry.border
    view = View(Ramp(-top, 1, geometry.height + top + bottom), Ramp(-left, 1, geometry.width + left + right))
    if isinstance(pane, PhotoPane):
        order = pane.order()
        if order is not None and pane.picture is not None:
            return Wanted(pane.picture, ChannelMode.EACH, replace(order, view=view), pane.heat)
    elif isinstance(pane, MapPane):
        return pane.cells(view)
    else:
        found = _ordered(pane)
        if found is not None:
            return Wanted(found.picture, found.mode, replace(found.maps[0], view=view))
    return scene.content


def _ordered(pane: Pane) -> FrameRequest | None:
    """Return the request with the order of ``pane`` alone, if it is one of a room's maps."""
    above: QWidget | None = pane.parentWidget()
    while above is not None:
        if isinstance(above, ConvolutionRoom | ImageRoom):
            request = above.request()
            orders = tuple(o for o in request.maps if f"pane-{o.key}" == pane.objectName()) if request else ()
            return replace(request, maps=orders) if request and orders else None
        above = above.parentWidget()
    return None


def whole_content(source: Source, check: Check) -> Content:
    """Return all cells of a map. Called in the worker.

    Raises
    ------
    Problem
        If a value is too large for ``float32``.
    """
    if isinstance(source, Content):
        return source
    order = source.order
    if order.stage:
        return _computed(source, check)
    shown = draw(FrameRequest(source.picture, source.mode, (order,)), check).maps[order.key]
    found = content(shown)
    return found if source.heat is None else replace(found, pixels=source.heat.over(found))


def _computed(source: Wanted, check: Check) -> Content:
    order = source.order
    values = maps_of(source, check, order.channels)
    chain = order.chain[: order.stage]
    low, high = colour_limits(result_statistics(source.picture, source.mode, chain, check), order.display)
    pixels = render.render(values[0], order.display, low, high)
    return Content(order.view, np.ascontiguousarray(pixels), values)


def maps_of(source: Wanted, check: Check, channels: tuple[int, ...] | None = None) -> Values:
    """Return the values (C, H, W) of a map, or of all maps beside it. Called in the worker.

    Raises
    ------
    Problem
        If a value is too large for ``float32``.
    """
    planes, chain = input_planes(source.picture, source.mode), source.order.chain[: source.order.stage]
    count, height, width = planes.shape
    _, rows, columns = stage_shapes(chain, (count, height, width))[-1]
    # Not by the way of the screen: what that keeps for the next edit is not to be touched from here.
    with np.errstate(over="ignore", invalid="ignore"):
        values = evaluate(
            planes, chain, Ramp(0, 1, rows), Ramp(0, 1, columns), check=check, channels=channels
        )
    check_finite(values)
    return np.ascontiguousarray(values, np.float32)


def values_of(source: Source, check: Check, *, every: bool = False) -> Values:
    """Return the values (C, H, W) of a map without its border. Called in the worker.

    Parameters
    ----------
    source : Content or Wanted
        The map.
    check : callable
        May raise to stop.
    every : bool
        Whether all maps beside it are wanted too.

    Raises
    ------
    Problem
        If a value is too large for ``float32``.
    """
    if isinstance(source, Content):
        return np.ascontiguousarray(source.values, np.float32)
    return maps_of(source, check, None if every else source.order.channels)
