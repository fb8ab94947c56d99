"""Painting a pane: the caption above, the cells, the marks over them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from convviz.core.geometry import Rect
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_content import Content, Mark, Shading
from convviz.ui.widgets.pane_digits import Writer
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_layer import Layer, build_layer
from convviz.ui.widgets.pane_marks import draw_marks

TITLE_PX = 17
DETAIL_PX = 14
NOTE_PX = 13
CAPTION_GAP_PX = 8
MARGIN_PX = 5
STALE_OPACITY = 0.55


@dataclass(frozen=True)
class Caption:
    """The line above a map.

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
        if not self.title and not self.detail:
            return 0.0
        return QFontMetricsF(theme.words(TITLE_PX)).height() + theme.px(CAPTION_GAP_PX)

    def draw(self, painter: QPainter, geometry: PaneGeometry, theme: Theme, note: str = "") -> None:
        """Draw the line above the map's left edge, or where that is on screen, and ``note`` at its right."""
        left, top, width, _ = geometry.canvas
        words, digits = theme.words(TITLE_PX, bold=True), theme.digits(DETAIL_PX)
        gap = theme.px(CAPTION_GAP_PX)
        wide, detail_wide = QFontMetricsF(words), QFontMetricsF(digits)
        noted = _note_size(note, theme).width() + gap if note else 0.0
        free = max(0.0, width - noted)
        title = wide.elidedText(self.title, Qt.TextElideMode.ElideRight, free)
        taken = wide.horizontalAdvance(title) + (gap if title else 0)
        detail = self.detail if detail_wide.horizontalAdvance(self.detail) <= free - taken else ""
        total = taken + detail_wide.horizontalAdvance(detail)
        area = geometry.map_rect() if geometry.height else QRectF(left, top, 0, 0)
        x = max(left, min(area.left(), left + free - total))
        baseline = max(top, area.top()) - gap - wide.descent()
        painter.setPen(self._colour(theme))
        painter.setFont(words)
        painter.drawText(QPointF(x, baseline), title)
        painter.setPen(QColor(theme.colours.muted))
        painter.setFont(digits)
        painter.drawText(QPointF(x + taken, baseline), detail)
        if note:
            right = min(left + width, max(area.right(), x + total + noted))
            _draw_note(painter, note, QPointF(right, baseline + (wide.descent() - wide.ascent()) / 2), theme)

    def _colour(self, theme: Theme) -> QColor:
        c = theme.colours
        return QColor(c.text if self.channel is None else (c.red, c.green, c.blue)[self.channel])


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything a pane shows at one moment; ``updating`` is said above it while its numbers are stale."""

    geometry: PaneGeometry
    content: Content | None
    shading: Shading
    marks: tuple[Mark, ...]
    caption: Caption
    cursor: tuple[int, int] | None
    updating: str


class Painter:
    """Paints scenes, keeping the cells drawn while only what lies over them changes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._layer: Layer | None = None
        self._writer = Writer()

    def layer(self, scene: Scene, theme: Theme) -> Layer | None:
        """Return the cells of ``scene``, drawn anew only where they differ from the last ones."""
        key = (scene.geometry, scene.content, scene.shading, theme)
        if key != self._key:
            self._key = key
            empty = scene.content is None or not scene.geometry.height
            self._layer = None
            if scene.content is not None and not empty:
                self._layer = build_layer(scene.geometry, scene.content, scene.shading, theme, self._writer)
        return self._layer

    def written(self, scene: Scene, cell: tuple[int, int], theme: Theme) -> tuple[str, ...]:
        """Return what is written in a cell: one line or three, none while it is a mere picture or blank."""
        layer, content, geometry = self.layer(scene, theme), scene.content, scene.geometry
        if layer is None or layer.digits is None or content is None or not content.values_at(cell):
            return ()
        index = cell[0] * geometry.width + cell[1]
        if index == scene.shading.predict:
            return ("?",)
        inside = 0 <= cell[0] < geometry.height and 0 <= cell[1] < geometry.width
        if scene.shading.revealed is not None and index >= scene.shading.revealed and inside:
            return ()
        rows, columns = content.view.rows, content.view.columns
        place = (cell[0] - rows.start) * columns.count + cell[1] - columns.start
        return tuple(line[place] for line in layer.digits.texts)

    def paint(self, painter: QPainter, scene: Scene, theme: Theme) -> None:
        """Draw ``scene``."""
        scene.caption.draw(painter, scene.geometry, theme, scene.updating)
        if not scene.geometry.height:
            return
        painter.save()
        canvas = QRectF(*scene.geometry.canvas)
        painter.setClipRect(canvas)
        layer = self.layer(scene, theme)
        if layer is None or not _covers(scene):
            painter.fillRect(scene.geometry.map_rect(), QColor(theme.colours.blank))
        if layer is not None:
            painter.setOpacity(STALE_OPACITY if scene.updating else 1.0)
            painter.drawImage(QPointF(layer.left, layer.top), layer.image)
            painter.setOpacity(1.0)
        # Outlines at the rim are wider than their cells.
        reach = theme.px(MARGIN_PX)
        painter.setClipRect(canvas.adjusted(-reach, -reach, reach, reach))
        draw_marks(painter, scene.geometry, scene.marks, theme)
        if scene.cursor is not None:
            _draw_cursor(painter, scene.geometry, scene.cursor, theme)
        painter.restore()


def draw_focus_ring(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Draw the outline that says where the keyboard acts."""
    thick = theme.px(2)
    pen = QPen(QColor(theme.colours.focus), thick)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = thick / 2
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), theme.px(4), theme.px(4))


def _covers(scene: Scene) -> bool:
    """Return whether the content reaches as far as the map is on screen."""
    if scene.content is None:
        return False
    now, then = scene.geometry.view(), scene.content.view
    return all(
        b.start <= a.start and b.start + b.step * b.count >= a.start + a.span
        for a, b in ((now.rows, then.rows), (now.columns, then.columns))
    )


def _draw_cursor(painter: QPainter, geometry: PaneGeometry, cell: tuple[int, int], theme: Theme) -> None:
    rect = geometry.rect(Rect(*cell))
    least = theme.px(8)
    more = max(0.0, least - rect.width()) / 2
    inset = theme.px(3) if rect.width() > theme.px(20) else 0
    rect = rect.adjusted(inset - more, inset - more, more - inset, more - inset)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in (
        (theme.colours.on_focus, Qt.PenStyle.SolidLine),
        (theme.colours.focus, Qt.PenStyle.DotLine),
    ):
        painter.setPen(QPen(QColor(colour), theme.px(2), style))
        painter.drawRect(rect)


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
