"""Painting a pane: the caption above, the cells, the marks over them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from convviz.core.geometry import Rect
from convviz.core.number_style import number_style
from convviz.ui.theme import Theme
from convviz.ui.widgets.pane_caption import USUAL, Caption, CaptionLine, Lettering
from convviz.ui.widgets.pane_content import Content, Mark, Shading
from convviz.ui.widgets.pane_geometry import PaneGeometry
from convviz.ui.widgets.pane_layer import Layer, LayerMaker
from convviz.ui.widgets.pane_marks import draw_marks

MARGIN_PX = 5
STALE_OPACITY = 0.55


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
    lettering: Lettering = USUAL


class Painter:
    """Paints scenes, keeping the cells drawn while only what lies over them changes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._layer: Layer | None = None
        self._maker = LayerMaker()
        self._line_key: tuple[object, ...] | None = None
        self._line: CaptionLine | None = None

    def layer(self, scene: Scene, theme: Theme) -> Layer | None:
        """Return the cells of ``scene``, drawn anew only where they differ from the last ones."""
        key = (scene.geometry, scene.content, scene.shading, theme, number_style())
        if key != self._key:
            self._key = key
            empty = scene.content is None or not scene.geometry.height
            self._layer = None
            if scene.content is not None and not empty:
                self._layer = self._maker.make(scene.geometry, scene.content, scene.shading, theme)
        return self._layer

    def caption(self, scene: Scene, theme: Theme) -> CaptionLine:
        """Return the line above the map, laid out anew only where it moves or says something else."""
        key = (scene.caption, scene.geometry, theme, scene.updating, scene.lettering)
        if self._line is None or key != self._line_key:
            self._line_key = key
            self._line = CaptionLine(scene.caption, scene.geometry, theme, scene.updating, scene.lettering)
        return self._line

    def written(self, scene: Scene, cell: tuple[int, int], theme: Theme) -> tuple[str, ...]:
        """Return what is written in a cell: one line or three, none while it is a mere picture or blank."""
        layer, geometry = self.layer(scene, theme), scene.geometry
        if layer is None or layer.digits is None:
            return ()
        rows, columns = layer.view.rows, layer.view.columns
        y, x = cell[0] - rows.start, cell[1] - columns.start
        if not (0 <= y < rows.count and 0 <= x < columns.count):
            return ()
        index = cell[0] * geometry.width + cell[1]
        if index == scene.shading.predict:
            return ("?",)
        inside = 0 <= cell[0] < geometry.height and 0 <= cell[1] < geometry.width
        if scene.shading.revealed is not None and index >= scene.shading.revealed and inside:
            return ()
        return tuple(line[y * columns.count + x] for line in layer.digits.texts)

    def paint(self, painter: QPainter, scene: Scene, theme: Theme, exposed: QRectF) -> None:
        """Draw what lies within ``exposed`` of ``scene``."""
        layer = self.layer(scene, theme)
        if layer is None or scene.updating or not layer.covers(exposed):
            painter.fillRect(exposed, QColor(theme.colours.window))
        caption = self.caption(scene, theme)
        if exposed.top() < caption.bottom:
            caption.draw(painter)
        if not scene.geometry.height:
            return
        painter.save()
        canvas = QRectF(*scene.geometry.canvas)
        painter.setClipRect(canvas)
        if layer is None or not _covers(scene):
            painter.fillRect(scene.geometry.map_rect(), QColor(theme.colours.blank))
        if layer is not None:
            painter.setOpacity(STALE_OPACITY if scene.updating else 1.0)
            painter.drawImage(QPointF(layer.left, layer.top), layer.image)
            painter.setOpacity(1.0)
        # Outlines at the rim are wider than their cells.
        reach = theme.px(MARGIN_PX)
        painter.setClipRect(canvas.adjusted(-reach, -reach, reach, reach))
        if scene.marks:
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
