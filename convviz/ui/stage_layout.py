"""Where the columns of maps stand, so that every map is as large as it can be. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

GAP = 8.0
# One line is read more easily than two: another one must make the maps larger by more than this.
_LIKING = 0.87
_FEW = 4


@dataclass(frozen=True)
class Block:
    """One column of maps: how many, and how much of the input each covers with its border.

    Parameters
    ----------
    maps : int
        At least one.
    height, width : float
        In input cells.
    """

    maps: int
    height: float
    width: float


@dataclass(frozen=True)
class Box:
    """A rectangle on screen, in pixels."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """Where everything stands.

    Parameters
    ----------
    zoom : float
        Pixels per input cell at which every map fits its box.
    lines : int
        In how many lines the columns stand.
    maps : tuple of tuple of Box
        A box for every map of every column.
    signs : tuple of Box
        A box for the sign before every column but the first.
    """

    zoom: float
    lines: int
    maps: tuple[tuple[Box, ...], ...]
    signs: tuple[Box, ...]


def plan(blocks: Sequence[Block], width: float, height: float, *, sign: float, caption: float) -> Plan:
    """Return the arrangement of ``blocks`` in an area that shows every map largest.

    The columns stand in one line, or in two or three if that makes the maps larger; the maps of a
    column stand in one file or several.

    Parameters
    ----------
    blocks : sequence of Block
        From the input to the result.
    width, height : float
        Size of the area in pixels.
    sign : float
        Width of a sign between columns.
    caption : float
        Height of the line above every map.
    """
    most = max(block.maps for block in blocks)
    plans = [
        _plan(blocks, lines, rows, width, height, sign, caption)
        for lines in range(1, min(3, len(blocks)) + 1)
        for rows in range(1, most + 1)
        if all(_even(block.maps, rows) for block in blocks)
    ]
    return max(plans, key=lambda found: found.zoom * _LIKING**found.lines)


def _even(maps: int, rows: int) -> bool:
    """Return whether so few maps fill their rows; three channels in an L are not seen as three of a kind."""
    return maps > _FEW or maps % math.ceil(maps / rows) == 0


def _plan(
    blocks: Sequence[Block], lines: int, rows: int, width: float, height: float, sign: float, caption: float
) -> Plan:
    per_line = math.ceil(len(blocks) / lines)
    zoom, maps, signs = math.inf, [], []
    line_height = height / lines
    for line in range(lines):
        chosen = blocks[line * per_line : (line + 1) * per_line]
        if not chosen:
            continue
        # Every line but the first begins with the sign that leads on from the line before.
        before = len(chosen) - (1 if line == 0 else 0)
        files = [math.ceil(block.maps / rows) for block in chosen]
        room = width - before * (sign + 2 * GAP) - sum((n - 1) * GAP for n in files)
        unit = room / sum(n * block.width for n, block in zip(files, chosen, strict=True))
        left, top = 0.0, line * line_height
        for index, (block, count) in enumerate(zip(chosen, files, strict=True)):
            if line or index:
                signs.append(Box(left + GAP, top, sign, line_height))
                left += sign + 2 * GAP
            deep = math.ceil(block.maps / count)
            box_width, box_height = unit * block.width, (line_height - (deep - 1) * GAP) / deep
            zoom = min(zoom, unit, (box_height - caption) / block.height)
            maps.append(
                tuple(
                    Box(
                        left + (n % count) * (box_width + GAP),
                        top + (n // count) * (box_height + GAP),
                        box_width,
                        box_height,
                    )
                    for n in range(block.maps)
                )
            )
            left += count * box_width + (count - 1) * GAP
    return Plan(zoom, lines, tuple(maps), tuple(signs))
