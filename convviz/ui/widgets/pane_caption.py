"""The line above a map: its title, its size, and a note while its numbers are stale."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_geometry import PaneGeometry

TITLE_PX = 17
DETAIL_PX = 14
NOTE_PX = 13
CAPTION_GAP_PX = 8
# So far a title may go into the margins beside the map, which keep it off its neighbours.
SIDE_PX = 3
# Smaller than this nothing is read from the back row; at a desk, smaller than that nothing is read.
_SMALLEST_PX, _SMALLEST_PIXELS = 9, 12


@dataclass(frozen=True)
class Caption:
    """What is written above a map.

    Parameters
    ----------
    title : str
        What the map is.
    detail : str
        Its size.
    channel : int or None
        0, 1, 2 write the title in red, green, blue.
    short : str
        Another word for the title where that is too long; may be empty.
    """

    title: str = ""
    detail: str = ""
    channel: int | None = None
    short: str = ""

    def height(self, theme: Theme) -> float:
        """Return the height of the line with the gap below it; 0 without a text."""
        return _height(theme) if self.title or self.detail else 0.0


@lru_cache(maxsize=8)
def _height(theme: Theme) -> float:
    return QFontMetricsF(theme.words(TITLE_PX)).height() + theme.px(CAPTION_GAP_PX)


@dataclass(frozen=True)
class Lettering:
    """How a title is written so that it looks like those beside it.

    Parameters
    ----------
    pixels : int
        Its size in screen pixels; 0 for the usual one.
    short : bool
        Whether the short word stands for the long one.
    bare : bool
        Whether the title stands alone, without the size of the map.
    """

    pixels: int = 0
    short: bool = False
    bare: bool = False


USUAL = Lettering()


def title_pixels(theme: Theme) -> tuple[int, int]:
    """Return the usual size of titles and the smallest, in screen pixels."""
    return theme.px(TITLE_PX), max(theme.px(_SMALLEST_PX), _SMALLEST_PIXELS)


def title_width(text: str, pixels: int, theme: Theme) -> float:
    """Return how wide a title is that is written ``pixels`` screen pixels high."""
    return QFontMetricsF(theme.words(pixels / theme.scale, bold=True)).horizontalAdvance(text)


def detail_font(pixels: int, theme: Theme) -> QFont:
    """Return the font of the map's size beside a title of ``pixels``: not larger than it, and readable."""
    usual, least = title_pixels(theme)
    return theme.digits(max(DETAIL_PX * pixels / usual, least / theme.scale))


class CaptionLine:
    """A caption laid out above the map's left edge, or above where that is on screen.

    Parameters
    ----------
    caption : Caption
        What is written.
    geometry : PaneGeometry
        Where the map is.
    theme : Theme
        Colours and sizes.
    note : str
        Written at the right; may be empty.
    lettering : Lettering
        How the title is written.
    """

    def __init__(
        self,
        caption: Caption,
        geometry: PaneGeometry,
        theme: Theme,
        note: str = "",
        lettering: Lettering = USUAL,
    ) -> None:
        left, top, width, _ = geometry.canvas
        pixels = lettering.pixels or title_pixels(theme)[0]
        self._words = theme.words(pixels / theme.scale, bold=True)
        self._digits = detail_font(pixels, theme)
        gap, side = theme.px(CAPTION_GAP_PX), theme.px(SIDE_PX)
        wide, detail_wide = QFontMetricsF(self._words), QFontMetricsF(self._digits)
        noted = _note_size(note, theme).width() + gap if note else 0.0
        free = max(0.0, width - noted)
        self.title = _shortened(caption, lettering, wide, free + 2 * side)
        taken = wide.horizontalAdvance(self.title) + (gap if self.title else 0)
        fits = detail_wide.horizontalAdvance(caption.detail) <= free - taken
        self._detail = caption.detail if fits and not lettering.bare else ""
        # Without the size there is no gap behind the title.
        total = taken + detail_wide.horizontalAdvance(self._detail)
        total = total if self._detail else wide.horizontalAdvance(self.title)
        area = geometry.map_rect() if geometry.height else QRectF(left, top, 0, 0)
        x = max(left - side, min(area.left(), left + side + free - total))
        # Everything is written above this.
        self.bottom = max(top, area.top())
        baseline = self.bottom - gap - wide.descent()
        self._at, self._detail_at = QPointF(x, baseline), QPointF(x + taken, baseline)
        self._note, self._theme = note, theme
        right = min(left + width, max(area.right(), x + total + noted))
        self._note_right = QPointF(right, baseline + (wide.descent() - wide.ascent()) / 2)
        c = theme.colours
        self._ink = QColor(c.text if caption.channel is None else (c.red, c.green, c.blue)[caption.channel])

    def draw(self, painter: QPainter) -> None:
        """Draw the line."""
        painter.setPen(self._ink)
        painter.setFont(self._words)
        painter.drawText(self._at, self.title)
        painter.setPen(QColor(self._theme.colours.muted))
        painter.setFont(self._digits)
        painter.drawText(self._detail_at, self._detail)
        if self._note:
            _draw_note(painter, self._note, self._note_right, self._theme)


def _shortened(caption: Caption, lettering: Lettering, wide: QFontMetricsF, free: float) -> str:
    """Return the title, else the short word for it, else as much of that as there is room for."""
    short = caption.short or caption.title
    words = [short] if lettering.short else [caption.title, short]
    fitting = (text for text in words if wide.horizontalAdvance(text) <= free)
    return next(fitting, wide.elidedText(short, Qt.TextElideMode.ElideRight, free))


def _note_size(note: str, theme: Theme) -> QSizeF:
    metrics, pad = QFontMetricsF(theme.words(NOTE_PX, bold=True)), theme.px(6)
    return QSizeF(metrics.horizontalAdvance(note) + 2 * pad, metrics.height() + pad / 2)


def _draw_note(painter: QPainter, note: str, right: QPointF, theme: Theme) -> None:
    """Draw the mark that says that the numbers are older than the settings; it ends at ``right``."""
    size = _note_size(note, theme)
    top = max(0.0, right.y() - size.height() / 2)
    badge = QRectF(QPointF(right.x() - size.width(), top), size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.colours.line), 1))
    painter.setBrush(QColor(theme.colours.problem))
    painter.drawRoundedRect(badge, theme.px(4), theme.px(4))
    painter.setPen(QColor(theme.colours.problem_text))
    painter.setFont(theme.words(NOTE_PX, bold=True))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, note)
    painter.restore()
