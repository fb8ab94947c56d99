"""The line above a map: its title, its size, and a note while its numbers are stale."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_geometry import PaneGeometry

TITLE_PX = 17
DETAIL_PX = 14
NOTE_PX = 13
CAPTION_GAP_PX = 8


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
    """

    title: str = ""
    detail: str = ""
    channel: int | None = None

    def height(self, theme: Theme) -> float:
        """Return the height of the line with the gap below it; 0 without a text."""
        return _height(theme) if self.title or self.detail else 0.0


@lru_cache(maxsize=8)
def _height(theme: Theme) -> float:
    return QFontMetricsF(theme.words(TITLE_PX)).height() + theme.px(CAPTION_GAP_PX)


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
    """

    def __init__(self, caption: Caption, geometry: PaneGeometry, theme: Theme, note: str = "") -> None:
        left, top, width, _ = geometry.canvas
        self._words, self._digits = theme.words(TITLE_PX, bold=True), theme.digits(DETAIL_PX)
        gap = theme.px(CAPTION_GAP_PX)
        wide, detail_wide = QFontMetricsF(self._words), QFontMetricsF(self._digits)
        noted = _note_size(note, theme).width() + gap if note else 0.0
        free = max(0.0, width - noted)
        self._title = wide.elidedText(caption.title, Qt.TextElideMode.ElideRight, free)
        taken = wide.horizontalAdvance(self._title) + (gap if self._title else 0)
        fits = detail_wide.horizontalAdvance(caption.detail) <= free - taken
        self._detail = caption.detail if fits else ""
        total = taken + detail_wide.horizontalAdvance(self._detail)
        area = geometry.map_rect() if geometry.height else QRectF(left, top, 0, 0)
        x = max(left, min(area.left(), left + free - total))
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
        painter.drawText(self._at, self._title)
        painter.setPen(QColor(self._theme.colours.muted))
        painter.setFont(self._digits)
        painter.drawText(self._detail_at, self._detail)
        if self._note:
            _draw_note(painter, self._note, self._note_right, self._theme)


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
