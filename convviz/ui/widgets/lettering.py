"""How the titles of maps beside each other are written so that all of them can be read, in one size."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF

from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_caption import (
    CAPTION_GAP_PX,
    SIDE_PX,
    Caption,
    Lettering,
    detail_font,
    title_pixels,
    title_width,
)

Titles = Sequence[tuple[Caption, float]]
"""The captions of one column of maps, and how wide the title of each may be."""


def letterings(columns: Sequence[Titles], theme: Theme) -> list[Lettering]:
    """Return how the titles of every column are written.

    All get one size, the largest at which they fit. Where a title of a column does not fit in the smallest
    size, all of its column give way to their short words, so that maps of one kind have names of one kind.
    What does not fit even then is cut. Either all maps of a column have their sizes beside them or none.

    Parameters
    ----------
    columns : sequence of Titles
        From the input to the result.
    theme : Theme
        Sizes and fonts.
    """
    usual, least = title_pixels(theme)
    short = [
        any(caption.short for caption, _ in column)
        and not all(title_width(caption.title, least, theme) <= room for caption, room in column)
        for column in columns
    ]
    shown = [
        [((caption.short if is_short else "") or caption.title, room) for caption, room in column]
        for is_short, column in zip(short, columns, strict=True)
    ]
    pixels = min((_largest(*each, usual, least, theme) for column in shown for each in column), default=usual)
    details = [min((caption.detail for caption, _ in column), key=len, default="") for column in columns]
    return [
        Lettering(pixels, is_short, _bare(column, detail, pixels, theme))
        for is_short, column, detail in zip(short, shown, details, strict=True)
    ]


def _bare(column: Sequence[tuple[str, float]], detail: str, pixels: int, theme: Theme) -> bool:
    """Return whether some title of a column leaves no room for ``detail`` beside it."""
    if not detail:
        return False
    beside = QFontMetricsF(detail_font(pixels, theme)).horizontalAdvance(detail)
    beside += theme.px(CAPTION_GAP_PX) + 2 * theme.px(SIDE_PX)
    return any(title_width(title, pixels, theme) + beside > room for title, room in column)


def _largest(text: str, room: float, usual: int, least: int, theme: Theme) -> int:
    """Return the largest size at which ``text`` fits, ``least`` where it never does."""
    wide = title_width(text, usual, theme)
    if wide <= room:
        return usual
    # Letters do not shrink evenly: what this comes to may be a pixel off.
    pixels = max(least, min(usual - 1, int(usual * room / wide) + 1))
    while pixels > least and title_width(text, pixels, theme) > room:
        pixels -= 1
    return pixels
